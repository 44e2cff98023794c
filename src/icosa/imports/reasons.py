"""What is wrong with many rows, by reason: three thousand complaints are a handful of causes.

Two complaints are of one reason where they are about one column and say the same but for what is quoted in them or holds
a digit: `"01.02.2024" could be 2024-02-01 (dmy) or …` and `"03.04.2024" could be 2024-04-03 (dmy) or …`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from icosa.imports.problems import Problem

SHOWN: Final = 3
"""Examples of a reason."""

_MOST: Final = 1_000
"""Reasons that are told apart, and values of one: what a server says need not be alike."""

_REST: Final = "is wrong in other ways; the file of bad rows has the reason of each"
_REST_KEY: Final = ("", _REST)
_TOKEN: Final = re.compile(r'"(?s:.{76})\.\.\.(?=[ ;,]|$)|"(?:[^"\\]|\\.)*"|\s+|[^\s"]+|"')
"""A value as `catalogue.kinds.shown` has it, whole or cut; what stands between."""

_OPTION: Final = re.compile(r"--[a-z][a-z-]+(?: [^\s,;()]+)?")
_MEND: Final = re.compile(r"[;,] [^;,]*\([^()]*--[a-z][^()]*\).*", re.DOTALL)
_VARIES: Final = "…"


@dataclass(frozen=True, slots=True)
class Example:
    """A row, by its number, and the value at fault, cut where it is long; "" where it is none."""

    row: int | None
    value: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows did not go in.

    `text` says it without the value at fault, `…` for what differs from row to row; `column` is "" where a row as a whole
    is wrong.  `examples` have different values, where there are any; `repeated` are the values that stand in several
    of the rows, the most frequent first.
    """

    column: str
    text: str
    count: int
    examples: tuple[Example, ...]
    repeated: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        """The options that settle it, as the text has them: `--date-order`, `--unknown NA`."""
        return tuple(dict.fromkeys(_OPTION.findall(self.text)))

    @property
    def cause(self) -> str:
        """The text without the options and what they are for."""
        return _MEND.sub("", self.text) if self.options else self.text


def reasons(problems: Iterable[Problem]) -> list[Reason]:
    """Problems by reason, the most frequent first, those of an equal number as they come."""
    found: dict[tuple[str, ...], _Counted] = {}
    for each in problems:
        tokens = _TOKEN.findall(each.reason)
        key = (each.column, *map(_alike, tokens))
        if key not in found and len(found) >= _MOST:
            key, tokens = _REST_KEY, [_REST]
        counted = found.setdefault(key, _Counted(key[0], tokens, any(map(_is_quoted, tokens[:1]))))
        counted.add(each.row, tokens)
    return [each.made() for each in sorted(found.values(), key=lambda each: -each.count)]


@dataclass(slots=True)
class _Counted:
    """The problems of one reason so far."""

    column: str
    tokens: list[str]
    begins_with_value: bool
    count: int = 0
    examples: dict[str | int | None, Example] = field(default_factory=dict)
    values: Counter[str] = field(default_factory=Counter)

    def add(self, row: int | None, tokens: list[str]) -> None:
        value = _value(next(filter(_is_quoted, tokens), ""))
        self.count += 1
        self.tokens = [one if one == other else _VARIES for one, other in zip(self.tokens, tokens, strict=True)]
        if value in self.values or len(self.values) < _MOST:
            self.values[value] += 1
        if len(self.examples) < SHOWN:
            self.examples.setdefault(value or row, Example(row, value))

    def made(self) -> Reason:
        tokens = self.tokens[2:] if self.begins_with_value else self.tokens
        repeated = tuple(value for value, count in self.values.most_common() if count > 1 and value)
        return Reason(self.column, "".join(tokens), self.count, tuple(self.examples.values()), repeated)


def _alike(token: str) -> str:
    return _VARIES if _is_quoted(token) or any(map(str.isdigit, token)) else token


def _is_quoted(token: str) -> bool:
    return token[:1] == '"' and len(token) > 1


def _value(token: str) -> str:
    """The text that a quoted token says; what stands between its quotes where they are somebody's own, and no JSON."""
    if token[-1:] != '"':
        return f"{token[1:-3]}…" if token else ""
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token[1:-1]
