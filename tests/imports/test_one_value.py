"""What is one value to a person is compared, changed, put back and pushed as one: a number with its country and
calling code, an amount with its currency, an address with its label."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa import bulk
from icosa.catalogue.columns import together
from icosa.catalogue.standard import STANDARD
from icosa.plans.step import Change
from icosa.standard import LinksInput
from tests.imports.importers import write_csv
from tests.mirror.conftest import new_url, pull, source_of, steps
from tests.mirror.test_diff_and_push import push

__all__ = ["new_url"]

EMAIL = "ann@example.com"


def phone(crm: icosa.Client) -> dict[str, Any]:
    held: Mapping[str, Any] = crm.people.find_many(depth=0)[0]["phones"]
    return {name: held[name] for name in ("primaryPhoneNumber", "primaryPhoneCountryCode", "primaryPhoneCallingCode")}


def as_phone(number: str, country: str, calling: str) -> dict[str, str]:
    return {"primaryPhoneNumber": number, "primaryPhoneCountryCode": country, "primaryPhoneCallingCode": calling}


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        ("+33 6 99 99 99 99", as_phone("699999999", "FR", "+33")),
        ("+49 30 901820", as_phone("30901820", "DE", "+49")),
        ("+800 1234 5678", as_phone("12345678", "", "+800")),
        ("-", as_phone("", "", "")),
    ],
)
def test_a_phone_number_is_changed_as_a_whole_and_put_back(after: str, wanted: dict[str, str], crm: icosa.Client, tmp_path: Path) -> None:
    before = write_csv(tmp_path / "before.csv", ["Email", "Phone"], [EMAIL, "+33 6 12 34 56 78"])
    then = write_csv(tmp_path / "after.csv", ["Email", "Phone"], [EMAIL, after])
    bulk.import_rows(crm, "people", before)
    applied = bulk.import_rows(crm, "people", then, conventions=bulk.Conventions(clear="-")).applied
    assert (applied.whole, applied.counts["change"]) == (True, 1)
    assert {name: value or "" for name, value in phone(crm).items()} == wanted
    assert applied.run is not None
    assert bulk.undo(crm, applied.run).whole
    assert phone(crm) == as_phone("612345678", "FR", "+33")


def test_a_change_says_the_whole_of_a_phone_number(crm: icosa.Client) -> None:
    crm.people.create_one(emails={"primaryEmail": EMAIL}, phones={"primaryPhoneNumber": "+33612345678"})
    plan = bulk.plan_import(crm, "people", [{"Email": EMAIL, "Phone": "+33699999999"}])
    (step,) = [each for each in plan.steps() if isinstance(each, Change)]
    assert step.before == {"phones": as_phone("612345678", "FR", "+33")}
    assert step.after == {"phones": as_phone("699999999", "FR", "+33")}
    same = bulk.plan_import(crm, "people", [{"Email": EMAIL, "Phone": "0033 6 12 34 56 78"}])
    assert same.counts["skip"] == 1


def test_a_phone_number_that_was_changed_in_a_mirror_is_pushed(new_url: Callable[[], str], tmp_path: Path) -> None:
    url, into = new_url(), new_url()
    with icosa.connect(url) as crm, source_of(url) as source:
        made = crm.people.create_one(emails={"primaryEmail": EMAIL}, phones={"primaryPhoneNumber": "+33612345678"})
        pull(source, into)
        with icosa.connect(into) as mirror:
            mirror.people.update_one(made["id"], phones={"primaryPhoneNumber": "+33699999999"})
        (step,) = steps(into, source)
        assert isinstance(step, Change)
        assert step.after == {"phones": as_phone("699999999", "FR", "+33")}
        assert push(into, source, tmp_path) == 1
        assert phone(crm) == as_phone("699999999", "FR", "+33")


def test_an_amount_goes_with_its_currency(crm: icosa.Client) -> None:
    crm.opportunities.create_one(name="Engine", amount={"amountMicros": 5_000_000, "currencyCode": "EUR"})
    plan = bulk.plan_import(crm, "opportunities", [{"name": "Engine", "amount": 7}], key="name")
    (step,) = [each for each in plan.steps() if isinstance(each, Change)]
    assert step.after == {"amount": {"amountMicros": "7000000", "currencyCode": "EUR"}}
    applied = bulk.apply(crm, plan)
    assert applied.run is not None
    assert bulk.undo(crm, applied.run).whole
    assert crm.opportunities.find_many(depth=0)[0]["amount"] == {"amountMicros": "5000000", "currencyCode": "EUR"}


def test_an_address_that_was_cleared_comes_back_with_its_label(crm: icosa.Client) -> None:
    link: LinksInput = {"primaryLinkUrl": "https://acme.example.com", "primaryLinkLabel": "Acme"}
    crm.companies.create_one(name="Acme", domain_name=link)
    rows = [{"name": "Acme", "domainName.primaryLinkUrl": "-"}]
    applied = bulk.import_rows(crm, "companies", rows, key="name", conventions=bulk.Conventions(clear="-")).applied
    cleared = crm.companies.find_many(depth=0)[0]["domainName"]
    assert not cleared["primaryLinkUrl"]
    assert not cleared["primaryLinkLabel"]
    assert applied.run is not None
    assert bulk.undo(crm, applied.run).whole
    assert crm.companies.find_many(depth=0)[0]["domainName"].items() >= link.items()


def test_what_belongs_together_is_told_by_the_type_of_its_field() -> None:
    person, company = STANDARD.by_singular["person"], STANDARD.by_singular["company"]
    assert set(together(person, ["phones.primaryPhoneCountryCode", "jobTitle"])) == {
        "jobTitle", "phones.primaryPhoneNumber", "phones.primaryPhoneCountryCode", "phones.primaryPhoneCallingCode",
    }  # fmt: skip
    assert together(person, ["name.firstName", "phones.additionalPhones"]) == ("name.firstName", "phones.additionalPhones")
    assert together(company, ["domainName.primaryLinkUrl"]) == ("domainName.primaryLinkUrl", "domainName.primaryLinkLabel")


ROW = {"First name": "Grace", "Phones": "+49 612 345678"}


def test_a_phone_as_a_key_is_the_whole_number(crm: icosa.Client) -> None:
    ada = crm.people.create_one(name={"firstName": "Ada"}, phones={"primaryPhoneNumber": "+33 6 12 34 56 78"})
    bulk.import_rows(crm, "people", [ROW], key="phones.primaryPhoneNumber")
    assert {each["name"]["firstName"]: each["phones"]["primaryPhoneCallingCode"] for each in crm.people.find_many(depth=0)} == {
        "Ada": "+33", "Grace": "+49",
    }  # fmt: skip
    again = [ROW, {"First name": "Ada L", "Phones": "0033612345678"}]
    counts = bulk.plan_import(crm, "people", again, key="phones.primaryPhoneNumber").counts
    assert (counts["skip"], counts["change"], counts["create"]) == (1, 1, 0)
    upserted = crm.people.upsert(name={"firstName": "G"}, phones={"primaryPhoneNumber": "+49612345678"}, key="phones.primaryPhoneNumber")
    assert (upserted["id"] != ada["id"], crm.people.find_many().total_count) == (True, 2)


def test_a_record_is_linked_by_the_whole_number_of_its_phone(crm: icosa.Client) -> None:
    for name, number in (("Ada", "+33612345678"), ("Grace", "+49612345678")):
        crm.people.create_one(name={"firstName": name}, phones={"primaryPhoneNumber": number})
    rows = [{"name": "Engine", "Contact": "+49 612 345678"}, {"name": "Loom", "Contact": "+44 20 7946 0958"}]
    columns = {"Contact": "pointOfContact.phones.primaryPhoneNumber"}
    bulk.import_rows(crm, "opportunities", rows, key="name", columns=columns, create_links=True)
    contacts: Any = {each["name"]: each["pointOfContact"] for each in crm.opportunities.find_many(depth=1)}
    assert contacts["Engine"]["name"]["firstName"] == "Grace"
    assert contacts["Loom"]["phones"]["primaryPhoneCallingCode"] == "+44"
    assert crm.people.find_many().total_count == 3


@pytest.mark.parametrize("written", ["\u200bzw@example.com", "zw@example.com\u200b", "zw@exam\u00adple.com", "\ufeffzw@example.com"])
def test_what_nobody_sees_makes_no_other_key(written: str, crm: icosa.Client) -> None:
    made = crm.people.create_one(emails={"primaryEmail": "zw@example.com"}, city="Rome")
    plan = bulk.plan_import(crm, "people", [{"Email": written, "City": "Oslo"}])
    assert [each.id for each in plan.steps() if isinstance(each, Change)] == [made["id"]]
    with pytest.raises(icosa.Conflict):
        crm.people.create_one(emails={"primaryEmail": written})
