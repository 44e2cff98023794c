"""The answer to a write that waits for its turn on a thread of the store's: awaited as any other, or taken by a call once it is there,
which costs an event loop less than a task of its own."""

from collections.abc import Awaitable, Callable, Generator
from typing import Any, Protocol, cast

from icosa.errors import IcosaError
from icosa.wire.message import Answer
from icosa.wire.rest.faults import write_fault
from icosa.wire.version import Version
from icosa.workspace.store.statement import Outdated

Anew = Callable[[], Awaitable[Answer]]
"""Answers a request that was planned for other objects, or by another key, than there are by now."""


class Taken(Protocol):
    """An answer that is awaited, or taken by a call once it is there, whatever came of it."""

    def __await__(self) -> Generator[Any, Any, Answer]: ...

    def add_done_callback(self, take: Callable[[Any], None], /) -> None: ...

    def exception(self) -> BaseException | None: ...

    def result(self) -> Answer: ...


class WaitingAnswer:
    """May be awaited once, also after it was to be taken and could not."""

    __slots__ = ("_anew", "_version", "_written")

    def __init__(self, written: Taken, version: Version, anew: Anew) -> None:
        self._written = written
        self._version = version
        self._anew = anew

    def __await__(self) -> Generator[Any, Any, Answer]:
        return finished(self._written, self._version, self._anew).__await__()

    def when_done(self, take: Callable[[Answer | None], None]) -> None:
        """Has an answer taken once it is there; None where there is more to do for one, which is to be awaited then."""

        def ended(done: Taken) -> None:
            take(None if done.exception() is not None else done.result())

        self._written.add_done_callback(ended)


def waiting(written: Awaitable[Answer], version: Version, anew: Anew) -> "WaitingAnswer | Awaitable[Answer]":
    """The answer to what is being written: one that can be taken by a call, where what is written can."""
    if hasattr(written, "add_done_callback"):
        return WaitingAnswer(cast(Taken, written), version, anew)
    return finished(written, version, anew)


async def finished(written: Awaitable[Answer], version: Version, anew: Anew) -> Answer:
    """The answer to what is being written, whatever came of it."""
    try:
        return await written
    except Outdated:
        return await anew()
    except IcosaError as error:
        return write_fault(error, version)
