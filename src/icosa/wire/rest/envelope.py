"""What is put around records in an answer, and what is taken off again.

    find many     {"data": {"people": [...]}, "pageInfo": {...}, "totalCount": 3}
    find one      {"data": {"person": {...}}}
    create one    {"data": {"createPerson": {...}}}
    create many   {"data": {"createPeople": [...]}}
    update one    {"data": {"updatePerson": {...}}}
    restore       {"data": {"restorePerson": {...}}}
    delete one    {"data": {"deletePerson": {"id": "..."}}}
    duplicates    {"data": [{"personDuplicates": [...], "pageInfo": {...}, "totalCount": 1}, ...]}
    update many   {"data": {"updatePeople": [...]}}, and so deletePeople, restorePeople
    merge         {"data": {"mergePerson": {...}}}

Where pages look both ways (`Version.two_ways`), "pageInfo" stands last and always says "hasPreviousPage".
The writing side joins JSON that a store composed, as bytes, and never parses it.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from icosa.catalogue.model import Object
from icosa.catalogue.naming import capitalised
from icosa.errors import NotFound, UnreadableAnswer
from icosa.wire.actions import Operation

Json = Sequence[bytes | memoryview]
"""JSON in pieces: pages are long, and are joined once, with what is put around them."""

Record = dict[str, Any]
"""A record as JSON: property to value."""


class PageInfo(NamedTuple):
    """Where a page lies among all records: cursors of its first and last record, None where it is empty.

    `has_previous_page` is told by pages that were asked for backwards alone, as in 1.0.3, where it is sent only
    where it is true.
    """

    has_next_page: bool = False
    has_previous_page: bool = False
    start_cursor: str | None = None
    end_cursor: str | None = None


class ReadPage(NamedTuple):
    """Records, where they lie among all, and how many there are in all."""

    records: list[Record]
    info: PageInfo
    total_count: int


def key_of(operation: Operation, of: Object) -> str:
    """The key under which an answer holds its records: "createPerson"."""
    match operation:
        case Operation.FIND_MANY:
            return of.plural
        case Operation.FIND_ONE:
            return of.singular
        case Operation.CREATE_MANY | Operation.UPDATE_MANY | Operation.DELETE_MANY | Operation.RESTORE_MANY:
            return f"{operation.partition('_')[0]}{capitalised(of.plural)}"
        case Operation.FIND_DUPLICATES:
            return f"{of.singular}Duplicates"
        case _:
            return f"{operation.partition('_')[0]}{capitalised(of.singular)}"


def one(operation: Operation, of: Object, record: Json) -> bytes:
    """The answer of an operation on one record; `record` is its JSON."""
    return b"".join((opening(operation, of), *record, b"}}"))


@lru_cache(maxsize=1024)
def opening(operation: Operation, of: Object) -> bytes:
    """What stands before the record in an answer about one; behind it two braces are closed."""
    return _opening(key_of(operation, of))


def deleted(of: Object, id_: str) -> bytes:
    """The answer of a delete."""
    return one(Operation.DELETE_ONE, of, (b'{"id":"%s"}' % id_.encode(),))


def several(operation: Operation, of: Object, records: Json) -> bytes:
    """The answer of a write of several records; `records` is their JSON, joined by commas."""
    return b"".join((_opening(key_of(operation, of)), b"[", *records, b"]}}"))


def many(of: Object, records: Json, info: PageInfo, total_count: int, *, two_ways: bool = False) -> bytes:
    """The answer of a find many; `records` is the JSON of its records, joined by commas."""
    return b"".join((_opening(of.plural), b"[", *records, b"]},", _page(info, total_count, two_ways), b"}"))


def duplicates(of: Object, groups: Iterable[tuple[Json, PageInfo, int]], *, two_ways: bool = False) -> bytes:
    """The answer of a find duplicates: for each record asked about, the JSON of those like it, joined by commas."""
    key = key_of(Operation.FIND_DUPLICATES, of).encode()
    found = (b'{"%s":[%s],%s}' % (key, b"".join(records), _page(info, total_count, two_ways)) for records, info, total_count in groups)
    return b'{"data":[%s]}' % b",".join(found)


def groups(found: bytes) -> bytes:
    """The answer of a group by, which has no envelope; `found` is the JSON of the groups, joined by commas."""
    return b"[%s]" % found


def _opening(key: str) -> bytes:
    return b'{"data":{"%s":' % key.encode()


def _page(info: PageInfo, total_count: int, two_ways: bool) -> bytes:
    next_page, previous_page = ("true" if each else "false" for each in (info.has_next_page, info.has_previous_page))
    start, end = (f'"{each}"' if each else "null" for each in (info.start_cursor, info.end_cursor))
    if two_ways:
        places = f'"startCursor":{start},"endCursor":{end},"hasNextPage":{next_page},"hasPreviousPage":{previous_page}'
        return f'"totalCount":{total_count},"pageInfo":{{{places}}}'.encode()
    previous = ',"hasPreviousPage":true' if info.has_previous_page else ""
    return f'"pageInfo":{{"hasNextPage":{next_page}{previous},"startCursor":{start},"endCursor":{end}}},"totalCount":{total_count}'.encode()


def read(operation: Operation, of: Object, payload: Any) -> Record | list[Record] | ReadPage | list[ReadPage]:
    """What an answer to an operation holds: a Page for find many, a list of them for duplicates, a list of
    records for create many, else one record.  Raises UnreadableAnswer where the envelope is another one."""
    if operation is Operation.FIND_MANY:
        return read_page(of, payload)
    if operation is Operation.FIND_DUPLICATES:
        return read_duplicates(of, payload)
    if operation is Operation.CREATE_MANY:
        return read_records(operation, of, payload)
    return read_record(operation, of, payload)


def read_record(operation: Operation, of: Object, payload: Any) -> Record:
    """The record of an answer about one."""
    key, held = key_of(operation, of), _object(_data(payload), "data")
    if operation is Operation.RESTORE and (several := f"restore{capitalised(of.plural)}") in held:  # one record, told by a filter
        records = _objects(held[several], f"data.{several}")
        if not records:
            raise NotFound(f"there is no {of.singular} with this id")
        return records[0]
    return _object(_get(held, key, "data"), f"data.{key}")


def read_records(operation: Operation, of: Object, payload: Any) -> list[Record]:
    """The records of an answer about several, without the page they are on."""
    key = key_of(operation, of)
    return _objects(_get(_object(_data(payload), "data"), key, "data"), f"data.{key}")


def read_page(of: Object, payload: Any) -> ReadPage:
    """The page of a find many."""
    return _read_page(read_records(Operation.FIND_MANY, of, payload), payload, "")


def read_duplicates(of: Object, payload: Any) -> list[ReadPage]:
    """One page for each record that duplicates were looked for."""
    key = key_of(Operation.FIND_DUPLICATES, of)
    pages = []
    for at, group in enumerate(_objects(_data(payload), "data")):
        where = f"data[{at}]"
        pages.append(_read_page(_objects(_get(group, key, where), f"{where}.{key}"), group, f"{where}."))
    return pages


def _read_page(records: list[Record], around: Record, where: str) -> ReadPage:
    info = _object(_get(around, "pageInfo", where.rstrip(".")), f"{where}pageInfo")
    more, start, end = (_get(info, name, f"{where}pageInfo") for name in ("hasNextPage", "startCursor", "endCursor"))
    before, total = info.get("hasPreviousPage", False), _get(around, "totalCount", where.rstrip("."))
    for name, flag in (("hasNextPage", more), ("hasPreviousPage", before)):
        if flag is not True and flag is not False:
            raise _unreadable(f"{where}pageInfo.{name}", "true or false", flag)
    for name, cursor in (("startCursor", start), ("endCursor", end)):
        # It goes into the next request's address, and has to fit there.
        if cursor is not None and not (isinstance(cursor, str) and 0 < len(cursor) <= _LONGEST_CURSOR):
            raise _unreadable(f"{where}pageInfo.{name}", "a cursor: a text of some length, or null", cursor)
    if type(total) is not int:
        raise _unreadable(f"{where}totalCount", "a count", total)
    if not 0 <= total <= _HIGHEST_COUNT:
        raise UnreadableAnswer(f"{where}totalCount should be a count, and is {total}. {_ADVICE}")
    return ReadPage(records, PageInfo(more, before, start, end), total)


def _data(payload: Any) -> Any:
    return _get(_object(payload, _WHOLE), "data", _WHOLE)


def _get(value: Record, key: str, where: str) -> Any:
    if key not in value:
        held = ", ".join(f'"{each}"' for each in list(value)[:5]) or "nothing"
        raise UnreadableAnswer(f'{where or _WHOLE} has no "{key}"; it holds {held}. {_ADVICE}')
    return value[key]


def _object(value: Any, where: str) -> Record:
    if not isinstance(value, dict):
        raise _unreadable(where, "an object", value)
    return value


def _objects(value: Any, where: str) -> list[Record]:
    if not isinstance(value, list):
        raise _unreadable(where, "a list", value)
    for at, each in enumerate(value):
        if not isinstance(each, dict):
            raise _unreadable(f"{where}[{at}]", "an object", each)
    return list(value)


def _unreadable(where: str, expected: str, found: Any) -> UnreadableAnswer:
    """Says of what kind the value is, not what it is: an answer may hold secrets."""
    kind = "null" if found is None else _KINDS.get(type(found), "a number")
    return UnreadableAnswer(f"{where} should be {expected}, and is {kind}. {_ADVICE}")


_WHOLE = "the answer"
_ADVICE = "Check that the address is that of a Twenty or Icosa workspace."
_LONGEST_CURSOR = 60_000
_HIGHEST_COUNT = 2**53
_KINDS: dict[type, str] = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
