"""What is destroyed leaves nothing behind but its id."""

from collections.abc import Callable

import apsw
import orjson
import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.workspace import open_workspace
from icosa.workspace.store import outbox
from icosa.workspace.store.sqlite.indexing import bring_up_to_date
from icosa.workspace.store.statement import Row, Statement, Statements
from tests.workspace.conftest import Caller

FIRST, LAST, NOTE = "qxfirstvalue@example.com", "qxlastvalue@example.com", "qxnote of a person"


def told_of(crm: Caller, id_: str) -> list[tuple[str, str]]:
    """(action, text) of each event in which an id stands."""

    def steps() -> Statements[list[Row]]:
        return (yield Statement(f"SELECT action, records FROM {crm.workspace.store.dialect.EVENTS} ORDER BY sequence"))

    return [(action, records) for action, records in crm.workspace.store.read(steps) if id_ in records]


def a_life(crm: Caller) -> str:
    """The id of a person who was created, changed, deleted, brought back, and destroyed."""
    id_: str = crm.good("POST", "/rest/people", {"emails": {"primaryEmail": FIRST}})["id"]
    crm.good("PATCH", f"/rest/people/{id_}", {"emails": {"primaryEmail": LAST}})
    crm.good("DELETE", f"/rest/people/{id_}")
    crm.good("PATCH", f"/rest/restore/people/{id_}")
    crm.good("DELETE", f"/rest/people/{id_}", permanent="true")
    return id_


def test_the_outbox_keeps_the_id_alone_of_what_is_destroyed(crm: Caller) -> None:
    id_ = a_life(crm)
    told = told_of(crm, id_)
    assert [action for action, _ in told] == ["created", "updated", "deleted", "restored", "destroyed"]
    for _, records in told:
        assert {orjson.dumps(record) for change in orjson.loads(records) for record in change.values() if record} == {
            orjson.dumps({"id": id_})
        }


def test_others_of_the_same_write_keep_what_is_told_of_them(crm: Caller) -> None:
    ada, grace = crm.good("POST", "/rest/batch/people", [{"jobTitle": "Analyst"}, {"jobTitle": "Admiral"}])
    crm.good("DELETE", f"/rest/people/{ada['id']}", permanent="true")
    ((_, records), _) = told_of(crm, ada["id"])
    assert orjson.loads(records) == [{"before": None, "after": {"id": ada["id"]}}, {"before": None, "after": grace}]


def test_what_goes_along_with_it_is_erased_too(crm: Caller) -> None:
    person = crm.good("POST", "/rest/people", {})["id"]
    favorite = crm.good("POST", "/rest/favorites", {"personId": person, "position": 77})["id"]
    crm.good("DELETE", f"/rest/people/{person}", permanent="true")
    assert crm.send("GET", f"/rest/favorites/{favorite}")[0] == 400
    assert [orjson.loads(records) for _, records in told_of(crm, favorite)] == [[{"before": None, "after": {"id": favorite}}]]


def test_all_that_goes_along_is_erased_from_the_one_event_that_tells_of_it(crm: Caller) -> None:
    gone, stays = (crm.good("POST", "/rest/people", {})["id"] for _ in range(2))
    made = crm.good("POST", "/rest/batch/favorites", [{"personId": person, "position": 77} for person in (gone, stays, gone)])
    crm.good("DELETE", f"/rest/people/{gone}", permanent="true")
    ((_, records),) = told_of(crm, made[1]["id"])
    assert [change["after"] for change in orjson.loads(records)] == [{"id": made[0]["id"]}, made[1], {"id": made[2]["id"]}]


def test_it_is_so_also_where_more_is_destroyed_than_is_looked_up_one_by_one(crm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outbox is read then, some events at a time."""
    monkeypatch.setattr(outbox, "FEW", 1)
    monkeypatch.setattr(outbox, "WINDOW", 2)
    stays, gone = (crm.good("POST", "/rest/people", {})["id"] for _ in range(2))
    made = [crm.good("POST", "/rest/favorites", {"personId": person, "position": 77}) for person in (gone, stays, gone, gone)]
    crm.good("DELETE", f"/rest/people/{gone}", permanent="true")
    after = [change["after"] for each in made for _, records in told_of(crm, each["id"])[:1] for change in orjson.loads(records)]
    assert after == [{"id": made[0]["id"]}, made[1], {"id": made[2]["id"]}, {"id": made[3]["id"]}]


@pytest.mark.sqlite
def test_no_byte_of_it_is_left_in_the_file_once_the_workspace_is_closed(open_caller: Callable[[Catalogue], Caller]) -> None:
    crm = open_caller(STANDARD)
    for number in range(300):  # so that pages are full and split, and the search index has more than one level
        crm.good("POST", "/rest/people", {"emails": {"primaryEmail": f"person{number}@example.org"}})
    note = crm.good("POST", "/rest/notes", {"title": NOTE * 2000})["id"]  # longer than a page
    a_life(crm)
    crm.good("DELETE", f"/rest/notes/{note}", permanent="true")
    crm.workspace.close()
    held = crm.path.read_bytes()
    for value in (FIRST, LAST, NOTE, "qxfirst", "qxlast"):
        assert value.encode() not in held
    assert b"person7@example.org" in held
    assert not crm.path.with_name(crm.path.name + "-wal").exists()


@pytest.mark.sqlite
def test_the_search_index_forgets_its_letters(crm: Caller) -> None:
    def letters() -> int:
        looked = apsw.Connection(str(crm.path))
        blocks = "SELECT sum(instr(block, CAST('qxf' AS BLOB)) + instr(block, CAST('qxl' AS BLOB)) > 0) FROM icosa_search_person_data"
        found = int(looked.execute(blocks).get or 0)
        looked.close()
        return found

    id_ = crm.good("POST", "/rest/people", {"emails": {"primaryEmail": FIRST}})["id"]
    crm.workspace.store.write(bring_up_to_date)
    crm.good("PATCH", f"/rest/people/{id_}", {"emails": {"primaryEmail": LAST}})
    crm.workspace.store.write(bring_up_to_date)
    crm.good("DELETE", f"/rest/people/{id_}", permanent="true")
    assert letters()
    assert not crm.workspace.tidy()
    assert not letters()


@pytest.mark.sqlite
def test_events_of_a_workspace_that_an_older_icosa_made_are_erased_too(open_caller: Callable[[Catalogue], Caller]) -> None:
    crm = open_caller(STANDARD)
    id_ = crm.good("POST", "/rest/people", {"emails": {"primaryEmail": FIRST}})["id"]
    crm.workspace.close()
    older = apsw.Connection(str(crm.path))
    older.execute("UPDATE person SET id = id")  # an older one writes all into the event at once
    for (trigger,) in older.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%icosa_outbox%'").fetchall():
        older.execute(f'DROP TRIGGER "{trigger}"')
    older.execute(
        "DROP VIEW icosa_event; DROP INDEX icosa_outbox_rows; DROP TABLE icosa_outbox_record;"
        "ALTER TABLE icosa_outbox DROP COLUMN first_row; ALTER TABLE icosa_outbox DROP COLUMN last_row;"
        "ALTER TABLE icosa_outbox DROP COLUMN ids; UPDATE icosa_schema SET fingerprint = ''"
    )
    older.close()
    again = Caller(open_workspace(crm.database), crm.database)
    again.good("DELETE", f"/rest/people/{id_}", permanent="true")
    assert FIRST not in "".join(records for _, records in told_of(again, id_))
    again.workspace.close()


def test_events_that_an_older_icosa_writes_beside_this_one_are_erased_too(crm: Caller) -> None:
    """A server that was not restarted yet goes on as it did: it names no ids."""
    id_ = crm.good("POST", "/rest/people", {})["id"]
    stays = "20202020-1c25-4d02-bf25-6aeccf7ea419"
    told = orjson.dumps([{"before": None, "after": {"id": each, "city": FIRST}} for each in (id_, stays)]).decode()

    def as_older() -> Statements[None]:
        columns = "INSERT INTO icosa_outbox (at, object, action, actor, records)"
        yield Statement(f"{columns} VALUES (?, 'person', 'created', '{{}}', ?)", (crm.workspace.now(), told))

    crm.workspace.store.write(as_older)
    crm.good("DELETE", f"/rest/people/{id_}", permanent="true")
    records = told_of(crm, id_)[1][1]
    assert orjson.loads(records) == [{"before": None, "after": {"id": id_}}, {"before": None, "after": {"id": stays, "city": FIRST}}]
