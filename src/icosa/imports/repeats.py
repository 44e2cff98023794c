"""Rows that mean the same record, made one."""

from collections.abc import Sequence

from icosa.call.paths import nested, paths, says_nothing
from icosa.catalogue.columns import together
from icosa.catalogue.model import Object
from icosa.plans.step import Json


def merged(of: Object, first: Json, later: Json) -> tuple[Json, Sequence[str]]:
    """A record, and what a later row fills of what it leaves empty; and the paths at which both say something, and not
    the same: there the first stands.  What is one value to a person, such as an amount and its currency, is filled
    together or not at all."""
    held, added = dict(paths(first)), dict(paths(later))
    filled: Json = {}
    otherwise: list[str] = []
    for path, value in added.items():
        if says_nothing(value):
            continue
        if any(not says_nothing(held.get(each)) for each in together(of, (path,))):
            if held.get(path) != value:
                otherwise.append(path)
        else:
            filled[path] = value
    return nested({**held, **filled}), otherwise
