"""Exports are whole, and an import of one gives the same records."""

import csv
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow.parquet
import pytest

import icosa
from icosa.catalogue.model import Object
from icosa.catalogue.standard import STANDARD
from icosa.exports.export import Exported, Selection, export
from icosa.exports.frames import to_arrow
from icosa.imports.column_map import guess
from icosa.imports.rows import open_rows
from icosa.imports.shaping import Conventions, Shaped, shaper
from tests.copies import Copies
from tests.values import body_of, value_of
from tests.workspace.test_custom_objects import ROCKET

WITH_ROCKETS = STANDARD.with_objects(ROCKET)
FORMATS = ("csv", "jsonl", "parquet", "xlsx")


@pytest.fixture
def workspaces(tmp_path: Path, copies: Copies) -> Iterator[Callable[[], icosa.Client]]:
    """Makes empty workspaces that know rockets."""
    opened: list[icosa.Client] = []

    def make() -> icosa.Client:
        opened.append(icosa.connect(copies(tmp_path / f"{len(opened)}.db", WITH_ROCKETS), catalogue=WITH_ROCKETS))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def people(crm: icosa.Client) -> icosa.Client:
    """A workspace of one company with 130 people."""
    company = crm.companies.create_one(name="Acme", domain_name={"primaryLinkUrl": "https://acme.example.com"}, depth=0)
    for start in range(0, 130, 60):
        crm.people.create_many(
            [
                {
                    "name": {"firstName": "Ada", "lastName": f"Lovelace {n}"},
                    "emails": {"primaryEmail": f"p{n}@example.com"},
                    "companyId": company["id"],
                    "createdAt": "2026-02-03T04:05:06.789Z",
                }
                for n in range(start, min(start + 60, 130))
            ],
            depth=0,
        )
    return crm


def records(crm: icosa.Client, of: Object) -> list[dict[str, Any]]:
    found = crm[of.plural].find_many(depth=0, limit=1000)
    return [{name: value for name, value in each.items() if name != "updatedAt"} for each in found]


def shaped(of: Object, path: Path, conventions: Conventions | None = None) -> list[dict[str, Any]]:
    """What an import makes of an export."""
    rows = open_rows(path)
    shape = shaper(WITH_ROCKETS, guess(WITH_ROCKETS, of, rows.columns), conventions)
    made = []
    for row in rows.rows:
        outcome = shape(row)
        assert isinstance(outcome, Shaped), outcome
        made.append(outcome.record)
    return made


def least(of: Object) -> dict[str, Any]:
    """Values for those fields alone that have to have one."""
    return {each.name: value_of(each, 9) for each in of.fields if each.options and not each.nullable and each.default is None}


@pytest.mark.parametrize("conventions", [Conventions(), Conventions(exact=True)], ids=["read", "exact"])
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("of", [WITH_ROCKETS.by_singular[name] for name in ("rocket", "person", "company", "opportunity", "task", "note")])
def test_what_was_exported_is_imported_as_it_was(
    of: Object, format_: str, conventions: Conventions, tmp_path: Path, workspaces: Callable[[], icosa.Client]
) -> None:
    one, other = workspaces(), workspaces()
    bodies: list[dict[str, Any]] = [{**body_of(of, n), "createdAt": f"2026-02-03T04:05:{n:02d}.789Z"} for n in range(1, 6)]
    one[of.plural].create_many([*bodies, least(of)], depth=0)
    done = export(one, of.plural, tmp_path / f"all.{format_}", Selection(depth=1, show_secrets=True))
    assert (done.records, done.complete) == (6, True)
    other[of.plural].create_many(shaped(of, tmp_path / f"all.{format_}", conventions), depth=0)
    assert records(other, of) == records(one, of)


@pytest.mark.parametrize("of", STANDARD.objects, ids=lambda each: each.singular)
def test_every_standard_object_goes_out_and_comes_in(of: Object, tmp_path: Path, workspaces: Callable[[], icosa.Client]) -> None:
    one, other = workspaces(), workspaces()
    one[of.plural].create_one(body_of(of, 7), depth=0)
    export(one, of.plural, tmp_path / "all.csv", Selection(show_secrets=True))
    other[of.plural].create_many(shaped(of, tmp_path / "all.csv", Conventions(exact=True)), depth=0)
    assert records(other, of) == records(one, of)


def test_relations_stand_there_with_their_ids_and_names(people: icosa.Client, tmp_path: Path) -> None:
    company = people.companies.find_many(depth=0)[0]
    person = people.people.find_many(depth=0)[0]
    people.opportunities.create_one(name="Deal", company_id=company["id"], point_of_contact_id=person["id"])
    done = export(people, "opportunities", tmp_path / "deals.jsonl", Selection(depth=1))
    line = json.loads((tmp_path / "deals.jsonl").read_text())
    assert (line["companyId"], line["company.name"]) == (company["id"], "Acme")
    assert (line["pointOfContactId"], line["pointOfContact.name"]) == (person["id"], f"Ada {person['name']['lastName']}")
    assert tuple(line) == done.columns
    assert "company.name" not in export(people, "opportunities", tmp_path / "flat.csv").columns


def test_every_page_is_there_in_a_fixed_order(people: icosa.Client, tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    done = export(people, "people", tmp_path / "a.csv", Selection(page_size=60), progress=lambda *each: calls.append(each))
    export(people, "People", tmp_path / "b.csv", Selection(page_size=7))
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert calls == [(60, 130), (120, 130), (130, 130)]
    assert done == Exported(tmp_path / "a.csv", "csv", 130, 130, done.columns)
    with (tmp_path / "a.csv").open(newline="") as file:
        found = list(csv.DictReader(file))
    assert [each["id"] for each in found] == sorted(each["id"] for each in found)
    assert len({each["id"] for each in found}) == 130


def test_filter_order_and_columns_are_heeded(people: icosa.Client, tmp_path: Path) -> None:
    selection = Selection(
        'emails.primaryEmail[like]:"p1%"', "emails.primaryEmail[DescNullsLast]", 1, ["emails.primary email", "name", "Company"]
    )
    done = export(people, "people", tmp_path / "some.csv", selection)
    assert done.columns == ("emails.primaryEmail", "name.firstName", "name.lastName", "companyId", "company.name")
    assert done.records == 1 + 10 + 30
    assert (tmp_path / "some.csv").read_text().splitlines()[1].startswith("p1@example.com,Ada,Lovelace 1,")
    with pytest.raises(icosa.UnknownField, match="People have no column 'emial'"):
        export(people, "people", tmp_path / "some.csv", Selection(columns=["emial"]))


def test_what_was_deleted_is_left_out_unless_asked_for(people: icosa.Client, tmp_path: Path) -> None:
    gone = people.people.find_many(depth=0)[0]["id"]
    people.people.delete_one(gone)
    assert export(people, "people", tmp_path / "live.csv").records == 129
    done = export(people, "people", tmp_path / "all.jsonl", Selection(deleted=True))
    assert (done.records, done.columns[-1]) == (130, "deletedAt")
    lines = map(json.loads, (tmp_path / "all.jsonl").read_text().splitlines())
    assert [each["id"] for each in lines if each["deletedAt"]] == [gone]
    some = Selection('emails.primaryEmail[like]:"p1%"', deleted=True)
    assert export(people, "people", tmp_path / "some.csv", some).records == 41


def test_secrets_are_masked_unless_asked_for(crm: icosa.Client, tmp_path: Path) -> None:
    crm.connected_accounts.create_one(handle="ada@example.com", access_token="s3cret")
    export(crm, "connectedAccounts", tmp_path / "a.csv")
    assert "s3cret" not in (tmp_path / "a.csv").read_text("utf-8")
    assert "••••" in (tmp_path / "a.csv").read_text("utf-8")
    export(crm, "connectedAccounts", tmp_path / "b.csv", Selection(show_secrets=True))
    assert "s3cret" in (tmp_path / "b.csv").read_text("utf-8")


def test_parquet_has_a_type_for_each_column(tmp_path: Path, workspaces: Callable[[], icosa.Client]) -> None:
    crm = workspaces()
    crm["rockets"].create_one(body_of(ROCKET, 7))
    export(crm, "rockets", tmp_path / "rockets.parquet")
    types = {each.name: str(each.type) for each in pyarrow.parquet.read_schema(tmp_path / "rockets.parquet")}
    wanted = {
        "id": "string", "createdAt": "timestamp[ms, tz=UTC]", "fieldDate": "date32[day]", "fieldNumber": "double", "fieldNumeric": "double",
        "fieldBoolean": "bool", "fieldArray": "list<element: string>", "fieldMultiSelect": "list<element: string>",
        "fieldRawJson": "string",
        "fieldCurrency.amountMicros": "int64", "fieldAddress.addressLat": "double", "companyId": "string",
    }  # fmt: skip
    assert wanted.items() <= types.items()
    export(crm, "people", tmp_path / "none.parquet")
    assert pyarrow.parquet.read_table(tmp_path / "none.parquet").num_rows == 0


def test_frames_take_the_records_as_their_own(people: icosa.Client) -> None:
    reader = to_arrow(people, "people", Selection(depth=1))
    assert hasattr(reader, "__arrow_c_stream__")
    frame = polars.DataFrame(reader)
    assert frame.shape[0] == 130
    assert frame["company.name"].unique().to_list() == ["Acme"]
    assert frame.schema["createdAt"] == polars.Datetime("ms", "UTC")
    other = to_arrow(people, "people").read_pandas()
    assert isinstance(other, pandas.DataFrame)
    assert sorted(other["emails.primaryEmail"]) == sorted(frame["emails.primaryEmail"])
    assert to_arrow(people, "notes").read_all().num_rows == 0


def test_frames_come_in_as_they_went_out(people: icosa.Client) -> None:
    of = STANDARD.by_singular["person"]
    sent = []
    for frame in (polars.DataFrame(to_arrow(people, "people")), to_arrow(people, "people").read_pandas()):
        rows = open_rows(frame)
        shape = shaper(STANDARD, guess(STANDARD, of, rows.columns))
        made = [shape(row) for row in rows.rows]
        sent.append([each.record for each in made if isinstance(each, Shaped)])
    assert sent[0] == sent[1]
    assert len(sent[0]) == 130


def test_texts_that_a_spreadsheet_would_run_are_texts_in_a_workbook_and_as_they_are_in_csv(crm: icosa.Client, tmp_path: Path) -> None:
    for text in ('=HYPERLINK("https://example.com")', "+33", "-1", "@SUM(A1)", "https://example.com"):
        crm.companies.create_one(name=text)
    for suffix in ("xlsx", "csv"):
        export(crm, "companies", tmp_path / f"all.{suffix}")
        names = [row.values["name"] for row in open_rows(tmp_path / f"all.{suffix}").rows if not hasattr(row, "reason")]
        assert names == ['=HYPERLINK("https://example.com")', "+33", "-1", "@SUM(A1)", "https://example.com"]


def test_an_export_that_breaks_off_leaves_what_was_there(people: icosa.Client, tmp_path: Path) -> None:
    target = tmp_path / "people.csv"
    target.write_text("the one of yesterday")

    def break_off(done: int, total: int) -> None:
        if done > 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(people, "people", target, Selection(page_size=60), progress=break_off)
    assert target.read_text() == "the one of yesterday"
    assert [each.name for each in tmp_path.iterdir() if "people" in each.name] == ["people.csv"]


def test_who_writes_meanwhile_makes_it_incomplete_and_it_says_so(people: icosa.Client, tmp_path: Path) -> None:
    def write(done: int, total: int) -> None:
        if done == 60:
            people.people.create_one(id="00000000-0000-4000-8000-000000000001", city="Rome")  # before all that were read

    done = export(people, "people", tmp_path / "people.csv", Selection(page_size=60), progress=write)
    assert (done.records, done.total, done.complete) == (130, 131, False)


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["csv", "jsonl", "xlsx"])
def test_memory_does_not_grow_with_the_workspace(crm: icosa.Client, tmp_path: Path, format_: str) -> None:
    def peak(more: int) -> int:
        for start in range(0, more, 60):
            crm.people.create_many([{"emails": {"primaryEmail": f"{more}-{n}@example.com"}} for n in range(start, start + 60)], depth=0)
        tracemalloc.start()
        export(crm, "people", tmp_path / f"people.{format_}")
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(60)  # what is kept for good is made by the first
    few = peak(1500)
    assert peak(4500) < few * 1.2 + 200_000


@pytest.mark.parametrize(
    ("name", "format_", "text"),
    [
        ("people.txt", None, "does not say by its suffix in which format to write; give it one of csv, jsonl, parquet, xlsx"),
        ("people.csv", "xml", "'xml' is none; give one of csv"),
        ("none/people.csv", None, "cannot be written: No such file or directory; give a file in a folder that is there"),
    ],
)
def test_where_nothing_can_be_written_says_so(crm: icosa.Client, tmp_path: Path, name: str, format_: str | None, text: str) -> None:
    with pytest.raises(icosa.InvalidValue, match=text):
        export(crm, "people", tmp_path / name, format=format_)


def shell(*arguments: str, database: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "icosa", "export", *arguments, "--database", database], capture_output=True, check=False, timeout=300
    )


def test_the_shell_writes_a_file_and_a_summary(people: icosa.Client, database: str, tmp_path: Path) -> None:
    out = tmp_path / "people.parquet"
    run = shell("people", "--out", str(out), "--depth", "1", database=database)
    assert run.returncode == 0, run.stderr
    summary = json.loads(run.stdout)
    assert (summary["resource"], summary["records"], summary["complete"], summary["format"]) == ("People", 130, True, "parquet")
    assert pyarrow.parquet.read_table(out).num_rows == 130


def test_the_shell_writes_to_a_pipe(people: icosa.Client, database: str) -> None:
    run = shell("people", "--columns", "emails.primaryEmail", "--filter", "emails.primaryEmail[eq]:p7@example.com", database=database)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"emails.primaryEmail\np7@example.com\n", b"")
    run = shell("people", "--format", "jsonl", "--columns", "city", database=database)
    assert run.stdout.splitlines() == [b'{"city":""}'] * 130


def test_the_shell_says_what_is_wrong(people: icosa.Client, database: str, tmp_path: Path) -> None:
    assert shell("persons", database=database).returncode == 2
    run = shell("people", "--out", str(tmp_path / "people.doc"), database=database)
    assert (run.returncode, b"give it one of csv" in run.stderr) == (5, True)
