"""Errors on the wire, both ways.

1.0.3 answers every fault of a request with status 400 and {"statusCode", "error", "messages"}; refused
keys with 401 and 403; malformed JSON and unknown paths in its framework's shape, without "messages".
Icosa keeps statuses and shapes, adds the text as "message" for clients that show nothing else, and
says which error it is in the header `Icosa-Error`.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from icosa import errors
from icosa.errors import IcosaError
from icosa.wire.message import Answer
from icosa.wire.version import TWENTY_1_0_3, Version

CODE_HEADER = "Icosa-Error"

RETRY_AFTER_SECONDS = 1

NAMED_BY_CODE = "Error"
"""The name of every fault that has a code in versions whose faults have codes."""


def write_fault(error: IcosaError, version: Version = TWENTY_1_0_3) -> Answer:
    """The answer that tells a client of this error."""
    status, name = version.faults.get(type(error), version.fault)
    text, recorded = error.message, version.wording.get(type(error), error.legacy)
    if recorded and recorded not in text:
        text = f"{recorded.rstrip('.')}. {text}"
    headers = [(CODE_HEADER, error.code)]
    if isinstance(error, errors.Overloaded | errors.RateLimited):
        headers.append(("Retry-After", str(getattr(error, "after", None) or RETRY_AFTER_SECONDS)))
    if isinstance(error, errors.MalformedJson):
        return framework_fault(400, text, "Bad Request", tuple(headers))
    fault = (error.fault or version.codes.get(type(error))) if version.codes else None
    body = {"statusCode": status, "error": NAMED_BY_CODE if fault else name, "messages": [text], "message": text}
    if fault:
        body["code"] = fault
    return Answer(status, orjson.dumps(body), tuple(headers))


def framework_fault(status: int, text: str, error: str, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """A fault found before any object is known: malformed JSON, an unknown path, a body that is too long."""
    return Answer(status, orjson.dumps({"statusCode": status, "message": text, "error": error}), headers)


def _all_errors() -> dict[str, type[IcosaError]]:
    found: dict[str, type[IcosaError]] = {}
    pending: list[type[IcosaError]] = [IcosaError]
    while pending:
        each = pending.pop()
        found[each.code] = each
        pending += each.__subclasses__()
    return found


_BY_CODE = _all_errors()
_SOMETHING_TAKEN = "A duplicate entry was detected"
_BY_TEXT: tuple[tuple[str, type[IcosaError]], ...] = (
    ("Record not found", errors.NotFound),
    ("Could not find any entity", errors.NotFound),
    ("Record already exists", errors.RecordExists),
    (_SOMETHING_TAKEN, errors.Conflict),
    ("Multiple records found with the same unique field values", errors.Conflict),
    ("Expected 1 record to connect", errors.BrokenLink),
    ("does not have permission", errors.Forbidden),
    ("Method not allowed.", errors.Forbidden),
    ("User id is required", errors.PersonNeeded),  # what only a person may do, told with 401
    ("requires a session access token", errors.Forbidden),
    ("Invalid token type", errors.InvalidKey),
    ("doesn't have any ", errors.UnknownField),
    ("duplicate key value", errors.ValueTaken),
    ("violates foreign key", errors.BrokenLink),
    ("is missing in object metadata", errors.UnknownField),
    ("does not exist in", errors.InvalidQuery),
    ("'filter'", errors.InvalidQuery),
    ("'order_by'", errors.InvalidQuery),
    ("limit '", errors.InvalidQuery),
    ("Invalid cursor", errors.InvalidQuery),
    ("' not found. ", errors.UnknownObject),
    ("is not a valid UUID", errors.InvalidId),
    ("'depth=", errors.UnsupportedDepth),
    ("Missing authentication token", errors.MissingKey),
    ("has expired", errors.ExpiredKey),
    ("is revoked", errors.RevokedKey),
)
_BY_NAME: dict[str, type[IcosaError]] = {"PERMISSION_DENIED": errors.Forbidden, "FORBIDDEN": errors.Forbidden}
"""By the code in the body, which newer servers have for some."""
_REFUSED_AS_FAILURES = ("Data validation error.", "request entity too large")
"""What a server refuses with status 500, and would again."""
_BY_STATUS: dict[int, type[IcosaError]] = {
    400: errors.InvalidInput,
    401: errors.InvalidKey,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    422: errors.InvalidInput,
    429: errors.RateLimited,
    503: errors.Overloaded,
}


def read_fault(status: int, body: Any, headers: Mapping[str, str]) -> IcosaError:
    """The error that an answer of status 400 or more tells of.

    `body` is the parsed JSON, or None.  An Icosa server names the error in a header; another is known by
    status and words.
    """
    text = _message(body) or f"the server answered {status} without a reason"
    code = {name.lower(): value for name, value in headers.items()}.get(CODE_HEADER.lower(), "")
    kind = _BY_CODE.get(code)
    if kind is None and status < 500:
        kind = next((each for words, each in _BY_TEXT if words in text), _BY_NAME.get(_code(body)))
    if kind is None and any(words in text for words in _REFUSED_AS_FAILURES):
        kind = errors.InvalidInput
    kind = kind or _BY_STATUS.get(status) or (errors.ServerBroken if status >= 500 else errors.InvalidInput)
    if issubclass(kind, errors.InvalidValue):
        path, colon, problem = text.partition(": ")
        return kind(path, problem) if colon and " " not in path else kind("request", text)
    return kind(text)


def is_something_taken(error: IcosaError) -> bool:
    """Whether an id or a unique value is taken, and the server did not say which: newer versions of Twenty do not."""
    return type(error) is errors.Conflict and _SOMETHING_TAKEN in error.message


def _code(body: Any) -> str:
    return str(body.get("code") or "") if isinstance(body, dict) else ""


def _message(body: Any) -> str:
    if not isinstance(body, dict):
        return ""
    messages = body.get("messages")
    if isinstance(messages, list) and messages:
        return "; ".join(str(each) for each in messages)
    return str(body.get("message") or body.get("error") or "")
