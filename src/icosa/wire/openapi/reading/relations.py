"""Which collection is the other end of which relation.

A document shows both ends, and not that they belong together: `person.companyId` with `company`, and `company.people`
as a list of people.  Where two objects have several relations in one direction, the standard names go first, then a
collection that has the relation's name in its own (pointOfContact, pointOfContactForOpportunities), then their order.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icosa.catalogue.model import BelongsTo
from icosa.catalogue.naming import LONGEST, capitalised

Ends = tuple[str, str]
"""An object that points and one that is pointed at, by their singular names."""


class Pointing(NamedTuple):
    """A relation that was found: `source.name` points at `target`."""

    source: str
    name: str
    target: str


def inverses(
    pointing: Sequence[Pointing],
    collections: Mapping[Ends, Sequence[str]],
    standard: Mapping[tuple[str, str], BelongsTo],
    plural: Mapping[str, str],
    taken: Mapping[str, set[str]],
) -> dict[Pointing, str]:
    """The name that each relation has on the other side.

    `collections` are the names that the target has for records of the source, in the order of the document;
    `standard` are the standard relations by object and name; `plural` is what records of an object are called;
    `taken` are the names that an object has for other things.  A relation whose other end is not in the document
    gets a name that nothing else has.
    """
    left = {ends: list(names) for ends, names in collections.items()}
    found: dict[Pointing, str] = {}

    def give(each: Pointing, name: str | None) -> None:
        if name is not None:
            left[each.source, each.target].remove(name)
            found[each] = name

    for each in pointing:
        known = standard.get((each.source, each.name))
        if known is not None and known.target == each.target and known.inverse in left.get((each.source, each.target), ()):
            give(each, known.inverse)
    for each in pointing:
        alike = [name for name in left.get((each.source, each.target), ()) if each.name.lower() in name.lower()]
        if each not in found and len(alike) == 1:
            give(each, alike[0])
    for each in pointing:
        if each not in found:
            give(each, next(iter(left.get((each.source, each.target), ())), None))
    used = {target: set(names) for target, names in taken.items()}
    for each, name in found.items():
        used[each.target].add(name)
    for each in pointing:
        if each not in found:
            found[each] = _free(f"{plural[each.source]}By{capitalised(each.name)}", used[each.target])
            used[each.target].add(found[each])
    return found


def _free(name: str, used: set[str]) -> str:
    number = 2
    free = name = name[: LONGEST - 4]
    while free in used:
        free, number = f"{name}{number}", number + 1
    return free
