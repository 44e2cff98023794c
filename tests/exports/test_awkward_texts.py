"""What a workspace holds goes through every format and comes back to the letter, or is refused before a file is there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa import bulk
from icosa.imports.rows import open_rows
from tests.exports.awkward import awkward_texts

FORMATS = ("csv", "jsonl", "xlsx", "parquet")
EXACT = bulk.Conventions(exact=True)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[icosa.Client, icosa.Client]]:
    """Two workspaces, of which the second is empty."""
    with icosa.connect(f"sqlite:///{tmp_path}/one.db") as one, icosa.connect(f"sqlite:///{tmp_path}/other.db") as other:
        yield one, other


def held(crm: icosa.Client, resource: str) -> dict[str, dict[str, Any]]:
    return {each["id"]: {name: value for name, value in each.items() if name != "updatedAt"} for each in crm[resource].iterate(depth=0)}


def moved(one: icosa.Client, other: icosa.Client, resource: str, file: Path, **how: Any) -> None:
    """Exports all of a resource, and imports it elsewhere."""
    bulk.export(one, resource, file, **how)
    done = bulk.import_rows(other, resource, file, key="id", conventions=EXACT, journal=False)
    assert done.bad_rows is None, [
        str(each) for each in bulk.problems(bulk.plan_import(other, resource, file, key="id", conventions=EXACT))
    ]


def create(crm: icosa.Client, resource: str, records: list[dict[str, Any]]) -> None:
    for start in range(0, len(records), 60):
        crm[resource].create_many(records[start : start + 60], depth=0)


@pytest.mark.parametrize("safe", [False, True], ids=["plain", "safe"])
def test_a_few_awkward_texts_come_back_from_csv(two: tuple[icosa.Client, icosa.Client], tmp_path: Path, safe: bool) -> None:
    one, other = two
    texts = ["a\rb", "a\r\nb", '"', '=HYPERLINK("x")', "'=1", "''", "-1", " a ", "007", "NULL", "[1]", "a\u2028b", "\t", "a;b"]
    create(one, "companies", [{"name": each} for each in texts])
    moved(one, other, "companies", tmp_path / "companies.csv", safe_cells=safe)
    assert held(other, "companies") == held(one, "companies")


@pytest.mark.slow
@pytest.mark.parametrize("format_", [*FORMATS, "safe csv"])
def test_two_hundred_awkward_texts_come_back_to_the_letter(two: tuple[icosa.Client, icosa.Client], tmp_path: Path, format_: str) -> None:
    one, other = two
    texts = awkward_texts()
    assert len(texts) >= 200
    create(one, "companies", [{"name": each, "address": {"addressStreet1": each, "addressCity": f"{each}x"}} for each in texts])
    how = {"safe_cells": True} if format_ == "safe csv" else {}
    moved(one, other, "companies", tmp_path / f"companies.{format_.split()[-1]}", **how)
    assert held(other, "companies") == held(one, "companies")


@pytest.mark.parametrize("format_", FORMATS)
def test_json_values_come_back_as_what_they_are(two: tuple[icosa.Client, icosa.Client], tmp_path: Path, format_: str) -> None:
    """A text of JSON is told from the number, the list or the object that it looks like."""
    one, other = two
    wanted = ["123", "text", "[1]", "null", "true", '"', " ", 123, 1.5, True, [], {}, [1, "1"], {"a": ["1", None]}, None]
    create(one, "workflowVersions", [{"name": str(at), "trigger": _sent(each)} for at, each in enumerate(wanted)])
    moved(one, other, "workflowVersions", tmp_path / f"versions.{format_}")
    assert held(other, "workflowVersions") == held(one, "workflowVersions")
    kept = {each["name"]: each["trigger"] for each in held(one, "workflowVersions").values()}
    assert [kept[str(at)] for at in range(7)] == wanted[:7]


def _sent(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("format_", "text", "problem"),
    [
        ("xlsx", "x" * 32_768, "a text of 32,768 characters is longer than a cell can be"),
        ("xlsx", "😀" * 16_384, "a text of 32,768 characters is longer"),
        ("xlsx", "a\uffffb", "a cell cannot hold the character U\\+FFFF"),
    ],
)
def test_what_a_format_cannot_hold_is_refused_with_the_record_and_leaves_no_file(
    crm: icosa.Client, tmp_path: Path, format_: str, text: str, problem: str
) -> None:
    create(crm, "companies", [{"name": "fine"}, {"id": "20202020-0000-4000-8000-000000000001", "name": text}])
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(icosa.InvalidValue, match=f"name: of the record with the id '20202020-0000-4000-8000-000000000001': {problem}"):
        bulk.export(crm, "companies", out / f"companies.{format_}")
    assert list(out.iterdir()) == []


def test_cells_that_are_safe_are_what_they_were(crm: icosa.Client, tmp_path: Path) -> None:
    create(crm, "companies", [{"name": each, "employees": -5} for each in ("=1+1", "+33 6", "-x", "@a", "'a", "plain")])
    bulk.export(crm, "companies", tmp_path / "a.csv", bulk.Selection(columns=["name", "employees"]), safe_cells=True)
    lines = (tmp_path / "a.csv").read_text().splitlines()
    assert lines[0] == "name,employees,icosa_safe_cells"
    assert sorted(lines[1:]) == ["''a,-5,", "'+33 6,-5,", "'-x,-5,", "'=1+1,-5,", "'@a,-5,", "plain,-5,"]
    opened = open_rows(tmp_path / "a.csv")
    assert opened.columns == ("name", "employees")
    names = [each.values["name"] for each in opened.rows if not hasattr(each, "reason")]
    assert sorted(names) == ["'a", "+33 6", "-x", "=1+1", "@a", "plain"]
    with pytest.raises(icosa.InvalidValue, match="only csv needs them"):
        bulk.export(crm, "companies", tmp_path / "a.xlsx", safe_cells=True)
