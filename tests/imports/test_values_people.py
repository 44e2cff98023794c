"""Names without titles and degrees, countries in every script, and what says that nothing is known."""

from typing import Any

import pytest

import icosa
from icosa import bulk
from icosa.imports.values.booleans import NO, YES, read_boolean
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.countries import read_country
from icosa.imports.values.people import affixes, read_full_name
from icosa.imports.values.unknown import UNKNOWN
from icosa.plans.step import Bad, Creation


@pytest.mark.parametrize(
    ("text", "first", "last", "left_out"),
    [
        ("Ada Lovelace, PhD", "Ada", "Lovelace", ["PhD"]),
        ("John Smith Jr.", "John", "Smith", ["Jr."]),
        ("Ada Lovelace III", "Ada", "Lovelace", ["III"]),
        ("Smith, John, Jr.", "John", "Smith", ["Jr."]),
        ("Smith Jr., John", "John", "Smith", ["Jr."]),
        ("Jane Doe, MD, PhD", "Jane", "Doe", ["MD", "PhD"]),
        ("JOHN SMITH JR", "JOHN", "SMITH", ["JR"]),
        ("Martin Luther King, Jr.", "Martin Luther", "King", ["Jr."]),
        ("Dr. Ludwig van der Berg, Ph.D.", "Ludwig", "van der Berg", ["Dr.", "Ph.D."]),
        ("Prof. Dr. med. Anna Schmidt", "Anna", "Schmidt", ["Prof.", "Dr.", "med."]),
        ("Smith, Dr. John", "John", "Smith", ["Dr."]),
        ("Mr Smith", "", "Smith", ["Mr"]),
        ("Smith, John", "John", "Smith", []),
        ("van der Berg, Jan", "Jan", "van der Berg", []),
        ("Jack Ma", "Jack", "Ma", []),
        ("Ma, Jack", "Jack", "Ma", []),
        ("Anna Do", "Anna", "Do", []),
        ("Lee, MA", "MA", "Lee", []),
        ("Md Rahman", "Md", "Rahman", []),
        ("Hon Lee", "Hon", "Lee", []),
        ("Jan Junior", "Jan", "Junior", []),
        ("Cher", "Cher", "", []),
        ("Ada Lovelace <ada@example.com>", "Ada", "Lovelace", ["<ada@example.com>"]),
        ('"Lovelace, Ada" <ada@example.com>', "Ada", "Lovelace", ["<ada@example.com>"]),
        ("ada@example.com", "ada@example.com", "", []),
        ("Jr.", "Jr.", "", []),
        ("Ada\u200b Lovelace", "Ada", "Lovelace", []),
        ("Ada Lovelace (Analytical Engines)", "Ada", "Lovelace", ["(Analytical Engines)"]),
        ("Robert (Bob) Smith", "Robert (Bob)", "Smith", []),
        ("(Ada)", "(Ada)", "", []),
        ("Mr & Mrs Smith", "", "Smith", ["Mr", "&", "Mrs"]),
        ("Herr und Frau Dr. Schmidt", "", "Schmidt", ["Herr", "und", "Frau", "Dr."]),
        ("Sir Ian Holm, Dr.", "Ian", "Holm", ["Sir", "Dr."]),
        ("Anna and Jane Smith", "Anna and Jane", "Smith", []),
    ],
)
def test_suffixes_degrees_and_titles_are_no_names(text: str, first: str, last: str, left_out: list[str]) -> None:
    assert read_full_name(text, "name") == {"firstName": first, "lastName": last}
    assert affixes(text) == left_out


def test_the_plan_says_what_was_left_out_of_names(crm: icosa.Client) -> None:
    plan = bulk.plan_import(crm, "people", [{"Name": "John Smith Jr."}, {"Name": "Ada Lovelace, PhD"}], key="none")
    assert plan.header.settings["columns"][0]["values"] == "Jr., PhD: no part of a name, and left out"


@pytest.mark.parametrize(
    ("text", "locale", "country"),
    [
        ("टोगो", "hi_IN", "Togo"),
        ("टोंगा", "hi_IN", "Tonga"),
        ("सेंट मार्टिन", "hi_IN", "St. Martin"),
        ("Cote d'Ivoire", None, "Cote d'Ivoire"),
        ("Co\u0302te d’Ivoire", None, "Côte d’Ivoire"),
        ("Deutschland", "de_DE", "Germany"),
        ("D\u200beutschland", "de_DE", "Germany"),
        ("de", None, "de"),
        ("Congo", None, "Congo"),
    ],
)
def test_names_of_countries_are_compared_with_their_marks(text: str, locale: str | None, country: str) -> None:
    assert read_country(text, "p", Conventions(locale=locale)) == country


def created(crm: icosa.Client, resource: str, row: dict[str, str], **options: Any) -> dict[str, Any]:
    plan = bulk.plan_import(crm, resource, [row], key="none", conventions=bulk.Conventions(**options))
    (step,) = plan.steps()
    assert isinstance(step, Creation), step
    return {name: value for name, value in step.record.items() if name != "id"}


@pytest.mark.parametrize("nothing", ["n/a", "N/A", "#N/A", "NA", "-", "–", "null", "None", "?", "unbekannt", "s/o", "k.A.", "N / A", "нет"])
def test_what_says_not_known_is_empty_where_no_text_is_meant(nothing: str, crm: icosa.Client) -> None:
    row = {"name": "A", "employees": nothing, "domainName": nothing, "annualRecurringRevenue": nothing, "createdAt": nothing}
    assert created(crm, "companies", row) == {"name": "A"}
    assert created(crm, "people", {"City": "A", "Email": nothing, "Phone": nothing, "company.name": nothing}) == {"city": "A"}


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Website", "info@acme.example.com", "is an e-mail address, and no web address"),
        ("Website", "mailto:info@acme.example.com", "is an e-mail address, and no web address"),
        ("Employees", "1000+", "is not a number"),
    ],
)
def test_what_is_something_else_is_refused(column: str, value: str, reason: str, crm: icosa.Client) -> None:
    (step,) = bulk.plan_import(crm, "companies", [{"Name": "Acme", column: value}], key="none").steps()
    assert isinstance(step, Bad)
    assert reason in step.reason


def test_an_option_with_a_question_mark_is_none(crm: icosa.Client) -> None:
    (step,) = bulk.plan_import(crm, "opportunities", [{"Name": "Ore", "Stage": "Meeting?"}], key="none").steps()
    assert isinstance(step, Bad)
    assert "is none of its options" in step.reason


def test_what_keeps_a_spreadsheet_from_reading_a_text_is_no_part_of_it(crm: icosa.Client) -> None:
    row = {"Name": '="Acme ""North"""', "Zip": '="01234"', "Employees": '="12"', "Country": "=A1", "Website": '="acme.example.com"'}
    company = created(crm, "companies", row)
    assert (company["name"], company["employees"], company["domainName"]["primaryLinkUrl"]) == ('Acme "North"', 12, "acme.example.com")
    assert (company["address"]["addressPostcode"], company["address"]["addressCountry"]) == ("01234", "=A1")
    assert created(crm, "companies", {"name": '="1"'}, exact=True)["name"] == '="1"'


def test_a_text_keeps_what_may_be_meant(crm: icosa.Client) -> None:
    assert created(crm, "people", {"City": "NA", "Last name": "Null"}) == {"city": "NA", "name": {"lastName": "Null"}}
    assert created(crm, "people", {"City": "NA", "Last name": "xxx"}, unknown=("xxx",)) == {"city": "NA"}
    assert created(crm, "people", {"Name": "Nil"}) == {"name": {"firstName": "Nil", "lastName": ""}}
    for nothing in ("n/a", "None", "NULL", "Unknown"):
        assert created(crm, "people", {"City": "A", "Name": nothing}) == {"city": "A"}
    assert created(crm, "notes", {"title": "A", "body": "n/a"})["bodyV2"]["markdown"] == "n/a"
    assert created(crm, "companies", {"name": "A", "idealCustomerProfile": "-"}) == {"name": "A", "idealCustomerProfile": False}


def test_what_is_exact_is_never_taken_for_unknown(crm: icosa.Client) -> None:
    plan = bulk.plan_import(crm, "companies", [{"name": "A", "employees": "-"}], key="none", conventions=bulk.Conventions(exact=True))
    assert plan.counts["bad"] == 1


def test_no_word_is_yes_and_no() -> None:
    assert not set(YES) & set(NO)
    assert all(word == word.casefold() for word in (*YES, *NO, *UNKNOWN))
    assert [read_boolean(each, "p") for each in ("WAHR", "Nein", "✔️", "1.0", "\ufefftrue")] == [True, False, True, True, True]


def test_what_nobody_sees_does_not_count_on_the_wire(crm: icosa.Client) -> None:
    made = crm.people.create_one(
        emails={"primaryEmail": "z\u200bw@example.com", "additionalEmails": ["\ufeffa@example.com"]},
        linkedin_link={"primaryLinkUrl": "https://exam\u00adple.com/z", "secondaryLinks": [{"url": "\u200bhttps://a.example.com"}]},
    )
    assert made["emails"] == {"primaryEmail": "zw@example.com", "additionalEmails": ["a@example.com"]}
    assert made["linkedinLink"]["primaryLinkUrl"] == "https://example.com/z"
    assert made["linkedinLink"]["secondaryLinks"][0]["url"] == "https://a.example.com"
    company = crm.companies.create_one(name="Zero\u200bWidth", employees="1\u200b2", address={"addressLat": "\u200e48.5"})  # type: ignore[arg-type]
    assert (company["name"], company["employees"], company["address"]["addressLat"]) == ("Zero\u200bWidth", 12, "48.5")
    assert crm.people.find_one(f"\u200b{made['id']}")["id"] == made["id"]
