"""The marks of Excel's workbooks: errors, formulas without a result, and numbers that are shown with zeros in front.

They are looked for in the workbook's own XML, and only in a sheet that can have any, so that an ordinary one costs a
look at its bytes.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final
from xml.etree import ElementTree
from xml.parsers import expat

from icosa.imports.rows.marks.mark import Broken, Mark, Marks, error
from icosa.imports.rows.marks.masks import Mask, mask

_BLOCK: Final = 1 << 20
"""Bytes of a sheet's XML that are looked through in one go; a sheet may unpack to gigabytes."""

_FORMULA = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
_ERROR = (b't="e"', b"t='e'")


def excel_marks(book: zipfile.ZipFile, sheet: str) -> Marks:
    """The marks of a sheet; none where it is none of Excel's, or has none."""
    part = _part(book, sheet)
    if part is None:
        return {}
    masks = _masks(book)
    needles = (*_FORMULA, *_ERROR, *(f"s={quote}{at}{quote}".encode() for at in masks for quote in "\"'"))
    with book.open(part) as file:
        if not _has_any(file, needles):
            return {}
    with book.open(part) as file:
        return _Scan(masks).of(file)


def _part(book: zipfile.ZipFile, sheet: str) -> str | None:
    """Where the XML of a sheet lies."""
    names = set(book.namelist())
    main = next((target for kind, _, target in _related(book, "") if kind == "officeDocument"), "")
    if main not in names or not main.endswith(".xml"):
        return None
    ids = [_local(each.attrib).get("id") for each in _elements(book, main, "sheet") if each.get("name") == sheet]
    found = next((target for _, id_, target in _related(book, main) if id_ in ids), None)
    return found if found in names else None


def _related(book: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """The kind, the id and the part of each relation of a part."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels in book.namelist():
        for each in _elements(book, rels, "Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
            yield each.get("Type", "").rpartition("/")[2], each.get("Id", ""), target


def _masks(book: zipfile.ZipFile) -> dict[str, Mask]:
    """The masks of a workbook, by the number of a cell's style."""
    if "xl/styles.xml" not in book.namelist():
        return {}
    codes = {each.get("numFmtId"): mask(each.get("formatCode", "")) for each in _elements(book, "xl/styles.xml", "numFmt")}
    if not any(codes.values()):
        return {}
    root = ElementTree.fromstring(book.read("xl/styles.xml"))
    styles = next((each for each in root if _name(each.tag) == "cellXfs"), ())
    found = {str(at): codes.get(each.get("numFmtId")) for at, each in enumerate(styles)}
    return {at: each for at, each in found.items() if each is not None}


def _elements(book: zipfile.ZipFile, part: str, name: str) -> Iterator[ElementTree.Element]:
    return (each for each in ElementTree.fromstring(book.read(part)).iter() if _name(each.tag) == name)


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _local(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes of another namespace by their own names: r:id as id."""
    return {_name(name): value for name, value in attributes.items() if name.startswith("{")}


def _has_any(file: IO[bytes], needles: tuple[bytes, ...]) -> bool:
    before = b""
    while block := file.read(_BLOCK):
        held = before + block
        if any(each in held for each in needles):
            return True
        before = block[-32:]
    return False


@dataclass
class _Scan:
    """The cells of a sheet, one after another."""

    masks: dict[str, Mask]
    found: Marks = field(default_factory=dict)
    row: int = -1
    column: int = -1
    kind: str = "n"
    style: str = "0"
    formula: bool = False
    text: list[str] | None = None
    """The pieces of a value while it is read."""
    value: str = ""

    def of(self, file: IO[bytes]) -> Marks:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.ParseFile(file)
        return self.found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "c":
                self._cell(attributes)
            case "row":
                self.row, self.column = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1, -1
            case "f":
                self.formula = True
            case "v":
                self.text = []

    def _cell(self, attributes: dict[str, str]) -> None:
        self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.formula, self.value = False, ""

    def _end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v" if self.text is not None:
                self.value, self.text = "".join(self.text), None
            case "c" if (mark := self._mark()) is not None:
                self.found.setdefault(self.row, {})[self.column] = mark

    def _data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _mark(self) -> Mark | None:
        if self.kind == "e":
            return error(self.value or "#N/A")
        if self.kind != "n":
            return None
        if self.formula and not self.value:
            return Broken("", "holds a formula whose result was not saved with it")
        return self.masks.get(self.style) if self.value else None


_REFERENCE: Callable[[str], Any] = re.compile("([A-Z]{1,3})[0-9]+").fullmatch


def _column(reference: str) -> int:
    """Column C of C12 as 2."""
    found = _REFERENCE(reference)
    if found is None:
        raise ValueError(f"{reference[:20]!r} is no cell")
    at = 0
    for letter in found[1]:
        at = at * 26 + ord(letter) - 64
    return at - 1
