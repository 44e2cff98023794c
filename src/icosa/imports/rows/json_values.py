"""JSON values in a text, one after another: the items of a list, or objects with nothing but blanks between them.

Only where a value ends is found out here, in one pass over the text and without looking into it again; what it says
is read by whoever asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TextIO

_BLOCK: Final = 1 << 16
"""Characters that are read in one go: a choice, many records and little memory."""

LONGEST: Final = 64 << 20
"""Characters of one value."""

_SHOWN: Final = 1 << 16
"""Characters of a value that is broken which are kept, to be given back with the other bad rows."""

_OUTSIDE: Final = re.compile(r'[^"\[\]{}\\,]++|.', re.DOTALL)
_INSIDE: Final = re.compile(r'(?:[^"\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*")+|.', re.DOTALL)
"""Whole texts and all that stands between them; a quote alone where its text goes on behind the block."""
_QUOTED: Final = re.compile(r'[^"\\]++|.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A value as its text, and the line on which it begins; `complaint` says what is wrong where it has no end."""

    text: str
    line: int
    complaint: str = ""


def pieces(file: TextIO) -> Iterator[Piece]:
    """The values of a file, of which no more than one is held at a time.  A list is its items."""
    scan = _Scan()
    while block := file.read(_BLOCK):
        at = 0
        while at < len(block):
            token = scan.tokens.match(block, at)
            assert token is not None  # each takes any character
            at = token.end()
            if (found := scan.take(token[0])) is not None:
                yield found
                if found.complaint:
                    return
    if (found := scan.end()) is not None:
        yield found


class _Scan:
    """Where in a text a value ends.  Outside of a value, blanks and commas are passed over."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._length = 0
        self._depth = 0
        self._quoted = self._escaped = False
        self._list: bool | None = None
        """Whether the values are items of a list that is still open; None before the first character."""
        self._line = self._begins = 1

    @property
    def tokens(self) -> re.Pattern[str]:
        """What the text goes on with."""
        return _QUOTED if self._quoted else _INSIDE if self._depth else _OUTSIDE

    def take(self, token: str) -> Piece | None:
        line, self._line = self._line, self._line + token.count("\n")
        if not self._held:
            return self._outside(token, line)
        self._held.append(token)
        self._length += len(token)
        if self._length > LONGEST:
            return self._piece(f"it is longer than {LONGEST:,} characters, and nothing after it was read")
        return self._inside(token)

    def _outside(self, token: str, line: int) -> Piece | None:
        token = token.lstrip("\ufeff \t\r\n")
        if not token or (token == "," and self._list is not None):
            return None
        if token == "[" and self._list is None:
            self._list = True
            return None
        if token == "]" and self._list:
            self._list = False
            return None
        self._list = bool(self._list)
        self._held, self._length, self._begins = [token], len(token), line
        return self._inside(token)

    def _inside(self, token: str) -> Piece | None:
        """The value, where the token is its last."""
        if self._escaped:
            self._escaped = False  # what the token goes on with, after the letter that is escaped, is no sign
            return None
        if self._quoted:
            if token == "\\":
                self._escaped = True
            elif token == '"':
                self._quoted = False
                return self._piece() if not self._depth else None
            return None
        if token == '"':
            self._quoted = True
        elif token in "{[" and len(token) == 1:
            self._depth += 1
        elif token in "}]" and len(token) == 1:
            self._depth -= 1
            return self._closed(token)
        elif token == "," and not self._depth:
            self._held.pop()
            return self._piece()
        return None

    def _closed(self, token: str) -> Piece | None:
        if self._depth > 0:
            return None
        if self._depth < 0 and token == "]" and self._list:  # a plain value, and the end of the list
            self._held.pop()
            self._list = False
        self._depth = 0
        return self._piece()

    def end(self) -> Piece | None:
        """What is left when the text is at its end: a plain value, or one that breaks off."""
        rest = "".join(self._held).strip()
        if self._depth or self._quoted:
            return self._piece("it is no JSON (it breaks off before its end), and nothing after it was read")
        if self._list:
            return Piece(rest[:_SHOWN], self._begins if rest else self._line, "it is no JSON (the list is not closed)")
        return self._piece() if rest else None

    def _piece(self, complaint: str = "") -> Piece:
        text = "".join(self._held).strip()
        self._held, self._length = [], 0
        return Piece(text[:_SHOWN] if complaint else text, self._begins, complaint)
