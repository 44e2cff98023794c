"""In which encoding a text file is, and its lines.

A byte order mark says it; else it is UTF-8 where all of it can be read so.  A file that is UTF-8 but for a few bytes
is refused with the place of the first; what is no UTF-8 at all is read in a code page where its words leave one
reading alone (`codepages`).
"""

import codecs
import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast
from unicodedata import category

from icosa.errors import InvalidValue
from icosa.imports.rows.codepages import found_page

_BLOCK: Final = 1 << 18
"""Bytes that are checked in one go: a file may be of any length."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HOW: Final = "save it as UTF-8, or say which encoding it has (encoding, --encoding), such as cp1250 or shift_jis"
_SEQUENCE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by the name that Python has for it, and in words how it is known, "" where it was told."""

    name: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class _BadByte:
    """The first byte of a text that cannot be read."""

    line: int
    column: int
    byte: int

    def __str__(self) -> str:
        return f"line {self.line} cannot be read (column {self.column}, byte {self.byte:#04x})"


def open_bytes(path: Path) -> BinaryIO:
    """A file as its bytes, unpacked where its name ends in .gz."""
    return cast(BinaryIO, gzip.open(path, "rb")) if path.suffix.lower() == ".gz" else path.open("rb")


def open_text(path: Path, encoding: str) -> TextIO:
    """A file as text, with the ends of its lines as they are."""
    return TextIOWrapper(open_bytes(path), encoding, newline="")


def encoding_of(path: Path, named: str | None = None) -> Encoding:
    """The encoding of a text file, all of which can be read in it.  Raises InvalidValue with the place at which it
    cannot, where it could be read in several ways, and where there is no encoding of the name that was told."""
    try:
        return _named(path, named) if named is not None else _found(path)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InvalidValue(path.name, f"cannot be unpacked: {error}. Pack it anew, or unpack it first") from None


def _named(path: Path, named: str) -> Encoding:
    try:
        if not codecs.lookup(named)._is_text_encoding:
            raise LookupError
    except LookupError:
        raise InvalidValue("encoding", f"there is no encoding {named!r}; give one such as utf-8, utf-16 or cp1252") from None
    with open_bytes(path) as file:
        marked = file.read(3) == codecs.BOM_UTF8
    name = "utf-8-sig" if marked and codecs.lookup(named).name == "utf-8" else named  # the mark is no part of the first name
    _check(path, name)
    return Encoding(name)


def _found(path: Path) -> Encoding:
    with open_bytes(path) as file:
        beginning = file.read(_BLOCK)
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            _check(path, name)
            return Encoding(name, f"{name.removesuffix('-sig').upper()}, as its first bytes say")
    if b"\0" in beginning:
        return _wide(path, beginning)
    bad_byte = _unreadable(path, "utf-8")
    if bad_byte is None:
        return Encoding("utf-8", "UTF-8: all of it can be read so")
    good, bad = _sequences(path)
    if good >= bad:
        several = f"so do {bad - 1:,} others, of" if bad > 1 else "it stands among"
        raise InvalidValue(path.name, f"is UTF-8, but {bad_byte}; {several} {good:,} that can. Mend it there, or {_HOW}")
    page = found_page(lambda: _blocks(path), path.name, str(bad_byte), _HOW)
    _check(path, page.name)
    return Encoding(page.name, page.known)


def _wide(path: Path, beginning: bytes) -> Encoding:
    """UTF-16 without a mark: every other byte of what is plain in it is NUL."""
    name = "utf-16-le" if b"\0" not in beginning[::2] else "utf-16-be" if b"\0" not in beginning[1::2] else ""
    if name and _unreadable(path, name) is None:
        text = beginning[: len(beginning) // 2 * 2].decode(name, "ignore")
        if not any(category(each) in ("Cc", "Cn", "Co") for each in set(text) - set("\t\r\n")):
            return Encoding(name, f"{name[:6].upper()} without a mark: every other byte of its plain letters is NUL")
    raise InvalidValue(path.name, f"holds NUL bytes, so that it is no text in UTF-8; {_HOW}")


def _check(path: Path, encoding: str) -> None:
    bad_byte = _unreadable(path, encoding)
    if bad_byte is not None:
        raise InvalidValue(path.name, f"is not in {encoding}: {bad_byte}; {_HOW}")


def _sequences(path: Path) -> tuple[int, int]:
    """How many letters beyond ASCII can be read as UTF-8, and how many bytes belong to none."""
    good = bad = 0
    for block in _blocks(path):
        found = _SEQUENCE.findall(block)
        good += len(found)
        bad += sum(each > 127 for each in block) - sum(map(len, found))
    return good, bad


def _unreadable(path: Path, encoding: str) -> _BadByte | None:
    """The first place that cannot be read in an encoding, or None."""
    line = column = 1
    decoder = codecs.getincrementaldecoder(encoding)()
    for block in chain(_blocks(path), (b"",)):
        state = decoder.getstate()
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            decoder.setstate((b"", state[1]))
            line, column = _after(line, column, decoder.decode(error.object[: error.start]))
            return _BadByte(line, column, error.object[error.start])
        line, column = _after(line, column, text)
    return None


def _after(line: int, column: int, text: str) -> tuple[int, int]:
    last = text.rfind("\n")
    return line + text.count("\n"), column + len(text) if last < 0 else len(text) - last


def _blocks(path: Path) -> Iterator[bytes]:
    """A file, in blocks that end where lines do, if those are not longer than a block."""
    with open_bytes(path) as file:
        while block := file.read(_BLOCK):
            yield block + file.readline(_BLOCK)
