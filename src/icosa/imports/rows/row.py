"""What every source of rows gives: rows by column, one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from icosa.exports.text_format import TextFormat


class Row(NamedTuple):
    """One row of a source.  A tuple, because one is made of every row, and it is made in half the time.

    `number` is what a person looks for in the source: the row as a spreadsheet shows it (of a CSV file too: the heading is
    row 1 where nothing stands above it, blank lines are rows, and one of several lines is one), the line of JSON Lines,
    the place from 1 in all else.
    `values` holds what the cells say, as the source has it: texts, or numbers, moments, lists, and Unreadable
    for a cell that cannot be used.
    """

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used.  `reason` says what was expected; `column` is "" where the row as a whole
    is broken, and `row` then holds what could be read of it; `text` is a line of a text file as it stood,
    without its end, None where the row's values say it all."""

    row: Row
    column: str
    reason: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that holds no value: `text` is what the source shows there, `reason` what is wrong with it.  A row is
    bad where such a cell is one that is wanted."""

    text: str
    reason: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Rows:
    """A source, opened.  `rows` is read once, from its beginning; `count` is None where nobody has counted.

    `found` says in words, by what it is about, what was found out about the source that nobody told: its encoding and
    how sure that is, its delimiter, its sheet, what was skipped above its heading.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row | BadRow]
    count: int | None
    found: Mapping[str, str] = field(default_factory=dict)
    written: TextFormat | None = None
