"""What is wrong with a file of TOML: all of it at once, each with its line."""

import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from icosa.errors import InvalidValue

Keys = tuple[str, ...]
"""A place in a file: ("people", "columns", "E-Mail")."""

_SHOWN = 20
"""Names that an error lists of those there are: the fields of most objects, and no screenful."""


_LISTED = 100
"""Faults that are told; of more of them, how many."""
_READ_AGAIN = 4_000_000
"""Characters that are read to find the lines of faults.  What stands further down than that is told without its line."""


class TomlFaults:
    """Collects what is wrong with a file, and raises it together."""

    def __init__(self, path: str, text: str) -> None:
        self._path, self._text = path, text
        self._found: list[tuple[Keys, str]] = []

    def add(self, keys: Keys, problem: str) -> None:
        """`keys` say where: ("people", "columns", "E-Mail")."""
        self._found.append((keys, problem))

    def unknown(self, keys: Keys, what: str, known: Iterable[str]) -> None:
        """A name that means nothing at its place; `known` are those that do."""
        self.add(keys, not_there(what, keys[-1], known) if len(self._found) < _LISTED else "")

    def __len__(self) -> int:
        return len(self._found)

    def refuse(self) -> None:
        """Raises InvalidValue where anything is wrong."""
        if not self._found:
            return
        held = _read_line_by_line(self._text)
        ordered = sorted(((_line(held, keys), problem) for keys, problem in self._found[:_LISTED]), key=lambda each: each[0])
        lines = [f"line {line}: {problem}" if line else problem for line, problem in dict.fromkeys(ordered)]
        name, more = Path(self._path).name, len(self._found) - _LISTED
        if len(lines) == 1:
            raise InvalidValue(name, lines[0])
        listed = [*lines, f"and {more:,} more"] if more > 0 else lines
        raise InvalidValue(name, f"has {len(lines) + max(0, more):,} faults:\n" + "\n".join(f"  {each}" for each in listed))


def not_there(what: str, name: str, known: Iterable[str]) -> str:
    """That there is no such thing, what may be meant, and what there is."""
    there = list(dict.fromkeys(known))
    folded = {each.casefold().replace("_", "-"): each for each in there}
    near = [folded[each] for each in get_close_matches(name.casefold().replace("_", "-"), folded, 1, 0.6)]
    listed = ", ".join(there[:_SHOWN]) + (f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else "")
    suggestion = f"did you mean {near[0]}? There" if near else "there"
    return f"there is no {what} {name!r}; {suggestion} {'is' if len(there) == 1 else 'are'} {listed or 'none'}"


def _read_line_by_line(text: str) -> list[tuple[int, dict[str, Any]]]:
    """What is said once a line is read, with its number; lines in the middle of a value are passed over, so that a
    value belongs to the line on which it begins."""
    lines, found, begins = text.splitlines(), [], 1
    size = read = 0
    for at in range(1, len(lines) + 1):
        size += len(lines[at - 1])
        read += size
        if read > _READ_AGAIN:
            break
        try:
            found.append((begins, tomllib.loads("\n".join(lines[:at]))))
        except tomllib.TOMLDecodeError:
            continue
        begins = at + 1
    return found


def _line(held: list[tuple[int, dict[str, Any]]], keys: Keys) -> int:
    """The line on which a place is said first, else that of what it would be in; 0 for the whole."""
    while keys:
        apart = (*keys[:-1], *keys[-1].split("."))  # name.firstName, without its quotes
        line = next((line for line, table in held if _is_in(table, keys) or _is_in(table, apart)), 0)
        if line:
            return line
        keys = keys[:-1]
    return 0


def _is_in(table: Any, keys: Keys) -> bool:
    for key in keys:
        if not isinstance(table, dict) or key not in table:
            return False
        table = table[key]
    return True
