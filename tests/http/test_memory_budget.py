"""Room that connections share: nobody has more than there is, who waits has it when it is given back, and who holds it without
getting on loses it.  Time is the loop's, moved on by hand."""

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest

from icosa.workspace.http.memory_budget import NoRoom, Room

PATIENCE = 30.0


class Connection:
    """Holds room of a budget."""

    def __init__(self, room: Room, unfinished: bool = True) -> None:
        self.room, self.unfinished, self.was_cut = room, unfinished, False

    def cut(self) -> None:
        self.was_cut = True
        self.room.give_back(self)


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.AbstractEventLoop]:
    """A loop whose time passes only when somebody looks at who holds what."""
    made = asyncio.new_event_loop()
    now = [0.0]
    monkeypatch.setattr(made, "time", lambda: now[0])

    async def waited(turns: list[asyncio.Future[None]], timeout: float) -> None:
        await asyncio.sleep(0)
        if not any(each.done() for each in turns):
            now[0] += timeout

    monkeypatch.setattr(asyncio, "wait", waited)
    yield made
    made.close()


def both(loop: asyncio.AbstractEventLoop, *given: Coroutine[Any, Any, None]) -> list[Any]:
    async def together() -> list[Any]:
        found: list[Any] = await asyncio.gather(*given, return_exceptions=True)
        return found

    return loop.run_until_complete(together())


def test_what_is_held_is_what_was_taken_and_not_given_back(loop: asyncio.AbstractEventLoop) -> None:
    room = Room(100, PATIENCE)
    one, other = Connection(room), Connection(room)
    both(loop, room.take(one, 60, 1), room.take(other, 40, 1))
    assert room.held == 100
    room.give_back(one)
    room.give_back(one)  # which holds none any more
    assert room.held == 40


def test_who_waits_has_the_room_that_another_gives_back(loop: asyncio.AbstractEventLoop) -> None:
    room = Room(100, PATIENCE)
    one, other = Connection(room, unfinished=False), Connection(room)

    async def give() -> None:
        room.give_back(one)

    both(loop, room.take(one, 100, 1))
    assert both(loop, room.take(other, 50, 5), give()) == [None, None]
    assert (room.held, one.was_cut) == (50, False)


def test_who_has_waited_for_long_enough_is_told_that_there_is_none(loop: asyncio.AbstractEventLoop) -> None:
    room = Room(100, PATIENCE)
    both(loop, room.take(Connection(room, unfinished=False), 100, 1))
    (told,) = both(loop, room.take(Connection(room), 1, PATIENCE * 3))
    assert isinstance(told, NoRoom)
    assert loop.time() >= PATIENCE * 3
    assert room.held == 100


def test_who_holds_room_and_does_not_get_on_is_cut_off_for_who_needs_it(loop: asyncio.AbstractEventLoop) -> None:
    room = Room(100, PATIENCE)
    whole, slow, later = Connection(room, unfinished=False), Connection(room), Connection(room)
    both(loop, room.take(whole, 40, 1), room.take(slow, 40, 1))
    assert both(loop, room.take(later, 60, PATIENCE * 2)) == [None]
    assert [each.was_cut for each in (whole, slow, later)] == [False, True, False]
    assert PATIENCE < loop.time() < PATIENCE * 2
    assert room.held == 100
