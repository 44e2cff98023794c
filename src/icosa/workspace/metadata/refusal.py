"""How the metadata API refuses: a body that has no such form, a change that cannot be, what is not there."""

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from icosa.wire.message import Answer


class MetadataRefusal(Exception):
    """A request that is not done, and what is answered to it.  Nothing was written."""

    def __init__(self, status: int, body: dict[str, object]) -> None:
        super().__init__(str(body.get("message") or body.get("messages")))
        self.answer = Answer(status, orjson.dumps(body))


class Flaw(NamedTuple):
    """Why a change cannot be: what a program calls it, what a person reads, and the value that it is about."""

    code: str
    text: str
    value: object = None


def bad_request(*texts: str) -> MetadataRefusal:
    """The body, or an id in the path, has not the form that it needs."""
    return MetadataRefusal(400, {"message": list(texts), "error": "Bad Request", "statusCode": 400})


def not_found(what: str, code: str) -> MetadataRefusal:
    """ "Object metadata" or "Field metadata" that is not there."""
    text = f"{what} not found"
    return MetadataRefusal(404, {"statusCode": 404, "error": "Error", "messages": [text], "message": text, "code": code})


def coded(status: int, text: str, code: str) -> MetadataRefusal:
    return MetadataRefusal(status, {"statusCode": status, "error": "Error", "messages": [text], "message": text, "code": code})


def invalid(doing: str, thing: str, name: str, problems: Sequence[Flaw]) -> MetadataRefusal:
    """What is wrong with a change of a `thing`, "fieldMetadata" or "objectMetadata", called `name`; `doing` is "creating
    field", say.  A real server lists as well all that would have followed from it."""
    errors = [
        {"code": each.code, "message": each.text, "userFriendlyMessage": each.text} | ({} if each.value is None else {"value": each.value})
        for each in problems
    ]
    texts = "; ".join(each.text for each in problems)
    return MetadataRefusal(
        400,
        {
            "statusCode": 400,
            "error": "METADATA_VALIDATION_ERROR",
            "message": f"Multiple validation errors occurred while {doing}: {texts}",
            "errors": {
                thing: [{"status": "fail", "errors": errors, "flatEntityMinimalInformation": {"name": name}, "metadataName": thing}],
            },
            "summary": {"totalErrors": len(errors), thing: len(errors)},
            "userFriendlyMessage": texts,
        },
    )
