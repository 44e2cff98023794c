"""From what was sent about a record to the values of its columns.  Pure."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from icosa.catalogue.columns import Column, columns, columns_of_field
from icosa.catalogue.field_types import Values
from icosa.catalogue.model import NOW, Object
from icosa.errors import InvalidValue
from icosa.wire.rest.body import Sent

Columns = dict[str, Any]
"""Canonical values by column name."""


def new_columns(of: Object, sent: Sent, id_: str, now: str) -> Columns:
    """Every column of a new record, `position` left out where it was not sent.

    Raises InvalidValue where a value that must be sent was not.
    """
    blank = _blank(of)
    values = {**blank.defaults, "id": id_}
    for name in blank.moments:
        values[name] = now
    places = blank.places
    for field, parts in sent.items():
        held, created, added = places[field]
        if created is not None:
            parts = created(parts)
        elif added:
            values.update(added)
        for part, name in held:
            if part in parts:
                values[name] = parts[part]
    for column in blank.required:
        if values[column.name] is None:
            raise InvalidValue(
                column.path,
                f"is required for a new {of.singular}; send it",
                legacy=f'null value in column "{column.name}" of relation "{of.table}" violates not-null constraint',
            )
    return values


class _Place(NamedTuple):
    """Where a field, or a foreign key, is stored: `held` is each part with the column that holds it.  In a new record, the parts that
    were sent are made into all of them by `created`; without it, columns whose parts were not sent have what is `added`, else what
    they have where nothing was sent."""

    held: tuple[tuple[str, str], ...]
    created: Callable[[Values], Values] | None
    added: Columns


def _place(of: Object, field: str, blank: Columns) -> _Place:
    found = columns_of_field(of, field)
    held = tuple((column.part, column.name) for column in found)
    if not found[0].part:
        return _Place(held, None, {})
    type_ = of.field_by_name[field].type
    if type_.added is None:
        return _Place(held, type_.created, {})
    added = {column.name: type_.added[column.part] for column in found}
    return _Place(held, None, {name: value for name, value in added.items() if not _alike(value, blank[name])})


def _alike(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


class _Blank(NamedTuple):
    """A new record before anything is known of it: `moments` are the columns that take the time of writing,
    `required` those that have to be sent, and `places` where each field goes."""

    defaults: Columns
    moments: tuple[str, ...]
    required: tuple[Column, ...]
    places: dict[str, _Place]


@lru_cache(maxsize=1024)
def _blank(of: Object) -> _Blank:
    moments = tuple(column.name for column in columns(of) if column.name in ("createdAt", "updatedAt") or column.default is NOW)
    others = [column for column in columns(of) if column.name not in ("id", "position", *moments)]
    required = tuple(column for column in others if not column.nullable and column.default is None)
    defaults = {column.name: column.default for column in others}
    fields = dict.fromkeys(column.field for column in columns(of))
    return _Blank(defaults, moments, required, {name: _place(of, name, defaults) for name in fields})


def changed_columns(of: Object, sent: Sent) -> Columns:
    """The columns that an update names."""
    values: Columns = {}
    places = _blank(of).places
    for field, parts in sent.items():
        for part, name in places[field].held:
            if part in parts:
                values[name] = parts[part]
    return values


def parts_of(of: Object, field: str, values: Columns) -> Values:
    """The values of one field, by part, out of the columns of a record."""
    return {column.part: values[column.name] for column in columns_of_field(of, field)}
