"""What a record says, in a form in which those of two workspaces can be compared: canonical values by column.

Only the kind of a value is checked here, not what a field type would make of it: a mirror takes what is
there, numbers that nobody could dial included.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import Any

import orjson

from icosa.call.page import Record
from icosa.catalogue.columns import Column, column_by_name, column_by_path, columns, together
from icosa.catalogue.kinds import Kind, coerce, is_canonical_moment
from icosa.catalogue.model import NOW, Object
from icosa.errors import InvalidValue
from icosa.mirror.signed_links import unsigned

Columns = dict[str, Any]
"""Canonical values by column name."""

Remark = Callable[[str], None]
"""Called with a sentence about something that is not as it should be."""

MASKS = frozenset("•*●")
"""Letters that stand for a secret that is not shown."""

_STAMPS = ("updatedAt", "updatedBy", "deletedAt")
"""When and by whom, not what: a server sets these itself, and a record that differs in them alone is the same."""

_BYTES = 16
"""128 bits of a digest: two versions of a record that differ have the same one once in 10^38."""


_FINGERPRINT_BYTES = 8
"""64 bits: that a changed record keeps its fingerprint happens once in 10^19 changes."""

UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def content_of(of: Object, record: Mapping[str, Any], remark: Remark = lambda text: None) -> Columns:
    """The values of a record as an API answered it.

    A value that its kind does not take is left empty, and told.  A secret that is not shown is left out, so that
    it overwrites none that is known.
    """
    values: Columns = {}
    for column, is_canonical in _reading(of):
        held = record.get(column.field)
        if column.part:
            held = held.get(column.part) if isinstance(held, dict) else None
        if held is not None and is_canonical is not None and is_canonical(held):
            values[column.name] = held
            continue
        if column.secret and not shows(held):
            continue
        try:
            values[column.name] = read_value(column, held, record)
        except InvalidValue as error:
            remark(f"{of.singular} {record.get('id')}: {error.message}; it was left empty")
            values[column.name] = read_value(column, None, record)
    return values


def read_value(column: Column, held: Any, record: Mapping[str, Any]) -> Any:
    """What a record holds of a column, as it is stored.  Raises InvalidValue for what its kind does not take."""
    value = None if held is None else coerce(column.kind, held, column.path, column.options)
    return _default(column, record) if value is None and not column.nullable else value


@lru_cache(maxsize=1024)
def _reading(of: Object) -> tuple[tuple[Column, Callable[[Any], bool] | None], ...]:
    """The columns of an object, and how to see quickly that a value needs no reading: most need none."""
    return tuple((column, None if column.secret else _quick(column)) for column in columns(of))


def _quick(column: Column) -> Callable[[Any], bool] | None:
    match column.kind:
        case Kind.TEXT:
            return lambda held: held.__class__ is str and held.isascii() and "\0" not in held
        case Kind.UUID:
            return lambda held: held.__class__ is str and UUID.fullmatch(held) is not None
        case Kind.OPTION:
            options = frozenset(column.options)
            return lambda held: held.__class__ is str and held in options
        case Kind.DATE_TIME:
            return lambda held: held.__class__ is str and is_canonical_moment(held)
        case Kind.BOOLEAN:
            return lambda held: held.__class__ is bool
        case _:
            return None


def shows(secret: Any) -> bool:
    """Whether a secret's value is there to be read."""
    return isinstance(secret, str) and not (secret and set(secret) <= MASKS)


def digest(of: Object, values: Columns) -> str:
    """A short text that is the same for records that say the same.  Stamps of a change and secrets do not count, and
    what is as it would be by itself does not either, so that a field that comes later changes no digest."""
    counted: Columns = {}
    for name, usual in usual_values(of):
        value = values.get(name)
        if value.__class__ is not str or "?" in value:
            value = comparable_value(value)
        elif not value:
            value = None
        if value != usual:
            counted[name] = value
    return digest_of(counted, deleted=values.get("deletedAt") is not None)


def digest_of(counted: Columns, *, deleted: bool) -> str:
    """The digest of what counts of a record: the values that are not as they would be by themselves, as they are compared."""
    counted["deleted"] = deleted
    return hashlib.blake2b(orjson.dumps(counted, option=orjson.OPT_SORT_KEYS), digest_size=_BYTES).hexdigest()


@lru_cache(maxsize=1024)
def usual_values(of: Object) -> tuple[tuple[str, Any], ...]:
    """The columns that count, each with what it is by itself."""
    return tuple((name, comparable_value(column_by_name(of)[name].default)) for name in compared(of))


@lru_cache(maxsize=1024)
def fingerprinted(of: Object) -> bool:
    """Whether fingerprints of an object's records may be kept: they are made of all there is, and nothing is kept by which a secret
    could be tried out."""
    return not any(column.secret for column in columns(of))


def fingerprint(record: Record) -> str:
    """A short text that is the same where a server answers a record with the same bytes, stamps included; made without reading
    any value."""
    return hashlib.blake2b(orjson.dumps(record), digest_size=_FINGERPRINT_BYTES).hexdigest()


@lru_cache(maxsize=1024)
def compared(of: Object) -> tuple[str, ...]:
    """The names of the columns that count when two records are compared."""
    return tuple(column.name for column in columns(of) if not column.secret and column.field not in _STAMPS)


def shape_digest(of: Object) -> str:
    """A short text that changes with the columns of an object."""
    text = " ".join(f"{column.name}:{column.kind}" for column in columns(of))
    return hashlib.blake2b(text.encode(), digest_size=_BYTES).hexdigest()


def nested(of: Object, values: Columns, names: Collection[str]) -> Record:
    """The named columns as a record of the API has them: the parts of a field together."""
    made: Record = {}
    for column in columns(of):
        if column.name not in names:
            continue
        if column.part:
            made.setdefault(column.field, {})[column.part] = values.get(column.name)
        else:
            made[column.field] = values.get(column.name)
    return made


def differing(of: Object, one: Columns, other: Columns) -> tuple[str, ...]:
    """The names of the columns that count and differ, in the order of the object."""
    return tuple(name for name in compared(of) if comparable_value(one.get(name)) != comparable_value(other.get(name)))


def whole(of: Object, names: Collection[str]) -> tuple[str, ...]:
    """These columns, and those that are one value with one of them to a person, in the order of the object."""
    by_name, by_path = column_by_name(of), column_by_path(of)
    return tuple(by_path[path].name for path in together(of, [by_name[name].path for name in names]))


def comparable_value(value: Any) -> Any:
    """A value as it is compared: what holds nothing is the same, whichever nothing it is.  Servers turn one into
    the other: an empty link that is sent comes back as null.  And a link to a file is the same, however it is signed."""
    return None if value in ("", [], {}) else unsigned(value)


def _default(column: Column, record: Mapping[str, Any]) -> Any:
    """What stands where nothing may not: the column's default, a moment that is known, or the kind's own nothing."""
    if column.default is NOW:
        return record.get("createdAt")
    return _NOTHING.get(column.kind) if column.default is None else column.default


_NOTHING: dict[str, Any] = {"TEXT": "", "NUMBER": 0, "BOOLEAN": False, "DATE_TIME": "1970-01-01T00:00:00.000Z", "TEXTS": [], "JSON": {}}
