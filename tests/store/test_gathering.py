"""Writes that came together are answered together, and so come together again: the next ones share a commit too."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from icosa.workspace.store.sqlite import writer
from icosa.workspace.store.sqlite.connect import create
from icosa.workspace.store.sqlite.writer import Writer
from icosa.workspace.store.statement import Statement, Statements


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    monkeypatch.setattr(writer, "_GATHERING_SECONDS", 3600)
    path = str(tmp_path / "file.db")
    create(path)
    made = Writer(path, lambda: None)
    made.write(nothing)
    yield made
    monkeypatch.setattr(writer, "_GATHERING_SECONDS", 0)
    made.close()


def nothing() -> Statements[None]:
    yield Statement("SELECT 1")


def together(one: Writer, count: int) -> None:
    """Has so many writes wait for the same one."""
    holding, go_on, ended = threading.Event(), threading.Event(), [Future[None]() for _ in range(count + 1)]

    def hold() -> Statements[None]:
        holding.set()
        assert go_on.wait(60)
        yield from nothing()

    one.submit(hold, ended[0])
    assert holding.wait(60)
    for each in ended[1:]:
        one.submit(nothing, each)
    go_on.set()
    for each in ended:
        each.result(60)


def test_as_many_as_came_together_share_the_next_commit(one: Writer) -> None:
    together(one, 3)
    ended, seen = [Future[None]() for _ in range(3)], list[bool]()

    def note() -> Statements[None]:
        seen.append(ended[0].done())
        yield from nothing()

    for each in ended:
        one.submit(note, each)
    for each in ended:
        each.result(60)
    assert seen == [False, False, False]


def test_who_writes_alone_waits_for_nobody(one: Writer) -> None:
    for _ in range(3):
        one.write(nothing)


def test_what_was_gathered_is_written_when_the_writer_closes(one: Writer) -> None:
    together(one, 3)
    last = Future[None]()
    one.submit(nothing, last)
    one.close()
    assert last.result(60) is None
