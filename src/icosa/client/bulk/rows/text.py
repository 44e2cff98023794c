"""In which encoding a text file is.  A byte order mark says it; else it is UTF-8 where that can be read,
else the Windows code page that spreadsheets of western Europe and America write."""

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path

from icosa.errors import InvalidValue

_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HOW = "save it as UTF-8, or say which encoding it has (encoding, --encoding), such as cp1250 or shift_jis"


def encoding_of(path: Path, told: str | None = None) -> str:
    """The encoding of a text file, all of which can be read in it.  Raises InvalidValue with the line at
    which it cannot, or where there is no encoding of the name that was told."""
    if told is not None:
        try:
            codecs.lookup(told)
        except LookupError:
            raise InvalidValue("encoding", f"there is no encoding {told!r}; give one such as utf-8, utf-16 or cp1252") from None
        _check(path, told)
        return told
    with path.open("rb") as file:
        beginning = file.read(_BLOCK)
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            _check(path, name)
            return name
    if b"\0" in beginning:
        raise InvalidValue(path.name, f"holds NUL bytes, so that it is no text in UTF-8; {_HOW}")
    if _unreadable(path, "utf-8") is None:
        return "utf-8"
    if _unreadable(path, "cp1252") is None:
        return "cp1252"
    raise InvalidValue(path.name, f"is neither UTF-8 nor Windows-1252 (line {_unreadable(path, 'utf-8')} cannot be read); {_HOW}")


def _check(path: Path, encoding: str) -> None:
    line = _unreadable(path, encoding)
    if line is not None:
        raise InvalidValue(path.name, f"is not in {encoding}: line {line} cannot be read; {_HOW}")


def _unreadable(path: Path, encoding: str) -> int | None:
    """The first line that cannot be read in an encoding, from 1, or None."""
    line = 1
    with path.open("rb") as file:
        decoder = codecs.getincrementaldecoder(encoding)()
        for block in _blocks(file.read, _BLOCK):
            try:
                line += decoder.decode(block, final=not block).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
    return None


def _blocks(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    """The blocks of a file, and an empty one at its end."""
    while True:
        block = read(size)
        yield block
        if not block:
            return
