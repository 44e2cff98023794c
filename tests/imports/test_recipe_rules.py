"""What a recipe can say, one thing at a time."""

from pathlib import Path
from typing import Any

import pytest

from icosa import bulk
from icosa.client.blocking import Client
from icosa.plans.step import Bad, Change, Conflict, Creation, Left, Step
from tests.imports.importers import write_csv

PEOPLE = """\
version = 1
{top}
[people]
key = "emails.primaryEmail"
{more}
[people.columns]
"Mail" = "emails.primaryEmail"
"Job" = "jobTitle"
"City" = "city"
"""


def steps(crm: Client, rows: list[dict[str, Any]], top: str = "", more: str = "", text: str = PEOPLE) -> list[Step]:
    made = bulk.recipe_of(text.replace("{top}", top).replace("{more}", more))
    plan = bulk.plan_import(crm, made, [{"Mail": "", "Job": "", "City": "", **each} for each in rows])
    return sorted(plan.steps(), key=lambda each: each.row or 0)


def records(found: list[Step]) -> list[dict[str, Any]]:
    return [{name: value for name, value in each.record.items() if name != "id"} for each in found if isinstance(each, Creation)]


ADA = {"Mail": "ada@example.com", "Job": "Countess"}
ADA_AGAIN = {"Mail": "Ada@Example.com", "Job": "Programmer", "City": "London"}


@pytest.mark.parametrize(
    ("repeats", "job", "city", "said"),
    [
        ("merge", "Countess", "London", (2, "means the same as row 1; row 1 says another jobTitle, which stands")),
        ("first", "Countess", None, (2, "means the same as row 1, and the first one counts")),
        ("last", "Programmer", "London", (1, "row 2 means the same, and the last one counts")),
    ],
)
def test_repeats_are_settled_as_the_recipe_says(crm: Client, repeats: str, job: str, city: str | None, said: tuple[int, str]) -> None:
    found = steps(crm, [ADA, ADA_AGAIN], more=f'repeats = "{repeats}"')
    (made,) = records(found)
    assert (made["jobTitle"], made.get("city")) == (job, city)
    assert [(each.row, each.reason) for each in found if isinstance(each, Left)] == [said]


def test_repeats_can_be_refused(crm: Client) -> None:
    found = steps(crm, [ADA, ADA_AGAIN], more='repeats = "refuse"')
    assert isinstance(found[1], Conflict)
    assert "row 1 has the same emails.primaryEmail" in found[1].reason


def test_repeats_of_a_record_that_is_there_are_one_change(crm: Client) -> None:
    ada = crm["people"].create_one(emails={"primaryEmail": "ada@example.com"}, job_title="Nobody")
    found = steps(crm, [ADA, ADA_AGAIN])
    change = found[0]
    assert isinstance(change, Change)
    assert (change.id, change.after) == (ada["id"], {"jobTitle": "Countess", "city": "London"})


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ('{ column = "City", is = "set" }', ["b"]),
        ('{ column = "City", is = "empty" }', ["a", "c"]),
        ('{ column = "Job", equals = "lead" }', ["a", "b"]),
        ('{ column = "Job", one-of = ["Boss", "x"] }', ["c"]),
        ('[{ column = "Job", equals = "Lead" }, { column = "City", is = "set" }]', ["b"]),
    ],
)
@pytest.mark.parametrize("where", ["top", "more"])
def test_only_some_rows_are_taken(crm: Client, condition: str, kept: list[str], where: str) -> None:
    rows = [
        {"Mail": "a@example.com", "Job": "Lead", "City": "none"},
        {"Mail": "b@example.com", "Job": "LEAD ", "City": "Oslo"},
        {"Mail": "c@example.com", "Job": "Boss"},
    ]
    empty = '[conventions]\nempty = ["none"]'
    top = f"only = {condition}\n{empty}" if where == "top" else empty
    found = steps(crm, rows, top, f"only = {condition}" if where == "more" else "")
    assert [each["emails"]["primaryEmail"][0] for each in records(found)] == kept
    assert sum("only rows are taken" in each.reason for each in found if isinstance(each, Left)) == 3 - len(kept)


def test_words_for_empty_are_empty_everywhere_or_in_one_column(crm: Client) -> None:
    top = '[conventions]\nempty = ["k.A.", "-"]\n[column."Job"]\nempty = ["Nobody"]'
    (made,) = records(steps(crm, [{"Mail": "a@example.com", "Job": "nobody", "City": " K.A. "}], top))
    assert made == {"emails": {"primaryEmail": "a@example.com"}}
    (made,) = records(steps(crm, [{"Mail": "a@example.com", "Job": "-", "City": "Nobody"}], top))
    assert made == {"emails": {"primaryEmail": "a@example.com"}, "city": "Nobody"}


def test_a_map_puts_one_word_in_the_place_of_another(crm: Client) -> None:
    top = '[column."Job".map]\n"GF" = "Managing director"\n"?" = ""'
    rows = [{"Mail": "a@example.com", "Job": "gf"}, {"Mail": "b@example.com", "Job": "Clerk"}, {"Mail": "c@example.com", "Job": "?"}]
    assert [each.get("jobTitle") for each in records(steps(crm, rows, top))] == ["Managing director", "Clerk", None]


def test_constants_texts_and_defaults(crm: Client) -> None:
    ada = crm["people"].create_one(emails={"primaryEmail": "ada@example.com"}, city="Paris")
    more = '[people.values]\nname.firstName = "{Mail} {{{Job}}}"\n[people.defaults]\ncity = "Nowhere"'
    text = PEOPLE.replace('"City" = "city"\n', "") + more
    found = steps(crm, [ADA, {"Mail": "b@example.com"}], text=text)
    assert isinstance(found[0], Change)
    assert (found[0].id, found[0].after["name"]) == (ada["id"], {"firstName": "ada@example.com {Countess}"})
    assert "city" not in found[0].after
    assert records(found) == [{"city": "Nowhere", "emails": {"primaryEmail": "b@example.com"}, "name": {"firstName": "b@example.com {}"}}]


def test_conventions_are_those_of_the_file_or_of_a_column(crm: Client) -> None:
    text = """\
version = 1
[conventions]
date-order = "dmy"
decimal = ","
currency = "EUR"
[column."US"]
date-order = "mdy"
[opportunities]
key = "none"
[opportunities.columns]
"Betrag" = "amount"
"US" = "closeDate"
"""
    made = bulk.plan_import(crm, bulk.recipe_of(text), [{"Betrag": "1.234,50", "US": "03/04/2026"}])
    (record,) = records(list(made.steps()))
    assert record["closeDate"].startswith("2026-03-04")
    assert record["amount"] == {"amountMicros": "1234500000", "currencyCode": "EUR"}


TWO = """\
version = 1
[companies]
key = ["domainName", "name"]
[companies.columns]
"Firm" = "name"
"Site" = "domainName"
[people]
key = ["emails.primaryEmail", "name + company"]
[people.columns]
"Mail" = "emails.primaryEmail"
"First" = "name.firstName"
"""


def planned(crm: Client, *rows: tuple[str, str, str, str], text: str = TWO) -> list[Step]:
    named = [dict(zip(("Firm", "Site", "Mail", "First"), each, strict=True)) for each in rows]
    return sorted(bulk.plan_import(crm, bulk.recipe_of(text), named).steps(), key=lambda each: each.row or 0)


def test_the_surest_key_that_a_row_says_counts(crm: Client) -> None:
    acme = crm["companies"].create_one(name="Acme", domain_name={"primaryLinkUrl": "acme.example.com"})
    loom = crm["companies"].create_one(name="Loom")
    found = planned(
        crm,
        ("Acme", "", "", ""),  # by its name
        ("Acme", "acme.example.org", "", ""),  # another of that name
        ("Loom", "loom.example.com", "", ""),  # which gets its address
        ("Loom", "", "a@example.com", "Ann"),
        ("", "", "", "Solo"),
    )
    assert [getattr(each, "id", "") for each in found if each.object == "companies"][:1] == [acme["id"]]
    assert [each["name"] for each in records(found) if "domainName" in each] == ["Acme"]
    (change,) = (each for each in found if isinstance(each, Change))
    assert (change.id, change.after["domainName"]["primaryLinkUrl"]) == (loom["id"], "loom.example.com")
    ann, solo = (each.record for each in found if isinstance(each, Creation) and each.object == "people")
    assert ann["companyId"] == loom["id"]
    assert "companyId" not in solo


def test_several_fields_are_one_key(crm: Client) -> None:
    acme = crm["companies"].create_one(name="Acme")
    for company in (acme["id"], crm["companies"].create_one(name="Loom")["id"]):
        crm["people"].create_one(name={"firstName": "Ann"}, company_id=company)
    found = planned(crm, ("Acme", "", "ann@example.com", "Ann"))
    (change,) = (each for each in found if isinstance(each, Change))
    assert crm["people"].find_one(change.id)["companyId"] == acme["id"]


def test_a_row_of_which_nobody_knows_what_it_means_is_a_conflict_and_goes_in_nowhere(crm: Client) -> None:
    crm["companies"].create_one(name="Acme")
    crm["companies"].create_one(name="Acme")
    company, person = planned(crm, ("Acme", "", "a@example.com", "Ann"))
    assert isinstance(company, Conflict)
    assert isinstance(person, Left)


def test_a_row_that_lacks_every_key_is_bad_and_says_which_column_would_do(crm: Client) -> None:
    text = TWO.replace('"Site" = "domainName"', '"Site" = "domainName"\n"Town" = "address.addressCity"')
    rows = [{"Firm": "", "Site": "", "Mail": "a@example.com", "First": "Ann", "Town": "Oslo"}]
    (bad,) = (each for each in bulk.plan_import(crm, bulk.recipe_of(text), rows).steps() if isinstance(each, Bad))
    assert (bad.object, bad.column) == ("companies", "Site")
    assert "(domainName.primaryLinkUrl or name)" in bad.reason


def test_a_link_can_be_left_out(crm: Client) -> None:
    found = planned(
        crm, ("Acme", "", "a@example.com", "Ann"), text=TWO.replace("name + company", "name").replace("[people]", "[people]\nlink = {}")
    )
    assert all("companyId" not in each for each in records(found))


def test_a_note_needs_something_to_be_attached_to(crm: Client) -> None:
    text = TWO + '[notes]\nattach = ["people"]\nkey = "title"\n[notes.columns]\n"Note" = "title"\n'
    rows = [{"Firm": "Acme", "Site": "", "Mail": "", "First": "", "Note": "hello"}]
    found = list(bulk.plan_import(crm, bulk.recipe_of(text), rows).steps())
    (bad,) = (each for each in found if isinstance(each, Bad))
    assert (bad.object, bad.reason) == ("notes", "there is no record in the row that it could be attached to")


def test_one_object_alone_may_link_by_columns_and_create_what_it_links_to(crm: Client) -> None:
    text = 'version = 1\ncreate-links = true\n[people]\nkey = "emails"\n[people.columns]\n"Mail" = "emails"\n"Firm" = "company.name"\n'
    found = list(bulk.plan_import(crm, bulk.recipe_of(text), [{"Mail": "a@example.com", "Firm": "Acme"}]).steps())
    assert [each.object for each in found] == ["companies", "people"]


@pytest.mark.parametrize("head", [1, 3])
def test_the_heading_is_where_the_recipe_says(crm: Client, tmp_path: Path, head: int) -> None:
    source = write_csv(
        tmp_path / "people.csv", ["Mail", "Job", "City"], ["x@example.com", "b", "c"], ["Mail", "Job", "City"], ["y@example.com", "", ""]
    )
    made = bulk.recipe_of(PEOPLE.replace("{top}", f"[file]\nhead = {head}").replace("{more}", ""))
    found = list(bulk.plan_import(crm, made, source).steps())
    assert [each.row for each in found if isinstance(each, Creation)] == ([2, 4] if head == 1 else [4])


def test_a_sheet_has_its_heading_where_the_recipe_says(crm: Client, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("xlsxwriter")
    with openpyxl.Workbook(tmp_path / "people.xlsx") as book:
        sheet = book.add_worksheet("Contacts")
        for at, row in enumerate([["Title", "of", "it"], ["Mail", "Job", "City"], ["a@example.com", 7, "nobody"], ["nobody", 8, ""]]):
            sheet.write_row(at, 0, row)
    made = bulk.recipe_of(
        PEOPLE.replace("{top}", '[file]\nsheet = "Contacts"\nhead = 2\n[column."Job".map]\n"7" = "Seven"').replace("{more}", "")
    )
    done = bulk.import_rows(crm, made, tmp_path / "people.xlsx")
    assert done.applied.counts == {"create": 1}
    assert next(crm["people"].iterate())["jobTitle"] == "Seven"
    assert done.bad_rows is not None  # a sheet of another name, with its heading on top
    assert bulk.plan_import(crm, made, done.bad_rows).counts["bad"] == 1
