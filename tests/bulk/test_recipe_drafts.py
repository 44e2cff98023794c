"""A recipe is written from what an export shows, to be edited; what is written can be read."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from icosa import bulk
from icosa.catalogue.standard import STANDARD
from icosa.client.actions import Client
from icosa.client.bulk.recipes import toml
from icosa.client.bulk.recipes.drafting import draft
from icosa.errors import InvalidValue
from tests.bulk.contacts import write_contacts
from tests.bulk.importers import write_csv
from tests.cli.conftest import Shell, shell

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
    assert '# # "Offer" = "NEW"' in text or '"Offer"' in text
    counts = bulk.plan_import(crm, bulk.read_recipe(path), source).counts
    assert (counts["create"], counts["bad"]) == (3, 0)


def test_a_column_whose_words_nobody_knows_yet_is_proposed_so_that_all_else_goes_in(crm: Client) -> None:
    rows = [{"Deal name": "Loom", "Stage": "Offer", "Amount": "7 EUR"}, {"Deal name": "Engine", "Stage": "Won", "Amount": "8 EUR"}]
    text = draft(crm.catalogue, rows, "opportunities")
    assert '# Once its words are told below:\n# "Stage" = "stage"  # Offer, Won\n' in text
    assert "Stage" not in tomllib.loads(text)["opportunities"]["columns"]
    assert bulk.plan_import(crm, bulk.recipe_of(text), rows).counts["create"] == 2
    told = text.replace('# "Stage" =', '"Stage" =').replace('# "Offer" = "NEW"', '"Offer" = "PROPOSAL"').replace('# "Won" =', '"Won" =')
    bulk.import_rows(crm, bulk.recipe_of(told), rows)
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
