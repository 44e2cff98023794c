"""Who is answered writes again, and those who are answered at one moment do so one after the other: what they write is waited for, and
shares a commit with what came meanwhile."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

import pytest

from icosa.workspace.store.sqlite import arrivals
from icosa.workspace.store.sqlite.connect import create
from icosa.workspace.store.sqlite.writer import SHARED_AT_MOST, Writer
from icosa.workspace.store.statement import Statement, Statements


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    monkeypatch.setattr(arrivals, "GATHERING_SECONDS", 3600)
    path = str(tmp_path / "file.db")
    create(path)
    made = Writer(path, lambda: None)
    made.write(nothing)
    yield made
    made.close()


def nothing() -> Statements[None]:
    yield Statement("SELECT 1")


def waiting(one: Writer, ended: Sequence["Future[None]"], write: Callable[[], Statements[None]]) -> None:
    """Has all but the first write wait until the first is answered."""
    holding, go_on = threading.Event(), threading.Event()

    def hold() -> Statements[None]:
        holding.set()
        assert go_on.wait(60)
        yield from nothing()

    one.submit(hold, ended[0])
    assert holding.wait(60)
    for each in ended[1:]:
        one.submit(write, each)
    go_on.set()
    ended[0].result(60)


@pytest.mark.parametrize("count", [1, 7])
def test_who_was_answered_shares_the_next_commit_with_who_waited(one: Writer, count: int) -> None:
    ended, again, seen = [Future[None]() for _ in range(1 + count)], Future[None](), list[bool]()

    def note() -> Statements[None]:
        seen.append(any(each.done() for each in ended[1:]))
        yield from nothing()

    waiting(one, ended, note)
    one.submit(note, again)
    for each in (*ended, again):
        each.result(60)
    assert seen == [False] * (count + 1)


def test_where_as_many_wait_as_share_a_commit_nobody_is_waited_for(one: Writer) -> None:
    ended = [Future[None]() for _ in range(1 + SHARED_AT_MOST + 10)]
    waiting(one, ended, nothing)
    assert all(each.result(60) is None for each in ended[: 1 + SHARED_AT_MOST])


def test_who_writes_alone_waits_for_nobody(one: Writer) -> None:
    for _ in range(3):
        one.write(nothing)


def test_what_was_gathered_is_written_when_the_writer_closes(one: Writer) -> None:
    ended = [Future[None]() for _ in range(4)]
    waiting(one, ended, nothing)
    one.close()
    assert all(each.result(60) is None for each in ended)


def test_no_more_are_waited_for_than_share_a_commit(one: Writer) -> None:
    ended = [Future[None]() for _ in range(1 + SHARED_AT_MOST + 6)]
    waiting(one, ended, nothing)
    assert ended[SHARED_AT_MOST].result(60) is None
    one.close()
    assert all(each.result(60) is None for each in ended)
