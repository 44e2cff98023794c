"""What is attached to records already: notes and tasks, by the records of another object that point at both."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from icosa.call.where import Where
from icosa.catalogue.model import Object
from icosa.client.blocking import Client
from icosa.imports.import_part import Attachment
from icosa.plans.matching import by_ids, found, within
from icosa.plans.step import Json


@dataclass(slots=True)
class Attached:
    """`asked` are the ids that were looked up, `records` what is attached to each of them, and to nothing surer; `pairs`
    the ids of what is attached and of what it is attached to."""

    asked: set[str] = field(default_factory=set)
    records: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    pairs: set[tuple[str, str]] = field(default_factory=set)

    def add(self, other: "Attached") -> None:
        self.asked |= other.asked
        self.records.update(other.records)
        self.pairs |= other.pairs


def attached_to(client: Client, of: Object, attachment: Attachment, ids: Mapping[str, Iterable[str]]) -> Attached:
    """The records of an object that are attached to others; `ids` are those by the foreign key that points at them."""
    there = Attached()
    near: dict[str, None] = {}
    for foreign_key, wanted in ids.items():
        there.asked |= (some := set(wanted))
        near |= dict.fromkeys(each[attachment.own] for each in _joints(client, attachment, foreign_key, sorted(some)))
    records = by_ids(client, of, filter(None, near))
    surest: dict[str, tuple[int, list[str]]] = {}
    for joint in _joints(client, attachment, attachment.own, records):
        own = joint[attachment.own]
        for rank, (_, foreign_key) in enumerate(attachment.to):
            if other := joint[foreign_key]:
                there.pairs.add((own, other))
                before, others = surest.get(own, (rank, []))
                surest[own] = (rank, [other]) if rank < before else (before, [*others, *([other] if rank == before else [])])
    for own, (_, others) in surest.items():
        for other in dict.fromkeys(others):
            there.records[other].append(records[own])
    return there


def _joints(client: Client, attachment: Attachment, foreign_key: str, ids: Iterable[str]) -> Iterator[Json]:
    """The records that point at both, of which one end has one of these ids."""
    for tree in within(foreign_key, ids, client):
        yield from found(client, attachment.of, Where(tree))
