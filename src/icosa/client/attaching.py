"""Notes and tasks on records: attached, detached, and told, by the rows between that every server keeps for it.

A row is made with an id that follows from what it joins, so that it cannot be there twice: not after an answer that
got lost, and not when two attach the same at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from icosa.call.extensions import RESTORE_ONE, offered
from icosa.call.page import One, Page, Record
from icosa.catalogue import naming
from icosa.catalogue.junctions import Junction, junction
from icosa.catalogue.model import Object
from icosa.client.calls import Calls
from icosa.client.lookup import identified
from icosa.client.page_cycles import Rounds
from icosa.client.transport.flow import Flow
from icosa.errors import BrokenLink, Conflict, IcosaError, InvalidInput, InvalidValue, NotFound, UnknownAction, UnknownObject
from icosa.wire.actions import Operation, find_object
from icosa.wire.identifiers import id_of_key, new_id
from icosa.wire.language.filter import write
from icosa.wire.language.filter_tree import Comparator, Comparison, Filter, Or

_AT_ONCE: Final = 60
"""How many ids the URL of one request has room for."""


class JunctionEnd(NamedTuple):
    """A record that something hangs on: its object, and its id under the key that names it in a row."""

    object: Object
    key: str
    id: str


def attach(calls: Calls, of: Object, record: One, to: Mapping[str, One | Iterable[One]]) -> Flow[list[Record]]:
    """See `Operations.attach`."""
    joined = yield from _junction(calls, of)
    own = yield from identified(calls, of, record)
    ends = yield from _ends(calls, joined, to)
    there = _by_end(ends, (yield from _rows(calls, joined, own)))
    missing = [each for each in ends if each not in there]
    _, offers = yield from calls.ready()
    for at in range(0, len(missing), offers.max_batch):
        there |= yield from _made(calls, joined, own, missing[at : at + offers.max_batch])
    return [there[each] for each in ends]


def detach(calls: Calls, of: Object, record: One, from_: Mapping[str, One | Iterable[One]]) -> Flow[list[Record]]:
    """See `Operations.detach`."""
    joined = yield from _junction(calls, of)
    own = yield from identified(calls, of, record)
    ends = yield from _ends(calls, joined, from_)
    rows = yield from _rows(calls, joined, own)
    gone = [each for each in rows if any(each.get(end.key) == end.id for end in ends)]
    for each in gone:
        with suppress(NotFound):  # somebody else took it off meanwhile
            yield from _perform(calls, joined.rows, Operation.DELETE_ONE, {"id": each["id"]})
    return [{"id": each["id"]} for each in gone]


def attached_to(calls: Calls, of: Object, to: Mapping[str, One | Iterable[One]]) -> Flow[list[Record]]:
    """See `Operations.attached_to`."""
    joined = yield from _junction(calls, of)
    ends = yield from _ends(calls, joined, to)
    found: dict[str, Record] = {}
    for at in range(0, len(ends), _AT_ONCE):
        keys: dict[str, list[str]] = {}
        for each in ends[at : at + _AT_ONCE]:
            keys.setdefault(each.key, []).append(each.id)
        either = tuple(Comparison(key, Comparator.IN, tuple(ids)) for key, ids in keys.items())
        rows = yield from _all(calls, joined.rows, either[0] if len(either) == 1 else Or(either), depth=1)
        found |= {end["id"]: end for row in rows for end in _there(row, joined.own.name)}
    return sorted(found.values(), key=lambda each: str(each.get("createdAt")), reverse=True)


def targets(calls: Calls, of: Object, record: One) -> Flow[dict[str, list[Record]]]:
    """See `Operations.targets`."""
    joined = yield from _junction(calls, of)
    own = yield from identified(calls, of, record)
    rows = sorted((yield from _rows(calls, joined, own, depth=1)), key=lambda each: str(each.get("createdAt")))
    found = {naming.snake_case(plural): [end for row in rows for end in _there(row, each.name)] for plural, each in joined.to.items()}
    return {name: records for name, records in found.items() if records}


def _there(row: Record, name: str) -> Iterator[Record]:
    """The record that a row points at: a server leaves out one that was deleted, or shows it as such."""
    end = row.get(name)
    if isinstance(end, dict) and not end.get("deletedAt"):
        yield end


def _junction(calls: Calls, of: Object) -> Flow[Junction]:
    """Raises UnknownAction for an object whose records hang on nothing."""
    catalogue, _ = yield from calls.ready()
    found = junction(catalogue, of)
    if found is None:
        those = ", ".join(each.resource for each in catalogue if junction(catalogue, each)) or "there are none"
        raise UnknownAction(f"{of.resource} of this workspace cannot be attached to records; what can: {those}")
    return found


def _ends(calls: Calls, joined: Junction, named: Mapping[str, One | Iterable[One]]) -> Flow[list[JunctionEnd]]:
    """What keywords name, each once.  Raises UnknownObject, and InvalidInput for an object that nothing is attached to."""
    catalogue, _ = yield from calls.ready()
    names = ", ".join(f"{naming.snake_case(plural)}=…" for plural in joined.to)
    if not named:
        raise InvalidInput(f"{joined.of.resource} are attached to records, and none is named; give some by their object: {names}")
    ends: list[JunctionEnd] = []
    for name, value in named.items():
        try:
            of = find_object(catalogue, name)
        except UnknownObject:
            raise UnknownObject(f"there is no resource '{name}'; {joined.of.resource} can be attached to {names}") from None
        if of.plural not in joined.to:
            raise InvalidInput(f"{joined.of.resource} cannot be attached to {of.resource}; they can to {names}")
        for each in _listed(name, value):
            ends.append(JunctionEnd(of, joined.to[of.plural].foreign_key, (yield from identified(calls, of, each))))
    return list(dict.fromkeys(ends))


def _listed(name: str, value: Any) -> Iterator[One]:
    if isinstance(value, str | UUID | Mapping):
        yield value
    elif isinstance(value, Iterable):
        yield from value
    else:
        raise InvalidValue(name, f"{value!r} names no record; give an id, a record, or a list of them")


def _by_end(ends: Sequence[JunctionEnd], rows: Iterable[Record]) -> dict[JunctionEnd, Record]:
    there = {(key, value): row for row in rows for key, value in row.items() if isinstance(value, str)}
    return {each: there[each.key, each.id] for each in ends if (each.key, each.id) in there}


def _rows(calls: Calls, joined: Junction, own: str, depth: int = 0) -> Flow[list[Record]]:
    """What joins one record to others, at present."""
    return (yield from _all(calls, joined.rows, Comparison(joined.own.foreign_key, Comparator.EQ, own), depth))


def _made(calls: Calls, joined: Junction, own: str, ends: Sequence[JunctionEnd]) -> Flow[dict[JunctionEnd, Record]]:
    """Rows that are not there, created; as a whole where nothing is in the way, else one by one."""
    rows = [_row(joined, own, each) for each in ends]
    try:
        if len(rows) > 1:
            made = cast(list[Record], (yield from _perform(calls, joined.rows, Operation.CREATE_MANY, {"body": rows, "depth": 0})))
            return dict(zip(ends, made, strict=True))
        return {ends[0]: (yield from _made_one(calls, joined, own, ends[0]))}
    except BrokenLink as error:
        raise (yield from _missing(calls, joined, own, ends, error)) from None
    except Conflict:
        if len(rows) == 1:
            raise
    there = _by_end(ends, (yield from _rows(calls, joined, own)))
    for each in ends:
        if each not in there:
            there[each] = yield from _made_one(calls, joined, own, each)
    return there


def _row(joined: Junction, own: str, end: JunctionEnd) -> Record:
    id_ = id_of_key(joined.rows.plural, f"{joined.own.foreign_key},{end.key}", f"{own},{end.id}")
    return {"id": id_, joined.own.foreign_key: own, end.key: end.id}


def _made_one(calls: Calls, joined: Junction, own: str, end: JunctionEnd) -> Flow[Record]:
    """A row that is not there.  Where its id is taken, somebody made it in this moment, or it was taken off before and
    is brought back; what cannot be brought back has another id."""
    row = _row(joined, own, end)
    try:
        return (yield from _created(calls, joined, row))
    except BrokenLink:
        raise
    except Conflict:
        there = _by_end([end], (yield from _rows(calls, joined, own)))
    if end in there:
        return there[end]
    with suppress(UnknownAction, NotFound):
        restored = cast(Record, (yield from _perform(calls, joined.rows, RESTORE_ONE, {"id": row["id"], "depth": 0})))
        if all(restored.get(key) == value for key, value in row.items()):
            return restored
    return (yield from _created(calls, joined, {**row, "id": new_id()}))


def _created(calls: Calls, joined: Junction, row: Record) -> Flow[Record]:
    action = offered(joined.rows, (yield from calls.ready())[1])[Operation.CREATE_ONE]
    return cast(Record, (yield from calls.perform(action, {"depth": 0}, row, exact=True)))


def _missing(calls: Calls, joined: Junction, own: str, ends: Sequence[JunctionEnd], error: IcosaError) -> Flow[IcosaError]:
    """Why a row leads nowhere: the records that are not there; the server's own words where all are."""
    wanted: dict[Object, list[str]] = {joined.of: [own]}
    for each in ends:
        wanted.setdefault(each.object, []).append(each.id)
    missing: list[str] = []
    for of, ids in wanted.items():
        there = {each["id"] for each in (yield from _all(calls, of, Comparison("id", Comparator.IN, tuple(ids)), 0))}
        missing += [f"{naming.label(of.singular).lower()} {each}" for each in ids if each not in there]
    return NotFound(f"there is no {', no '.join(missing)}; nothing can be attached there") if missing else error


def _all(calls: Calls, of: Object, where: Filter, depth: int) -> Flow[list[Record]]:
    """Every record that a filter finds, page after page.  Raises UnreadableAnswer where not all can be had."""
    _, offers = yield from calls.ready()
    asked: dict[str, Any] = {"filter": write(where), "depth": depth, "limit": min(offers.max_limit, 500)}
    found, rounds = dict[str, Record](), Rounds()
    while True:
        page = cast(Page, (yield from _perform(calls, of, Operation.FIND_MANY, asked)))
        found |= {each["id"]: each for each in page}
        asked["starting_after"] = rounds.next_cursor(page)
        if asked["starting_after"] is None:
            return list(found.values())


def _perform(calls: Calls, of: Object, method: str, given: Mapping[str, Any]) -> Flow[Any]:
    _, offers = yield from calls.ready()
    return (yield from calls.perform(offered(of, offers)[method], given))
