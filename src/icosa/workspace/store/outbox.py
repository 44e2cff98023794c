"""The outbox: what happened, written in the transaction in which it happened.

One row a write and object.  `records` is a JSON list of {"before": …, "after": …}, each the depth-0
JSON of a record as its row holds it, so that what is sealed there is sealed here; `ids` are theirs.  Where a database can tell
records by their rows (sqlite/event_rows.py), that of a creation has neither until one of them changes; what it tells of is read all
the same.

Of a record that is destroyed nothing stays but its id: not in the event that says so, nor in those before it.
"""

from collections.abc import Iterable, Sequence

import orjson

from icosa.catalogue.model import Object
from icosa.wire.identifiers import new_ids
from icosa.workspace.store import history
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.names import FIRST_EVENT, LAST_EVENT
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.store.write import Occurrence, Writing

FEW = 1000
"""Records that are looked up in the outbox one by one; for more of them it is read."""

WINDOW = 20_000
"""Events that one statement reads."""

Change = tuple[str, str | None, str | None]
"""A record's id, and what it was and is: its JSON without the opening brace, or None where it is not there."""


def keeps_history(writing: Writing) -> bool:
    """Whether what happens becomes lines in the history of its records, which tell of their JSON."""
    return "timeline" in writing.version.writes.effects


def event(writing: Writing, of: Object, action: str, changes: Sequence[Change], updated_fields: Sequence[str] | None = None) -> Statement:
    """Records that `action` happened."""
    if action != "destroyed" and keeps_history(writing):
        writing.happened.append(Occurrence(of, action, changes))
    records = ",".join(f'{{"before":{_record(before)},"after":{_record(after)}}}' for _, before, after in changes)
    fields = None if updated_fields is None else orjson.dumps(list(updated_fields)).decode()
    ids = orjson.dumps([id_ for id_, _, _ in changes]).decode()
    return Statement(
        "INSERT INTO icosa_outbox (at, object, action, actor, updated_fields, records, ids) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (writing.now, of.singular, action, orjson.dumps(writing.actor).decode(), fields, f"[{records}]", ids),
    )


def tells_lines(writing: Writing, of: Object) -> bool:
    """Whether there are lines that tell of new records of an object."""
    return keeps_history(writing) and history.has_history(writing.catalogue, of)


def created(writing: Writing, of: Object, made: Sequence[tuple[str, str]], line_ids: Sequence[str] | None = None) -> Statement:
    """Records that records were created, each an (id, doc), by the statement before this one.
    The database may owe the lines of history that tell of it; else they are made of what `happened`.  `line_ids` are their ids, where
    whoever created the records has made them, and none where there are no lines."""
    lines = tells_lines(writing, of) if line_ids is None else bool(line_ids)
    text = writing.dialect.created_event(of, len(made), lines=lines)
    if not text:
        return event(writing, of, "created", [(id_, None, doc) for id_, doc in made])
    if lines:
        ids = '","'.join(line_ids or new_ids(len(made)))
        return Statement(text, (writing.now, orjson.dumps(writing.actor).decode(), f'["{ids}"]'))
    if keeps_history(writing):
        writing.happened.append(Occurrence(of, "created", [(id_, None, doc) for id_, doc in made]))
    return Statement(text, (writing.now, orjson.dumps(writing.actor).decode()))


def deleted(writing: Writing, of: Object, id_: str) -> Statement | None:
    """Records that a record was deleted, if the statement before this one has marked it, and gives a row then; None where that is told
    with its JSON."""
    text = "" if keeps_history(writing) else writing.dialect.deleted_event(of)
    return Statement(text, (writing.now, orjson.dumps(writing.actor).decode(), id_)) if text else None


def destroyed(writing: Writing, of: Object, ids: Iterable[str]) -> Statement:
    return event(writing, of, "destroyed", [(id_, f'"id":"{id_}"}}', None) for id_ in ids])


def erase(dialect: Dialect, ids: Iterable[str]) -> Statements[None]:
    """Takes everything but their ids from what the outbox tells of these records, which are being destroyed."""
    gone = set(ids)
    # Each event once, however many of them it tells of, and all who erase in the same order: an event may be long.
    for sequence in (yield from _events_of(dialect, sorted(gone))):
        rows = yield Statement(f"SELECT records FROM icosa_outbox WHERE sequence = ?{dialect.FOR_CHANGE}", (sequence,))
        for (records,) in rows:
            yield Statement("UPDATE icosa_outbox SET records = ? WHERE sequence = ?", (_without(records, gone), sequence))


def _events_of(dialect: Dialect, ids: list[str]) -> Statements[list[int]]:
    """The numbers of the events that tell of any of these records, in order."""
    bound = dialect.ids(ids)
    if not dialect.EVENTS_AMONG or len(ids) <= FEW:
        return [int(row[0]) for row in (yield Statement(dialect.EVENTS_OF, (bound,)))]
    ((first, last),) = yield Statement(f"SELECT {FIRST_EVENT}, {LAST_EVENT}")
    found: list[int] = []
    for low in range(first or 0, (last or -1) + 1, WINDOW):
        found += [int(row[0]) for row in (yield Statement(dialect.EVENTS_AMONG, (bound, low, low + WINDOW - 1)))]
    return found


def ids_in(records: str) -> list[str]:
    """The ids of the records that an event tells of, in its order."""
    return [(each["after"] or each["before"])["id"] for each in orjson.loads(records)]


def _without(records: str, gone: set[str]) -> str:
    changes = orjson.loads(records)
    for each in changes:
        for side, record in each.items():
            if record and record["id"] in gone:
                each[side] = {"id": record["id"]}
    return orjson.dumps(changes).decode()


def _record(doc: str | None) -> str:
    return "null" if doc is None else "{" + doc
