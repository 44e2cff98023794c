"""Rules of what a real Twenty 2.19 does to answers that are right: it leaves out what it has, and what it has done."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson

from icosa.call.paths import value_at
from icosa.surfaces.testing.rules import Rule
from icosa.wire.actions import Operation
from icosa.wire.message import Answer
from icosa.wire.rest.routes import Route

_FIRST_KEY = re.compile(r"\s*([\w.]+)\s*(?:\[(\w+)\])?")
_USUAL_DIRECTION = "AscNullsFirst"
_OF_THE_BODY = ("content-length", "etag")
"""Headers that are wrong for another body."""


@dataclass(frozen=True)
class RuleOf219(Rule):
    """A rule that has no place in a workspace of another version: nothing else does that."""


@dataclass(frozen=True)
class LostNulls(RuleOf219):
    """A page behind a cursor lacks the records without a value in the first field that they are sorted by, and says that it
    is the last one where it would have gone on with them: with AscNullsLast forwards, with AscNullsFirst (or no word about
    it) backwards.  A first page has them, and totalCount counts them.
    """

    def matches(self, method: str, path: str, route: Route | None) -> bool:
        return route is not None and route.operation == Operation.FIND_MANY and super().matches(method, path, route)

    def concerns(self, query: str) -> bool:
        asked = _asked(query)
        return _passed_over(asked) is not None

    def deliver(self, answer: Answer, query: str) -> Answer:
        found = _passed_over(_asked(query))
        if answer.status != 200 or found is None:
            return answer
        path, forwards = found
        payload = orjson.loads(answer.body)
        plural, records = next(iter(payload["data"].items()))
        kept = [each for each in records if value_at(each, path) not in (None, "", [])]
        if len(kept) == len(records):
            return answer
        payload["data"][plural] = kept
        info = payload["pageInfo"]
        info["hasNextPage" if forwards else "hasPreviousPage"] = False
        if not kept:
            info["startCursor"] = info["endCursor"] = None
        return _with(answer, payload)


@dataclass(frozen=True)
class UntoldWrite(RuleOf219):
    """Several records at once were brought back, or deleted so that they can be, and the answer holds none of them: so it
    is where the filter names deletedAt, as in `deletedAt[is]:NOT_NULL`, since no record is as it says any more.
    """

    def matches(self, method: str, path: str, route: Route | None) -> bool:
        several = (Operation.RESTORE_MANY, Operation.DELETE_MANY)
        return route is not None and route.operation in several and super().matches(method, path, route)

    def concerns(self, query: str) -> bool:
        return "deletedAt" in _asked(query).get("filter", "")

    def deliver(self, answer: Answer, query: str) -> Answer:
        if answer.status != 200:
            return answer
        payload = orjson.loads(answer.body)
        payload["data"] = {name: [] for name in payload["data"]}
        return _with(answer, payload)


def _asked(query: str) -> Mapping[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True))


def _passed_over(asked: Mapping[str, str]) -> tuple[str, bool] | None:
    """The path whose nulls are passed over, and whether the page goes forwards; None where none are."""
    forwards = bool(asked.get("starting_after"))
    key = _FIRST_KEY.match(asked.get("order_by", ""))
    if key is None or not (forwards or asked.get("ending_before")):
        return None
    path, direction = key.group(1), key.group(2) or _USUAL_DIRECTION
    return (path, forwards) if direction == ("AscNullsLast" if forwards else "AscNullsFirst") else None


def _with(answer: Answer, payload: Any) -> Answer:
    headers = tuple(each for each in answer.headers if each[0].lower() not in _OF_THE_BODY)
    return answer._replace(body=orjson.dumps(payload), headers=headers)
