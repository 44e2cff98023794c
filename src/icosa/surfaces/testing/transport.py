"""Faults between a client and a workspace in the same process."""

from collections.abc import Callable

from icosa.client.transport.blocking import Transport
from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.errors import TimedOut, Unreachable, UnreadableAnswer
from icosa.surfaces.testing.faults import Faults
from icosa.surfaces.testing.rules import CutShort
from icosa.wire.message import Answer, Request


class FaultyTransport:
    """A Transport with faults: what a server and the way to it would do to a request over HTTP, with the errors
    that a client over HTTP raises.

    `wait` is called with the seconds for which an answer is late; the client gives up after `timeout` of them.
    """

    def __init__(self, inner: Transport, faults: Faults, wait: Callable[[float], None], timeout: float = TIMEOUT_SECONDS) -> None:
        self._inner = inner
        self._faults = faults
        self._wait = wait
        self._timeout = timeout

    def send(self, request: Request) -> Answer:
        fate = self._faults.fate(request.method, request.path, request.query)
        answer = fate.instead() or self._inner.send(request)
        if fate.seconds:
            self._wait(min(fate.seconds, self._timeout))
        asked = f"{request.method} {request.path}"
        if fate.seconds > self._timeout:
            raise TimedOut(f"the workspace did not answer {asked} within {self._timeout:g} seconds, by a rule of this test")
        match fate.deliver(answer):
            case CutShort(_, None):
                raise Unreachable(f"the connection was closed without an answer to {asked}, by a rule of this test")
            case CutShort(_, received):
                text = f"the answer to {asked} broke off after {received} bytes, by a rule of this test"
                raise UnreadableAnswer(text, broken_off=True)
            case Answer() as whole:
                return whole

    def close(self) -> None:
        self._inner.close()
