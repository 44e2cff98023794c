"""Events are read once each, in an order that a reader may go by, and forgotten when they are old."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count, permutations, product
from typing import Any

import asyncpg
import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidInput
from icosa.workspace import open_workspace
from icosa.workspace.events import feed
from icosa.workspace.events.feed import Event
from icosa.workspace.store.sqlite.connect import connect
from icosa.workspace.store.sqlite.run import run
from icosa.workspace.store.statement import Statement, Statements
from tests.workspace.conftest import Caller


def read(crm: Caller, cursor: str, limit: int = 100) -> tuple[list[Event], str]:
    store = crm.workspace.store
    return store.read(lambda: feed.after(store.dialect, cursor, limit))


def read_all(crm: Caller, limit: int) -> list[Event]:
    found: list[Event] = []
    cursor = ""
    while True:
        events, cursor = read(crm, cursor, limit)
        found += events
        if len(events) < limit:
            return found


def sequences(events: list[Event]) -> list[int]:
    return [each.sequence for each in events]


def test_a_reader_sees_every_event_once_in_parts_of_any_length(crm: Caller) -> None:
    id_ = crm.good("POST", "/rest/companies", {"name": "Acme"})["id"]
    for employees in range(9):
        crm.good("PATCH", f"/rest/companies/{id_}", {"employees": employees})
    whole = read_all(crm, 100)
    assert [each.action for each in whole] == ["created", *["updated"] * 9]
    assert whole[3].records[0]["after"] is not None
    assert (whole[3].updated_fields, whole[3].records[0]["after"]["employees"]) == (["employees"], 2)
    for limit in (1, 2, 3, 10):
        assert read_all(crm, limit) == whole


def test_who_has_read_all_sees_what_comes_then_and_nothing_twice(crm: Caller) -> None:
    crm.good("POST", "/rest/companies", {"name": "Acme"})
    _, cursor = read(crm, "")
    assert read(crm, cursor) == ([], cursor)
    new = crm.good("POST", "/rest/companies", {"name": "Beta"})["id"]
    events, cursor = read(crm, cursor)
    assert [each.records[0]["after"]["id"] for each in events if each.records[0]["after"]] == [new]
    assert read(crm, cursor)[0] == []


@pytest.mark.parametrize("cursor", ["x", "-1", " ", "1:1", "1:1: 1:1:", "1:1:x 1:1: 4", "²", "9" * 30, "1:1:\n"])
def test_a_cursor_of_something_else_is_refused(crm: Caller, cursor: str) -> None:
    with pytest.raises(InvalidInput, match="begin with an empty one"):
        read(crm, cursor)


def test_a_cursor_of_the_other_store_is_refused(crm: Caller) -> None:
    with pytest.raises(InvalidInput, match="begin with an empty one"):
        read(crm, "5:5:" if crm.database.startswith("sqlite") else "5")


_OUTBOX = "INSERT INTO icosa_outbox (at, object, action, actor, records, ids) VALUES (now(), $1, 'created', '{}', '[]', '[]')"


async def _late(crm: Caller, connections: list[asyncpg.Connection], order: Sequence[int], looks: Sequence[bool], limit: int) -> None:
    """Transactions take their numbers in one order and end in another, while somebody reads now and then."""
    seen: list[str] = []
    cursor = await asyncio.to_thread(_at_end, crm)

    async def look() -> bool:
        nonlocal cursor
        events, cursor = await asyncio.to_thread(read, crm, cursor, limit)
        seen.extend(each.object for each in events)
        return bool(events)

    begun = [each.transaction() for each in connections]
    for number, (connection, transaction) in enumerate(zip(connections, begun, strict=True)):
        await transaction.start()
        await connection.execute(_OUTBOX, f"{number}")
    for number, looking in zip(order, looks, strict=True):
        await connections[number].execute(_OUTBOX, f"{number} again")
        await begun[number].commit()
        if looking:
            await look()
    while await look():
        pass
    assert sorted(seen) == sorted(f"{number}{again}" for number in order for again in ("", " again"))
    assert all(seen.index(f"{number}") < seen.index(f"{number} again") for number in order)


def _at_end(crm: Caller) -> str:
    events, cursor = read(crm, "", 1000)
    while events:
        events, cursor = read(crm, cursor, 1000)
    return cursor


def test_who_ends_late_is_not_missed_and_nobody_comes_twice(crm: Caller) -> None:
    if crm.database.startswith("sqlite"):
        pytest.skip("on SQLite writes follow each other")

    async def every_way() -> None:
        connections = [await asyncpg.connect(crm.database) for _ in range(3)]
        for order in permutations(range(3)):
            for looks in product((False, True), repeat=3):
                for limit in (1, 2):
                    await _late(crm, connections, order, looks, limit)
        for each in connections:
            await each.close()

    asyncio.run(every_way())


def test_events_that_a_dump_brought_from_another_server_are_read_once(crm: Caller) -> None:
    if crm.database.startswith("sqlite"):
        pytest.skip("a file brings its numbers along")
    crm.good("POST", "/rest/companies", {"name": "A"})

    def elsewhere() -> Statements[None]:
        yield Statement("UPDATE icosa_outbox SET xid = '4000000000'")

    crm.workspace.store.write(elsewhere)
    open_workspace(crm.database).close()
    (event,), cursor = read(crm, "")
    assert event.action == "created"
    assert read(crm, cursor) == ([], cursor)


def _make_old(crm: Caller, days: list[float]) -> None:
    """Gives the events so many days of age, from the first one on."""

    def steps() -> Statements[None]:
        rows = yield Statement("SELECT sequence FROM icosa_outbox ORDER BY sequence")
        now = crm.workspace.now()
        for (sequence,), age in zip(rows, days, strict=False):
            yield Statement("UPDATE icosa_outbox SET at = ? WHERE sequence = ?", (feed.days_before(now, age), sequence))

    crm.workspace.store.write(steps)


def test_events_are_forgotten_after_some_days_and_others_stay(crm: Caller) -> None:
    for name in ("A", "B", "C"):
        crm.good("POST", "/rest/companies", {"name": name})
    _make_old(crm, [feed.KEPT_DAYS + 1, feed.KEPT_DAYS - 0.1])
    assert crm.workspace.tidy()
    assert not crm.workspace.tidy()
    assert [each.records[0]["after"]["name"] for each in read(crm, "")[0] if each.records[0]["after"]] == ["B", "C"]


def test_the_newest_event_stays_so_that_no_number_is_given_twice(crm: Caller) -> None:
    crm.good("POST", "/rest/companies", {"name": "A"})
    crm.good("POST", "/rest/companies", {"name": "B"})
    (first, last), cursor = read(crm, "")
    _make_old(crm, [400.0, 400.0])
    while crm.workspace.tidy():
        pass
    assert sequences(read(crm, "")[0]) == [last.sequence]
    crm.good("POST", "/rest/companies", {"name": "C"})
    (new,), _ = read(crm, cursor)
    assert new.sequence > last.sequence > first.sequence


def test_there_are_no_more_than_so_many(crm: Caller) -> None:
    for number in range(7):
        crm.good("POST", "/rest/companies", {"employees": number})
    store, now = crm.workspace.store, crm.workspace.now()
    assert store.read(lambda: feed.due(now, at_most=3))
    while store.write(lambda: feed.forget(now, at_most=3)):
        pass
    assert not store.read(lambda: feed.due(now, at_most=3))
    assert len(read(crm, "")[0]) == 3


def test_a_forgotten_event_leaves_no_trace_of_its_records(open_caller: Callable[[Catalogue], Caller]) -> None:
    crm = open_caller(STANDARD)
    ids: list[Any] = [crm.good("POST", "/rest/companies", {"name": name})["id"] for name in ("A", "B")]
    for id_ in ids:
        crm.good("PATCH", f"/rest/companies/{id_}", {"name": f"{id_} & Sons"})
    _make_old(crm, [400.0] * 3)
    crm.workspace.tidy()

    def told(*ids: str) -> Statements[list[Any]]:
        dialect = crm.workspace.store.dialect
        return (yield Statement(dialect.EVENTS_OF, (dialect.ids(list(ids)),)))

    (left,), _ = read(crm, "")
    assert crm.workspace.store.read(lambda: told(ids[0])) == []
    assert [row[0] for row in crm.workspace.store.read(lambda: told(*ids))] == [left.sequence]


def _count(taken: "count[int]") -> bool:
    next(taken)
    return False  # it may go on


@pytest.mark.sqlite
def test_looking_for_old_events_takes_no_longer_the_more_there_are(open_caller: Callable[[Catalogue], Caller]) -> None:
    crm = open_caller(STANDARD)
    now, steps = crm.workspace.now(), []
    connection = connect(str(crm.path))
    for more in (1000, 20_000):
        connection.execute(
            "WITH RECURSIVE number(one) AS (SELECT 1 UNION ALL SELECT one + 1 FROM number WHERE one < ?) "
            "INSERT INTO icosa_outbox (at, object, action, actor, records, ids) "
            "SELECT ?, 'company', 'created', '{}', '[]', '[]' FROM number",
            (more, now),
        )
        connection.execute(
            "UPDATE icosa_outbox SET at = ? WHERE sequence = (SELECT min(sequence) FROM icosa_outbox)", (feed.days_before(now, 400),)
        )
        taken = count()
        connection.set_progress_handler(partial(_count, taken), 10)
        assert run(connection, feed.due(now))
        assert run(connection, feed.forget(now)) == 1
        assert not run(connection, feed.due(now))
        connection.set_progress_handler(None)
        steps.append(next(taken))
    connection.close()
    assert steps[1] < 2 * steps[0]
