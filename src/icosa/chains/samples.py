"""What can be taken out of items: the paths that are there, each with a sample."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from icosa.chains.item import ChainItem

DEEPEST: Final = 6
"""How many names of a path are looked through."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A path in items: its names, in how many of them it is, and the first value there that says something.

    `kind` is what JSON calls that: "text", "number", "switch", "object", "list", or "null" where all are."""

    path: tuple[str, ...]
    kind: str
    value: Any = field(repr=False)
    count: int


def tree(items: Iterable[Any]) -> list[Sample]:
    """Every path that there is in items, in the order of the first that has it, objects before what is in them; of a list
    its first item.  Items are JSON values, or those of a run, of which failed ones are left out."""
    found: dict[tuple[str, ...], Sample] = {}
    for each in items:
        if isinstance(each, ChainItem) and each.error is not None:
            continue
        for path, value in _within(each.value if isinstance(each, ChainItem) else each, ()):
            known = found.get(path)
            if known is None:
                found[path] = Sample(path, _kind(value), value, 1)
            else:
                better = known.value in (None, "", [], {}) and value not in (None, "", [], {})
                found[path] = Sample(path, _kind(value if better else known.value), value if better else known.value, known.count + 1)
    return _in_order(found)


def _within(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if path:
        yield path, value
    if len(path) >= DEEPEST:
        return
    held = value.items() if isinstance(value, Mapping) else [("0", value[0])] if isinstance(value, list) and value else ()
    for name, each in held:
        yield from _within(each, (*path, name))


def _in_order(found: Mapping[tuple[str, ...], Sample]) -> list[Sample]:
    """Those inside of an object behind it, also where a later item brought them."""
    inside: dict[tuple[str, ...], list[Sample]] = {}
    for path, each in found.items():
        inside.setdefault(path[:-1], []).append(each)

    def below(path: tuple[str, ...]) -> Iterator[Sample]:
        for each in inside.get(path, ()):
            yield each
            yield from below(each.path)

    return list(below(()))


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "switch"
        case str():
            return "text"
        case Mapping():
            return "object"
        case list():
            return "list"
        case _:
            return "number"
