"""Files as well-known programs write them: their columns are understood, and what they say more than once is kept."""

from pathlib import Path
from typing import Any

import pytest

from icosa.catalogue.standard import STANDARD
from icosa.client.blocking import Client
from icosa.errors import InvalidValue
from icosa.imports.column_map import guess
from icosa.imports.importing import import_rows, plan_import
from icosa.plans.step import Bad, Creation, Skip
from tests.imports.importers import write_csv

MAIL, PHONE = "emails.primaryEmail", "phones.primaryPhoneNumber"

NONE = dict.fromkeys(("create", "change", "delete", "restore", "skip", "conflict", "bad"), 0)

HEADS: dict[str, tuple[str, dict[str, str]]] = {
    "Google contacts": ("person", {
        "First Name": "name.firstName", "Middle Name": "", "Last Name": "name.lastName", "Nickname": "",
        "Organization Name": "company.name",
        "Organization Title": "jobTitle", "Notes": "", "E-mail 1 - Label": "", "E-mail 1 - Value": MAIL, "E-mail 2 - Label": "",
        "E-mail 2 - Value": "emails+", "Phone 1 - Label": "", "Phone 1 - Value": PHONE, "Phone 2 - Value": "phones+",
        "Address 1 - City": "city", "Address 1 - PO Box": "",
    }),
    "Google contacts of old": ("person", {
        "Given Name": "name.firstName", "Family Name": "name.lastName", "E-mail 1 - Type": "", "E-mail 1 - Value": MAIL,
        "Organization 1 - Name": "company.name", "Organization 1 - Title": "jobTitle",
    }),
    "Outlook": ("person", {
        "Title": "", "First Name": "name.firstName", "Last Name": "name.lastName", "Company": "company.name",
        "Job Title": "jobTitle", "Business Street": "", "Business City": "city", "Business State": "",
        "Assistant's Phone": "", "Business Fax": "",
        "Business Phone": PHONE, "Business Phone 2": "phones+", "Company Main Phone": "", "Home Phone": "phones+",
        "Mobile Phone": "phones+",
        "E-mail Address": MAIL, "E-mail Type": "", "E-mail 2 Address": "emails+", "E-mail 2 Type": "",
    }),
    "contacts of a Mac": ("person", {
        "First name": "name.firstName", "Last name": "name.lastName", "Phone (mobile)": "phones+", "Phone (home)": PHONE,
        "Email (work)": MAIL, "Email (home)": "emails+",
    }),
    "HubSpot contacts": ("person", {
        "Record ID": "", "First Name": "name.firstName", "Email": MAIL, "Phone Number": PHONE, "Mobile Phone Number": "phones+",
        "Contact owner": "", "Lead Status": "", "Associated Company": "company.name",
    }),
    "HubSpot companies": ("company", {
        "Record ID": "", "Company name": "name", "Company owner": "", "City": "address.addressCity",
        "Country/Region": "address.addressCountry", "Company Domain Name": "domainName.primaryLinkUrl", "Website URL": "domainName+",
        "LinkedIn Company Page": "linkedinLink.primaryLinkUrl", "Number of Employees": "employees", "State/Region": "address.addressState",
    }),
    "HubSpot deals": ("opportunity", {
        "Record ID": "", "Deal Name": "name", "Deal Stage": "stage", "Pipeline": "", "Close Date": "closeDate", "Deal owner": "",
        "Amount": "amount", "Currency": "amount.currencyCode", "Associated Company": "company.name",
        "Associated Contact": "pointOfContact.name",
    }),
    "Salesforce contacts": ("person", {
        "Salutation": "", "First Name": "name.firstName", "Title": "jobTitle", "Account Name": "company.name", "Mailing City": "city",
        "Mailing Country": "", "Phone": PHONE, "Fax": "", "Mobile": "phones+", "Email": MAIL, "Account Owner": "",
    }),
    "Salesforce accounts": ("company", {
        "Account Name": "name", "Billing Street": "address.addressStreet1", "Billing City": "address.addressCity",
        "Billing State/Province": "address.addressState", "Billing Zip/Postal Code": "address.addressPostcode",
        "Billing Country": "address.addressCountry", "Website": "domainName.primaryLinkUrl", "Annual Revenue": "annualRecurringRevenue",
    }),
    "Salesforce opportunities": ("opportunity", {
        "Opportunity Name": "name", "Account Name": "company.name", "Stage": "stage", "Close Date": "closeDate", "Probability (%)": "",
    }),
    "Pipedrive people": ("person", {
        "Person - ID": "", "Person - Name": "name", "Person - Organization": "company.name", "Person - Email - Work": MAIL,
        "Person - Email - Home": "emails+", "Person - Phone - Work": PHONE, "Person - Phone - Mobile": "phones+", "Person - Owner": "",
    }),
    "Pipedrive deals": ("opportunity", {
        "Deal - ID": "", "Deal - Title": "name", "Deal - Value": "amount", "Deal - Currency of Value": "amount.currencyCode",
        "Deal - Stage": "stage",
        "Deal - Organization": "company.name", "Deal - Contact person": "pointOfContact.name", "Deal - Expected close date": "closeDate",
    }),
    "Pipedrive organizations": ("company", {
        "Organization - ID": "", "Organization - Name": "name", "Organization - Address": "address",
        "Organization - Website": "domainName.primaryLinkUrl",
    }),
    "Zoho contacts": ("person", {
        "Record Id": "", "Contact Owner": "", "Email": MAIL, "Secondary Email": "emails+", "Phone": PHONE, "Other Phone": "phones+",
        "Mobile": "phones+", "Account Name": "company.name",
    }),
    "Zoho accounts": ("company", {
        "Record Id": "", "Account Name": "name", "Website": "domainName.primaryLinkUrl", "Billing City": "address.addressCity",
        "Billing Code": "address.addressPostcode", "Billing Country": "address.addressCountry",
    }),
    "leads of a web form": ("person", {"Name": "name", "Source": "", "Context": "", "Name (2)": ""}),
    "Zoho deals": ("opportunity", {
        "Deal Name": "name", "Account Name": "company.name", "Contact Name": "pointOfContact.name", "Closing Date": "closeDate",
    }),
    "LinkedIn connections": ("person", {
        "First Name": "name.firstName", "URL": "linkedinLink.primaryLinkUrl", "Email Address": MAIL, "Company": "company.name",
        "Position": "jobTitle", "Connected On": "",
    }),
    "Mailchimp": ("person", {
        "Email Address": MAIL, "First Name": "name.firstName", "Phone Number": PHONE, "MEMBER_RATING": "", "OPTIN_TIME": "", "TAGS": "",
    }),
    "people of Twenty": ("person", {
        "Id": "id", "Name / First Name": "name.firstName", "Emails / Primary Email": MAIL, "Emails / Additional Emails":
        "emails.additionalEmails", "Linkedin / Link URL": "linkedinLink.primaryLinkUrl", "Phones / Primary Phone Calling Code":
        "phones.primaryPhoneCallingCode", "Company Id": "companyId",
    }),
    "companies of Twenty": ("company", {
        "Id": "id", "Name": "name", "Domain Name / Link URL": "domainName.primaryLinkUrl", "ARR / Amount": "annualRecurringRevenue",
        "ARR / Currency Code": "annualRecurringRevenue.currencyCode", "Address / Address 1": "address.addressStreet1",
        "Address / Post Code": "address.addressPostcode",
    }),
}  # fmt: skip


@pytest.mark.parametrize("program", HEADS)
def test_the_columns_of_a_program_are_understood(program: str) -> None:
    singular, columns = HEADS[program]
    mapping = guess(STANDARD, STANDARD.by_singular[singular], list(columns))
    assert {each.column: each.path for each in mapping.columns} == columns


def numbers(person: dict[str, Any]) -> list[str]:
    phones = person["phones"]
    first = [phones["primaryPhoneCallingCode"] + phones["primaryPhoneNumber"]] if phones["primaryPhoneNumber"] else []
    return first + [each["callingCode"] + each["number"] for each in phones["additionalPhones"] or []]


def imported(crm: Client, rows: list[dict[str, Any]], **settings: Any) -> list[dict[str, Any]]:
    assert import_rows(crm, "people", rows, **settings).applied.whole
    return sorted(crm["people"].find_many(depth=0), key=lambda each: str(each["emails"]["primaryEmail"]))


class TestNumbersInSeveralColumns:
    def test_the_only_one_is_the_first_wherever_it_stands(self, crm: Client) -> None:
        rows = [
            {"Email": "ann@example.com", "Phone": "", "Mobile": "+33612345678"},
            {"Email": "bob@example.com", "Phone": "+33123456789", "Mobile": "+33612345678"},
            {"Email": "cy@example.com", "Phone": "+33123456789", "Mobile": ""},
            {"Email": "dee@example.com", "Phone": "+33123456789", "Mobile": "0033 1 23 45 67 89"},
        ]
        one, other = "+33612345678", "+33123456789"
        assert [numbers(each) for each in imported(crm, rows)] == [[one], [other, one], [other], [other]]
        assert not import_rows(crm, "people", rows).applied.counts

    def test_one_more_is_added_to_those_that_are_there_and_replaces_none(self, crm: Client) -> None:
        head = ("Email", "Phone", "Mobile", "Home Phone")
        for row in (
            ("ann@example.com", "+33123456789", "+33612345678", ""),
            ("ann@example.com", "", "", "+33987654321"),
            ("ann@example.com", "", "+33123456789", "+33612345678"),
        ):
            (ann,) = imported(crm, [dict(zip(head, row, strict=True))])
        assert numbers(ann) == ["+33123456789", "+33612345678", "+33987654321"]

    def test_several_in_one_cell_as_google_writes_them(self, crm: Client) -> None:
        row = {"E-mail 1 - Value": "ann@example.com ::: a@example.com", "Phone 1 - Value": "+33 6 12 34 56 78 ::: +33 6 99 88 77 66"}
        (ann,) = imported(crm, [row])
        assert numbers(ann) == ["+33612345678", "+33699887766"]
        assert ann["emails"] == {"primaryEmail": "ann@example.com", "additionalEmails": ["a@example.com"]}

    def test_addresses_too_each_once(self, crm: Client) -> None:
        row = {
            "Name": "Acme",
            "Website": "acme.example.com",
            "Company Domain": "https://www.acme.example.com/",
            "Web page": "b.example.com",
        }
        assert import_rows(crm, "companies", [row]).applied.whole
        domain = crm["companies"].find_many(depth=0)[0]["domainName"]
        assert (domain["primaryLinkUrl"], [each["url"] for each in domain["secondaryLinks"]]) == ("acme.example.com", ["b.example.com"])

    def test_the_first_that_is_there_is_the_key(self, crm: Client) -> None:
        rows = [{"Email": "", "Work Email": "ann@example.com", "City": "Rome"}]
        imported(crm, rows)
        (ann,) = imported(crm, [{"Email": "ANN@example.com", "City": "Lyon"}])
        assert ann["city"] == "Lyon"

    def test_one_that_cannot_be_read_names_its_column(self, crm: Client) -> None:
        plan = plan_import(crm, "people", [{"Email": "ann@example.com", "Phone": "+33123456789", "Mobile": "ask her"}])
        (bad,) = plan.steps()
        assert isinstance(bad, Bad)
        assert bad.column == "Mobile"


class TestNothingIsUnderstood:
    def test_of_the_columns(self, crm: Client, tmp_path: Path) -> None:
        source = write_csv(tmp_path / "people.csv", ["Thing > Called", "Thing > Reached at"], ["Ann Bo", "ann@example.com"])
        for key in (None, "none"):
            with pytest.raises(InvalidValue, match=r'none of "Thing > Called", "Thing > Reached at" is like a field of People.*--map'):
                plan_import(crm, "people", source, key=key)

    def test_of_what_a_row_is_known_by(self, crm: Client) -> None:
        with pytest.raises(InvalidValue, match='The columns are "Title", "Body"'):
            plan_import(crm, "tasks", [{"Title": "Call", "Body": "soon"}])

    @pytest.mark.parametrize("key", [None, "none"])
    def test_a_row_that_says_nothing_makes_nothing_and_is_counted(self, crm: Client, key: str | None) -> None:
        rows = [
            {"Name": "Ann Bo", "Email": "ann@example.com"},
            {"Name": " ", "Email": ""},
            {"Name": None, "Email": None, "Shoe size": "42"},
        ]
        plan = plan_import(crm, "people", rows, key=key)
        kinds = {each.row: type(each) for each in plan.steps()}
        assert kinds == {1: Creation, 2: Skip, 3: Bad}
        assert import_rows(crm, "people", rows[:2], key=key).applied.whole
        assert crm["people"].find_many().total_count == 1


FROM_ELSEWHERE = [
    ["Id", "Primary Associated Company ID", "Associated Company", "Email"],
    ["151", "27390484", "Acme", "a@example.com"],
    ["152", "", "", "b@example.com"],
]


def test_ids_of_another_program_are_left_out_and_the_plan_says_so(crm: Client, tmp_path: Path) -> None:
    crm["companies"].create_one(name="Acme")
    plan = plan_import(crm, "people", write_csv(tmp_path / "people.csv", *FROM_ELSEWHERE), key=MAIL)
    assert (plan.counts["create"], plan.counts["bad"]) == (2, 0)
    mapped = {each["column"]: each for each in plan.header.settings["columns"]}
    assert mapped["Primary Associated Company ID"]["path"] == ""
    assert mapped["Primary Associated Company ID"]["reason"] == 'ids of another program, such as "27390484" in row 2; of no record here'


def test_ids_of_records_here_are_taken_and_one_among_them_that_is_none_is_a_bad_row(crm: Client, tmp_path: Path) -> None:
    company = crm["companies"].create_one(name="Acme")
    some = write_csv(tmp_path / "some.csv", ["Account ID", "Email"], [company["id"], "a@example.com"], ["151", "b@example.com"])
    assert plan_import(crm, "people", some, key=MAIL).counts == {**NONE, "create": 1, "bad": 1}


def test_ids_of_another_program_are_refused_where_they_are_asked_for(crm: Client, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "people.csv", *FROM_ELSEWHERE)
    assert plan_import(crm, "people", file, key=MAIL, columns={"Id": "id"}).counts["bad"] == 2
    with pytest.raises(InvalidValue, match="nothing in these rows is unique"):
        plan_import(crm, "tasks", write_csv(tmp_path / "tasks.csv", ["Id", "Title"], ["151", "Call"]))


def test_ids_of_another_program_may_be_numbers(crm: Client) -> None:
    rows = [{"Account ID": 27390484, "Email": "a@example.com"}]
    assert plan_import(crm, "people", rows, key=MAIL).counts["create"] == 1
