"""Objects that only join others: a note hangs on a person by a note target, which names both.

Which they are is told by their names, as every Twenty workspace has them: the rows of `note` are `noteTarget`, one of
whose relations is `note`; every other relation of it leads to what a note can hang on.  Older servers call that
relation `person`, newer ones `targetPerson`, and an object of a workspace's own has one as well.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.catalogue.naming import capitalised


class Junction(NamedTuple):
    """`of` is what hangs on records, `rows` the object that says on which, by `own` and one of `to`: relations by the
    plural name of what they lead to."""

    of: Object
    rows: Object
    own: BelongsTo
    to: Mapping[str, BelongsTo]


@lru_cache(maxsize=256)
def junction(catalogue: Catalogue, of: Object) -> Junction | None:
    """What joins the records of an object to others; None where they hang on nothing."""
    rows = catalogue.by_singular.get(f"{of.singular}Target")
    own = rows.relation_by_name.get(of.singular) if rows else None
    if rows is None or own is None or own.target != of.singular:
        return None
    to: dict[str, BelongsTo] = {}
    for relation in rows.belongs_to:
        plural = catalogue.by_singular[relation.target].plural
        if relation is not own and (plural not in to or relation.name in _usual(relation.target)):
            to[plural] = relation
    return Junction(of, rows, own, MappingProxyType(to)) if to else None


@lru_cache(maxsize=256)
def joining(catalogue: Catalogue, rows: Object) -> Junction | None:
    """The junction that an object is the rows of; None where it is none."""
    of = catalogue.by_singular.get(rows.singular.removesuffix("Target"))
    found = junction(catalogue, of) if of else None
    return found if found is not None and found.rows.singular == rows.singular else None


def _usual(singular: str) -> tuple[str, str]:
    """How a relation to an object is called, where several lead to it."""
    return singular, f"target{capitalised(singular)}"
