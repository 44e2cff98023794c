"""Objects are made, changed and taken away while a workspace answers: everybody who has the database open knows of it at
their next request, records stay what they were, and what was planned before is planned anew."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Thread
from typing import Any

import asyncpg
import orjson
import pytest

from icosa.catalogue.fields import Text
from icosa.catalogue.model import CASCADE, BelongsTo, Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidInput, Overloaded
from icosa.wire.message import Request
from icosa.workspace import IN_PROCESS, Workspace, open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.store.stored_catalogue import Reshaping
from tests.workspace.conftest import Caller

WIDGET = Object(
    "widget",
    "widgets",
    "Something that is sold.",
    (Text("name", "Its name."), BelongsTo("maker", "company", "widgets", "Who makes it.")),
    custom=True,
)
OTHER_KIND = replace(WIDGET, members=(*WIDGET.members, Field("size", "NUMBER", "How large it is.", default=7)))


def with_objects(*objects: Object) -> Reshaping[None]:
    def begin(held: Catalogue) -> Statements[tuple[Catalogue, None]]:
        yield Statement("SELECT 1")
        return held.with_objects(*objects), None

    return begin


def without(*singulars: str) -> Reshaping[None]:
    def begin(held: Catalogue) -> Statements[tuple[Catalogue, None]]:
        yield Statement("SELECT 1")
        return held.without(*(held.by_singular[each] for each in singulars)), None

    return begin


@pytest.fixture
def beside(crm: Caller) -> Iterator[Caller]:
    """The same database, opened by somebody else."""
    workspace = open_workspace(crm.database)
    yield Caller(workspace, crm.database)
    workspace.close()


def test_a_new_object_answers_at_once(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {"name": "Analytical Engines"})
    assert "'widgets' not found" in crm.refused("GET", "/rest/widgets")
    crm.workspace.store.reshape(with_objects(WIDGET))
    assert "widgets" in crm.workspace.catalogue.by_plural
    made = crm.good("POST", "/rest/widgets", {"name": "Cog", "makerId": company["id"]}, depth=1)
    assert made["maker"]["name"] == "Analytical Engines"
    assert crm.good("GET", f"/rest/companies/{company['id']}", depth=1)["widgets"][0]["id"] == made["id"]
    assert "/widgets" in crm.send("GET", "/rest/open-api/core")[1]["paths"]


def test_who_else_has_the_database_open_knows_of_it_at_the_next_request(crm: Caller, beside: Caller) -> None:
    assert beside.ids("companies") == []
    crm.workspace.store.reshape(with_objects(WIDGET))
    id_ = beside.good("POST", "/rest/widgets", {"name": "Cog"})["id"]
    crm.workspace.store.reshape(with_objects(OTHER_KIND))
    assert beside.ids("widgets", filter="size[eq]:7") == [id_]
    assert crm.ids("widgets", filter="size[eq]:7") == [id_]
    beside.workspace.store.reshape(without("widget"))
    assert "'widgets' not found" in crm.refused("GET", "/rest/widgets", filter="size[eq]:7")


def test_a_key_is_told_of_it_too(crm: Caller, beside: Caller) -> None:
    _, token = create_key(crm.workspace, "reader", "2100-01-01")
    asked = Request("GET", "/rest/widgets", token=token)
    assert beside.workspace.answer(asked).status == 400
    crm.workspace.store.reshape(with_objects(WIDGET))
    assert beside.workspace.answer(asked).status == 200
    crm.workspace.store.reshape(without("widget"))
    assert beside.workspace.answer(asked).status == 400


@pytest.mark.sqlite
def test_an_event_loop_is_told_of_it_too(crm: Caller, beside: Caller) -> None:
    asked, long = (Request("POST", "/rest/widgets", body=orjson.dumps({"name": "Cog" * length})) for length in (1, 10_000))

    async def statuses() -> list[int]:
        return [(await beside.workspace.answer_soon(each, IN_PROCESS)).status for each in (asked, long)]

    assert asyncio.run(statuses()) == [400, 400]
    crm.workspace.store.reshape(with_objects(WIDGET))
    assert asyncio.run(statuses()) == [201, 201]
    crm.workspace.store.reshape(without("widget"))
    assert asyncio.run(statuses()) == [400, 400]


def test_it_is_there_when_the_database_is_opened_again(crm: Caller) -> None:
    crm.workspace.store.reshape(with_objects(WIDGET))
    crm.good("POST", "/rest/widgets", {"name": "Cog"})
    again = open_workspace(crm.database)
    try:
        assert again.answer(Request("GET", "/rest/widgets"), IN_PROCESS).status == 200
        assert again.catalogue == crm.workspace.catalogue == STANDARD.with_objects(WIDGET)
    finally:
        again.close()


def test_records_keep_what_they_hold_when_their_object_is_changed(crm: Caller) -> None:
    crm.workspace.store.reshape(with_objects(OTHER_KIND))
    ids = [each["id"] for each in crm.good("POST", "/rest/batch/widgets", [{"name": f"Cog {each}", "size": each} for each in range(5)])]
    kind = Field("kind", "SELECT", "Its kind.", options=("SMALL", "LARGE"), default="SMALL")
    crm.workspace.store.reshape(with_objects(replace(OTHER_KIND, members=(*OTHER_KIND.members[1:], kind))))
    found = crm.good("GET", "/rest/widgets", order_by="size")
    assert [each["id"] for each in found] == ids
    assert [(each["size"], each["kind"], "name" in each) for each in found] == [(each, "SMALL", False) for each in range(5)]


def test_what_is_taken_away_is_gone_with_its_records(crm: Caller) -> None:
    child = Object("part", "parts", "A part of it.", (BelongsTo("widget", "widget", "parts", "What it is in.", CASCADE),), custom=True)
    crm.workspace.store.reshape(with_objects(WIDGET, child))
    crm.good("POST", "/rest/parts", {"widgetId": crm.good("POST", "/rest/widgets", {"name": "Cog-of-a-secret-kind"})["id"]})
    crm.workspace.store.reshape(without("widget"))
    (part,) = crm.good("GET", "/rest/parts")
    assert part["widgetId"] is not None
    crm.workspace.store.reshape(with_objects(WIDGET))
    assert crm.ids("widgets") == []
    assert crm.send("GET", "/rest/widgets")[1]["totalCount"] == 0

    def events() -> Statements[int]:
        rows = yield Statement("SELECT count(*) FROM icosa_outbox WHERE object = 'widget'")
        return int(rows[0][0])

    assert crm.workspace.store.read(events) == 0


def test_a_change_that_is_refused_changes_nothing(crm: Caller) -> None:
    def begin(held: Catalogue) -> Statements[tuple[Catalogue, None]]:
        yield Statement("UPDATE icosa_schema SET fingerprint = 'gone' WHERE name = 'company'")
        raise InvalidInput("not this one")

    with pytest.raises(InvalidInput, match="not this one"):
        crm.workspace.store.reshape(begin)

    def fingerprint() -> Statements[Any]:
        return (yield Statement("SELECT 1 FROM icosa_schema WHERE fingerprint = 'gone'"))

    assert crm.workspace.store.read(fingerprint) == []
    assert crm.workspace.catalogue == STANDARD


@pytest.mark.sqlite
def test_a_change_that_is_too_much_for_the_database_is_refused_and_changes_nothing(crm: Caller) -> None:
    wide = replace(WIDGET, members=tuple(Field(f"size{each}", "NUMBER", "How large it is.", nullable=True) for each in range(2_100)))
    with pytest.raises(InvalidInput, match="does not take this change"):
        crm.workspace.store.reshape(with_objects(wide))
    assert crm.send("GET", "/rest/widgets")[0] == 400


def test_a_write_that_was_planned_before_is_planned_anew(crm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    crm.workspace.store.reshape(with_objects(WIDGET))
    crm.good("GET", "/rest/widgets")
    changed = changing_before_writes(crm.workspace, monkeypatch, with_objects(OTHER_KIND))
    assert crm.good("POST", "/rest/widgets", {"name": "Cog"})["size"] == 7
    assert changed == [1]
    assert len(crm.ids("widgets")) == 1


def test_a_write_to_what_was_taken_away_meanwhile_is_refused_as_such(crm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    crm.workspace.store.reshape(with_objects(WIDGET))
    crm.good("GET", "/rest/widgets")
    changing_before_writes(crm.workspace, monkeypatch, without("widget"))
    assert "'widgets' not found" in crm.refused("POST", "/rest/widgets", {"name": "Cog"})


def changing_before_writes(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, change: Reshaping[None]) -> list[int]:
    """Has somebody else change the objects between a request's planning and its writing, once."""
    changed: list[int] = []
    write = workspace.store.write

    def meanwhile(begin: Callable[[], Statements[Any]], **settings: Any) -> Any:
        if not changed:
            changed.append(1)
            workspace.store.reshape(change)
        return write(begin, **settings)

    monkeypatch.setattr(workspace.store, "write", meanwhile)
    return changed


def test_a_change_does_not_wait_for_ever_for_who_reads_on_postgresql(crm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    if not crm.database.startswith("postgresql"):
        pytest.skip("who reads from a file holds nobody up")
    monkeypatch.setattr("icosa.workspace.store.postgres.connect.LOCK_MILLISECONDS", 50)
    crm.workspace.store.reshape(with_objects(WIDGET))

    async def while_somebody_reads() -> None:
        connection = await asyncpg.connect(crm.database)
        try:
            async with connection.transaction():
                await connection.fetch('SELECT * FROM "_widget"')
                with pytest.raises(Overloaded, match="nothing was changed"):
                    await asyncio.to_thread(crm.workspace.store.reshape, with_objects(OTHER_KIND))
        finally:
            await connection.close()

    asyncio.run(while_somebody_reads())
    assert "size" not in crm.good("POST", "/rest/widgets", {"name": "Cog"})
    crm.workspace.store.reshape(with_objects(OTHER_KIND))
    assert crm.good("GET", "/rest/widgets")[0]["size"] == 7


def test_a_change_takes_as_long_as_it_takes_on_postgresql(crm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    if not crm.database.startswith("postgresql"):
        pytest.skip("there is nobody to wait for with a file")
    monkeypatch.setattr("icosa.workspace.store.postgres.connect._DIALOGUE_SECONDS", 0.2)

    def slow(held: Catalogue) -> Statements[tuple[Catalogue, None]]:
        yield Statement("SELECT pg_sleep(0.5)")
        return held.with_objects(WIDGET), None

    crm.workspace.store.reshape(slow)
    assert crm.ids("widgets") == []


def test_others_write_while_objects_change_and_none_of_it_is_lost(crm: Caller, beside: Caller) -> None:
    crm.workspace.store.reshape(with_objects(WIDGET))
    statuses: list[int] = []

    def write() -> None:
        for each in range(20):
            statuses.append(beside.send("POST", "/rest/widgets", {"name": f"Cog {each}"})[0])

    writing = Thread(target=write)
    writing.start()
    for each in range(3):
        more = [Field(f"more{number}", "NUMBER", "One more.", default=number) for number in range(each + 1)]
        crm.workspace.store.reshape(with_objects(replace(OTHER_KIND, members=(*OTHER_KIND.members, *more))))
    writing.join()
    assert statuses == [201] * 20
    assert [each["more2"] for each in crm.good("GET", "/rest/widgets")] == [2] * 20
