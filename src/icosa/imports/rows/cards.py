"""Rows of contact cards: vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350), as phones, Macs and mail programs export them.

A card is a row.  Its addresses and numbers are columns ("Email", "Email 2"), those that it prefers first; what a card
has and no column is made of (its picture, its birthday) is left out, and the plan says what that was.
"""

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from icosa.errors import InvalidValue
from icosa.imports.rows.row import BadRow, Row, Rows
from icosa.imports.rows.text import encoding_of, open_text

SUFFIXES: Final = (".vcf", ".vcard")

_LONGEST_LINE: Final = 1 << 20
"""Characters of a line that are kept: longer ones are pictures."""

_UNREAD: Final = "does not say in which encoding; say it (encoding, --encoding), such as cp1252"

_ORDER: Final = ("First name", "Last name", "Company", "Job title", "Email", "Phone", "City", "LinkedIn", "Website")
_PIECES: Final = re.compile(r'((?:[^";:]|"[^"]*")*)([;:]|$)')
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_KINDS: Final = ("KIND", "X-ADDRESSBOOKSERVER-KIND")
_NO_NUMBERS: Final = frozenset(("FAX", "PAGER", "TEXTPHONE"))
_PASSED_OVER: Final = frozenset(
    ("VERSION", "PRODID", "UID", "REV", "N", "FN", *_KINDS, "SORT-STRING", "X-ABLABEL", "X-ABADR", "X-ABSHOWAS")
)
"""What says nothing about anybody, and what other lines say better."""

_WANTED: Final = frozenset(("N", "FN", "ORG", "TITLE", "EMAIL", "TEL", "ADR", "URL", "X-SOCIALPROFILE"))
"""What columns are made of."""


@dataclass(slots=True)
class _Line:
    """A line of a card: its name without a group, its parameters with all their values in capitals, its value as it stands, None
    where it is in an encoding that nobody tells."""

    name: str
    parameters: Mapping[str, Sequence[str]]
    written: str | None

    @property
    def value(self) -> str:
        return self.written or ""

    def is_of(self, *types: str) -> bool:
        return not {*types}.isdisjoint(self.parameters.get("TYPE", ()))

    @property
    def place(self) -> int:
        """Where it stands among others of its name: what is preferred comes first."""
        pref = next((each for each in self.parameters.get("PREF", ()) if each.isdigit()), "")
        return int(pref) if pref else 0 if self.is_of("PREF") else 100

    @property
    def text(self) -> str:
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value).strip()

    @property
    def parts(self) -> list[str]:
        """The parts of a value of several, such as a name."""
        parts, at = [""], 0
        while at < len(self.value):
            piece = self.value[at : at + 2] if self.value[at] == "\\" else self.value[at]
            at += len(piece)
            if piece == ";":
                parts.append("")
            else:
                parts[-1] += piece
        return [_Line("", {}, each).text for each in parts]


@dataclass(slots=True)
class _Seen:
    """What all cards have: their columns, how many they are, and the names of the lines that go nowhere."""

    columns: dict[str, None] = field(default_factory=dict)
    count: int | None = 0
    left: dict[str, None] = field(default_factory=dict)


def open_cards(path: Path, encoding: str | None = None, glance: int | None = None) -> Rows:
    """A file of contact cards, read twice: once for the names of all columns and the number of cards.  Of more cards than
    `glance` the columns are those of the first, and nobody counts them.  Raises InvalidValue for a file without any."""
    found = encoding_of(path, encoding)
    seen, reason = _Seen(), ""
    for at, each in enumerate(_rows(path, found.name, seen.left)):
        if at == glance:
            seen.count = None
            break
        seen.count = at + 1
        seen.columns.update(dict.fromkeys((each.row if isinstance(each, BadRow) else each).values))
        reason = reason or (each.reason if isinstance(each, BadRow) else "")
    if not seen.columns and reason:
        raise InvalidValue(path.name, f"holds no contact card that can be read; of the first, {reason}")
    if not seen.columns:
        raise InvalidValue(path.name, "holds no contact card; one begins with a line BEGIN:VCARD and has a name, an address or a number")
    left = f"what no column is made of: {', '.join(sorted(seen.left))}" if seen.left else ""
    notes = {"encoding": found.known, "cards": left}
    columns = sorted(seen.columns, key=_rank)
    return Rows(tuple(columns), _rows(path, found.name, {}), seen.count, {name: each for name, each in notes.items() if each})


def _rank(column: str) -> tuple[int, int]:
    name, _, number = column.rpartition(" ")
    return (_ORDER.index(name), int(number)) if number.isdigit() else (_ORDER.index(column), 1)


def _rows(path: Path, encoding: str, left: dict[str, None]) -> Iterator[Row | BadRow]:
    """The cards; their number is their place."""
    number, card = 0, list[_Line]()
    open_ = False
    for line in _lines(path, encoding):
        if line.name == "BEGIN" and line.text.upper() == "VCARD":
            if open_:
                number += 1
                yield BadRow(Row(number, _values(card, left)), "", "the card has no end; it ends with a line END:VCARD")
            card, open_ = [], True
        elif line.name == "END" and open_:
            number += 1
            yield _card(Row(number, _values(card, left)), card)
            open_ = False
        elif open_:
            card.append(line)
    if open_:
        yield BadRow(Row(number + 1, _values(card, left)), "", "the card breaks off, as the file does; it ends with a line END:VCARD")


def _card(row: Row, lines: Sequence[_Line]) -> Row | BadRow:
    """A card that is whole; a bad row where what a column is made of cannot be read, and for a list of other cards."""
    if any(each.name in _KINDS and each.text.lower() == "group" for each in lines):
        return BadRow(row, "", "it is a group of other cards, and nobody's own; leave it out")
    unread = next((each.name for each in lines if each.written is None and each.name in _WANTED), "")
    return BadRow(row, "", f"its {unread} is quoted-printable, and {_UNREAD}") if unread else row


def _values(card: Sequence[_Line], left: dict[str, None]) -> dict[str, str]:
    """What a card says, by column."""
    found: dict[str, str] = {}

    def add(column: str, value: str) -> None:
        alike = [each for name, each in found.items() if name == column or name.startswith(f"{column} ")]
        if value and value not in alike:
            found[f"{column} {len(alike) + 1}" if alike else column] = value

    for line in sorted(card, key=lambda each: each.place):
        match line.name:
            case "N" if not {"First name", "Last name"} & found.keys():  # another one says the same in another script
                last, first, *more = (*line.parts, "", "")
                add("First name", first)
                add("Last name", last)
                left.update({"N of more than a first and a last name": None} if any(more) else {})
            case "ORG":
                company, *units = line.parts
                add("Company", company)
                left.update({"ORG of departments": None} if any(units) else {})
            case "TITLE":
                add("Job title", line.text)
            case "EMAIL":
                add("Email", line.text)
            case "TEL" if line.is_of(*_NO_NUMBERS):
                left["TEL of a fax or pager"] = None
            case "TEL":
                add("Phone", line.text.removeprefix("tel:").partition(";")[0])
            case "ADR":
                city = line.parts[3] if len(line.parts) > 3 and "City" not in found else ""
                add("City", city)
                left.update({"ADR but for a city": None} if any(each for each in line.parts if each != city) else {})
            case "URL" | "X-SOCIALPROFILE":
                column, value = _site(line)
                add(column, value)
                left.update({} if value else {line.name: None})
            case name if name not in _PASSED_OVER and (line.text or "ENCODING" in line.parameters):
                left[name] = None
    whole = next((each.text for each in card if each.name == "FN"), "")
    if whole and any(each.name in _KINDS and each.text.lower() == "org" for each in card):
        found.setdefault("Company", whole)
    if whole and not {"First name", "Last name"} & found.keys() and whole != found.get("Company"):
        first, _, last = whole.rpartition(" ")
        found |= {"First name": first or last, **({"Last name": last} if first else {})}
    return found


def _site(line: _Line) -> tuple[str, str]:
    if "linkedin.com/" in line.text.lower():
        return "LinkedIn", line.text
    return "Website", line.text if line.name == "URL" else ""


def _lines(path: Path, encoding: str) -> Iterator[_Line]:
    """The lines of a file, those put together that go on in the next: behind a blank, or of quoted-printable behind "="."""
    with open_text(path, encoding) as file:
        held = ""
        while raw := file.readline(_LONGEST_LINE):
            text = raw.lstrip("\ufeff").rstrip("\r\n")
            if held.endswith("=") and "QUOTED-PRINTABLE" in held.upper():
                held = held[:-1] + text  # a blank at its beginning is one of the text
            elif text[:1] in (" ", "\t") and held:
                held += text[1:] if len(held) < _LONGEST_LINE else ""
            else:
                if line := _line(held, encoding):
                    yield line
                held = text
        if line := _line(held, encoding):
            yield line


def _line(text: str, encoding: str) -> _Line | None:
    """A line by its parts, None for what is none."""
    head: list[str] = []
    at = 0
    while found := _PIECES.match(text, at):
        head.append(found[1])
        at = found.end()
        if found[2] != ";":
            break
    if not found or found[2] != ":":
        return None
    parameters: dict[str, list[str]] = {}
    for each in head[1:]:
        name, equals, value = each.partition("=")
        of, values = (name.upper(), value) if equals else ("ENCODING" if name.upper() in ("QUOTED-PRINTABLE", "BASE64") else "TYPE", name)
        parameters.setdefault(of, []).extend(part.strip().upper() for part in values.strip('"').split(","))
    return _Line(head[0].rpartition(".")[2].strip().upper(), parameters, _decoded(text[at:], parameters, encoding))


def _decoded(value: str, parameters: Mapping[str, Sequence[str]], encoding: str) -> str | None:
    """A value of vCard 2.1 out of quoted-printable, in the encoding that it says, else in UTF-8 or that of its file, None where it is in
    none of these; nothing of a picture."""
    how = next(iter(parameters.get("ENCODING", ())), "")
    if how != "QUOTED-PRINTABLE":
        return "" if how in ("B", "BASE64") else value
    for name in (*parameters.get("CHARSET", ()), "utf-8", encoding):
        with suppress(LookupError, UnicodeError, binascii.Error):
            if not codecs.lookup(name).name.startswith(("utf-16", "utf-32")):  # no text in ASCII with more written beside it
                return quopri.decodestring(value.encode(name)).decode(name).replace("\r\n", "\n")
    return None
