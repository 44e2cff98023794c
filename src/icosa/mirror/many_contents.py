"""What many records of an object say, and the digests of that, by columns: what `content` finds of each, at less work for each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from icosa.catalogue.columns import Column, columns, columns_of_field
from icosa.catalogue.kinds import Kind, is_canonical_moment
from icosa.catalogue.model import Object
from icosa.errors import InvalidValue
from icosa.mirror.content import UUID, Columns, Remark, comparable_value, content_of, digest_of, read_value, usual_values

_AllCanonical = Callable[[Sequence[Any]], bool]
"""Whether some values, none of which is None, need no reading, which can be seen of all of them at once."""


def contents_of(of: Object, records: Sequence[Mapping[str, Any]], remark: Remark = lambda text: None) -> list[Columns]:
    """The values of records as an API answered them.  See `content.content_of`."""
    if any(column.secret for column in columns(of)):  # one that is not shown is left out
        return [content_of(of, each, remark) for each in records]
    try:
        held = _held(of, records)
        found = [_read(column, all_canonical, values, records) for (column, all_canonical), values in zip(_reading(of), held, strict=True)]
    except InvalidValue:  # to be told in the order of the records
        return [content_of(of, each, remark) for each in records]
    names = [column.name for column in columns(of)]
    return [dict(zip(names, row, strict=True)) for row in zip(*found, strict=True)]


def digests_of(of: Object, contents: Sequence[Columns]) -> list[str]:
    """The digest of each of these.  See `content.digest`."""
    names: list[str] = []
    counted: list[Sequence[Any]] = []
    usual_of: list[Any] = []
    listed = usual_values(of)
    for (name, usual), values in zip(listed, _by_name(contents, [name for name, _ in listed]), strict=True):
        column = _comparable(values)
        if column.count(usual) < len(column):
            names.append(name)
            counted.append(column)
            usual_of.append(usual)
    rows = zip(*counted, strict=True) if counted else [()] * len(contents)
    return [
        digest_of(
            {name: value for name, value, usual in zip(names, row, usual_of, strict=True) if value != usual},
            deleted=each.get("deletedAt") is not None,
        )
        for each, row in zip(contents, rows, strict=True)
    ]


@lru_cache(maxsize=1024)
def _reading(of: Object) -> tuple[tuple[Column, _AllCanonical | None], ...]:
    """The columns of an object, and how to see of many values that they need no reading."""
    return tuple((column, _all_canonical(column)) for column in columns(of))


def _held(of: Object, records: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Any]]:
    """What records hold of each column."""
    fields = [*dict.fromkeys(column.field for column in columns(of))]
    for name, held in zip(fields, _by_name(records, fields), strict=True):
        parts = [column.part for column in columns_of_field(of, name)]
        if parts == [""]:
            yield held
        elif {*map(type, held)} == {dict}:
            yield from _by_name(held, parts)
        else:
            yield from ([each.get(part) if isinstance(each, dict) else None for each in held] for part in parts)


def _by_name(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[Sequence[Any]]:
    """What rows hold under each of some names."""
    try:
        if len(names) > 1 and rows:  # nearly all have all of them
            return [*zip(*map(itemgetter(*names), rows), strict=True)]
    except KeyError:
        pass
    return [[row.get(name) for row in rows] for name in names]


def _read(column: Column, all_canonical: _AllCanonical | None, held: Sequence[Any], records: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
    """What they hold, as it is stored.  Raises InvalidValue."""
    there = [each for each in held if each is not None] if None in held else held
    if all_canonical is not None and (len(there) == len(held) or column.nullable) and (not there or all_canonical(there)):
        return held
    return [read_value(column, value, record) for value, record in zip(held, records, strict=True)]


def _all_canonical(column: Column) -> _AllCanonical | None:
    match column.kind:
        case Kind.TEXT:
            return _are_ascii
        case Kind.UUID:
            return lambda held: _are_texts(held) and all(map(UUID.fullmatch, {*held}))
        case Kind.OPTION:
            options = frozenset(column.options)
            return lambda held: _are_texts(held) and options.issuperset(held)
        case Kind.DATE_TIME:
            return lambda held: _are_texts(held) and all(map(is_canonical_moment, {*held}))
        case Kind.BOOLEAN:
            return lambda held: {*map(type, held)} == {bool}
        case Kind.JSON:
            return lambda held: not any(held) and {*map(type, held)} <= {list, dict}
        case _:
            return None


def _are_texts(held: Sequence[Any]) -> bool:
    return {*map(type, held)} == {str}


def _are_ascii(held: Sequence[Any]) -> bool:
    return _are_texts(held) and (text := "".join(held)).isascii() and "\0" not in text


def _comparable(values: Sequence[Any]) -> list[Any]:
    """Values as they are compared."""
    if {*map(type, values)} <= {str, type(None)}:
        texts = [*filter(None, values)]
        if not texts:
            return [None] * len(values)
        if "?" not in "".join(texts):
            return [*values] if len(texts) == len(values) else [each or None for each in values]
    elif not any(values) and {*map(type, values)} <= {list, dict, str, type(None)}:
        return [None] * len(values)
    return [*map(comparable_value, values)]
