"""A recipe is written from what an export shows, to be edited; what is written can be read."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from icosa import bulk
from icosa.catalogue.standard import STANDARD
from icosa.client.blocking import Client
from icosa.errors import InvalidValue
from icosa.imports.recipes import toml
from icosa.imports.recipes.drafting import draft
from icosa.plans.step import Creation
from tests.cli.conftest import Shell, shell
from tests.imports.contacts import write_contacts
from tests.imports.importers import write_csv

__all__ = ["shell"]


def test_a_draft_says_where_columns_go_with_samples_and_lists_the_others(crm: Client, tmp_path: Path) -> None:
    columns = ["Company", "Website", "First name", "Last name", "Email", "Stage", "Shoe size"]
    row = ["Acme", "acme.example.com", "Ada", "Lovelace", "ada@example.com", "Offer", "38"]
    source = write_csv(tmp_path / "export.csv", columns, row, ["-", "", "Grace", "Hopper", "grace@example.com", "Offer", "39"])
    path = bulk.save_recipe(crm, source, tmp_path / "export.toml", region="DE")
    text = path.read_text("utf-8")
    said = tomllib.loads(text)
    assert said["companies"]["columns"] == {"Company": "name", "Website": "domainName.primaryLinkUrl"}
    assert said["people"]["columns"]["Email"] == "emails.primaryEmail"
    assert said["conventions"] == {"region": "DE", "empty": ["-"]}
    assert '"Email" = "emails.primaryEmail"' in text
    assert "# ada@example.com, grace@example.com" in text
    assert '# ignore = ["Shoe size"]' in text
    assert '# "Offer" = "PROPOSAL"' in text
    counts = bulk.plan_import(crm, bulk.read_recipe(path), source).counts
    assert (counts["create"], counts["bad"]) == (3, 0)


def test_a_column_whose_words_nobody_knows_yet_is_proposed_so_that_all_else_goes_in(crm: Client) -> None:
    rows = [{"Deal name": "Loom", "Stage": "Blue", "Amount": "7 EUR"}, {"Deal name": "Engine", "Stage": "Red", "Amount": "8 EUR"}]
    text = draft(crm.catalogue, rows, "opportunities")
    assert '# "Stage" = "stage"  # Blue, Red\n' in text
    assert "Stage" not in tomllib.loads(text)["opportunities"]["columns"]
    assert bulk.plan_import(crm, bulk.recipe_of(text), rows).counts["create"] == 2


def test_words_that_are_known_of_deals_are_suggested(crm: Client) -> None:
    rows = [{"Deal name": "Loom", "Stage": "Offer"}, {"Deal name": "Engine", "Stage": "Won"}]
    text = draft(crm.catalogue, rows, "opportunities")
    bulk.import_rows(crm, bulk.recipe_of(text.replace('"Won" = "CUSTOMER"', '"Won" = "NEW"')), rows)
    assert {each["name"]: each["stage"] for each in crm["opportunities"].iterate()} == {"Loom": "PROPOSAL", "Engine": "NEW"}


def test_dates_and_numbers_that_show_how_they_are_written_stand_in_it(crm: Client) -> None:
    rows = [
        {"Name": "A", "Close date": "31.12.2026", "Amount": "1.234,50 €"},
        {"Name": "B", "Close date": "01.02.2026", "Amount": "1.234 €"},
    ]
    said = tomllib.loads(draft(crm.catalogue, rows, "opportunities"))
    assert said["conventions"] == {"date-order": "dmy", "decimal": ","}
    assert said["opportunities"]["key"] == "name"


def test_it_is_the_same_for_the_same_export(crm: Client, tmp_path: Path) -> None:
    source = write_contacts(tmp_path / "contacts.csv")
    assert draft(crm.catalogue, source, settings={"encoding": "cp1252"}) == draft(crm.catalogue, source, settings={"encoding": "cp1252"})


TEXTS = some.text(some.characters(exclude_categories=["Cs"]), min_size=1)


@given(columns=some.lists(TEXTS, min_size=1, max_size=6, unique=True), cell=TEXTS)
def test_whatever_the_headings_and_cells_are_it_can_be_read(columns: list[str], cell: str) -> None:
    text = draft(STANDARD, [dict.fromkeys((*columns, "Email"), cell)], "people")
    said = tomllib.loads(text)
    assert set(said["people"]["columns"]) <= {*columns, "Email"}
    assert bulk.recipe_of(text).tables[0].name in ("companies", "people")


@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    assert tomllib.loads(f"{toml.text(text)} = {toml.text(text)}  # {toml.remark(text)}") == {text: text}


def test_a_recipe_that_is_there_is_not_written_over(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_contacts(tmp_path / "my contacts.csv")
    ran = shell("plan", "my contacts.csv", "--save-recipe", "r.toml", "--encoding", "cp1252", "--currency", "EUR", "--map", "Nr.=")
    assert ran.code == 0
    assert "icosa plan --recipe r.toml 'my contacts.csv'" in ran.err
    assert [each.name for each in tmp_path.glob("*.jsonl")] == []
    said = tomllib.loads((tmp_path / "r.toml").read_text("utf-8"))
    assert (said["ignore"], said["file"]["encoding"], said["conventions"]["currency"]) == (["Nr."], "cp1252", "EUR")
    again = shell("plan", "my contacts.csv", "--save-recipe", "r.toml", "--encoding", "cp1252")
    assert (again.code, "is there already" in again.err) == (5, True)
    assert shell("plan", "my contacts.csv", "--recipe", "r.toml").json["objects"]["companies"]["create"] >= 3


def test_a_place_that_cannot_be_written_is_told(crm: Client, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="cannot be written"):
        bulk.save_recipe(crm, [{"Email": "a@example.com"}], tmp_path / "no" / "r.toml")


def test_of_two_columns_for_options_the_one_goes_there_whose_words_fit(crm: Client, tmp_path: Path) -> None:
    source = write_contacts(tmp_path / "contacts.csv")
    path = bulk.save_recipe(crm, source, tmp_path / "contacts.toml", encoding="cp1252", currency="EUR")
    said = tomllib.loads(path.read_text("utf-8"))
    assert said["opportunities"]["columns"] == {"Phase": "stage", "Betrag": "amount", "Abschluss": "closeDate"}
    assert said["column"]["Phase"]["map"] == {"Angebot": "PROPOSAL", "Gewonnen": "CUSTOMER"}
    assert '# "Verloren" = "NEW"' in path.read_text("utf-8")
    plan = bulk.plan_import(crm, bulk.read_recipe(path), source)
    assert {each.row: each.column for each in bulk.problems(plan)} == {8: "Phase", 10: "E-Mail"}  # lost is no option, and no address
    assert all(kinds.total() == 10 for plural, kinds in bulk.accounts(plan).kinds.items() if plural != "noteTargets")


def test_a_column_none_of_whose_words_fits_is_left_out_and_ready_to_be_taken(crm: Client) -> None:
    rows = [{"Deal": "A", "Status": "aktiv", "Amount": "1 €"}, {"Deal": "B", "Status": "alt", "Amount": "2 €"}]
    text = draft(crm.catalogue, rows, "opportunities")
    assert bulk.plan_import(crm, bulk.recipe_of(text), rows).counts["create"] == 2
    lines = ('"Status" = "stage"', '[column."Status".map]', '"aktiv" = "NEW"', '"alt" = "NEW"')
    for line in lines:
        assert f"\n# {line}" in text
        text = text.replace(f"# {line}", line)
    plan = bulk.plan_import(crm, bulk.recipe_of(text), rows)
    assert [step.record["stage"] if isinstance(step, Creation) else step for step in plan.steps()] == ["NEW", "NEW"]


@pytest.mark.parametrize(
    ("rows", "region", "why"),
    [
        (["+49 30 1234567", "0049 30 1234568", "030 1234569"], "DE", "2 of 2 are of DE"),
        (["+49 30 1234567", "+43 1 1234567", "030 1234569"], None, ""),
        (["+49 30 1234567"], None, ""),  # there is none that does not say it
        (["030 1234567"], None, ""),
    ],
)
def test_the_country_of_numbers_is_suggested_where_others_say_theirs(crm: Client, rows: list[str], region: str | None, why: str) -> None:
    text = draft(crm.catalogue, [{"Email": f"{at}@example.com", "Phone": each} for at, each in enumerate(rows)], "people")
    assert tomllib.loads(text)["conventions"].get("region") == region
    assert why in text


def test_the_country_of_numbers_is_suggested_by_the_country_beside_them(crm: Client) -> None:
    rows = [{"Firma": "A", "Land": "Österreich", "E-Mail": "a@example.com", "Telefon": "01 5336037"}]
    assert tomllib.loads(draft(crm.catalogue, rows))["conventions"]["region"] == "AT"


def test_numbers_that_nothing_tells_the_country_of_are_left_out_until_it_is_told(crm: Client) -> None:
    rows = [{"Email": "a@example.com", "Phone": "030 1234567"}]
    text = draft(crm.catalogue, rows, "people")
    assert "Phone" not in tomllib.loads(text)["people"]["columns"]
    assert '# "Phone" = "phones.primaryPhoneNumber"' in text
    assert "does not say of which country it is" in text
    assert bulk.plan_import(crm, bulk.recipe_of(text), rows).counts["create"] == 1


@pytest.mark.parametrize(
    ("headings", "order"),
    [
        (("Verkaufschance", "Betrag", "Abschluss"), "dmy"),
        (("Opportunité", "Montant", "Étape", "Date de clôture"), "dmy"),
        (("Deal", "Close date"), None),
    ],
)
def test_dates_that_show_no_order_have_that_of_the_headings_language(crm: Client, headings: tuple[str, ...], order: str | None) -> None:
    row = dict.fromkeys(headings, "") | {headings[0]: "A", headings[-1]: "03.04.2026" if order else "03/04/2026"}
    assert tomllib.loads(draft(crm.catalogue, [row], "opportunities"))["conventions"].get("date-order") == order


def test_deals_without_a_name_are_told_apart_by_whom_they_are_with(crm: Client) -> None:
    rows = [
        {"Company": "Acme", "First name": "Ada", "Last name": "Lovelace", "Email": "a@example.com", "Stage": "won", "Amount": "1 €"},
        {"Company": "Acme", "First name": "Bob", "Last name": "Noyce", "Email": "b@example.com", "Stage": "Angebot", "Amount": "2 €"},
        {"Company": "", "First name": "Eve", "Last name": "Moss", "Email": "e@example.com", "Stage": "", "Amount": "3 €"},
    ]
    recipe = bulk.recipe_of(draft(crm.catalogue, rows))
    plan = bulk.plan_import(crm, recipe, rows)
    deals = {
        step.record["name"]: step.record.get("stage")
        for step in plan.steps()
        if isinstance(step, Creation) and step.object == "opportunities"
    }
    assert deals == {"Acme Ada Lovelace": "CUSTOMER", "Acme Bob Noyce": "PROPOSAL", "Eve Moss": None}
    bulk.apply(crm, plan)
    assert bulk.plan_import(crm, recipe, rows).writes == 0


def test_two_remarks_on_one_record_are_two_notes(crm: Client) -> None:
    rows = [{"First name": "Ada", "Email": "ada@example.com", "Remark": text} for text in ("Rings back", "Likes tea", "Rings back")]
    bulk.import_rows(crm, bulk.recipe_of(draft(crm.catalogue, rows)), rows)
    assert sorted(each["title"] for each in crm["notes"].iterate()) == ["Likes tea", "Rings back"]
