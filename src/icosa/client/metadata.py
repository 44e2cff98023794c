"""Objects and fields as a server tells them below /rest/metadata, and made, changed and taken away there: for servers that are of
a Twenty which keeps them so, such as 2.19."""

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

import orjson

from icosa.call.response import read
from icosa.client.blocking import Client, through
from icosa.client.calls import Calls
from icosa.client.transport.flow import Flow
from icosa.errors import UnreadableAnswer
from icosa.secret import Secret
from icosa.wire.actions import OPEN_API_SCHEMA
from icosa.wire.message import Answer, Request

Json = dict[str, Any]
Kind = Literal["objects", "fields"]

_USER_AGENT: Final = "icosa"
_MOST: Final = 1_000
_REFUSED: Final = 400
_NEXT: Final = "endCursor"


class Wrong(NamedTuple):
    """Something that a server finds wrong with a change: what it says, and the value that it says it of, None where it names none."""

    text: str
    value: Any = None


class ChangeRefused(NamedTuple):
    """A change that was not made, and why."""

    wrong: tuple[Wrong, ...]


def written_objects(client: Client) -> list[Json]:
    """All objects, each with its `fields`, as the server writes them.  Raises what reading it raises, such as Forbidden."""
    return through(client, _objects)


def make(client: Client, kind: Kind, body: Mapping[str, Any]) -> Json | ChangeRefused:
    """A new object or field, as the server made it; or why it does not."""
    return through(client, lambda calls: _changed(calls, "POST", kind, "", body))


def change(client: Client, kind: Kind, id_: str, body: Mapping[str, Any]) -> Json | ChangeRefused:
    """One that is there, changed."""
    return through(client, lambda calls: _changed(calls, "PATCH", kind, id_, body))


def take_away(client: Client, kind: Kind, id_: str) -> Json | ChangeRefused:
    """One that is there, deleted with all that it holds."""
    return through(client, lambda calls: _changed(calls, "DELETE", kind, id_, None))


def _objects(calls: Calls) -> Flow[list[Json]]:
    _, offers = yield from calls.ready()
    return (yield from calls.sender.through(_all_objects(offers.prefix, calls.sender.token)))


def _all_objects(prefix: str, token: Secret | None) -> Flow[list[Json]]:
    found: list[Json] = []
    query = f"limit={_MOST}"
    while True:
        request = Request("GET", f"{prefix}/metadata/objects", query, user_agent=_USER_AGENT)
        answered = read(OPEN_API_SCHEMA, request, (yield request), token)
        listed, info = (answered.get("data"), answered.get("pageInfo")) if isinstance(answered, dict) else (None, None)
        if not isinstance(listed, list) or not all(isinstance(each, dict) and isinstance(each.get("fields"), list) for each in listed):
            raise UnreadableAnswer(f"the answer to GET {request.path} is no list of objects with their fields, as Twenty 2.19 has one")
        found += listed
        if not (isinstance(info, dict) and info.get("hasNextPage") and listed):
            return found
        query = f"limit={_MOST}&starting_after={info.get(_NEXT)}"


def _changed(calls: Calls, method: str, kind: Kind, id_: str, body: Mapping[str, Any] | None) -> Flow[Json | ChangeRefused]:
    """Sent once, and never again: what became of it where the answer is lost, the list of objects tells."""
    _, offers = yield from calls.ready()
    path = f"{offers.prefix}/metadata/{kind}" + (f"/{id_}" if id_ else "")
    request = Request(method, path, body=b"" if body is None else orjson.dumps(body), user_agent=_USER_AGENT)
    answer = yield request
    if answer.status == _REFUSED and (wrong := _wrong(answer)):
        return ChangeRefused(wrong)
    found = read(OPEN_API_SCHEMA, request, answer, calls.sender.token)
    if not isinstance(found, dict):
        raise UnreadableAnswer(f"the answer to {method} {path} is no object")
    return found


def _wrong(answer: Answer) -> tuple[Wrong, ...]:
    """What a refusal lists: what is wrong with the change, or with the form of the body."""
    try:
        written = orjson.loads(answer.body)
    except ValueError:
        return ()
    if not isinstance(written, dict):
        return ()
    listed = written.get("errors")
    things = [each for group in listed.values() for each in group] if isinstance(listed, dict) else []
    found = [Wrong(_text(each), each.get("value")) for thing in things for each in thing.get("errors", ())]
    if not found:
        messages = written.get("message")
        found = [Wrong(str(each)) for each in (messages if isinstance(messages, list) else [messages] if messages else [])]
    return tuple(found)


def _text(of: Mapping[str, Any]) -> str:
    return str(of.get("userFriendlyMessage") or of.get("message") or "It is refused")
