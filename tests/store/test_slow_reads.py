"""A read that used up what the event loop gives it is begun beside the loop the next time, until it is found to be quick."""

from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from icosa.catalogue.standard import STANDARD
from icosa.workspace.store.sqlite.preparing import prepare
from icosa.workspace.store.sqlite.readers import Readers
from icosa.workspace.store.sqlite.run import TooSlow
from icosa.workspace.store.statement import Statement, Statements

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) FROM n"
FEW, MANY = 10, 1_000_000


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[Readers]:
    path = str(tmp_path / "crm.db")
    prepare(path, STANDARD)
    opened = Readers(path)
    yield opened
    opened.close()


def counted(until: int, sql: str = COUNT) -> Callable[[], Statements[int]]:
    def begin() -> Statements[int]:
        ((number,),) = yield Statement(sql, (until,))
        return int(number)

    return begin


def test_what_was_slow_is_not_begun_on_the_loop_again_until_it_was_quick(readers: Readers) -> None:
    assert readers.quick(counted(FEW)) == FEW
    with pytest.raises(TooSlow):
        readers.quick(counted(MANY))
    with pytest.raises(TooSlow):
        readers.quick(counted(FEW))  # the same text, of which nobody knows that it is quick by now
    assert readers.patient(counted(MANY)) == MANY
    with pytest.raises(TooSlow):
        readers.quick(counted(FEW))
    assert readers.patient(counted(FEW)) == FEW
    assert readers.quick(counted(FEW)) == FEW


def test_others_are_begun_on_the_loop_as_before(readers: Readers) -> None:
    with pytest.raises(TooSlow):
        readers.quick(counted(MANY))
    other = f"{COUNT} -- another"
    assert readers.quick(counted(FEW, other)) == FEW


def test_a_slow_read_is_known_on_every_connection(readers: Readers) -> None:
    with pytest.raises(TooSlow):
        readers.quick(counted(MANY))
    seen: list[int] = []

    def beside() -> Statements[int]:  # holds one connection while another is asked
        yield Statement("SELECT 1")
        with pytest.raises(TooSlow):
            readers.quick(counted(FEW))
        seen.append(1)
        return 0

    readers.patient(beside)
    assert seen == [1]


def test_connections_that_nobody_reads_with_any_more_are_closed(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    def nested(depth: int) -> Callable[[], Statements[int]]:
        """Holds a connection while others are held."""

        def begin() -> Statements[int]:
            if depth:
                readers.patient(nested(depth - 1))
            yield Statement("SELECT 1")
            return len(apsw.connections())

        return begin

    alone = readers.patient(nested(0))
    assert readers.patient(nested(3)) == alone + 3
    assert readers.patient(nested(0)) == alone + 3
    monkeypatch.setattr("icosa.workspace.store.sqlite.readers._UNUSED_SECONDS", -3600)
    assert readers.patient(nested(0)) == alone
    assert readers.quick(counted(FEW)) == FEW
