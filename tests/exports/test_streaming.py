"""An export that is sent on is the same as the file, comes as it is made, and says what is wrong before it begins."""

from itertools import islice
from pathlib import Path

import pytest

from icosa.client.blocking import Client
from icosa.errors import InvalidQuery, InvalidValue, UnknownField
from icosa.exports.export import Selection, export
from icosa.exports.streaming import stream
from icosa.imports.rows import open_rows


def test_it_is_what_a_file_would_hold(crm: Client, tmp_path: Path) -> None:
    crm["companies"].create_many([{"name": f"Company {at}"} for at in range(7)])
    for format_ in ("csv", "jsonl"):
        path = tmp_path / f"companies.{format_}"
        export(crm, "companies", path)
        assert b"".join(stream(crm, "companies", Selection(), format_)) == path.read_bytes()


@pytest.mark.parametrize("format_", ["parquet", "xlsx"])
def test_formats_that_have_no_beginning_without_an_end_come_whole(crm: Client, tmp_path: Path, format_: str) -> None:
    crm["companies"].create_many([{"name": "Acme"}, {"name": "Alder"}])
    path = tmp_path / f"companies.{format_}"
    path.write_bytes(b"".join(stream(crm, "companies", Selection(columns=("name",)), format_)))
    assert sorted(each.values["name"] for each in open_rows(path).rows) == ["Acme", "Alder"]  # type: ignore[union-attr]


def test_the_first_page_is_there_before_the_second_was_asked_for(crm: Client) -> None:
    for at in range(0, 300, 60):
        crm["companies"].create_many([{"name": f"Company {each}"} for each in range(at, at + 60)])
    pieces = list(stream(crm, "companies", Selection(columns=("name",)), "csv"))
    assert len(pieces) > 2
    assert b"".join(pieces).count(b"\n") == 301


def test_of_no_records_there_is_a_heading(crm: Client) -> None:
    assert b"".join(stream(crm, "companies", Selection(columns=("name",)), "csv")) == b"name\n"


def test_no_cell_is_run_as_a_formula_where_that_is_asked_for(crm: Client) -> None:
    crm["companies"].create_one(name="=1+1")
    assert b"'=1+1" in b"".join(stream(crm, "companies", Selection(columns=("name",)), "csv", safe_cells=True))


@pytest.mark.parametrize(
    ("selection", "format_", "error"),
    [
        (Selection(columns=("nme",)), "csv", UnknownField),
        (Selection(filter="nme[eq]:1"), "csv", InvalidQuery),
        (Selection(), "pdf", InvalidValue),
    ],
    ids=["column", "filter", "format"],
)
def test_what_cannot_be_is_said_before_the_first_byte(crm: Client, selection: Selection, format_: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        list(islice(stream(crm, "companies", selection, format_), 1))
