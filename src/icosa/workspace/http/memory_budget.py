"""Memory that many callers share, and who gives it back when others need it."""

import asyncio
from typing import Protocol

_LOOK_SECONDS = 0.5


class Holder(Protocol):
    """Who holds room: a connection."""

    @property
    def unfinished(self) -> bool:
        """Whether it still waits for the other side: cut off then, it loses a request that was never whole."""

    def cut(self) -> None:
        """Ends it.  It gives its room back at once."""


class NoRoom(Exception):
    """Others held all there is for too long."""


class Room:
    """So many bytes for all.  Who has held some for longer than `patience` seconds, and still waits for its other side,
    is cut off when somebody else needs them."""

    def __init__(self, size: int, patience: float) -> None:
        self._free = size
        self._patience = patience
        self._held: dict[Holder, tuple[int, float]] = {}  # in the order of their coming
        self._turns: set[asyncio.Future[None]] = set()

    @property
    def held(self) -> int:
        """How many bytes are held."""
        return sum(size for size, _ in self._held.values())

    async def take(self, holder: Holder, size: int, seconds: float) -> None:
        """Holds so many bytes for `holder`, which holds none yet.  Raises NoRoom after so many seconds."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        while self._free < size:
            self._cut_off(loop.time())
            if self._free >= size:
                break
            if loop.time() >= ends:
                raise NoRoom
            turn = loop.create_future()
            self._turns.add(turn)
            await asyncio.wait([turn], timeout=_LOOK_SECONDS)  # then somebody may have become slow
            self._turns.discard(turn)
        self._free -= size
        self._held[holder] = size, loop.time()

    def give_back(self, holder: Holder) -> None:
        """Ends what `holder` holds, if anything."""
        held = self._held.pop(holder, None)
        if held is None:
            return
        self._free += held[0]
        for turn in self._turns:
            if not turn.done():
                turn.set_result(None)

    def _cut_off(self, now: float) -> None:
        slow = next((each for each, (_, since) in self._held.items() if each.unfinished and now - since > self._patience), None)
        if slow is not None:
            slow.cut()
