"""Work that needs a server, written once for both clients: without any input or output of its own.

    def both(first: Request, second: Request) -> Steps[tuple[Answer, Answer]]:
        one = yield first
        yield Wait(0.5)
        return one, (yield second)

Steps say what to send and how long to wait; a driver does it and hands in the answer: `drive` blocks, and
`icosa.client.transport.awaiting.drive_soon` awaits.  A failure of the network is raised where the request was given
out (NetworkFailure, UnreadableAnswer), so that steps may go on after it.  One piece of work is part of
another by `yield from`.
"""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from icosa.errors import IcosaError
from icosa.wire.message import Answer, Request

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is to be sent for so many seconds."""

    seconds: float


Steps: TypeAlias = Generator[Request | Wait, Answer, T]
"""What is to be sent and waited for, until there is a T."""

WAITED: Final = Answer(0, b"")
"""What is handed in after a Wait; it says nothing."""


def drive(steps: Steps[T], send: Callable[[Request], Answer], sleep: Callable[[float], None] = time.sleep) -> T:
    """Do the work, blocking.  Raises what `steps` raise."""

    def does(step: Request | Wait) -> Answer:
        if isinstance(step, Wait):
            sleep(step.seconds)
            return WAITED
        return send(step)

    try:
        step = next(steps)
        while True:
            try:
                answer = does(step)
            except IcosaError as error:
                step = steps.throw(error)
            else:
                step = steps.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        steps.close()  # Ctrl-C while it waited: what the steps hold open is let go of
