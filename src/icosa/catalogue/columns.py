"""The stored values of an object, one column each, derived from its fields and relations.

A column has a name, as a database and duplicate criteria know it ("emailsPrimaryEmail"), and a path,
as filters, orders and errors know it ("emails.primaryEmail").
"""

from collections.abc import Collection
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from icosa.catalogue.field_types import Part
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field, Object, OnDelete
from icosa.catalogue.naming import capitalised


class Column(NamedTuple):
    """One stored value.  `target` and `on_delete` are set on foreign keys alone; `default` is the value
    in a record created without it, or NOW; a column that is not `nullable` and has none must be sent.  `unique_for_good`,
    `absent`, `bare` and `ranked` are as `Field` and `Part` have them."""

    name: str
    path: str
    field: str
    part: str
    kind: Kind
    default: Any = None
    nullable: bool = True
    options: tuple[str, ...] = ()
    unique: bool = False
    secret: bool = False
    target: str | None = None
    on_delete: OnDelete | None = None
    unique_for_good: bool = False
    absent: Any = None
    bare: bool = False
    ranked: bool = False


@lru_cache(maxsize=1024)
def columns(of: Object) -> tuple[Column, ...]:
    """All columns of an object: id, its members in order, then the three moments."""
    base = {field.name: _of_field(field) for field in of.base_fields}
    own: list[Column] = []
    for member in of.members:
        if isinstance(member, Field):
            own += _of_field(member)
        else:
            own.append(
                Column(
                    name=member.foreign_key,
                    path=member.foreign_key,
                    field=member.foreign_key,
                    part="",
                    kind=Kind.UUID,
                    target=member.target,
                    on_delete=member.on_delete,
                )
            )
    return (*base["id"], *own, *base["createdAt"], *base["updatedAt"], *base["deletedAt"])


@lru_cache(maxsize=1024)
def column_by_path(of: Object) -> MappingProxyType[str, Column]:
    """Every column by the path that filters and orders use."""
    return MappingProxyType({column.path: column for column in columns(of)})


@lru_cache(maxsize=1024)
def column_by_name(of: Object) -> MappingProxyType[str, Column]:
    """Every column by its own name."""
    return MappingProxyType({column.name: column for column in columns(of)})


@lru_cache(maxsize=1024)
def columns_of_field(of: Object, field: str) -> tuple[Column, ...]:
    """The columns that hold one field, or one foreign key."""
    return tuple(column for column in columns(of) if column.field == field)


def together(of: Object, paths: Collection[str]) -> tuple[str, ...]:
    """Paths, and beside each those of the parts that are one value with it to a person: a number goes with its
    country and calling code, an amount with its currency, an address with its label."""
    wanted: dict[str, None] = {}
    for path in paths:
        wanted[path] = None
        name, _, part = path.partition(".")
        field = of.field_by_name.get(name)
        if part and field is not None and part in field.type.together:
            wanted |= dict.fromkeys(f"{name}.{each}" for each in field.type.together)
    return tuple(wanted)


@lru_cache(maxsize=1024)
def links(of: Object) -> tuple[Column, ...]:
    """The foreign keys."""
    return tuple(column for column in columns(of) if column.target is not None)


@lru_cache(maxsize=1024)
def searched(of: Object) -> tuple[Column, ...]:
    """The texts that people look for by a part of them: those of searchable fields that name a record or say
    what it is about, not their labels and codes."""
    return tuple(
        column
        for name in of.searchable
        for column in columns_of_field(of, name)
        if column.kind is Kind.TEXT and (column.part in ("", "markdown") or _names(of, column))
    )


def _names(of: Object, column: Column) -> bool:
    part = of.field_by_name[column.field].type.part(column.part)
    return part is not None and part.unique


def _of_field(field: Field) -> list[Column]:
    if not field.type.composite:
        part = field.type.parts[0]
        default = part.default if field.default is None else field.default
        if field.required or (field.nullable and field.default is None):
            default = None
        return [
            Column(
                name=field.name,
                path=field.name,
                field=field.name,
                part="",
                kind=part.kind,
                default=default,
                nullable=field.nullable,
                options=field.options,
                unique=field.unique,
                secret=field.secret,
                unique_for_good=field.unique_for_good,
                absent=part.absent,
                bare=part.bare,
                ranked=part.ranked,
            )
        ]
    return [_of_part(field, part) for part in field.type.parts]


def _of_part(field: Field, part: Part) -> Column:
    return Column(
        name=field.name + capitalised(part.name),
        path=f"{field.name}.{part.name}",
        field=field.name,
        part=part.name,
        kind=part.kind,
        default=(field.default or {}).get(part.name, part.default),
        nullable=field.nullable or part.nullable,
        options=part.options,
        unique=field.unique and part.unique,
        secret=field.secret,
        unique_for_good=field.unique_for_good and part.unique,
        absent=part.absent,
        bare=part.bare,
        ranked=part.ranked,
    )
