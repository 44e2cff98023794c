"""What a read connection remembers is never older than the last commit."""

from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.errors import InvalidKey
from icosa.workspace.store.sqlite.memory import Memory
from icosa.workspace.store.statement import Row, Statement, Statements

WHO = Statement("SELECT name FROM keys WHERE hash = ?", ("h",), lasting=True)
WHAT = Statement("SELECT count(*) FROM records")

Both = tuple[list[Row], list[Row]]


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[tuple[apsw.Connection, apsw.Connection]]:
    """One that writes, and one that reads."""
    writing, reading = apsw.Connection(f"{tmp_path}/x.db"), apsw.Connection(f"{tmp_path}/x.db")
    writing.execute("PRAGMA journal_mode = WAL").fetchall()
    writing.execute("CREATE TABLE keys (hash TEXT, name TEXT); CREATE TABLE records (id INTEGER); INSERT INTO keys VALUES ('h', 'Ada')")
    yield writing, reading
    reading.close()
    writing.close()


def both() -> Statements[Both]:
    who = yield WHO
    return who, (yield WHAT)


def who_alone() -> Statements[list[Row]]:
    return (yield WHO)


def asked(connection: apsw.Connection) -> list[str]:
    """The statements that the connection runs from now on."""
    found: list[str] = []

    def trace(_: object, sql: str, __: object) -> bool:
        found.append(sql)
        return True

    connection.set_exec_trace(trace)
    return found


def test_a_read_that_is_interrupted_at_its_end_lets_its_moment_go(connections: tuple[apsw.Connection, apsw.Connection]) -> None:
    writing, reading = connections
    writing.execute('CREATE TABLE icosa_owed (one INTEGER); CREATE TABLE "timelineActivity" (id INTEGER)')

    interrupted: list[bool] = []

    def interrupt() -> bool:
        interrupted.append(reading.in_transaction)
        return True

    def lines() -> Statements[list[Row]]:
        found = yield Statement('SELECT count(*) FROM "timelineActivity"')
        reading.set_progress_handler(interrupt, 5)
        return found

    memory = Memory(reading)
    for _ in range(10):
        assert memory.run(lines) == [(0,)]
        assert not reading.in_transaction
        reading.set_progress_handler(None)
    assert interrupted


def test_a_lasting_statement_runs_once_while_nobody_writes(connections: tuple[apsw.Connection, apsw.Connection]) -> None:
    memory, seen = Memory(connections[1]), asked(connections[1])
    for _ in range(3):
        assert memory.run(both) == ([("Ada",)], [(0,)])
    assert seen.count(WHO.sql) == 1
    assert seen.count(WHAT.sql) == 3


@pytest.mark.parametrize("steps", [both, who_alone])
def test_a_commit_of_somebody_else_is_met_at_once(
    connections: tuple[apsw.Connection, apsw.Connection], steps: Callable[[], Statements[object]]
) -> None:
    writing, memory = connections[0], Memory(connections[1])
    memory.run(steps)
    writing.execute("UPDATE keys SET name = 'Grace'")
    assert "Grace" in str(memory.run(steps))


def test_an_error_is_never_told_because_of_what_was_remembered(connections: tuple[apsw.Connection, apsw.Connection]) -> None:
    def known() -> Statements[int]:
        if not (yield WHO):
            raise InvalidKey("the key is unknown")
        count: int = (yield WHAT)[0][0]
        return count

    writing, memory = connections[0], Memory(connections[1])
    writing.execute("DELETE FROM keys")
    with pytest.raises(InvalidKey):
        memory.run(known)
    writing.execute("INSERT INTO keys VALUES ('h', 'Ada')")
    assert memory.run(known) == 0
    writing.execute("DELETE FROM keys")
    with pytest.raises(InvalidKey):
        memory.run(known)


@given(st.lists(st.sampled_from(["key", "record", "both", "who"]), max_size=20))
def test_it_reads_what_a_connection_without_memory_reads(connections: tuple[apsw.Connection, apsw.Connection], acts: list[str]) -> None:
    writing, memory = connections[0], Memory(connections[1])
    for number, act in enumerate(acts):
        match act:
            case "key":
                writing.execute("UPDATE keys SET name = ?", (f"name {number}",))
            case "record":
                writing.execute("INSERT INTO records VALUES (?)", (number,))
            case _:
                read = both if act == "both" else who_alone
                fresh = writing.execute(WHO.sql, WHO.values).fetchall(), writing.execute(WHAT.sql).fetchall()
                assert memory.run(read) == (fresh if act == "both" else fresh[0])


def test_commits_are_equal_only_where_nobody_wrote_in_between(connections: tuple[apsw.Connection, apsw.Connection]) -> None:
    writing, memory = connections[0], Memory(connections[1])
    before = memory.commits()
    assert memory.commits() == before
    memory.run(both)
    assert memory.commits() == before
    writing.execute("INSERT INTO records VALUES (1)")
    after = memory.commits()
    assert after != before
    assert memory.commits() == after
    assert Memory(writing).commits() != after
