"""Rows of text files in which a character stands between the cells: CSV, as every program writes it."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import Final

from icosa.errors import InvalidValue
from icosa.exports.safe_cells import SAFE, undefused
from icosa.exports.text_format import TextFormat
from icosa.imports.rows.heading import LOOKED_AT, REASON, head_at, heading, skipped
from icosa.imports.rows.marks.mark import ERRORS
from icosa.imports.rows.row import BadRow, Row, Rows
from icosa.imports.rows.text import encoding_of, open_text
from icosa.imports.rows.text_rows import LONGEST_CELL, PlainRows, TextRow, many_text_rows, text_rows

DELIMITERS: Final = ",;\t|"


@dataclass(frozen=True, slots=True)
class _Table:
    """How a file is laid out."""

    path: Path
    encoding: str
    delimiter: str
    before: int
    """Lines that say how it is written, above all others."""

    def rows(self) -> Iterator[TextRow]:
        return text_rows(self.path, self.encoding, self.delimiter, self.before)

    def many_rows(self) -> Iterator[TextRow | PlainRows]:
        return many_text_rows(self.path, self.encoding, self.delimiter, self.before)


def open_separated(
    path: Path,
    encoding: str | None = None,
    delimiter: str | None = None,
    errors_as_empty: bool = False,
    head: int | None = None,
    glance: int | None = None,
) -> Rows:
    """A CSV file.  Encoding and delimiter are found where they are not told; the first line names the columns, or the one
    that `head` says.  What a
    spreadsheet wrote for an error is empty with `errors_as_empty`.  More rows than `glance` are not counted.

    Each line of a row that cannot be read comes as a BadRow with its text, so that nothing of the file is lost.
    Raises InvalidValue for a file that is no text, or has no heading that can be read.
    """
    found = encoding_of(path, encoding)
    before, between = _delimiter(path, found.name, delimiter)
    table = _Table(path, found.name, between, before)
    first, at = _head(table, head)
    unreadable = next((each for each in first[: at if at >= 0 else None] if each.complaint), None)
    if unreadable is not None:
        raise InvalidValue(path.name, f"line {unreadable.line} cannot be read, and the heading is there or below: {unreadable.complaint}")
    if at < 0:
        raise InvalidValue(path.name, "has no rows; its first line is to name the columns")
    names, begins = heading(first[at].cells), first[at].number
    count = _count(table, begins, glance)
    notes = {
        "encoding": found.known,
        "delimiter": "tab" if between == "\t" else between,
        "heading": skipped([each.cells for each in first[:at]]),
    }
    columns = tuple(each for each in names if each != SAFE)
    written = TextFormat(between, encoding or "utf-8", SAFE in names)
    rows = _rows(table, names, begins, list(first[at].cells))
    return Rows(
        columns,
        map(_without_errors, rows) if errors_as_empty else rows,
        count,
        {name: each for name, each in notes.items() if each},
        written,
    )


def _count(table: _Table, head: int, most: int | None) -> int | None:
    """How many rows there are below the heading; None where there are more, blank ones too, than are to be looked at."""
    count = 0
    if most is None:
        for some in table.many_rows():
            if isinstance(some, PlainRows) and some.number > head:
                count += some.counts
            else:
                each_of = some.each() if isinstance(some, PlainRows) else (some,)
                count += sum(each.counts for each in each_of if each.number > head)
        return count
    for at, each in enumerate(table.rows()):
        if at == most:
            return None
        count += each.counts if each.number > head else 0
    return count


def _head(table: _Table, line: int | None) -> tuple[list[TextRow], int]:
    """The first rows of a file, and which of them is the heading; -1 for none."""
    counting = (each for each in table.rows() if each.counts)
    first = list(islice(counting, 1))
    if line is None or (first and REASON in first[0].cells):
        first += islice(counting, LOOKED_AT - 1)
        return first, head_at([each.cells for each in first])
    first += takewhile(lambda each: each.number <= line, counting) if first and first[0].number < line else ()
    if not first or first[-1].number != line or first[-1].complaint:
        raise InvalidValue(table.path.name, f"has no heading on line {line}; say on which line the columns are named (head)")
    return first, len(first) - 1


def _delimiter(path: Path, encoding: str, wanted: str | None) -> tuple[int, str]:
    """How many lines to skip, and what stands between cells: what was told; what a line "sep=;" says, as
    Excel reads it; else what splits most of the first lines into as many cells."""
    if wanted is not None and (len(wanted) != 1 or wanted in '"\r\n'):
        raise InvalidValue("delimiter", f"{wanted!r} is not one character that can stand between cells; give one such as ; or a tab")
    with open_text(path, encoding) as file:
        lines = list(islice(iter(lambda: file.readline(LONGEST_CELL), ""), LOOKED_AT))
    first_line = lines[0].strip("\r\n").strip('"') if lines else ""
    if first_line.lower().startswith("sep=") and len(first_line) == 5:
        return 1, wanted or first_line[4]
    if wanted is not None:
        return 0, wanted

    def alike(delimiter: str) -> tuple[int, int, int]:
        """Lines of as many cells, cells that do not begin with a blank as those of prose do, and how many they are."""
        rows: list[list[str]] = []
        with suppress(csv.Error):  # what is before it tells as much
            rows.extend(cells for cells in csv.reader(lines, delimiter=delimiter) if any(cells))
        width, many = max(Counter(map(len, rows)).items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(0, 0))
        blanks = sum(cell.startswith(" ") for cells in rows for cell in cells[1:])
        return (many, -blanks, width) if width > 1 else (0, 0, 0)

    return 0, max(DELIMITERS, key=alike)


def _rows(table: _Table, names: tuple[str, ...], head: int, heading_cells: list[str]) -> Iterator[Row | BadRow]:
    once_more = (heading_cells, [f"\ufeff{heading_cells[0]}", *heading_cells[1:]])
    are_named = SAFE not in names and REASON not in names
    for some in table.many_rows():
        if (
            isinstance(some, PlainRows)
            and some.number > head
            and are_named
            and max(map(len, rows := some.rows())) <= len(names)
            and not any(each in rows for each in once_more)
        ):
            cells = enumerate(rows, some.number)
            yield from [Row(number, dict(zip(names, each, strict=False))) for number, each in cells if any(each)]
            continue
        for record in some.each() if isinstance(some, PlainRows) else (some,):
            if record.number <= head or not record.counts:
                continue
            if record.complaint:
                yield from _lines(record)
            else:
                yield _row(record, names, table.delimiter, heading_cells)


def _lines(record: TextRow) -> Iterator[BadRow]:
    """What cannot be read, line by line: where a quote is lost, nobody knows which of them are rows."""
    for at, line in enumerate(record.lines):
        beyond = f"it belongs to what begins on line {record.line}, where {record.complaint}"
        yield BadRow(Row(record.number + at, {}), "", beyond if at else record.complaint, line.rstrip("\r\n"))


def _row(record: TextRow, names: tuple[str, ...], delimiter: str, heading_cells: Sequence[str]) -> Row | BadRow:
    cells, width = record.cells, len(names)
    values = dict(zip(names, cells, strict=False))
    if SAFE in names:
        values = {name: undefused(cell) for name, cell in values.items() if name != SAFE}
    row = Row(record.number, values)
    if len(cells) > width and any(cells[width:]):
        reason = _too_many(cells, width, delimiter)
    elif _is_heading(cells, heading_cells):
        reason = "it is the heading once more, as where files were put together; leave it out"
    else:
        return row
    return BadRow(row, "", reason, "".join(record.lines).rstrip("\r\n"))


def _is_heading(cells: Sequence[str], heading_cells: Sequence[str]) -> bool:
    """Whether a row says what the heading does, of which several columns have names; of bad rows the reasons differ."""
    if cells[0].removeprefix("\ufeff") != heading_cells[0]:
        return False
    again, names = ([each for each, name in zip(row, heading_cells, strict=False) if name != REASON] for row in (cells, heading_cells))
    return len(list(filter(None, names))) > 1 and again[1:] == names[1:]


def _without_errors(row: Row | BadRow) -> Row | BadRow:
    if isinstance(row, BadRow):
        return row
    return Row(row.number, {name: "" if cell in ERRORS else cell for name, cell in row.values.items()})


def _too_many(cells: Sequence[str], width: int, delimiter: str) -> str:
    between = "tab" if delimiter == "\t" else delimiter
    return f"it has {len(cells)} cells, and the heading names {width}; put cells that hold a {between} in quotes"
