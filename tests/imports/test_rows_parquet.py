"""Parquet holds more than Python can: what has no value here is told, and stops nothing else."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import numpy
import polars
import pyarrow
import pyarrow.parquet
import pytest

import icosa
from icosa import bulk
from icosa.imports.rows import Row, Unreadable, open_rows

pytestmark = pytest.mark.usefixtures("read_here")

FAR = 253_402_300_800
"""The first second of the year 10000."""

COLUMNS: dict[str, tuple[Any, list[Any], list[Any]]] = {
    "seconds": (pyarrow.timestamp("s", "UTC"), [0, None], [datetime(1970, 1, 1, tzinfo=UTC), None]),
    "without a zone": (pyarrow.timestamp("ms"), [1500], [datetime(1970, 1, 1, 0, 0, 1, 500_000)]),
    "billionths": (pyarrow.timestamp("ns", "UTC"), [1_234_567_891], [datetime(1970, 1, 1, 0, 0, 1, 234_567, UTC)]),
    "before 1970": (pyarrow.timestamp("ns"), [-1], [datetime(1969, 12, 31, 23, 59, 59, 999_999)]),
    "a zone": (pyarrow.timestamp("us", "Europe/Berlin"), [0], [datetime(1970, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))]),
    "an offset": (pyarrow.timestamp("ms", "+02:00"), [0], [datetime(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))]),
    "no zone of this world": (pyarrow.timestamp("ms", "Mars/Base"), [0], [datetime(1970, 1, 1, tzinfo=UTC)]),
    "the year 10000": (pyarrow.timestamp("ms", "UTC"), [FAR * 1000], [Unreadable("10000-01-01 00:00:00.000Z", "")]),
    "the year 0": (pyarrow.timestamp("ms"), [-62_167_219_200_000], [Unreadable("0000-01-01 00:00:00.000", "")]),
    "days": (pyarrow.date32(), [0, 3_000_000], [date(1970, 1, 1), Unreadable("10183-09-21", "")]),
    "days in milliseconds": (pyarrow.date64(), [86_400_000], [date(1970, 1, 2)]),
    "times": (pyarrow.time64("ns"), [1000, 86_399_999_999_999], [time(0, 0, 0, 1), time(23, 59, 59, 999_999)]),
    "decimals": (pyarrow.decimal128(20, 2), [Decimal("1.50")], [Decimal("1.50")]),
    "bytes that are text": (pyarrow.binary(), [b"abc", b"\xff"], ["abc", Unreadable("", "")]),
    "a length of time": (pyarrow.duration("ns"), [1], [Unreadable("1", "")]),
    "parts": (pyarrow.struct([("primaryEmail", pyarrow.string())]), [{"primaryEmail": "a"}, None], [{"primaryEmail": "a"}, None]),
    "a moment in parts": (
        pyarrow.struct([("at", pyarrow.timestamp("ns", "UTC"))]), [{"at": 10**18}], [{"at": datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)}],
    ),
    "a map": (pyarrow.map_(pyarrow.string(), pyarrow.int32()), [[("a", 1)]], [{"a": 1}]),
    "a list": (pyarrow.list_(pyarrow.string()), [["a"], [], None], [["a"], [], None]),
    "large texts": (pyarrow.large_string(), ["x"], ["x"]),
    "half numbers": (pyarrow.float16(), [numpy.float16(1.5)], [1.5]),
    "whole numbers": (pyarrow.uint64(), [2**64 - 1], [2**64 - 1]),
}  # fmt: skip


def plainly(value: Any) -> Any:
    return Unreadable(value.text, "") if isinstance(value, Unreadable) else value


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("source", ["file", "frame"])
def test_values_of_every_type_come_out(tmp_path: Path, column: str, source: str) -> None:
    type_, cells, wanted = COLUMNS[column]
    table = pyarrow.table({"value": pyarrow.array(cells, type_), "other": ["x"] * len(cells)})
    if source == "file":
        pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    rows = list(open_rows(tmp_path / "a.parquet" if source == "file" else table.to_reader()).rows)
    found = [plainly(each.values["value"]) for each in rows if isinstance(each, Row)]
    assert found == wanted
    assert [type(each) for each in found] == [type(each) for each in wanted]
    assert [each.values["other"] for each in rows if isinstance(each, Row)] == ["x"] * len(cells)


def test_a_moment_that_no_workspace_has_makes_its_row_bad_and_no_other(crm: icosa.Client, tmp_path: Path) -> None:
    file = tmp_path / "tasks.parquet"
    due = pyarrow.array([FAR, 0], pyarrow.timestamp("s", "UTC"))
    pyarrow.parquet.write_table(pyarrow.table({"title": ["far", "near"], "dueAt": due}), file)
    done = bulk.import_rows(crm, "tasks", file, key="none", journal=False)
    assert (done.applied.counts["create"], done.applied.planned["bad"]) == (1, 1)
    assert done.bad_rows == tmp_path / "tasks.bad.parquet"
    (row,) = open_rows(done.bad_rows).rows
    assert isinstance(row, Row)
    assert (row.values["title"], row.values["dueAt"]) == ("far", "10000-01-01 00:00:00.000Z")
    assert row.values["icosa_reason"] == "dueAt: holds a year before 1 or after 9999, which no moment of a workspace has"


def test_two_columns_of_a_name_and_names_with_dots_are_told_apart(tmp_path: Path) -> None:
    table = pyarrow.Table.from_arrays([pyarrow.array([each]) for each in (1, 2, 3)], names=["a.b", "a.b", "a"])
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    opened = open_rows(tmp_path / "a.parquet")
    assert opened.columns == ("a.b", "a.b (2)", "a")
    assert list(opened.rows) == [Row(1, {"a.b": 1, "a.b (2)": 2, "a": 3})]


def test_categories_are_their_texts(tmp_path: Path) -> None:
    polars.DataFrame({"stage": polars.Series(["NEW", "WON", "NEW"], dtype=polars.Categorical)}).write_parquet(tmp_path / "a.parquet")
    assert [each.values["stage"] for each in open_rows(tmp_path / "a.parquet").rows if isinstance(each, Row)] == ["NEW", "WON", "NEW"]


@pytest.mark.parametrize("keep", [0, 7, 40, -8, -40])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "people.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"n": list(range(1000))}), path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(icosa.InvalidValue, match=r"people\.parquet: is no Parquet file that can be read: .+"):
        open_rows(path)


def test_a_batch_that_is_damaged_ends_the_rows_after_those_before_it(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    table = pyarrow.table({"n": [f"text {at}" * 9 for at in range(3000)]})
    pyarrow.parquet.write_table(table, path, row_group_size=1000, use_dictionary=False)
    pages = [pyarrow.parquet.read_metadata(path).row_group(at).column(0).data_page_offset for at in range(3)]
    whole = path.read_bytes()
    path.write_bytes(whole[: pages[1] + 40] + b"\xff" * 200 + whole[pages[1] + 240 :])
    opened = open_rows(path)
    assert opened.count == 3000
    assert [each.number for each in islice(opened.rows, 1000) if isinstance(each, Row)] == list(range(1, 1001))
    with pytest.raises(icosa.InvalidValue, match=r"people\.parquet: is no Parquet file that can be read: "):
        next(opened.rows)
