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
    for field, parts in sent.items():
        created, held = _held_in(of, field)
        if created is not None:
            parts = created(parts)
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


@lru_cache(maxsize=4096)
def _held_in(of: Object, field: str) -> tuple[Callable[[Values], Values] | None, tuple[tuple[str, str], ...]]:
    """What makes the parts of a field in a new record of those that were sent, where it has several; and each part with the column
    that holds it."""
    held = columns_of_field(of, field)
    return of.field_by_name[field].type.created if held[0].part else None, tuple((column.part, column.name) for column in held)


class _Blank(NamedTuple):
    """A new record before anything is known of it: `moments` are the columns that take the time of writing,
    `required` those that have to be sent."""

    defaults: Columns
    moments: tuple[str, ...]
    required: tuple[Column, ...]


@lru_cache(maxsize=1024)
def _blank(of: Object) -> _Blank:
    moments = tuple(column.name for column in columns(of) if column.name in ("createdAt", "updatedAt") or column.default is NOW)
    others = [column for column in columns(of) if column.name not in ("id", "position", *moments)]
    required = tuple(column for column in others if not column.nullable and column.default is None)
    return _Blank({column.name: column.default for column in others}, moments, required)


def changed_columns(of: Object, sent: Sent) -> Columns:
    """The columns that an update names."""
    values: Columns = {}
    for field, parts in sent.items():
        for part, name in _held_in(of, field)[1]:
            if part in parts:
                values[name] = parts[part]
    return values


def parts_of(of: Object, field: str, values: Columns) -> Values:
    """The values of one field, by part, out of the columns of a record."""
    return {column.part: values[column.name] for column in columns_of_field(of, field)}
