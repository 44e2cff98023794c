"""What an import would do is found out row by row, and nothing is written."""

import json
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.client.blocking import Client
from icosa.errors import InvalidValue, UnknownObject
from icosa.imports.importing import import_rows, plan_import
from icosa.imports.settings import ImportSettings
from icosa.imports.shaping import Conventions
from icosa.plans.step import Bad, Change, Conflict, Creation, Skip, Step
from icosa.surfaces.testing.workspace import workspace
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19, Version
from icosa.workspace import open_workspace
from tests.imports.importers import held, write_csv, write_people

ADA: Any = {"name": {"firstName": "Ada", "lastName": "Lovelace"}, "emails": {"primaryEmail": "ada@example.com"}}


def planned(crm: Client, source: Any, resource: str = "people", **settings: Any) -> list[Step]:
    typed: ImportSettings = settings  # type: ignore[assignment]
    before = held(crm, "people", "companies")
    plan = plan_import(crm, resource, source, **typed)
    assert held(crm, "people", "companies") == before
    return list(plan.steps())


def test_a_row_whose_key_nobody_has_is_a_creation_with_an_id(crm: Client, tmp_path: Path) -> None:
    (step,) = planned(crm, write_csv(tmp_path / "people.csv", ["Email", "Job title"], ["ada@example.com", "Countess"]))
    assert isinstance(step, Creation)
    assert (step.object, step.key, step.row) == ("people", "emails.primaryEmail", 2)
    assert step.record.pop("id")
    assert step.record == {"emails": {"primaryEmail": "ada@example.com"}, "jobTitle": "Countess"}


def test_a_change_says_what_differs_and_no_more(crm: Client) -> None:
    ada = crm["people"].create_one(ADA, job_title="Countess", city="London")
    row = {"email": "Ada@Example.com", "firstName": "Ada", "lastName": "King", "jobTitle": "Countess"}
    (step,) = planned(crm, [row])
    assert step == Change("people", ada["id"], {"name": {"lastName": "Lovelace"}}, {"name": {"lastName": "King"}}, ada["updatedAt"], 1)


def test_a_row_that_says_what_is_there_is_skipped(crm: Client) -> None:
    ada = crm["people"].create_one(ADA, city="")
    assert planned(crm, [{"email": "ada@example.com", "first name": "Ada", "city": ""}]) == [Skip("people", ada["id"], 1)]


def test_an_address_in_another_spelling_is_the_same_company(crm: Client) -> None:
    acme = crm["companies"].create_one(name="Acme", domain_name={"primaryLinkUrl": "https://www.acme.example.com/"})
    (step,) = planned(crm, [{"domain": "acme.example.com", "name": "Acme"}], "companies", key="domainName")
    assert step == Skip("companies", acme["id"], 1)


@pytest.mark.parametrize("name", [" Acme", "Acme ", "\u00a0Acmé\t", "\u2028Acme", "Ac\u200bme"])
def test_what_was_imported_exactly_is_found_again_with_the_blanks_around_it(crm: Client, name: str) -> None:
    settings: ImportSettings = {"key": "name", "exact": True}
    assert import_rows(crm, "companies", [{"name": name}], **settings).applied.counts == {"create": 1}
    (acme,) = held(crm, "companies").values()
    assert acme["name"] == name
    assert planned(crm, [{"name": name}], "companies", **settings) == [Skip("companies", acme["id"], 1)]
    (step,) = planned(crm, [{"email": "ada@example.com", "company.name": name}], exact=True)
    assert isinstance(step, Creation)
    assert step.record["companyId"] == acme["id"]


@pytest.mark.parametrize("api", [TWENTY_1_0_3, TWENTY_2_19], ids=["1.0.3", "2.19"])
@pytest.mark.parametrize(
    ("resource", "column", "key", "value"),
    [
        ("opportunities", "amount", "amount.amountMicros", "1000.5"),
        ("opportunities", "amount", "amount.amountMicros", "0"),
        ("companies", "address.addressLat", "address.addressLat", "-12.25"),
        ("companies", "position", "position", "12"),
    ],
)
def test_what_is_known_by_a_number_is_found_again(tmp_path: Path, api: Version, resource: str, column: str, key: str, value: str) -> None:
    """Amounts and coordinates are texts in answers of 1.0.3, and numbers in those of 2.19."""
    open_workspace(f"sqlite:///{tmp_path}/crm.db", version=api).close()
    with icosa.connect(f"sqlite:///{tmp_path}/crm.db", token="") as crm:
        assert import_rows(crm, resource, [{column: value}], key=key).applied.counts == {"create": 1}
        (there,) = crm[resource].iterate(depth=0)
        assert list(plan_import(crm, resource, [{column: value}], key=key).steps()) == [Skip(resource, there["id"], 1)]


def test_a_key_that_several_records_have_is_a_conflict(crm: Client) -> None:
    ids = {crm["people"].create_one(name={"firstName": "Ada"}, city="London")["id"] for _ in range(2)}
    (step,) = planned(crm, [{"city": "London", "job title": "Countess"}], key="city")
    assert isinstance(step, Conflict)
    assert set(step.ids) == ids


def test_a_key_that_comes_twice_goes_in_once_and_is_a_conflict_after(crm: Client) -> None:
    first, second = planned(crm, [{"email": "ada@example.com"}, {"email": "ADA@example.com"}])
    assert isinstance(first, Creation)
    assert second == Conflict("people", "row 1 has the same emails.primaryEmail and goes first; leave one of the two", (), 2)


def test_a_bad_row_does_not_take_its_key_from_a_good_one(crm: Client) -> None:
    rows = [{"email": "ada@example.com", "company.domainName": "nowhere.example.com"}, {"email": "ada@example.com"}]
    assert [type(each) for each in planned(crm, rows)] == [Creation, Bad]


def test_a_row_without_its_key_is_bad(crm: Client) -> None:
    (step,) = planned(crm, [{"E-mail": "", "job title": "Countess"}], columns={"E-mail": "emails.primaryEmail"})
    assert isinstance(step, Bad)
    assert (step.column, step.row) == ("E-mail", 1)


@pytest.mark.parametrize("related", [{"id": None, "name": "Another name"}, {"name": "Acme"}, "Acme"])
def test_a_related_record_that_stands_in_a_row_is_the_one_that_is_linked(crm: Client, related: Any) -> None:
    acme = crm["companies"].create_one(name="Acme")
    company = {**related, "id": acme["id"]} if "id" in related else related
    (step,) = planned(crm, [{"city": "London", "company": company}], key="none")
    assert isinstance(step, Creation)
    assert step.record["companyId"] == acme["id"]


def test_an_answer_that_was_asked_for_with_its_relations_comes_back(crm: Client, tmp_path: Path) -> None:
    acme = crm["companies"].create_one(name="Acme")
    crm["people"].create_one(**ADA, company_id=acme["id"])
    crm["people"].create_one(name={"firstName": "Bo"})
    answer = crm.run("People", "Find Many People", [{"Depth": 1}])[0].json
    (tmp_path / "people.json").write_text(json.dumps(answer, default=str))
    assert [type(each) for each in planned(crm, tmp_path / "people.json", key="id")] == [Skip, Skip]


@pytest.mark.parametrize(("related", "reason"), [({"site": 1}, "give its id, or its name"), ({"id": "x"}, "is not a UUID")])
def test_a_related_record_that_does_not_say_which_it_is_is_refused(crm: Client, related: Any, reason: str) -> None:
    (step,) = planned(crm, [{"city": "London", "company": related}], key="none")
    assert isinstance(step, Bad)
    assert reason in step.reason


def test_links_by_natural_key_become_ids(crm: Client) -> None:
    acme = crm["companies"].create_one(name="Acme", domain_name={"primaryLinkUrl": "acme.example.com"})
    rows = [{"email": f"{at}@example.com", "company.domainName": "https://acme.example.com"} for at in range(3)]
    assert [step.record["companyId"] for step in planned(crm, rows) if isinstance(step, Creation)] == [acme["id"]] * 3


def test_a_link_that_leads_nowhere_is_a_bad_row_unless_links_are_created(crm: Client) -> None:
    rows = [{"email": f"{at}@example.com", "company.domainName": "new.example.com"} for at in range(500)]
    assert all(isinstance(each, Bad) and each.column == "company.domainName" for each in planned(crm, rows))
    company, *people = planned(crm, rows, create_links=True)
    assert isinstance(company, Creation)
    assert (company.object, company.record["domainName"]) == ("companies", {"primaryLinkUrl": "new.example.com"})
    assert {each.record["companyId"] for each in people if isinstance(each, Creation)} == {company.record["id"]}
    assert len(people) == 500


def test_nothing_is_created_for_a_row_that_is_bad_itself(crm: Client) -> None:
    rows = [{"email": "no address", "company.domainName": "new.example.com"}, {"email": "", "company.domainName": "new.example.com"}]
    assert [type(each) for each in planned(crm, rows, create_links=True)] == [Bad, Bad]


def test_a_link_that_several_have_is_a_conflict(crm: Client) -> None:
    ids = {crm["companies"].create_one(name="Acme")["id"] for _ in range(2)}
    (step,) = planned(crm, [{"email": "ada@example.com", "company.name": "Acme"}], create_links=True)
    assert isinstance(step, Conflict)
    assert set(step.ids) == ids


def test_a_full_name_can_be_the_key(crm: Client) -> None:
    ada = crm["people"].create_one(ADA)
    crm["people"].create_one(name={"firstName": "Ada", "lastName": "Other"})
    rows = [
        {"first name": "Ada", "last name": "Lovelace", "city": "London"},
        {"first name": "Grace", "last name": "Hopper", "city": "New York"},
    ]
    change, creation = planned(crm, rows, key="name")
    assert change == Change("people", ada["id"], {"city": ""}, {"city": "London"}, ada["updatedAt"], 1)
    assert isinstance(creation, Creation)


def test_without_a_key_every_row_is_new_but_only_when_that_is_said(crm: Client) -> None:
    rows = [{"title": "Call", "body": None}, {"title": "Call"}]
    with pytest.raises(InvalidValue, match=r"key: nothing in these rows is unique to each of Tasks; .* such as title, or none"):
        planned(crm, rows, "tasks")
    assert [type(each) for each in planned(crm, rows, "tasks", key="none")] == [Creation, Creation]


def test_a_key_that_no_column_goes_to_is_refused(crm: Client) -> None:
    with pytest.raises(InvalidValue, match=r"key: no column goes to emails\.primaryEmail"):
        planned(crm, [{"first name": "Ada"}], key="emails")


def test_an_unknown_resource_is_refused(crm: Client) -> None:
    with pytest.raises(UnknownObject, match="Did you mean 'People'"):
        planned(crm, [{"name": "Ada"}], "peeple")


def test_required_values_of_a_new_record_are_asked_for(crm: Client) -> None:
    (step,) = planned(crm, [{"name": "Sync"}], "apiKeys", key="name")
    assert isinstance(step, Bad)
    assert "Expires At is required" in step.reason


def test_many_rows_are_planned_in_order_with_few_requests(home: Path, tmp_path: Path) -> None:
    with workspace() as crm:
        for at in range(5):
            crm.faultless["companies"].create_one(name=f"Company {at}", domain_name={"primaryLinkUrl": f"company{at}.example.com"})
        found = list(plan_import(crm, "people", write_people(tmp_path / "people.csv", 1200)).steps())
        assert [each.row for each in found] == list(range(2, 1202))
        assert all(isinstance(each, Creation) for each in found)
        assert crm.faults.requests <= 20


class TestSeveralColumnsTellWhichCompanyIsMeant:
    ROWS = (
        {"Email": "ann@example.com", "Company": "Acme", "Company Website": "acme.example.com"},
        {"Email": "bob@example.com", "Company": "Acme"},
        {"Email": "cy@example.com", "Company": "Loom"},
        {"Email": "dee@example.com", "Company Website": "https://engines.example.com/"},
        {"Email": "eve@example.com", "Company": "Engines", "Company Website": "engines.example.com"},
        {"Email": "flo@example.com"},
    )

    def made(self, steps: list[Step]) -> tuple[dict[str, Any], dict[str, str | None]]:
        """The companies that a plan creates, by id, and which of them each person gets."""
        made = [each for each in steps if isinstance(each, Creation)]
        companies = {each.record["id"]: each.record for each in made if each.object == "companies"}
        people = {each.record["emails"]["primaryEmail"][:3]: each.record.get("companyId") for each in made if each.object == "people"}
        return companies, people

    @pytest.mark.parametrize("turned", [False, True])
    def test_every_row_gets_its_company_and_every_company_all_that_is_said_of_it(self, crm: Client, turned: bool) -> None:
        companies, people = self.made(planned(crm, self.ROWS[::-1] if turned else self.ROWS, create_links=True))
        told = {each["name"]: each.get("domainName", {}).get("primaryLinkUrl", "") for each in companies.values()}
        assert {name: url.removeprefix("https://").rstrip("/") for name, url in told.items()} == {
            "Acme": "acme.example.com",
            "Loom": "",
            "Engines": "engines.example.com",
        }
        called = {email: company and companies[company]["name"] for email, company in people.items()}
        assert called == {"ann": "Acme", "bob": "Acme", "cy@": "Loom", "dee": "Engines", "eve": "Engines", "flo": None}

    def test_the_surest_counts_and_nothing_is_made_that_is_there(self, crm: Client) -> None:
        acme = crm["companies"].create_one(name="Acme Ltd", domain_name={"primaryLinkUrl": "acme.example.com"})["id"]
        loom = crm["companies"].create_one(name="Loom")["id"]
        other = crm["companies"].create_one(name="Engines", domain_name={"primaryLinkUrl": "other.example.com"})["id"]
        rows = [*self.ROWS, {"Email": "gus@example.com", "Company": "Engines", "Company Website": "other.example.com"}]
        companies, people = self.made(planned(crm, rows, create_links=True))
        assert {each["name"] for each in companies.values()} == {"Acme", "Engines"}  # another company has that name
        assert (people["ann"], people["cy@"], people["gus"]) == (acme, loom, other)
        assert companies[str(people["bob"])]["name"] == "Acme"

    def test_a_company_without_a_website_is_the_one_of_that_name(self, crm: Client) -> None:
        acme = crm["companies"].create_one(name="Acme")["id"]
        for create in (True, False):
            companies, people = self.made(planned(crm, self.ROWS[:2], create_links=create))
            assert (companies, people) == ({}, {"ann": acme, "bob": acme})

    def test_two_companies_of_one_name_are_two_where_their_websites_say_so(self, crm: Client) -> None:
        rows = [{**self.ROWS[0], "Email": f"{at}@example.com", "Company Website": f"{at}.example.com"} for at in range(2)]
        *steps, last = planned(crm, [*rows, {"Email": "z@example.com", "Company": "Acme"}], create_links=True)
        companies, _ = self.made(steps)
        assert len(companies) == 2
        assert isinstance(last, Conflict)
        assert set(last.ids) == set(companies)

    def test_without_making_any_the_row_says_what_was_looked_for(self, crm: Client) -> None:
        (bad,) = planned(crm, self.ROWS[:1])
        assert isinstance(bad, Bad)
        assert bad.column == "Company Website"
        assert 'no company with domainName.primaryLinkUrl "acme.example.com" and name "Acme"' in bad.reason

    def test_more_that_is_told_of_a_company_is_part_of_it_and_finds_none(self, crm: Client) -> None:
        crm["companies"].create_one(name="Elsewhere", address={"addressCity": "Lyon"})
        columns = {"Town": "company.address.addressCity", "Street": "company.address.addressStreet1", "Staff": "company.employees"}
        rows = [{**self.ROWS[0], "Town": "Lyon", "Street": "1 Rue", "Staff": "12"}]
        companies, _ = self.made(planned(crm, rows, create_links=True, columns=columns))
        (made,) = companies.values()
        assert (made["address"], made["employees"]) == ({"addressCity": "Lyon", "addressStreet1": "1 Rue"}, 12)

    def test_a_link_is_cleared_only_where_nothing_else_says_one(self, crm: Client) -> None:
        rows = [
            {"Email": "ann@example.com", "Company": "-", "Company Website": "acme.example.com"},
            {"Email": "bob@example.com", "Company": "-", "Company Website": None},
        ]
        companies, people = self.made(planned(crm, rows, create_links=True, conventions=Conventions(clear="-")))
        assert list(companies) == [people["ann"]]
        assert people["bob"] is None

    def test_the_import_counts_all_of_it(self, crm: Client) -> None:
        applied = import_rows(crm, "people", list(self.ROWS), create_links=True).applied
        assert applied.counts == {"create": 9}
        assert not import_rows(crm, "people", list(self.ROWS), create_links=True).applied.counts


@pytest.mark.parametrize(
    ("settings", "refusal", "said"),
    [
        ({"keys": "name"}, TypeError, r"plan_import\(\) has no option 'keys'; did you mean key\? Its options are "),
        ({"qwerty": 1}, TypeError, r"has no option 'qwerty'; Its options are "),
        ({"key": ["name"]}, InvalidValue, r"key: .* is no path; give the path of one value"),
        ({"region": "DE", "conventions": Conventions(region="DE")}, InvalidValue, "conventions: are given, and region too"),
    ],
)
def test_options_that_are_none_or_given_twice_are_refused(
    crm: Client, settings: dict[str, Any], refusal: type[Exception], said: str
) -> None:
    with pytest.raises(refusal, match=said):
        planned(crm, [{"email": "ada@example.com"}], **settings)


def test_a_list_comes_as_a_list_and_one_value_as_a_list_of_one(crm: Client) -> None:
    for given in (["a@example.com", None, ""], '["a@example.com"]', "a@example.com"):
        (step,) = planned(crm, [{"email": "ada@example.com", "emails.additionalEmails": given}])
        assert isinstance(step, Creation)
        assert step.record["emails"]["additionalEmails"] == ["a@example.com"]
