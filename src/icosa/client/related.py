"""A record, and what hangs on it: found with a request for the record and at most one for each kind of what hangs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from icosa.call.page import Record
from icosa.call.where import F
from icosa.catalogue.junctions import Junction, joining
from icosa.catalogue.model import Catalogue, HasMany, Object
from icosa.client.blocking import Client

NEWEST: Final = 5
"""How many of each kind are shown unless more are wanted."""

TARGETS: Final = "targets"
"""What a note or a task hangs on."""

_MAY_BE_CUT: Final = 60
"""So many records of a collection come with a record on some servers, and no more."""

OfObject = tuple[Object, Record]
"""A record, and the object that it is of."""


@dataclass(frozen=True, slots=True)
class Related:
    """Records of one kind that hang on a record: their name ("notes"), how many there are, and the newest of them.

    `key` is the foreign key by which rows of `source` name the record.  Those rows are what is told, unless they only
    join it to the record, and `joins` says so.
    """

    name: str
    source: Object
    key: str
    total: int
    newest: tuple[OfObject, ...]
    joins: bool


@dataclass(frozen=True, slots=True)
class RecordWithRelated:
    """A record with those it points at, but without its collections, which are in `related`."""

    of: Object
    record: Record
    related: tuple[Related, ...]

    def mapped(self, change: Callable[[Record], Record]) -> "RecordWithRelated":
        """The same with every record changed so."""
        related = tuple(replace(each, newest=tuple((of, change(record)) for of, record in each.newest)) for each in self.related)
        return RecordWithRelated(self.of, change(self.record), related)


def gathered(crm: Client, resource: str, called: str, limit: int = NEWEST) -> RecordWithRelated:
    """The record that is called so, as for look_up, with so many of each kind that hangs on it, as far as the server has
    room for them on a page.  Raises UnknownObject, and what look_up raises."""
    return with_related(crm, crm[resource].object, crm[resource].look_up(called, depth=1), limit)


def with_related(crm: Client, of: Object, found: Record, limit: int = NEWEST) -> RecordWithRelated:
    """The same for a record that was read at depth 1."""
    record = dict(found)
    collections = {each: record.pop(each.name, None) or [] for each in crm.catalogue.has_many(of)}
    limit = min(limit, crm.offers.max_limit)
    names = {each.name for each in collections}
    related = [_related(crm, record["id"], each, there, limit) for each, there in collections.items() if there]
    apart = (replace(each, name=each.source.plural) if each.joins and each.name in names else each for each in related)
    return RecordWithRelated(of, record, tuple(sorted(apart, key=_rank)))


def _related(crm: Client, id_: str, collection: HasMany, there: Sequence[Record], limit: int) -> Related:
    source, key = crm.catalogue.by_singular[collection.source], collection.foreign_key
    joined, total = joining(crm.catalogue, source), len(there)
    ends_are_wanted = joined is not None or says_by_what_it_points_at(source)
    if ends_are_wanted or total >= _MAY_BE_CUT:
        order, depth = "createdAt[DescNullsLast]", int(ends_are_wanted)
        page = crm[source.plural].find_many(where=F[key] == id_, order_by=order, limit=limit, depth=depth)
        there, total = page, max(page.total_count, len(page))
    if joined is None:
        return Related(collection.name, source, key, total, _newest(((source, each) for each in there), limit), joins=False)
    own = joined.own.foreign_key == key
    ends = (end for row in there for end in _ends(crm.catalogue, joined, row, own=own))
    return Related(TARGETS if own else joined.of.plural, source, key, total, _newest(ends, limit), joins=True)


def says_by_what_it_points_at(of: Object) -> bool:
    """Whether records of an object say little by themselves: a participant is an address, and its message says the rest."""
    return of.system and len(of.belongs_to) > 1


def _ends(catalogue: Catalogue, joined: Junction, row: Record, *, own: bool) -> Iterator[OfObject]:
    """What a row joins to the record: a note on a person's side, what it hangs on on a note's."""
    for relation in joined.to.values() if own else (joined.own,):
        end: Any = row.get(relation.name)
        if isinstance(end, dict):
            yield catalogue.by_singular[relation.target], end


def _newest(records: Iterable[OfObject], limit: int) -> tuple[OfObject, ...]:
    return tuple(sorted(records, key=lambda each: str(each[1].get("createdAt")), reverse=True)[:limit])


def _rank(related: Related) -> int:
    """What people write and plan comes first, then what they sell and whom they know, then what is noted by itself."""
    return ("notes", "tasks", TARGETS).index(related.name) if related.name in ("notes", "tasks", TARGETS) else 3 + related.source.system
