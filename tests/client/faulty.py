"""A real workspace behind a gateway that loses answers, refuses and breaks, as a test says."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import unquote

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.client.transport.blocking import EmbeddedTransport
from icosa.wire.message import Request
from tests.client.scripted import KEY, Asked, Reply, Scripted, scripted

Forward = Callable[[], Reply]
Fault = Callable[[Asked, Forward], Reply]
"""What the gateway does with a request; `forward` hands it to the workspace and gives the answer."""

QUICK = icosa.Retries(first_wait=0.001, longest_wait=0.004)
GONE = Reply(status=None)


def passed(_: Asked, forward: Forward) -> Reply:
    return forward()


def lost(_: Asked, forward: Forward) -> Reply:
    """It is done, and nobody hears of it."""
    forward()
    return GONE


def broken_off(_: Asked, forward: Forward) -> Reply:
    answer = forward()
    return replace(answer, body=answer.content[:20], length=len(answer.content))


def bad_gateway(_: Asked, forward: Forward) -> Reply:
    forward()
    return Reply(b"<html>Bad Gateway</html>", 502, "text/html")


def something_else(asked: Asked, forward: Forward) -> Reply:
    """It is done, and a gateway answers with a page of its own, which for a read is no reason to try again."""
    if asked.method == "GET":
        return forward()
    forward()
    return Reply(b"<html>Thank you</html>", 200, "text/html")


def twice(_: Asked, forward: Forward) -> Reply:
    """A gateway that tries again by itself."""
    forward()
    return forward()


def never_arrived(_: Asked, __: Forward) -> Reply:
    return GONE


def unavailable(_: Asked, __: Forward) -> Reply:
    return Reply(b"", 503)


def too_many(_: Asked, __: Forward) -> Reply:
    return Reply({"messages": ["slow down"]}, 429, headers={"Retry-After": "0"})


DONE_UNHEARD = (lost, broken_off, bad_gateway, something_else, twice)
NOT_DONE = (never_arrived, unavailable, too_many)


def now_and_then(faults: Sequence[Fault], share: float, seed: int) -> Fault:
    """One of the faults by chance, in that share of requests."""
    chance = random.Random(seed)

    def fault(asked: Asked, forward: Forward) -> Reply:
        return chance.choice(faults)(asked, forward) if chance.random() < share else forward()

    return fault


def writes(fault: Fault) -> Fault:
    """The fault in writes alone."""
    return lambda asked, forward: forward() if asked.method == "GET" else fault(asked, forward)


def first(fault: Fault, times: int = 1) -> Fault:
    """The fault in the first writes, and then no more."""
    left = [times]

    def once(asked: Asked, forward: Forward) -> Reply:
        if asked.method == "GET" or not left[0]:
            return forward()
        left[0] -= 1
        return fault(asked, forward)

    return once


@contextmanager
def gateway(database: str, fault: Fault = passed) -> Iterator[Scripted]:
    """A server on the workspace in that database."""
    workspace = EmbeddedTransport(database)

    def reply(asked: Asked) -> Reply:
        path, _, query = asked.target.partition("?")

        def forward() -> Reply:
            answer = workspace.send(Request(asked.method, unquote(path), query, asked.body))
            return Reply(answer.body, answer.status, headers=dict(answer.headers))

        return fault(asked, forward)

    try:
        with scripted(reply) as server:
            yield server
    finally:
        workspace.close()


def connected(server: Scripted, retries: icosa.Retries | float | str | None = QUICK) -> icosa.Client:
    return icosa.connect(server.url, token=KEY, catalogue=STANDARD, retries=retries)
