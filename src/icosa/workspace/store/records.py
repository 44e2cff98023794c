"""From what was sent about a record to the values of its columns.  Pure."""

from typing import Any

from icosa.catalogue.columns import columns, columns_of_field
from icosa.catalogue.field_types import FIELD_TYPES, Values
from icosa.catalogue.model import NOW, Object
from icosa.errors import InvalidValue
from icosa.wire.body import Sent

Columns = dict[str, Any]
"""Canonical values by column name."""


def new_columns(of: Object, sent: Sent, id_: str, now: str) -> Columns:
    """Every column of a new record, `position` left out where it was not sent.

    Raises InvalidValue where a value that must be sent was not.
    """
    values: Columns = {}
    for column in columns(of):
        parts = sent.get(column.field)
        if parts is not None and column.part:
            parts = FIELD_TYPES[of.field_by_name[column.field].type_name].created(parts)
        if parts is not None and column.part in parts:
            values[column.name] = parts[column.part]
        elif column.name == "id":
            values["id"] = id_
        elif column.name in ("createdAt", "updatedAt") or (column.default is NOW):
            values[column.name] = now
        elif column.name != "position":
            values[column.name] = column.default
        if values.get(column.name, 0) is None and not column.nullable:
            raise InvalidValue(
                column.path,
                f"is required for a new {of.singular}; send it",
                legacy=f'null value in column "{column.name}" of relation "{of.table}" violates not-null constraint',
            )
    return values


def changed_columns(of: Object, sent: Sent) -> Columns:
    """The columns that an update names."""
    values: Columns = {}
    for field, parts in sent.items():
        for column in columns_of_field(of, field):
            if column.part in parts:
                values[column.name] = parts[column.part]
    return values


def parts_of(of: Object, field: str, values: Columns) -> Values:
    """The values of one field, by part, out of the columns of a record."""
    return {column.part: values[column.name] for column in columns_of_field(of, field)}
