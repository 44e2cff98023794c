"""What a script, a saved call or a plan uses of a workspace: objects, fields and options, and where."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from icosa.catalogue.folding import folded
from icosa.errors import InvalidQuery
from icosa.forms.text import STANDS_FOR, unread
from icosa.wire.actions import OPEN_API_SCHEMA
from icosa.wire.language.filter import parse
from icosa.wire.language.filter_tree import Comparator, Comparison, Filter, Not
from icosa.wire.message import Request

_OWN: Final = frozenset(
    {"", "id", "ids", "depth", "limit", "startingafter", "endingbefore", "upsert", "permanent", "pagesize", "progress", "fields", "deleted"}
)
"""Properties that name nothing of an object, and those of which not even the name is known."""

_OF_WHOLE_VALUES: Final = (Comparator.EQ, Comparator.NEQ, Comparator.IN, Comparator.CONTAINS_ANY)


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that is used at a place: an object, in whichever spelling, or by `path` a value of its records
    ("emails.primaryEmail", "job_title", "company.name").  `values` are texts that it is given or compared with.
    `creates` are the names that a new record is given, where the use is to create one.  `line` counts
    from 1; 0 is the file as a whole.  It is `read` where the value is taken from a record that was answered."""

    file: str
    line: int
    object: str
    path: str = ""
    values: tuple[str, ...] = ()
    creates: frozenset[str] | None = None
    read: bool = False


@dataclass(frozen=True, slots=True)
class Misuse:
    """Something at a place that cannot be right, whatever the workspace has."""

    file: str
    line: int
    object: str
    reason: str


@dataclass(frozen=True, slots=True)
class RawRequest:
    """A request that a script sends by itself, past Icosa's client, which says things as its server takes them."""

    file: str
    line: int
    object: str
    request: Request = field(repr=False)  # its query may hold a key


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an action is used: its object and operation in any spelling, and its properties.  `raw` is whether it is sent
    past Icosa's client."""

    file: str
    line: int
    object: str
    operation: str
    given: Mapping[str, Any] = field(repr=False)
    raw: bool = False

    def use(self, path: str = "", value: Any = None, creates: frozenset[str] | None = None) -> Use:
        return Use(self.file, self.line, self.object, path, _texts(value), creates)


Found = Use | Misuse | Spot | RawRequest
"""What is found at a place.  What a workspace has is asked by the first two, how a version is asked by all but the second."""


def uses_of(spot: Spot) -> Iterator[Found]:
    """The action itself, and all that running it needs of a workspace."""
    operation = folded(spot.operation)
    if folded(spot.object) == folded(OPEN_API_SCHEMA.resource):
        return
    yield spot
    yield spot.use()
    writes_one = operation.startswith(("createone", "updateone", "updatemany", "upsert"))
    record: dict[str, Any] = {}
    for name, value in spot.given.items():
        match folded(name):
            case own if own in _OWN:
                continue
            case "filter" | "where" | "orderby" if not isinstance(value, str) or STANDS_FOR.fullmatch(value):
                continue
            case "filter" | "where":
                yield from _of_filter(spot, value)
            case "orderby":
                yield from (spot.use(path) for key in value.split(",") if (path := key.partition("[")[0].strip()) and not unread(path))
            case "key" if operation == "upsert":
                yield from (spot.use(path) for path in _texts(value))
            case "body" if operation.startswith("createmany"):
                for each in records_of(value):
                    yield from _of_record(spot, each, creating=True)
            case "data" if operation.endswith("duplicates"):
                for each in records_of(value):
                    yield from _of_record(spot, each, creating=False)
            case _ if writes_one:
                record[name] = value
    yield from _of_record(spot, record, creating=operation.startswith("createone") and "" not in spot.given)


def _of_record(spot: Spot, record: Mapping[str, Any], *, creating: bool) -> Iterator[Use]:
    for name, value in record.items():
        if name:
            yield spot.use(name, value)
    if creating and "" not in record:
        yield spot.use(creates=frozenset(name for name, value in record.items() if value is not None))


def records_of(value: Any) -> list[Mapping[str, Any]]:
    """The records of a body, as far as they are known."""
    if isinstance(value, str) and not unread(value):
        try:
            value = json.loads(value)
        except ValueError:
            return []
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, Mapping)]


def _of_filter(spot: Spot, text: str) -> Iterator[Found]:
    try:
        tree = parse(text)
    except InvalidQuery as error:
        if not unread(text):
            yield Misuse(spot.file, spot.line, spot.object, error.message)
        return
    for each in comparisons(tree):
        if not unread(each.path):
            whole = each.comparator in _OF_WHOLE_VALUES
            yield spot.use(each.path, (list(each.value) if isinstance(each.value, tuple) else each.value) if whole else None)


def comparisons(tree: Filter) -> Iterator[Comparison]:
    """All of a filter, in the order of its text."""
    match tree:
        case Comparison():
            yield tree
        case Not(child):
            yield from comparisons(child)
        case _:
            for each in tree.children:
                yield from comparisons(each)


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(each for each in values if isinstance(each, str) and not unread(each))
