"""One export of companies, people, deals and notes goes in by one recipe: planned, applied, again, and undone."""

import json
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as some

from icosa import bulk
from icosa.client.blocking import Client
from icosa.errors import ServerFailure
from icosa.imports import planning
from icosa.imports.import_part import REPEATS
from icosa.plans.apply import applied_so_far
from icosa.plans.step import WRITES, Bad, Creation, Left
from icosa.surfaces.testing.workspace import Workspace, workspace
from icosa.testing import LostAnswer, ServerError
from tests.cli.conftest import Shell, on_server, server, shell
from tests.imports.contacts import ROWS, TABLES, WRITTEN, by_row, everything, recipe, write_contacts
from tests.imports.importers import described
from tests.plans.test_apply import faulty
from tests.searched import AS_A_WHOLE

__all__ = ["faulty", "on_server", "server", "shell"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_contacts(tmp_path / "contacts.csv")


def test_every_object_of_a_row_is_made_and_belongs_to_the_others(crm: Client, source: Path) -> None:
    assert bulk.apply(crm, bulk.plan_import(crm, recipe(), source)).counts == {"create": 18}
    joerg = next(each for each in crm["people"].iterate(depth=1) if each["name"]["firstName"] == "Jörg")
    assert joerg["company"]["domainName"]["primaryLinkUrl"] == "mueller.example.com/"
    assert joerg["phones"]["primaryPhoneCallingCode"] == "+49"
    deal = next(each for each in crm["opportunities"].iterate(depth=1) if each["pointOfContactId"] == joerg["id"])
    assert (deal["name"], deal["stage"], deal["companyId"]) == ("Auftrag Müller GmbH", "PROPOSAL", joerg["companyId"])
    assert (deal["amount"]["amountMicros"], deal["amount"]["currencyCode"]) == ("1234500000", "EUR")
    assert deal["closeDate"].startswith("2026-12-31")
    (note,) = (each for each in crm["notes"].iterate(depth=1) if each["title"] == "Ruft zurück")
    assert {(each["personId"], each["companyId"]) for each in note["noteTargets"]} == {(joerg["id"], None), (None, joerg["companyId"])}


def test_every_row_is_in_a_count_for_every_object(crm: Client, source: Path) -> None:
    found = bulk.accounts(bulk.plan_import(crm, recipe(), source))
    assert {name: dict(found.kinds[name]) for name in TABLES} == {
        "companies": {"create": 4, "left": 6},
        "people": {"create": 4, "bad": 1, "left": 5},
        "opportunities": {"create": 2, "left": 8},
        "notes": {"create": 3, "left": 7},
    }
    assert all(found.kinds[name].total() == len(ROWS) for name in TABLES)
    assert sum(found.left.values()) == 6 + 5 + 8 + 7
    assert found.left["people", "means the same as another row"] == 2


def test_a_row_goes_in_whole_or_not_at_all(crm: Client, source: Path) -> None:
    plan = bulk.plan_import(crm, recipe(), source)
    steps = by_row(plan, 10)
    assert isinstance(steps["people"], Bad)
    assert isinstance(steps["companies"], Left)
    assert "because of its people" in steps["companies"].reason
    bulk.apply(crm, plan)
    assert "Kaputt" not in [each["name"] for each in crm["companies"].iterate(depth=0)]


def test_rows_that_mean_the_same_fill_what_is_empty_and_the_first_stands(crm: Client, source: Path) -> None:
    plan = bulk.plan_import(crm, recipe(), source)
    schmidt = by_row(plan, 7)
    assert isinstance(schmidt["companies"], Creation)
    assert schmidt["companies"].record["domainName"]["primaryLinkUrl"] == "schmidt.example.com"
    assert schmidt["companies"].record["address"] == {"addressCity": "Hamburg"}
    assert isinstance(schmidt["people"], Creation)
    assert schmidt["people"].record["emails"] == {"primaryEmail": "paul@schmidt.example.com"}
    later = by_row(plan, 12)["companies"]
    assert isinstance(later, Left)
    assert later.reason == "means the same as row 7; row 7 says another address.addressCity, which stands"


def test_what_is_there_is_found_and_changed_where_it_differs(crm: Client, source: Path) -> None:
    company = crm["companies"].create_one(name="Müller GmbH", domain_name={"primaryLinkUrl": "mueller.example.com"})
    crm["people"].create_one(emails={"primaryEmail": "anna@mueller.example.com"}, company_id=company["id"], city="Köln")
    note = crm["notes"].create_one(title="Mag Tee", body_v2={"markdown": "Mag Tee"})
    crm["noteTargets"].create_one(note_id=note["id"], company_id=company["id"])
    plan = bulk.plan_import(crm, recipe(), source)
    assert bulk.accounts(plan).kinds["companies"]["change"] == 1
    assert bulk.accounts(plan).kinds["people"]["change"] == 1
    assert bulk.apply(crm, plan).counts["change"] == 2
    anna = next(each for each in crm["people"].iterate(depth=0) if each["name"]["firstName"] == "Anna")
    assert (anna["city"], anna["companyId"]) == ("Köln", company["id"])


def test_done_again_it_does_nothing(crm: Client, source: Path) -> None:
    bulk.import_rows(crm, recipe(), source)
    plan = bulk.plan_import(crm, recipe(), source)
    assert plan.writes == 0
    assert bulk.accounts(plan).kinds["notes"]["skip"] == 3


def test_undone_it_leaves_the_workspace_as_it_was(crm: Client, source: Path) -> None:
    crm["companies"].create_one(name="Müller GmbH")
    before = everything(crm)
    applied = bulk.import_rows(crm, recipe(), source).applied
    assert applied.run is not None
    assert everything(crm) != before
    assert bulk.undo(crm, applied.run).whole
    assert everything(crm) == before


def test_broken_off_it_goes_on(faulty: Workspace, source: Path) -> None:
    plan = bulk.plan_import(faulty, recipe(), source)
    faulty.faults.use(ServerError(500, operation="create_many", after=2))
    with pytest.raises(ServerFailure):
        bulk.apply(faulty, plan, concurrency=1)
    assert 0 < sum(applied_so_far(plan).counts.values()) < plan.writes
    faulty.faults.clear()
    faulty.faults.use(LostAnswer(share=0.2))
    bulk.apply(faulty, plan)
    faulty.faults.clear()
    assert sum(len(list(faulty.faultless[name].iterate(depth=0))) for name in WRITTEN) == 18
    assert bulk.plan_import(faulty, recipe(), source).writes == 0


def test_a_note_lacks_only_what_it_is_not_attached_to_yet(crm: Client, source: Path) -> None:
    bulk.import_rows(crm, recipe(), source)
    to_a_person = {each["noteId"] for each in crm["noteTargets"].iterate(depth=0) if each["personId"]}
    lost = next(each for each in crm["noteTargets"].iterate(depth=0) if each["companyId"] and each["noteId"] in to_a_person)
    crm["noteTargets"].delete_one(lost["id"])
    (step,) = (each for each in bulk.plan_import(crm, recipe(), source).steps() if isinstance(each, Creation))
    assert (step.object, step.record["noteId"], step.record["companyId"]) == ("noteTargets", lost["noteId"], lost["companyId"])


STATUS = some.sampled_from(["aktiv", "neu", "alt", ""])
REST = (
    some.sampled_from(["030 1234567", "Keine", ""]),
    some.sampled_from(["Berlin", "Köln", ""]),
    some.sampled_from(["Angebot", "gewonnen", "Unsinn", ""]),
    some.sampled_from(["1.234,50 €", "12", ""]),
    some.sampled_from(["31.12.2026", "01.02.2026", ""]),
    some.sampled_from(["Ruft zurück", "Mag Tee", "Keine", ""]),
)
FIRMS = (
    ("Müller GmbH", ["mueller.example.com", "https://www.mueller.example.com/", "-"]),
    ("Schmidt AG", ["s.example.com", ""]),
    ("Keine", [""]),
)
PEOPLE = (
    ("Jörg", "Müller", ["j@example.com", "J@Example.com", "-", "nobody"], 0),
    ("Anna", "Weiß", ["anna@example.com", ""], 1),
    ("Solo", "", ["solo@example.com", "-"], 2),
    ("", "Keine", [""], 0),
    ("", "", [""], 1),
)


@some.composite
def agreeing(draw: some.DrawFn) -> tuple[str, ...]:
    """A row of a file in which it is clear who is who, though not every row says all of it."""
    first, last, emails, firm = draw(some.sampled_from(PEOPLE))
    name, sites = FIRMS[firm]
    return (draw(STATUS), name, draw(some.sampled_from(sites)), first, last, draw(some.sampled_from(emails)), *map(draw, REST))


ANY = some.tuples(
    STATUS,
    some.sampled_from(["Müller GmbH", "MÜLLER GMBH", "Schmidt AG", "Keine", ""]),
    some.sampled_from(["mueller.example.com", "https://www.mueller.example.com/", "s.example.com", "-", ""]),
    some.sampled_from(["Jörg", "Anna", ""]),
    some.sampled_from(["Müller", "Weiß", "Keine"]),
    some.sampled_from(["j@example.com", "J@Example.com", "anna@example.com", "-", "nobody", ""]),
    *REST,
)
HOW = some.sampled_from(REPEATS)


def written(path: Path, rows: list[tuple[str, ...]]) -> Path:
    return write_contacts(path, [";".join((str(at), *each)) for at, each in enumerate(rows, 1)])


@given(rows=some.lists(ANY, min_size=1, max_size=8), already=some.lists(ANY, max_size=3), how=HOW)
@AS_A_WHOLE
def test_every_row_is_in_one_count_of_each_object_and_undone_all_is_as_before(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], already: list[tuple[str, ...]], how: str
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    with workspace() as crm:
        bulk.import_rows(crm, recipe(), written(folder / "already.csv", already))
        before = everything(crm)
        plan = bulk.plan_import(crm, recipe(repeats=how), written(folder / "rows.csv", rows))
        counted = bulk.accounts(plan).kinds
        assert {name: counted[name].total() for name in TABLES} == dict.fromkeys(TABLES, len(rows))
        applied = bulk.apply(crm, plan)
        assert applied.done == plan.writes
        assert applied.run is None or bulk.undo(crm, applied.run).whole
        assert everything(crm) == before


@given(rows=some.lists(agreeing(), min_size=1, max_size=8), already=some.lists(agreeing(), max_size=3), how=HOW)
@AS_A_WHOLE
def test_done_twice_it_does_nothing_the_second_time(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], already: list[tuple[str, ...]], how: str
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    with workspace() as crm:
        bulk.import_rows(crm, recipe(), written(folder / "already.csv", already))
        source = written(folder / "rows.csv", rows)
        bulk.import_rows(crm, recipe(repeats=how), source)
        again = bulk.plan_import(crm, recipe(repeats=how), source)
        assert [each for each in again.steps() if isinstance(each, WRITES)] == []


class TestInTheShell:
    @pytest.fixture
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        write_contacts(tmp_path / "contacts.csv")
        (tmp_path / "contacts.toml").write_text(recipe().text, "utf-8")
        return tmp_path

    def test_a_plan_counts_object_by_object(self, shell: Shell, here: Path) -> None:
        ran = shell("plan", "contacts.csv", "--recipe", "contacts.toml")
        assert ran.code == 0
        assert ran.json["recipe"] == "contacts.toml"
        assert ran.json["objects"]["people"] == {"create": 4, "bad": 1, "left": 5, "rows": 10}
        assert ran.json["objects"]["noteTargets"] == {"create": 5}
        assert {"object": "people", "reason": "means the same as another row", "rows": 2} in ran.json["left_out"]
        assert ran.json["keys"]["people"] == ["emails.primaryEmail", "name + company"]

    def test_a_person_sees_a_table_of_objects(self, shell: Shell, here: Path) -> None:
        ran = shell("plan", "contacts.csv", "--recipe", "contacts.toml", terminal=True)
        assert "opportunities.closeDate" in ran.out
        assert "Left out" in ran.out
        assert "means the same as another row" in ran.out

    def test_where_every_row_goes_in_no_reason_is_asked_for(self, shell: Shell, here: Path) -> None:
        (here / "all.toml").write_text('version = 1\n[companies]\nkey = "name"\n[companies.columns]\n"Firm" = "name"\n', "utf-8")
        (here / "all.csv").write_text("Firm\nMill\nTower\n", "utf-8")
        ran = shell("plan", "all.csv", "--recipe", "all.toml", terminal=True)
        assert ran.code == 0
        assert "Left out of" not in ran.out

    def test_what_is_wrong_is_told_with_what_mends_it_in_the_recipe(self, shell: Shell, here: Path) -> None:
        recipe = here / "contacts.toml"
        text = recipe.read_text("utf-8")
        for said in ('region = "DE"', '"Gewonnen" = "CUSTOMER"', 'only = { column = "Firma", is = "set" }'):
            assert said in text
            text = text.replace(said, "")
        recipe.write_text(text, "utf-8")
        write_contacts(here / "contacts.csv", [*ROWS, "11;neu;;;;;;;Bonn;;;;"])
        ran = shell("plan", "contacts.csv", "--recipe", "contacts.toml")
        assert {each["column"]: (each["options"], each["recipe"]) for each in ran.json["reasons"]} == {
            "Phase": (["--map Phase="], ['[column."Phase".map]']),
            "E-Mail": (["--map E-Mail="], []),
            "Telefon": (["--region CODE"], ["region in [conventions]"]),
            "Webseite": ([], ["key, or only, of [companies]"]),
        }
        assert "in the recipe: region in [conventions]" in shell("plan", "contacts.csv", "--recipe", "contacts.toml", terminal=True).out

    def test_what_was_done_counts_every_row_in_each_object(self, shell: Shell, here: Path) -> None:
        done = shell("import", "contacts.csv", "--recipe", "contacts.toml", "--yes").json["objects"]
        assert done["companies"]["left"] == 6
        assert {name: sum(counts.values()) for name, counts in done.items() if name != "noteTargets"} == dict.fromkeys(TABLES, 10)

    def test_bad_rows_are_mended_and_go_in_by_the_same_recipe(self, shell: Shell, here: Path) -> None:
        ran = shell("import", "contacts.csv", "--recipe", "contacts.toml", "--yes")
        assert (ran.code, ran.json["created"], ran.json["bad"]) == (8, 18, 1)
        bad = here / "contacts.bad.csv"
        bad.write_text(bad.read_text("cp1252").replace("keine-mail", "mail@kaputt.example.com"), "cp1252")
        again = shell("import", "contacts.bad.csv", "--recipe", "contacts.toml", "--yes")
        assert (again.code, again.json["created"]) == (0, 3)
        assert shell("undo", "last", "--yes").json["deleted"] == 3
        assert shell("undo", ran.json["run"], "--yes").json["deleted"] == 18

    def test_options_win_over_the_recipe(self, shell: Shell, here: Path) -> None:
        options = ("--region", "CH", "--map", "Ort=people.city", "--map", "Nr.=people.jobTitle")
        ran = shell("plan", "contacts.csv", "--recipe", "contacts.toml", *options, "--out", "a.jsonl")
        assert {each["path"] for each in ran.json["columns"] if each["column"] in ("Ort", "Nr.")} == {
            "companies.address.addressCity",
            "people.city",
            "people.jobTitle",
        }
        steps = [json.loads(line) for line in (here / "a.jsonl").read_text("utf-8").splitlines()]
        (joerg,) = (each["record"] for each in steps if each.get("object") == "people" and each.get("row") == 4)
        assert (joerg["city"], joerg["jobTitle"]) == ("Berlin", "1")
        assert joerg["phones"]["primaryPhoneCallingCode"] == "+41"

    def test_it_goes_to_a_server_as_it_goes_to_a_file(self, shell: Shell, here: Path, on_server: object) -> None:
        ran = shell("import", "contacts.csv", "--recipe", "contacts.toml", "--yes")
        assert (ran.code, ran.json["created"]) == (8, 18)
        assert shell("plan", "contacts.csv", "--recipe", "contacts.toml").json["counts"]["create"] == 0
        assert shell("undo", ran.json["run"], "--yes").json["deleted"] == 18

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--recipe", "contacts.toml", "--to", "people"], "leave --to out"),
            (["--recipe", "contact.toml"], "did you mean contacts.toml?"),
            (["--recipe", "contacts.csv"], "cannot be read as a recipe"),
            (["--recipe", "contacts.toml", "--key", "name"], "say the keys of several tables in the recipe"),
            (["--recipe", "contacts.toml", "--map", "Ort=city"], "write one such as companies.city"),
            (["--recipe", "contacts.toml", "--head", "2"], "there is no column 'Firma'"),
            (["--recipe", "contacts.toml", "--save-recipe", "new.toml"], "one of the two"),
        ],
    )
    def test_what_cannot_be_is_told(self, shell: Shell, here: Path, arguments: list[str], said: str) -> None:
        ran = shell("plan", "contacts.csv", *arguments)
        assert ran.code in (2, 5)
        assert said in ran.err


def test_rows_that_are_read_together_come_to_what_each_comes_to_by_itself(crm: Client, tmp_path: Path) -> None:
    crm["companies"].create_one(name="Loom")
    source = write_contacts(tmp_path / "contacts.csv", [*ROWS, "", *ROWS[::-1], *ROWS])
    found = described(list(bulk.plan_import(crm, recipe(), source, create_links=True).steps()))
    with patch.object(planning, "CHUNK", 1), patch.object(planning, "_EMBEDDED", (1, 1)):
        assert described(list(bulk.plan_import(crm, recipe(), source, create_links=True).steps())) == found
