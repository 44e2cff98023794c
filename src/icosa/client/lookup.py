"""Which record is meant by what somebody calls it: its id, an e-mail address, a web address, its name.

By what the records of an object are known follows from its fields: e-mail addresses, what is unique (a company's
website), and its name.  What tells a record most surely counts: a name only where nothing surer fits.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any, Final, cast
from uuid import UUID

from icosa.call.extensions import offered
from icosa.call.keys import comparable, spellings
from icosa.call.page import Page, Record
from icosa.call.paths import value_at
from icosa.call.targets import Certainty, certainty
from icosa.catalogue import naming
from icosa.catalogue.columns import Column, columns
from icosa.catalogue.folding import caseless
from icosa.catalogue.kinds import Kind, shown
from icosa.catalogue.model import Object
from icosa.client.calls import Calls
from icosa.client.transport.flow import Flow
from icosa.errors import Conflict, InvalidId, InvalidValue, NotFound
from icosa.wire.actions import Operation
from icosa.wire.language.filter import write
from icosa.wire.language.filter_tree import And, Comparator, Comparison, Filter, Or
from icosa.wire.language.naive import loosened
from icosa.wire.version import TWENTY_1_0_3

_UUID: Final = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_IN_THE_WAY: Final = re.compile("[%_\\\\,\"'()\\[\\]\n\r\u2028\u2029]")
"""What stands for something else in a pattern, or what some servers cannot be asked for: any character stands for it,
and what is found is compared."""

_LOOKED_AT: Final = TWENTY_1_0_3.page
_SHOWN: Final = 10


class Match(IntEnum):
    """How surely a record is the one that is meant."""

    KEY = 1
    NAME = 2
    PART_OF_NAME = 3


def looked_up(calls: Calls, of: Object, called: str | UUID, depth: int | None) -> Flow[Record]:
    """The record that is meant.  See `Operations.look_up`."""
    text = _text(of, called)
    _, offers = yield from calls.ready()
    actions = offered(of, offers)
    if _UUID.fullmatch(text):
        return cast(Record, (yield from calls.perform(actions[Operation.FIND_ONE], {"id": str(UUID(text)), "depth": depth})))
    tree = _filter(of, text)
    if tree is None:
        raise InvalidId("Id", f"{shown(text)} is not a UUID, and {of.resource} are known by nothing else that can be looked up")
    asked = {"filter": write(tree if offers.icosa else loosened(tree)), "limit": min(_LOOKED_AT, offers.max_limit), "depth": 0}
    page = cast(Page, (yield from calls.perform(actions[Operation.FIND_MANY], asked)))
    found = _surest(of, text, page)
    if not found:
        raise NotFound(f"there is no {naming.label(of.singular).lower()} with {_known_by(of)} {shown(text)}")
    if len(found) > 1 or page.has_next_page:  # of those that were not looked at, others may fit as well
        raise Conflict(_several(of, text, found, more=page.has_next_page))
    if depth == 0:
        return found[0]
    return cast(Record, (yield from calls.perform(actions[Operation.FIND_ONE], {"id": found[0]["id"], "depth": depth})))


def identified(calls: Calls, of: Object, record: str | UUID | Mapping[str, Any]) -> Flow[str]:
    """The id of the record that is meant, which may also be given as the record itself; nobody is asked about an id."""
    if isinstance(record, Mapping):
        record = record.get("id") or ""
    text = _text(of, record)
    if _UUID.fullmatch(text):
        return str(UUID(text))
    return str((yield from looked_up(calls, of, text, 0))["id"])


def _text(of: Object, called: object) -> str:
    text = str(called).strip() if isinstance(called, str | UUID) else ""
    if not text:
        raise InvalidValue(
            naming.label(of.singular),
            f"{shown(called)} names no record; give {' or '.join(filter(None, ('its id', _known_by(of))))}",
        )
    return text


def _keys(of: Object) -> Iterator[Column]:
    """The texts by which records of an object are known, but for a name in parts."""
    for column in columns(of):
        field, known = of.field_by_name.get(column.field), certainty(of, column.path)
        if column.secret or column.kind is not Kind.TEXT or (field is not None and field.type.about.name):
            continue
        if column.part == "primaryEmail" or (known < Certainty.OTHER and column.part in ("", "primaryLinkUrl")):
            yield column


def _is_named_in_parts(of: Object) -> bool:
    return of.field_by_name[of.label_identifier].type.about.name


def _known_by(of: Object) -> str:
    """What can be said in the place of an id, in words."""
    words = ["e-mail address" if each.part == "primaryEmail" else naming.label(each.field).lower() for each in _keys(of)]
    return " or ".join(dict.fromkeys(f"the {each}" for each in ("name",) * _is_named_in_parts(of) + tuple(words)))


def _filter(of: Object, text: str) -> Filter | None:
    """What finds every record that may be meant."""
    either: list[Filter] = []
    for column in _keys(of):
        if column.part == "primaryEmail" and "@" not in text:
            continue
        if column.part:
            either.append(Comparison(column.path, Comparator.IN, spellings(of, column.path, text)))
        else:
            either.append(_like(column.path, text))
    if _is_named_in_parts(of):
        first, last = f"{of.label_identifier}.firstName", f"{of.label_identifier}.lastName"
        either += [_like(first, text), _like(last, text)]
        words = text.split()
        either += [And((_like(first, " ".join(words[:at])), _like(last, " ".join(words[at:])))) for at in range(1, min(len(words), 6))]
    return None if not either else either[0] if len(either) == 1 else Or(tuple(either))


def _like(path: str, text: str) -> Comparison:
    """The same text in upper or lower case."""
    return Comparison(path, Comparator.ILIKE, _IN_THE_WAY.sub("_", text))


def _surest(of: Object, text: str, records: Sequence[Record]) -> list[Record]:
    fits = [(fit, each) for each in records if (fit := _fit(of, text, each)) is not None]
    best = min((fit for fit, _ in fits), default=None)
    return [each for fit, each in fits if fit is best]


def _fit(of: Object, text: str, record: Record) -> Match | None:
    sought = _spoken(text)
    fits: list[Match] = []
    for column in _keys(of):
        value = value_at(record, column.path)
        if column.part and comparable(of, column.path, value) == comparable(of, column.path, text):
            fits.append(Match.KEY)
        elif not column.part and _spoken(value) == sought:
            fits.append(Match.KEY if certainty(of, column.path) is Certainty.UNIQUE else Match.NAME)
    if _is_named_in_parts(of):
        parts = [_spoken(value_at(record, f"{of.label_identifier}.{part}")) for part in ("firstName", "lastName")]
        if " ".join(filter(None, parts)) == sought:
            fits.append(Match.NAME)
        elif sought in parts:
            fits.append(Match.PART_OF_NAME)
    return min(fits, default=None)


def _spoken(value: Any) -> str:
    return caseless(value) if isinstance(value, str) else ""


def _several(of: Object, text: str, found: Sequence[Record], *, more: bool) -> str:
    ids = ", ".join(each["id"] for each in found[:_SHOWN]) + (" and more" if len(found) > _SHOWN else "")
    return f"{len(found)}{' or more' if more else ''} {of.resource.lower()} go by {shown(text)}; say which of them by its id: {ids}"
