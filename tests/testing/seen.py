"""Two clients that know nothing of Icosa's own, and what they see of a request in one word."""

import http.client
import json
from collections.abc import Callable
from urllib.parse import urlsplit

from icosa.errors import TimedOut, Unreachable, UnreadableAnswer
from icosa.surfaces.testing.rules import CutAnswer, ExpiredKey, LostAnswer, RateLimited, Rule, ServerError, Slow
from icosa.surfaces.testing.transport import FaultyTransport
from icosa.testing import Server
from icosa.wire.message import Request

Seen = Callable[[str, str, object], str]
"""Sends a method, a path and a body, and says what came of it."""

DONE = "done"


def over_http(server: Server, timeout: float = 10) -> Seen:
    host = urlsplit(server.url).netloc

    def seen(method: str, path: str, body: object) -> str:
        connection = http.client.HTTPConnection(host, timeout=timeout)
        headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, json.dumps(body), headers)
            answer = connection.getresponse()
            return _told(answer.status, answer.headers["Retry-After"], answer.read())
        except TimeoutError:
            return "timed out"
        except http.client.IncompleteRead:
            return "cut"
        except http.client.RemoteDisconnected:
            return "lost"
        finally:
            connection.close()

    return seen


def in_process(transport: FaultyTransport) -> Seen:
    def seen(method: str, path: str, body: object) -> str:
        try:
            answer = transport.send(Request(method, path, "", json.dumps(body).encode()))
        except TimedOut:
            return "timed out"
        except UnreadableAnswer:
            return "cut"
        except Unreachable:
            return "lost"
        headers = {name.lower(): value for name, value in answer.headers}
        return _told(answer.status, headers.get("retry-after"), answer.body)

    return seen


def _told(status: int, retry_after: str | None, body: bytes) -> str:
    if status < 300:
        assert json.loads(body)["data"]
        return DONE
    return f"{status} {retry_after}" if retry_after else str(status)


def expected(rule: Rule) -> str:
    """What a client sees of a request that a rule struck."""
    match rule:
        case RateLimited():
            return "429" if rule.retry_after is None else f"429 {rule.retry_after}"
        case ServerError():
            return str(rule.status)
        case ExpiredKey():
            return "401"
        case LostAnswer():
            return "lost"
        case CutAnswer():
            return "cut"
        case Slow():
            return "timed out"
        case _:
            raise AssertionError(f"{rule} is not known here")


def commits(rule: Rule) -> bool:
    """Whether what was asked is done all the same."""
    return isinstance(rule, LostAnswer | CutAnswer | Slow) or (isinstance(rule, ServerError) and rule.when == "after")
