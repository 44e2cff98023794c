"""Rules of what goes wrong.  Each says which requests it is about, and what becomes of those that it strikes.

Plain values: a rule remembers nothing, and `icosa.surfaces.testing.faults` counts and draws.
"""

from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from typing import Literal, NamedTuple, TypeAlias

import orjson

from icosa import errors
from icosa.catalogue.kinds import shown
from icosa.catalogue.naming import snake_case
from icosa.errors import InvalidValue
from icosa.wire.actions import Operation
from icosa.wire.message import Answer
from icosa.wire.rest.faults import write_fault
from icosa.wire.rest.routes import Route
from icosa.wire.version import TWENTY_1_0_3, Version

STATUSES = (500, 502, 503, 504)
_REASONS = dict(zip(STATUSES, ("Internal Server Error", "Bad Gateway", "Service Unavailable", "Gateway Time-out"), strict=True))


_LIMIT_OF_2_19 = "Limit reached (100 tokens per 60000 ms)"


class CutShort(NamedTuple):
    """An answer of which only the first `received` bytes of its body arrive; None where not even its head does."""

    answer: Answer
    received: int | None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Which requests a rule strikes: `share` of those that match, drawn by the seed.

    `method`, `path` (a pattern such as "/rest/people/*"), `object` and `operation` ("create_many") say what
    matches.  `nth` are the only ones to be struck, counted from 1 among those that match; the first `after`
    are left alone; and no more than `times` are struck.
    """

    share: float = 1.0
    method: str | None = None
    path: str | None = None
    object: str | None = None
    operation: str | None = None
    nth: int | tuple[int, ...] | None = None
    after: int = 0
    times: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise InvalidValue("share", f"{self.share!r} is no share of requests; give 0 to 1, such as 0.2 for every fifth")
        if self.operation is not None and self.operation not in set(Operation):
            raise InvalidValue("operation", f"{shown(self.operation)} is none; give one of {', '.join(Operation)}")

    def delay(self) -> float:
        """How many seconds later than usual the answer comes."""
        return 0.0

    def matches(self, method: str, path: str, route: Route | None) -> bool:
        """Whether it is about this request; `route` is None where the path leads to no object."""
        if self.object is not None:
            of = route and route.object
            if not of or snake_case(self.object) not in (snake_case(of.singular), snake_case(of.plural)):
                return False
        return (
            (self.method is None or self.method.upper() == method)
            and (self.path is None or fnmatchcase(path, self.path))
            and (self.operation is None or (route is not None and self.operation == route.operation))
        )

    def concerns(self, query: str) -> bool:
        """Whether it is about a request that has this query, as it was sent, among those that match."""
        return True

    def instead(self, version: Version) -> Answer | None:
        """The answer that is given without asking the workspace, as a server of this version gives it; None where it is
        asked."""
        return None

    def deliver(self, answer: Answer, query: str) -> Answer | CutShort:
        """What becomes of the workspace's answer to a request with this query."""
        return answer

    def __str__(self) -> str:
        own_first = sorted(fields(self), key=lambda each: each.name in Rule.__dataclass_fields__)
        given = (f"{each.name}={value!r}" for each in own_first if (value := getattr(self, each.name)) != each.default)
        return f"{type(self).__name__}({', '.join(given)})"


@dataclass(frozen=True)
class RateLimited(Rule):
    """429: nothing is done.  `retry_after` is what the header Retry-After says, in seconds; None sends none, as Twenty
    2.19 does.  In a workspace of 2.19 the answer has its words."""

    retry_after: int | None = field(default=1, kw_only=True)

    def instead(self, version: Version) -> Answer:
        if version is TWENTY_1_0_3:
            answer = write_fault(errors.RateLimited("too many requests; this one was not looked at", legacy="Limit reached"))
        else:
            status, name = version.faults[errors.RateLimited]
            answer = Answer(status, orjson.dumps({"statusCode": status, "error": name, "messages": [_LIMIT_OF_2_19]}))
        headers = tuple(each for each in answer.headers if each[0] != "Retry-After")
        return answer._replace(headers=headers if self.retry_after is None else (*headers, ("Retry-After", str(self.retry_after))))


@dataclass(frozen=True)
class ServerError(Rule):
    """A 5xx as a server or a proxy sends it: `when` says whether "before" the workspace saw the request, so
    that nothing is done, or "after" it did what was asked."""

    status: int = 503
    when: Literal["before", "after"] = field(default="before", kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.status not in STATUSES:
            raise InvalidValue("status", f"{self.status!r} is not made here; give {', '.join(map(str, STATUSES))}")
        if self.when not in ("before", "after"):
            raise InvalidValue("when", f"{shown(self.when)} is neither; give before or after, which is about the commit")

    def instead(self, version: Version) -> Answer | None:
        return _broken(self.status) if self.when == "before" else None

    def deliver(self, answer: Answer, query: str) -> Answer:
        return _broken(self.status) if self.when == "after" else answer


@dataclass(frozen=True)
class Slow(Rule):
    """What was asked is done, and its answer comes so many `seconds` later: over the client's time limit it is
    a time-out.  Another rule may strike the same request."""

    seconds: float

    def delay(self) -> float:
        return self.seconds


@dataclass(frozen=True)
class LostAnswer(Rule):
    """What was asked is done, and the connection ends before a byte of the answer."""

    def deliver(self, answer: Answer, query: str) -> CutShort:
        return CutShort(answer, None)


@dataclass(frozen=True)
class CutAnswer(Rule):
    """What was asked is done, and the connection ends in the middle of the answer's body."""

    def deliver(self, answer: Answer, query: str) -> CutShort:
        return CutShort(answer, len(answer.body) // 2)


@dataclass(frozen=True)
class ExpiredKey(Rule):
    """The key has expired: nothing is done.  With `after=20` it does so after twenty requests."""

    def instead(self, version: Version) -> Answer:
        return write_fault(errors.ExpiredKey("the API key expired a moment ago; make another", legacy="Token has expired."), version)


@dataclass(frozen=True)
class RenamedField:
    """A field is called otherwise: `RenamedField("people", "jobTitle", "occupation")`.

    Records keep its values.  Bodies and filters that name the old one are refused, answers and the OpenAPI
    document have the new one: the workspace itself is changed, until the rules are.
    """

    object: str
    old: str
    new: str


AnyRule: TypeAlias = Rule | RenamedField


def _broken(status: int) -> Answer:
    """A 5xx: 500 comes from the server itself, the others from a proxy before it, which speaks no JSON."""
    if status == 500:
        return Answer(status, orjson.dumps({"statusCode": status, "message": _REASONS[status]}), (("Content-Type", "application/json"),))
    page = f"<html><head><title>{status} {_REASONS[status]}</title></head><body><h1>{status} {_REASONS[status]}</h1></body></html>"
    return Answer(status, page.encode(), (("Content-Type", "text/html"),))
