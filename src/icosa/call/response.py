"""From an answer to what it holds, or to the error it tells of.  Pure."""

import re
from typing import Any, Final

import orjson

from icosa import errors
from icosa.call.page import Page, Record
from icosa.catalogue import naming
from icosa.errors import IcosaError, UnknownAction, UnreadableAnswer
from icosa.secret import Secret
from icosa.wire.actions import Action, Operation
from icosa.wire.message import Answer, Request
from icosa.wire.rest import envelope
from icosa.wire.rest.faults import CODE_HEADER, read_fault
from icosa.wire.rest.query import upserts

Content = Record | list[Record] | Page | list[Page]

_SHOWN_CHARACTERS = 100
_TELLING_WITHOUT_JSON = (401, 403, 429)  # what a proxy answers too, and means the same by
_NO_JSON = object()
_NO_SUCH_PATH = ("Query path", "'restore' not found", "is not a valid UUID", "Record ID not found")
_UUID: Final = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_ABOUT_PROPERTY: Final = r"(?:^|\. )(?P<before>(?:\[\d+\]\.)?)(?P<name>\w+)(?P<part>[\w.\[\]]*): (?P<problem>.+)$"
_CHECK_ADDRESS = "Check that the address is that of a Twenty or Icosa workspace, and that no proxy or login page stands before it"


def read(action: Action, request: Request, answer: Answer, token: Secret | None = None) -> Any:
    """The JSON of an answer, whole, after a look at its envelope.

    Raises the error that the server tells of; ServerBroken or Overloaded for 5xx; UnreadableAnswer for
    what is not JSON, or not the answer to this action.  `token` appears in none of them.
    """
    payload = _parsed(answer.body)
    if not 200 <= answer.status < 300:
        raise _fault(action, request, answer, payload, token)
    if payload is _NO_JSON:
        raise UnreadableAnswer(f"{_described(answer, token)}, not JSON. {_CHECK_ADDRESS}")
    if action.object is not None and action.operation is not Operation.OTHER:
        try:
            envelope.read(action.operation, action.object, payload)
        except UnreadableAnswer as error:
            raise UnreadableAnswer(_scrubbed(error.message, token)) from None
        except errors.NotFound:
            raise _nobody(action, _id_in(request)) from None
    return payload


def content(action: Action, payload: Any) -> Content:
    """What an answer of `read` holds, without what is around it: a Page for find many, a list of them for
    duplicates, a list of records for create many, else one record; the whole of it where no object is
    asked about, or in a way that only this server knows."""
    if action.object is None or action.operation is Operation.OTHER:
        whole: Record = payload
        return whole
    held = envelope.read(action.operation, action.object, payload)
    if isinstance(held, envelope.ReadPage):
        return Page.of(held)
    if action.operation is Operation.FIND_DUPLICATES:
        return [Page.of(each) for each in envelope.read_duplicates(action.object, payload)]
    return held  # type: ignore[return-value]


def _parsed(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except ValueError:
        return _NO_JSON


def _fault(action: Action, request: Request, answer: Answer, payload: Any, token: Secret | None) -> IcosaError:
    headers = {name.lower(): value for name, value in answer.headers}
    status = answer.status
    if action.operation is Operation.RESTORE and CODE_HEADER.lower() not in headers and _is_unknown_path(status, payload):
        return UnknownAction(
            f"this server has no {action.label}: it answers {status} to {request.method} {request.path}. Icosa servers and newer "
            "versions of Twenty can restore; Twenty 1.0.3 cannot, and what was deleted there is destroyed"
        )
    if (payload is _NO_JSON and status < 500 and status not in _TELLING_WITHOUT_JSON) or _is_no_route(status, payload):
        return UnreadableAnswer(f"{_described(answer, token)}, to {request.method} {request.path}. {_CHECK_ADDRESS}")
    error = read_fault(status, None if payload is _NO_JSON else payload, headers)
    error.args = (_scrubbed(error.message, token),)
    error.message = error.args[0]
    if CODE_HEADER.lower() in headers and not isinstance(error, errors.NotFound):
        return _in_form_words(action, error)
    return _with_advice(action, request, error, status, headers)


def _in_form_words(action: Action, error: IcosaError) -> IcosaError:
    """What an Icosa server says about a property, under the name that the form has for it, and without
    the words of 1.0.3 that stand before it for older clients."""
    text = error.problem if isinstance(error, errors.InvalidValue) and error.path == "request" else error.message
    found = re.search(_ABOUT_PROPERTY, text, re.DOTALL)
    of = action.object
    if found is None or of is None or not (found["name"] in of.field_by_name or found["name"] in of.relation_by_key):
        return error
    path = found["before"] + naming.label(found["name"]) + found["part"]
    if isinstance(error, errors.InvalidValue):
        return type(error)(path, found["problem"])
    return type(error)(f"{path}: {found['problem']}")


def _with_advice(action: Action, request: Request, error: IcosaError, status: int, headers: dict[str, str]) -> IcosaError:
    """An error that a server words for its own engineers, with what somebody can do about it."""
    text = error.message.rstrip(".")
    match error:
        case errors.RecordExists() | errors.ValueTaken() if upserts(request.query):
            advice = "This server does not know upsert, as Twenty 1.0.3 does not: find the record that is there, and update it"
        case errors.NotFound() if action.object is not None and "{id}" in action.path:
            return _nobody(action, _id_in(request))
        case errors.InvalidKey() | errors.ExpiredKey() | errors.RevokedKey():
            advice = "Create a new API key in the workspace's settings (icosa keys create on an Icosa one) and connect with it"
        case errors.MissingKey():
            advice = "Give an API key: token=… in Python, ICOSA_TOKEN in the environment, or run icosa login once"
        case errors.AccessDenied() if not isinstance(error, errors.ReadOnlyKey):
            advice = "The key is known but may not do this; ask for one that may"
        case errors.RateLimited():
            seconds = headers.get("retry-after", "")
            advice = f"Wait {seconds} seconds, then go on more slowly" if seconds.isdigit() else "Wait a minute, then go on more slowly"
        case errors.ServerFailure():
            look = "" if request.method == "GET" else "; look first whether it did what was asked"
            return type(error)(f"the server failed with status {status}: {text}. Try again later{look}")
        case _:
            return error
    return type(error)(f"{text}. {advice}")


def _nobody(action: Action, id_: str) -> errors.NotFound:
    assert action.object is not None
    singular, many = naming.label(action.object.singular), action.object.resource
    if action.operation is Operation.RESTORE:
        return errors.NotFound(
            f"Id: there is no deleted {singular} with the id {id_}. Find Many {many} with the filter "
            "deletedAt[is]:NOT_NULL gives the deleted ones"
        )
    return errors.NotFound(f"Id: there is no {singular} with the id {id_}. Find Many {many} gives the ids there are, without deleted ones")


def _id_in(request: Request) -> str:
    found = re.findall(_UUID, f"{request.path}?{request.query}")
    return found[0] if found else request.path.rpartition("/")[2]


def _is_no_route(status: int, payload: Any) -> bool:
    """Whether a server says that it has nothing at this path: a Twenty workspace answers 400 about records."""
    return status in (404, 405) and isinstance(payload, dict) and str(payload.get("message", "")).startswith("Cannot ")


def _is_unknown_path(status: int, payload: Any) -> bool:
    """Whether a server has no such path; Twenty 1.0.3 takes a longer one for a mistake in a shorter one."""
    if not isinstance(payload, dict):
        return False
    words = str(payload.get("messages") or payload.get("message"))
    if status == 404:
        return "Record not found" not in words
    return status == 405 or (status == 400 and any(each in words for each in _NO_SUCH_PATH))


def _described(answer: Answer, token: Secret | None) -> str:
    headers = {name.lower(): value for name, value in answer.headers}
    kind = headers.get("content-type", "no content type").partition(";")[0]
    start = _scrubbed(answer.body.decode("utf-8", "replace"), token)[:_SHOWN_CHARACTERS]
    begins = f' that begins with "{" ".join(start.split())}"' if start.strip() else " that is empty"
    return f"the server answered {answer.status} ({kind}) with a body{begins}"


def _scrubbed(text: str, token: Secret | None) -> str:
    return token.scrub(text) if token else text
