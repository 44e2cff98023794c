"""The marks of OpenDocument's workbooks, in which each cell holds what it shows beside its value."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

from icosa.imports.rows.marks.mark import Mark, Marks, error

CONTENT: Final = "content.xml"
"""The part that holds all sheets."""

_ZEROS: Final[Callable[[str], Any]] = re.compile("0[0-9]+").fullmatch
_ERROR: Final[Callable[[str], Any]] = re.compile("#[A-Z0-9/]+[!?]?|Err:[0-9]+").fullmatch
_MOST_ROWS: Final = 10_000
"""Rows of one mark, where a row stands for many."""


def open_document_marks(book: zipfile.ZipFile, sheet: str) -> Marks:
    """The marks of a sheet, by where its cells are once those are counted that stand for several."""
    scan = _Scan(sheet)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.data
    with book.open(CONTENT) as file:
        parser.ParseFile(file)
    return scan.found


@dataclass
class _Scan:
    sheet: str
    found: Marks = field(default_factory=dict)
    inside: bool = False
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1
    kind: str = ""
    formula: bool = False
    shown: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name, named = _name(tag), {_name(key): value for key, value in attributes.items()}
        if name == "table":
            self.inside, self.row = named.get("name") == self.sheet, 0
        elif not self.inside:
            return
        elif name == "table-row":
            self.column, self.rows = 0, int(named.get("number-rows-repeated", 1))
        elif name in ("table-cell", "covered-table-cell"):
            self.columns, self.shown = int(named.get("number-columns-repeated", 1)), []
            self.formula = "formula" in named
            self.kind = "error" if attributes.get(_CALC_KIND) == "error" else named.get("value-type", "")

    def data(self, text: str) -> None:
        if self.shown is not None:
            self.shown.append(text)

    def end(self, tag: str) -> None:
        name = _name(tag)
        if not self.inside:
            return
        if name == "table":
            self.inside = False
        elif name == "table-row":
            self.row += self.rows
        elif name in ("table-cell", "covered-table-cell"):
            mark = self._mark("".join(self.shown or ()).strip())
            if mark is not None:
                for row in range(self.row, self.row + min(self.rows, _MOST_ROWS)):
                    self.found.setdefault(row, {}).update({self.column + at: mark for at in range(min(self.columns, _MOST_ROWS))})
            self.column += self.columns
            self.shown = None

    def _mark(self, shown: str) -> Mark | None:
        if self.kind == "error" or (self.formula and _ERROR(shown)):
            return error(shown)
        return "0" * len(shown) if self.kind == "float" and _ZEROS(shown) else None


_CALC_KIND: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"


def _name(tag: str) -> str:
    return tag.rpartition(" ")[2]
