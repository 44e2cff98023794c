"""Work that needs a server, written once for both clients: without any input or output of its own.

A flow is a generator.  It yields what it needs (a request to be sent, a time to wait), is sent the answer, and in the
end returns its result; so the very same flow serves a client that blocks and one that is awaited, and a test by hand.

    def both(first: Request, second: Request) -> Flow[tuple[Answer, Answer]]:
        one = yield first
        yield Wait(0.5)
        return one, (yield second)

A driver does what a flow yields and hands in the answer: `drive` blocks, and
`icosa.client.transport.awaiting.drive_soon` awaits.  A failure of the network is raised where the request was given
out (NetworkFailure, UnreadableAnswer), so that a flow may go on after it.  One piece of work is part of
another by `yield from`.
"""

import time
from collections.abc import Callable, Generator
from typing import Final, NamedTuple, TypeAlias, TypeVar

from icosa.errors import IcosaError
from icosa.wire.message import Answer, Request

T = TypeVar("T")


class Wait(NamedTuple):
    """Nothing is to be sent for so many seconds."""

    seconds: float


Flow: TypeAlias = Generator[Request | Wait, Answer, T]
"""Yields requests and waits, is sent answers, and returns a T."""

WAITED: Final = Answer(0, b"")
"""What is handed in after a Wait; it says nothing."""


def drive(flow: Flow[T], send: Callable[[Request], Answer], sleep: Callable[[float], None] = time.sleep) -> T:
    """Do the work, blocking.  Raises what the flow raises."""

    def does(pending: Request | Wait) -> Answer:
        if isinstance(pending, Wait):
            sleep(pending.seconds)
            return WAITED
        return send(pending)

    try:
        pending = next(flow)
        while True:
            try:
                answer = does(pending)
            except IcosaError as error:
                pending = flow.throw(error)
            else:
                pending = flow.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        flow.close()  # Ctrl-C while it waited: what the flow holds open is let go of
