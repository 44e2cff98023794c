"""What the floor server does for each of its paths: one statement, and the bytes around what it yields."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from icosa.wire.identifiers import new_id


@dataclass(frozen=True, slots=True)
class Step:
    """One path of the floor: `sql` yields what is sent between `head` and `tail`.

    A read binds the last part of the path where `by_id`, else `values`.  A write binds `row`, with a new id and e-mail at
    `fresh`, or a new word there and the path's id last where `by_id`: a value that stays what it was would leave
    the indexes alone.  `records` rows go into one transaction, and one event after them.
    """

    sql: str
    head: str
    tail: str
    by_id: bool = False
    values: list[Any] = field(default_factory=list)
    writes: bool = False
    records: int = 1
    row: list[Any] = field(default_factory=list)
    fresh: list[int] = field(default_factory=list)

    def bound(self, id_: str) -> list[Any]:
        """What a read binds."""
        return [id_] if self.by_id else self.values


@dataclass(frozen=True, slots=True)
class Plan:
    """A floor's database and its paths."""

    database: str
    steps: dict[str, Step]

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), "utf-8")

    @classmethod
    def read(cls, path: Path) -> "Plan":
        told = json.loads(path.read_text("utf-8"))
        return cls(told["database"], {name: Step(**step) for name, step in told["steps"].items()})


OUTBOX = "INSERT INTO icosa_outbox (at, object, action, actor, updated_fields, records, ids) VALUES (?, ?, ?, ?, ?, ?, ?)"
"""The event of a write, as a workspace records it in the same transaction."""

_ID = re.compile('"id":"([^"]*)"')

AN_EVENT = ("2026-01-05T00:00:00.000Z", "person", "written", '{"source":"API","workspaceMemberId":null,"name":"bench","context":{}}', None)
"""What the outbox says of every write but its records and their ids."""


def event_of(docs: Sequence[str]) -> tuple[str, str]:
    """The records of an event, from the docs of their rows, and their ids."""
    records = "[" + ",".join(f'{{"before":null,"after":{{{doc}}}' for doc in docs) + "]"
    return records, json.dumps([_ID.search(doc)[1] for doc in docs])  # type: ignore[index]  # each has one


def changed_row(step: Step, id_: str) -> list[Any]:
    """The values of an update that makes a difference."""
    row = list(step.row)
    for at in step.fresh:
        row[at] = f"{row[at]} {next(_WORDS)}"
    return [*row, id_]


_WORDS = count(10_000)


def own_row(step: Step) -> list[Any]:
    """The row of a create with an id and an e-mail that no other has."""
    row, id_ = list(step.row), new_id()
    at_id, at_email = step.fresh
    row[at_id], row[at_email] = id_, f"{id_}@example.com"
    return row
