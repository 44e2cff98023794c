"""The search index is kept after the answer, and nobody sees that: a search finds what was acknowledged, however far the index is."""

import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.fields import Text
from icosa.catalogue.model import Catalogue, Object
from icosa.workspace import open_workspace
from icosa.workspace.store.sqlite import indexing
from icosa.workspace.store.sqlite.indexing import LAG_CHANGES, LAG_SECONDS, LINES_LAG_CHANGES, Lag, bring_up_to_date
from icosa.workspace.store.statement import Row, Statement, Statements
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller

pytestmark = pytest.mark.sqlite

PLACE = Object(
    "place",
    "places",
    "Somewhere.",
    (Text("name", "Searched.", nullable=True), Text("plain", "The same text, not searched.", nullable=True)),
    searchable=("name",),
)


@pytest.fixture(autouse=True)
def left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is brought up to date where a test says so."""
    monkeypatch.setattr(indexing, "LAG_SECONDS", 3600.0)


@pytest.fixture
def places(open_caller: Callable[[Catalogue], Caller]) -> Caller:
    return open_caller(Catalogue((PLACE,)))


def made(places: Caller, name: str) -> str:
    return str(places.good("POST", "/rest/places", {"name": name, "plain": name})["id"])


def named(places: Caller, part: str) -> list[str]:
    return places.ids("places", filter=f"name[ilike]:%{part}%")


def rows(places: Caller, sql: str) -> list[Row]:
    def steps() -> Statements[list[Row]]:
        return (yield Statement(sql))

    return places.workspace.store.read(steps)


def lacked(places: Caller) -> int:
    """How many rows the index lacks."""
    text = "SELECT (SELECT count(*) FROM place WHERE icosa_row > upto) + (SELECT count(*) FROM icosa_unindexed) FROM icosa_indexed"
    return int(rows(places, text)[0][0])


def test_what_was_just_written_is_found_and_what_it_was_before_is_not(places: Caller) -> None:
    id_ = made(places, "Gasworks")
    assert (lacked(places), named(places, "gasw")) == (1, [id_])
    places.workspace.store.write(bring_up_to_date)
    assert (lacked(places), named(places, "gasw")) == (0, [id_])
    places.good("PATCH", f"/rest/places/{id_}", {"name": "Bakery"})
    assert (lacked(places), named(places, "gasw"), named(places, "bake")) == (1, [], [id_])
    places.workspace.store.write(bring_up_to_date)
    assert (lacked(places), named(places, "gasw"), named(places, "bake")) == (0, [], [id_])


def test_what_was_acknowledged_before_a_kill_is_found_after_it(places: Caller, tmp_path: Path) -> None:
    """The files as a process leaves them that ends at this moment."""
    indexed, changed, gone = (made(places, name) for name in ("Gasworks one", "Gasworks two", "Gasworks three"))
    places.workspace.store.write(bring_up_to_date)
    places.good("PATCH", f"/rest/places/{changed}", {"name": "Bakery"})
    places.good("DELETE", f"/rest/places/{gone}", permanent="true")
    new = made(places, "Gasworks four")
    for end in ("", "-wal"):
        shutil.copy(f"{places.path}{end}", tmp_path / f"left.db{end}")
    again = Caller(open_workspace(f"sqlite:///{tmp_path}/left.db"), f"sqlite:///{tmp_path}/left.db")
    for _ in range(2):
        assert (named(again, "gasw"), named(again, "bake")) == (sorted([indexed, new]), [changed])
        again.workspace.store.write(bring_up_to_date)
    assert lacked(again) == 0
    again.workspace.close()


def test_numbers_of_rows_that_come_again_are_found_whatever_went_in_which_order(places: Caller) -> None:
    """Those that the index has go first, and then the last one, which it lacks: the next record has a number that was indexed."""
    indexed = [made(places, f"Gasworks {number}") for number in range(3)]
    places.workspace.store.write(bring_up_to_date)
    lacked_one = made(places, "Bakery")
    for id_ in (*indexed, lacked_one):
        places.good("DELETE", f"/rest/places/{id_}", permanent="true")
    again = made(places, "Harbour")
    assert (lacked(places), named(places, "harb")) == (1, [again])


def test_a_store_that_is_closed_leaves_nothing_to_index(places: Caller) -> None:
    for number in range(3):
        made(places, f"Gasworks {number}")
    places.workspace.close()
    file = apsw.Connection(str(places.path))
    assert file.execute("SELECT upto, (SELECT max(icosa_row) FROM place) FROM icosa_indexed").fetchall() == [(3, 3)]
    file.close()


def test_a_table_that_is_made_anew_is_indexed_at_once(places: Caller) -> None:
    id_ = made(places, "Gasworks")
    places.workspace.close()
    file = apsw.Connection(str(places.path))
    file.execute("UPDATE icosa_schema SET fingerprint = '' WHERE name = 'place'")
    file.close()
    again = Caller(open_workspace(places.database), places.database)
    assert (lacked(again), named(again, "gasw")) == (0, [id_])
    again.workspace.close()


_letters = st.text(st.sampled_from("abcABC"), min_size=3, max_size=6)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("make"), _letters, st.just(0)),
        st.tuples(st.just("rename"), _letters, st.integers(0, 9)),
        st.tuples(st.just("destroy"), st.just(""), st.integers(-2, 2)),  # most often the last ones: their rows are given again
        st.tuples(st.just("index"), st.just(""), st.just(0)),
    ),
    max_size=14,
)


@ON_A_STORE
@given(steps=_steps, part=st.text(st.sampled_from("abc"), min_size=3, max_size=3))
def test_a_search_finds_what_a_scan_finds_whatever_was_written_and_indexed(
    places: Caller, steps: list[tuple[str, str, int]], part: str
) -> None:
    ids = places.ids("places", limit=0)
    for id_ in reversed(ids):
        places.good("DELETE", f"/rest/places/{id_}", permanent="true")
    ids = []
    for step, name, which in steps:
        if step == "make":
            ids.append(made(places, name))
        elif step == "index":
            places.workspace.store.write(bring_up_to_date)
        elif ids and step == "rename":
            places.good("PATCH", f"/rest/places/{ids[which % len(ids)]}", {"name": name, "plain": name})
        elif ids:
            places.good("DELETE", f"/rest/places/{ids.pop(which % len(ids))}", permanent="true")
        assert named(places, part) == places.ids("places", filter=f"plain[ilike]:%{part}%")


def test_an_index_is_behind_no_longer_than_the_lag_and_no_further_than_its_bound() -> None:
    clock, connection = [100.0], apsw.Connection(":memory:")
    connection.execute("CREATE TABLE t (a)")
    lag = Lag(lambda: clock[0])
    lag.end(connection, lines=True)
    lag.wrote(connection)
    assert (lag.left(), lag.over()) == (None, False)
    connection.execute("INSERT INTO t VALUES (1)")
    lag.wrote(connection)
    assert (lag.left(), lag.over()) == (indexing.LAG_SECONDS, False)
    clock[0] += indexing.LAG_SECONDS / 2
    connection.execute("INSERT INTO t VALUES (1)")
    lag.wrote(connection)  # later writes put nothing off
    assert lag.left() == indexing.LAG_SECONDS / 2
    clock[0] += indexing.LAG_SECONDS / 2
    assert lag.over()
    lag.end(connection, lines=True)
    connection.executemany("INSERT INTO t VALUES (?)", [(each,) for each in range(LAG_CHANGES + 1)])
    lag.wrote(connection)
    assert lag.over()
    assert LAG_SECONDS < 1
    connection.close()


def test_lines_of_history_wait_for_a_pause_and_no_further_than_their_bound() -> None:
    clock, connection = [100.0], apsw.Connection(":memory:")
    connection.execute("CREATE TABLE t (a)")
    lag = Lag(lambda: clock[0])
    lag.end(connection, lines=True)
    for _ in range(4):  # each half a lag after the one before
        connection.execute("INSERT INTO t VALUES (1)")
        lag.wrote(connection)
        assert not lag.lines(connection)
        if lag.over():
            lag.end(connection, lines=False)
        clock[0] += indexing.LAG_SECONDS / 2
    assert (lag.over(), lag.lines(connection)) == (True, False)
    lag.end(connection, lines=False)
    assert (lag.left(), lag.written) == (indexing.LAG_SECONDS / 2, True)
    clock[0] += indexing.LAG_SECONDS / 2
    assert (lag.over(), lag.lines(connection)) == (True, True)
    lag.end(connection, lines=True)
    assert (lag.left(), lag.written) == (None, False)
    connection.executemany("INSERT INTO t VALUES (?)", [(each,) for each in range(LINES_LAG_CHANGES + 1)])
    lag.wrote(connection)
    assert lag.lines(connection)
    connection.close()
