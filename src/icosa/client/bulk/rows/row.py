"""What every source of rows gives: rows by column, one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a source.

    `number` is what a person looks for in the source: the line on which the row begins in a text file
    (the heading is line 1), the row of a spreadsheet as it shows it, the place from 1 in all else.
    `values` holds what the cells say, as the source has it: texts, or numbers, moments, lists.
    """

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used.  `reason` says what was expected; `column` is "" where the row as a whole
    is broken, and `row` then holds what could be read of it."""

    row: Row
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A source, opened.  `rows` is read once, from its beginning; `count` is None where nobody has counted."""

    columns: tuple[str, ...]
    rows: Iterator[Row | BadRow]
    count: int | None
