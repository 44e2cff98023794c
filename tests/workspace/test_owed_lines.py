"""A new record has its line of history as soon as its creation is answered, for whoever looks, though SQLite makes it later."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.errors import ReadOnly
from icosa.wire.message import Request
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import IN_PROCESS, open_workspace
from icosa.workspace.moving.backup import back_up
from icosa.workspace.moving.copy import copy_workspace
from icosa.workspace.moving.databases import Database
from icosa.workspace.moving.ledger import ledger
from icosa.workspace.moving.resealing import Opener
from icosa.workspace.store.sqlite import connect, indexing, owed_lines, writer
from icosa.workspace.store.sqlite.read_only import READ_ONLY_DISK
from icosa.workspace.store.sqlite.snapshot import SqliteSnapshot
from icosa.workspace.store.statement import Row, Statement, Statements
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller

FIRST, OTHER = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
COMPANY = "00000000-0000-4000-8000-00000000000c"


@pytest.fixture(autouse=True)
def left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is done after the answer."""
    monkeypatch.setattr(indexing, "LAG_SECONDS", 3600.0)


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD_2_19, TWENTY_2_19)


def person(crm: Caller, id_: str = FIRST, **others: Any) -> None:
    crm.good("POST", "/rest/people", {"id": id_, **others})


def owed(crm: Caller) -> int:
    """How many lines are owed."""
    return len(found(crm, "SELECT icosa_place FROM icosa_owed_line"))


def found(crm: Caller, sql: str) -> list[Row]:
    def steps() -> Statements[list[Row]]:
        return (yield Statement(sql))

    return crm.workspace.store.read(steps)


def names(crm: Caller, **query: Any) -> list[str]:
    return [str(each["name"]) for each in crm.good("GET", "/rest/timelineActivities", **query)]


@contextmanager
def as_killed(crm: Caller, folder: Path) -> Iterator[Caller]:
    """The workspace in the files as a process leaves them that ends at this moment."""
    for end in ("", "-wal"):
        shutil.copy(f"{crm.path}{end}", folder / f"left.db{end}")
    again = Caller(open_workspace(f"sqlite:///{folder}/left.db"), f"sqlite:///{folder}/left.db")
    try:
        yield again
    finally:
        again.workspace.close()


LOOKS: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/rest/timelineActivities", {}),
    ("GET", "/rest/timelineActivities", {"filter": f"targetPersonId[eq]:{FIRST}", "limit": 1}),
    ("GET", "/rest/timelineActivities", {"filter": "name[ilike]:%person.cr%", "order_by": "happensAt[DescNullsLast]"}),
    ("GET", "/rest/timelineActivities", {"filter": f"targetPerson.id[eq]:{FIRST}", "depth": 1}),
    ("GET", "/rest/timelineActivities/groupBy", {"group_by": '[{"name":true}]', "aggregate": '["countNotEmptyId"]'}),
    ("GET", f"/rest/people/{FIRST}", {"depth": 1}),
    ("GET", "/rest/people", {"depth": 1}),
    ("GET", "/rest/people", {"depth": 1, "filter": f"companyId[eq]:{COMPANY}", "order_by": "jobTitle"}),
]


@pytest.mark.parametrize(("method", "path", "query"), LOOKS, ids=[f"{path} {' '.join(query)}" for _, path, query in LOOKS])
def test_who_looks_finds_the_line(crm: Caller, method: str, path: str, query: dict[str, Any]) -> None:
    crm.good("POST", "/rest/companies", {"id": COMPANY})
    person(crm, companyId=COMPANY)
    status, body = crm.send(method, path, **query)
    assert status == 200, body
    assert "person.created" in str(body)


def test_it_is_counted(crm: Caller) -> None:
    for number in range(3):
        person(crm, f"00000000-0000-4000-8000-00000000000{number}")
    assert crm.send("GET", "/rest/timelineActivities", limit=1)[1]["totalCount"] == 3


@pytest.mark.sqlite
def test_an_event_loop_finds_it_too(crm: Caller) -> None:
    async def both() -> bytes:
        await crm.workspace.answer_soon(Request("POST", "/rest/people", "", b"{}"), IN_PROCESS)
        return bytes((await crm.workspace.answer_soon(Request("GET", "/rest/timelineActivities"), IN_PROCESS)).body)

    assert b"person.created" in asyncio.run(both())


def test_a_line_has_the_moment_of_its_record_and_the_next_place(crm: Caller) -> None:
    made = crm.good("POST", "/rest/batch/people", [{}, {}, {}])
    lines = crm.good("GET", "/rest/timelineActivities", order_by="id")
    assert [each["targetPersonId"] for each in lines] == [each["id"] for each in made]
    assert {(each["happensAt"], each["createdAt"], each["updatedAt"]) for each in lines} == {(made[0]["createdAt"],) * 3}
    assert [each["position"] for each in lines] == [0, -1, -2]


def test_lines_stand_in_the_order_in_which_things_happened(crm: Caller) -> None:
    person(crm)
    person(crm, OTHER)
    crm.good("PATCH", f"/rest/people/{OTHER}", {"jobTitle": "Engineer"})
    crm.good("POST", "/rest/companies", {"id": COMPANY})
    crm.good("PATCH", f"/rest/people/{FIRST}", {"jobTitle": "Engineer"})
    lines = crm.good("GET", "/rest/timelineActivities", order_by="position[DescNullsLast]")
    told = [(each["name"], each["targetPersonId"] or each["targetCompanyId"]) for each in lines]
    assert told == [
        ("person.created", FIRST),
        ("person.created", OTHER),
        ("person.updated", OTHER),
        ("company.created", COMPANY),
        ("person.updated", FIRST),
    ]
    assert [each["id"] for each in lines] == sorted(each["id"] for each in lines)


def test_a_line_written_by_hand_goes_before_those_that_were_owed(crm: Caller) -> None:
    person(crm)
    crm.good("POST", "/rest/timelineActivities", {"name": "by hand", "targetPersonId": FIRST})
    assert names(crm, order_by="position[AscNullsFirst]") == ["by hand", "person.created"]


def test_a_deletion_takes_the_line_along_and_a_destruction_destroys_it(crm: Caller) -> None:
    person(crm)
    crm.good("DELETE", f"/rest/people/{FIRST}", soft_delete="true")
    assert names(crm, filter="name[eq]:person.created") == []
    assert names(crm, filter="and(name[eq]:person.created,deletedAt[is]:NOT_NULL)") == ["person.created"]
    person(crm, OTHER)
    crm.good("DELETE", f"/rest/people/{OTHER}")
    assert names(crm, filter=f"targetPersonId[eq]:{OTHER}") == []


def test_a_line_outlives_a_note(crm: Caller) -> None:
    crm.good("POST", "/rest/notes", {"id": FIRST})
    crm.good("DELETE", f"/rest/notes/{FIRST}")
    assert [(each["name"], each["targetNoteId"]) for each in crm.good("GET", "/rest/timelineActivities")] == [("note.created", None)]


def test_a_merge_moves_the_line(crm: Caller) -> None:
    person(crm, name={"firstName": "Ada"})
    person(crm, OTHER, name={"firstName": "Ada"})
    crm.good("PATCH", "/rest/people/merge", {"ids": [FIRST, OTHER], "conflictPriorityIndex": 0})
    lines = crm.good("GET", "/rest/timelineActivities", filter="name[eq]:person.created")
    assert [each["targetPersonId"] for each in lines] == [FIRST, FIRST]


def test_a_creation_that_is_refused_leaves_no_line(crm: Caller) -> None:
    person(crm)
    assert crm.send("POST", "/rest/batch/people", [{"id": OTHER}, {"id": FIRST}])[0] == 400
    assert names(crm) == ["person.created"]


@pytest.mark.sqlite
def test_a_creation_writes_no_line_itself(crm: Caller) -> None:
    person(crm)
    crm.good("POST", "/rest/batch/companies", [{}, {}])
    assert owed(crm) == 3
    assert len(names(crm)) == 3
    assert owed(crm) == 0


@pytest.mark.sqlite
def test_who_reads_something_else_waits_for_none(crm: Caller) -> None:
    person(crm)
    crm.good("GET", f"/rest/people/{FIRST}")
    crm.good("GET", "/rest/people", filter="jobTitle[eq]:Engineer")
    crm.good("POST", "/rest/notes", {})
    assert owed(crm) == 2


@pytest.mark.sqlite
def test_a_line_of_a_creation_before_a_kill_is_there_after_it(crm: Caller, tmp_path: Path) -> None:
    person(crm)
    with as_killed(crm, tmp_path) as again:
        assert owed(again) == 1
        assert names(again) == ["person.created"]
    assert owed(crm) == 1


@pytest.mark.sqlite
def test_a_file_that_is_only_read_shows_it(crm: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: str, *, mapped: bool) -> apsw.Connection:
        raise ReadOnly(READ_ONLY_DISK)

    crm.good("POST", "/rest/companies", {"id": COMPANY})
    names(crm)
    person(crm)
    monkeypatch.setattr(connect, "_connected", refused)
    with as_killed(crm, tmp_path) as again:
        for _ in range(2):
            assert names(again, order_by="id") == ["company.created", "person.created"]
            assert again.send("GET", "/rest/timelineActivities", limit=1)[1]["totalCount"] == 2
            (line,) = again.good("GET", f"/rest/people/{FIRST}", depth=1)["timelineActivities"]
            assert again.good("GET", f"/rest/timelineActivities/{line['id']}") == line
            assert names(again, filter=f"targetPersonId[eq]:{FIRST}") == ["person.created"]
        monkeypatch.undo()
        again.workspace.store.write(owed_lines.pay)
        kept = again.good("GET", "/rest/timelineActivities")
    assert line["id"] in [each["id"] for each in kept]


@pytest.mark.sqlite
def test_who_looks_while_nothing_can_be_written_finds_it(crm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_PAY_SECONDS", 0.01)
    person(crm)
    names(crm)
    person(crm, OTHER)
    with locked(crm.path):
        for _ in range(2):
            assert names(crm) == ["person.created"] * 2
    person(crm, COMPANY)
    assert names(crm) == ["person.created"] * 3


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """By another program, which writes."""
    file = apsw.Connection(str(path))
    file.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        file.execute("ROLLBACK")
        file.close()


@pytest.mark.sqlite
def test_who_creates_while_lines_are_made_is_not_found_without_his(crm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    pay, ids = writer.Writer.pay, [FIRST]

    def and_owed_again(self: writer.Writer) -> bool:
        paid = pay(self)
        ids.append(f"00000000-0000-4000-9000-{len(ids):012d}")
        person(crm, ids[-1])
        return paid

    monkeypatch.setattr(writer.Writer, "pay", and_owed_again)
    person(crm)
    people = crm.good("GET", "/rest/people", depth=1)
    assert [(each["id"], len(each["timelineActivities"])) for each in people] == [(id_, 1) for id_ in ids]


@pytest.mark.sqlite
def test_a_read_is_of_one_moment_once_it_looks_for_lines(crm: Caller) -> None:
    def steps() -> Statements[list[Row]]:
        lines = yield Statement('SELECT count(*) FROM "timelineActivity"')
        person(crm)
        return lines + (yield Statement('SELECT count(*) FROM "person"'))

    assert crm.workspace.store.read(steps) == [(0,), (0,)]
    assert found(crm, 'SELECT count(*) FROM "person"') == [(1,)]


@pytest.mark.sqlite
def test_another_process_finds_what_this_one_owes(crm: Caller) -> None:
    other = Caller(open_workspace(crm.database), crm.database)
    person(crm)
    assert names(other) == ["person.created"]
    person(crm, OTHER)
    other.good("PATCH", f"/rest/people/{FIRST}", {"jobTitle": "Engineer"})
    assert names(crm, order_by="id") == ["person.created", "person.created", "person.updated"]
    other.workspace.close()


@pytest.mark.sqlite
def test_a_store_that_is_closed_owes_nothing(crm: Caller) -> None:
    person(crm)
    crm.workspace.close()
    file = apsw.Connection(str(crm.path))
    assert file.execute('SELECT "name", (SELECT count(*) FROM icosa_owed) FROM "timelineActivity"').fetchall() == [("person.created", 0)]
    file.close()


@pytest.mark.sqlite
@pytest.mark.parametrize("table", ["person", "timelineActivity", "icosa_schema"])
def test_a_table_that_is_made_anew_loses_none(crm: Caller, tmp_path: Path, table: str) -> None:
    person(crm)
    with as_killed(crm, tmp_path) as left:
        left.workspace.close()
        file = apsw.Connection(str(left.path))
        file.execute("UPDATE icosa_schema SET fingerprint = '' WHERE name = ?", (table,))
        file.close()
        again = Caller(open_workspace(left.database), left.database)
        assert names(again) == ["person.created"]
        again.workspace.close()


@pytest.mark.sqlite
def test_a_field_that_is_added_changes_no_history(crm: Caller) -> None:
    person(crm)
    row = {"objectMetadataId": object_id(crm, "person"), "type": "TEXT", "name": "row", "label": "Row"}
    assert crm.send("POST", "/rest/metadata/fields", row)[0] == 201
    person(crm, OTHER, row="A")
    assert names(crm) == ["person.created"] * 2


def object_id(crm: Caller, singular: str) -> str:
    objects = crm.send("GET", "/rest/metadata/objects", limit=100)[1]["data"]
    return next(str(each["id"]) for each in objects if each["nameSingular"] == singular)


@pytest.mark.sqlite
def test_a_snapshot_shows_what_is_owed_as_it_will_be(crm: Caller) -> None:
    person(crm)
    names(crm)
    crm.good("POST", "/rest/batch/companies", [{}, {}])
    texts = (
        'SELECT * FROM (SELECT icosa_row, "id", "position", "name", "happensAt", "targetCompanyId", "properties" FROM "timelineActivity")',
        'SELECT icosa_row, "deletedAt", doc FROM "icosa_doc_timelineActivity" ORDER BY icosa_row',
        "SELECT live FROM icosa_tally WHERE object = 'timelineActivity'",
    )
    snapshot = SqliteSnapshot(str(crm.path))
    before = [snapshot.rows(text) for text in texts]
    snapshot.close()
    assert owed(crm) == 2
    crm.workspace.store.write(owed_lines.pay)
    assert before == [found(crm, text) for text in texts]
    assert len(before[0]) == 3


@pytest.mark.sqlite
def test_a_copy_and_a_backup_hold_it(crm: Caller, tmp_path: Path) -> None:
    person(crm)
    source = Database(crm.database)
    copied, saved = tmp_path / "copied.db", tmp_path / "saved.db"
    copy_workspace(source, Database(f"sqlite:///{copied}"), lambda *_: None)
    held = back_up(source, saved, lambda *_: None)
    assert owed(crm) == 1
    for file in (copied, saved):
        made = Database(f"sqlite:///{file}")
        snapshot = made.snapshot()
        assert ledger(snapshot, made.catalogue, Opener(made.catalogue, made.known_sealing()), lambda _: None) == held
        snapshot.close()
        again = Caller(open_workspace(made.url), made.url)
        assert names(again) == ["person.created"]
        again.workspace.close()


@pytest.mark.sqlite
def test_who_knows_nothing_of_lines_may_change_records_meanwhile(crm: Caller, tmp_path: Path) -> None:
    """Triggers of an older Icosa, which runs on until it is restarted, write down what an event names, and nothing else."""
    ids = [FIRST, OTHER]
    for id_ in ids:
        person(crm, id_)
    with as_killed(crm, tmp_path) as left:
        left.workspace.close()
        shutil.copy(crm.path, left.path)
        shutil.copy(f"{crm.path}-wal", f"{left.path}-wal")
        file = apsw.Connection(str(left.path))
        for trigger in ("icosa_person_changed", "icosa_person_before_delete"):
            (text,) = file.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (trigger,)).fetchall()[0]
            file.execute(f'DROP TRIGGER "{trigger}"')
            file.execute(str(text).replace("DELETE FROM icosa_owed; ", ""))
        file.execute('UPDATE "person" SET "jobTitle" = ? WHERE "id" = ?', ("Engineer", FIRST))
        file.execute('DELETE FROM "person" WHERE "id" = ?', (OTHER,))
        file.close()
        again = Caller(open_workspace(left.database), left.database)
        assert [each["targetPersonId"] for each in again.good("GET", "/rest/timelineActivities")] == [FIRST]
        again.workspace.close()


_steps = st.lists(
    st.tuples(st.sampled_from(["make", "make", "several", "change", "delete", "restore", "destroy", "note", "upsert"]), st.integers(0, 9)),
    max_size=12,
)


def _done(crm: Caller, ids: list[str], step: str, number: int) -> None:
    known = ids[number % len(ids)] if ids else FIRST
    match step:
        case "make":
            ids.append(f"00000000-0000-4000-9000-{len(ids):012d}")
            crm.good("POST", "/rest/tasks" if number % 3 else "/rest/notes", {"id": ids[-1]})
        case "several":
            more = [f"00000000-0000-4000-9000-{len(ids) + each:012d}" for each in range(3)]
            ids += more
            crm.good("POST", "/rest/batch/tasks", [{"id": each} for each in more])
        case "change":
            crm.send("PATCH", f"/rest/tasks/{known}", {"title": f"Call {number}"})
        case "delete":
            crm.send("DELETE", f"/rest/tasks/{known}", soft_delete="true")
        case "restore":
            crm.send("PATCH", f"/rest/restore/tasks/{known}")
        case "destroy":
            crm.send("DELETE", f"/rest/tasks/{known}")
        case "note":
            crm.send("POST", "/rest/noteTargets", {"noteId": known, "targetPersonId": FIRST})
        case "upsert":
            crm.send("POST", "/rest/tasks", {"id": known, "title": f"Mail {number}"}, upsert="true")


def _told(crm: Caller) -> list[Any]:
    lines = crm.good("GET", "/rest/timelineActivities", order_by="id", filter="or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)")
    moments = {"id", "createdAt", "updatedAt", "happensAt", "deletedAt"}
    return [{**{key: value for key, value in each.items() if key not in moments}, "gone": each["deletedAt"] is not None} for each in lines]


@pytest.mark.sqlite
@ON_A_STORE
@given(_steps)
def test_nobody_can_tell_when_a_line_was_made(open_caller: Callable[..., Caller], steps: list[tuple[str, int]]) -> None:
    """Of two workspaces to which the same happens, one owes lines for as long as it may, and the other never."""
    late, soon = (open_caller(STANDARD_2_19, TWENTY_2_19) for _ in range(2))
    for crm in (late, soon):
        person(crm)
        ids: list[str] = []
        for step, number in steps:
            _done(crm, ids, step, number)
            if crm is soon:
                crm.workspace.store.write(owed_lines.pay)
    assert _told(late) == _told(soon)
    for crm in (late, soon):
        crm.workspace.close()
