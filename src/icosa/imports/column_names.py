"""What a column's name comes down to: "Person - Email - Work", "E-mail 2 - Value" and "Email" say the same kind of thing."""

import re
from collections.abc import Iterator
from typing import Final

from icosa.catalogue import naming
from icosa.catalogue.folding import folded
from icosa.catalogue.model import Object
from icosa.imports.synonyms import KINDS, OBJECTS

_STEPS: Final = 3
"""How often a name is shortened before it is given up: "Person - Email - Work" takes two.  A choice; with each step less is left
of what the column was called."""

_NUMBER = re.compile(r"(?<=[^\W\d_])\d+(?=value$|address$|[^\W\d_]|$)")
_VALUE = re.compile(r"\d(value|address)$")


def reduced(of: Object, column: str) -> Iterator[tuple[str, int]]:
    """Shorter names of a column of an object's rows, folded, with how much was left out: the name of the object before
    it, a number in it, of which kind it is."""
    seen, now = {folded(column)}, [folded(column)]
    for steps in range(1, _STEPS + 1):
        shorter = dict.fromkeys(each for name in now for each in _shorter(of, name) if each not in seen)
        yield from ((each, steps) for each in shorter)
        seen |= set(shorter)
        now = list(shorter)


def _shorter(of: Object, name: str) -> Iterator[str]:
    """Without one thing."""
    for before in (*_called(of), "associated", *KINDS):
        if name.startswith(before) and name != before:
            yield name.removeprefix(before)
    for behind in KINDS:
        if name.endswith(behind) and name != behind:
            yield name.removesuffix(behind)
    if _VALUE.search(name):
        yield re.sub(r"\d+(value|address)$", "", name)
    if _NUMBER.search(name):
        yield _NUMBER.sub("", name)


def _called(of: Object) -> tuple[str, ...]:
    names = (of.singular, of.plural, of.label, *OBJECTS.get(of.singular, "").split())
    return tuple(dict.fromkeys(folded(each) for each in (*names, naming.label(of.singular)) if each))
