"""Values named by paths that may lead into a related record: `name`, `address.addressCity`, `company.name`.

A path takes one hop at most, along a foreign key; collections are no places.  What a name stands for instead is told
as a `Misplaced`, because filters and orders word it differently.
"""

from enum import Enum, auto
from typing import NamedTuple

from icosa.catalogue.columns import Column, column_by_path
from icosa.catalogue.model import BelongsTo, Catalogue, Object


class Hop(NamedTuple):
    """From a record to the one that its foreign key `key` names, one of `to`; `name` is what the relation is called."""

    name: str
    key: Column
    to: Object


class Located(NamedTuple):
    """A column of an object, or, behind a hop, of a related one."""

    column: Column
    hop: Hop | None = None

    @property
    def path(self) -> str:
        return f"{self.hop.name}.{self.column.path}" if self.hop else self.column.path


class Why(Enum):
    """Why a path is no place."""

    UNKNOWN = auto()
    """`of` has nothing of the name."""
    WHOLE_COMPOSITE = auto()
    """A field of several parts is named without one."""
    NO_PART = auto()
    """It has no such part."""
    NO_PARTS = auto()
    """A part is named of a value that has none."""
    WHOLE_RELATION = auto()
    COLLECTION = auto()
    TOO_FAR = auto()
    """A second hop."""


class Misplaced(NamedTuple):
    """`name` is that of the field or relation of `of` at which the path fails, `rest` what stands behind it."""

    why: Why
    of: Object
    name: str
    rest: str = ""


def place_at(of: Object, path: str, catalogue: Catalogue) -> Located | Misplaced:
    """What a path names, seen from an object."""
    head, dot, rest = path.partition(".")
    relation = of.relation_by_name.get(head)
    if relation is None:
        return _own(of, path, catalogue)
    if not dot:
        return Misplaced(Why.WHOLE_RELATION, of, head)
    to = catalogue.by_singular[relation.target]
    if rest.partition(".")[0] in to.relation_by_name:
        return Misplaced(Why.TOO_FAR, to, rest)
    found = _own(to, rest, catalogue)
    return found if isinstance(found, Misplaced) else Located(found.column, hop_along(of, relation, to))


def hop_along(of: Object, relation: BelongsTo, to: Object) -> Hop:
    return Hop(relation.name, column_by_path(of)[relation.foreign_key], to)


def _own(of: Object, path: str, catalogue: Catalogue) -> Located | Misplaced:
    column = column_by_path(of).get(path)
    if column is not None:
        return Located(column)
    head, dot, rest = path.partition(".")
    field = of.field_by_name.get(head)
    if field is not None and field.type.composite:
        return Misplaced(Why.NO_PART if dot else Why.WHOLE_COMPOSITE, of, head, rest)
    if head in column_by_path(of):
        return Misplaced(Why.NO_PARTS, of, head, rest)
    if any(each.name == head for each in catalogue.has_many(of)):
        return Misplaced(Why.COLLECTION, of, head, rest)
    return Misplaced(Why.UNKNOWN, of, head, rest)
