"""A workspace whose fields are called otherwise, with the records that it has."""

from collections.abc import Sequence
from dataclasses import replace

from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import BASE_FIELDS, Catalogue, Field, Object
from icosa.errors import InvalidValue
from icosa.surfaces.testing.rules import RenamedField
from icosa.wire.actions import find_object
from icosa.workspace.store.names import quoted
from icosa.workspace.store.sqlite.connect import connect


def renamed_catalogue(catalogue: Catalogue, renamed: Sequence[RenamedField]) -> Catalogue:
    """The catalogue with these fields called otherwise.  Raises UnknownObject for an object, InvalidValue for a
    field that it does not have, or a new name that it has."""
    for each in renamed:
        catalogue = catalogue.with_objects(_renamed(find_object(catalogue, each.object), each))
    return catalogue


def rename_columns(path: str, catalogue: Catalogue, renamed: Sequence[RenamedField]) -> None:
    """Renames the columns of these fields in a database of the catalogue, so that it opens with
    `renamed_catalogue` without losing what they hold."""
    connection = connect(path)
    try:
        for each in renamed:
            old = find_object(catalogue, each.object)
            new = _renamed(old, each)
            for before, after in zip(columns_of_field(old, each.old), columns_of_field(new, each.new), strict=True):
                connection.execute(f"ALTER TABLE {quoted(old.table)} RENAME COLUMN {quoted(before.name)} TO {quoted(after.name)}")
            catalogue = catalogue.with_objects(new)
    finally:
        connection.close()


def _renamed(of: Object, each: RenamedField) -> Object:
    if each.old not in {field.name for field in of.fields}:
        own = ", ".join(field.name for field in of.fields)
        raise InvalidValue("RenamedField", f"{of.singular} has no field {shown(each.old)} that could be renamed; it has {own}")
    if each.new in {field.name for field in (*BASE_FIELDS, *of.fields)} | of.relation_by_key.keys() | of.relation_by_name.keys():
        raise InvalidValue("RenamedField", f"{of.singular} has {shown(each.new)} already; give a name that is free")
    members = tuple(replace(m, name=each.new, label="") if isinstance(m, Field) and m.name == each.old else m for m in of.members)
    bare = replace(of, members=members, label_identifier="id", searchable=(), duplicate_criteria=(), unique_together=(), indexed=())
    new = columns_of_field(bare, each.new)
    names = {before.name: after.name for before, after in zip(columns_of_field(of, each.old), new, strict=True)}
    fields = {each.old: each.new}

    def columns(listed: Sequence[str]) -> tuple[str, ...]:
        return tuple(names.get(name, name) for name in listed)

    return replace(
        bare,
        label_identifier=fields.get(of.label_identifier, of.label_identifier),
        searchable=tuple(fields.get(name, name) for name in of.searchable),
        duplicate_criteria=tuple(columns(key) for key in of.duplicate_criteria),
        unique_together=tuple(columns(key) for key in of.unique_together),
        indexed=columns(of.indexed),
    )
