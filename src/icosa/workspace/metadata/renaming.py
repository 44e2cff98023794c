"""Another name for a field, or one end of a relation: its columns are renamed where they are, with what they hold."""

from dataclasses import replace

from icosa.catalogue.model import BelongsTo, Catalogue, HasMany, Object, stored_names
from icosa.workspace.metadata import kept
from icosa.workspace.metadata.described import KnownField, replaced
from icosa.workspace.metadata.options import CODE
from icosa.workspace.metadata.refusal import Flaw, invalid
from icosa.workspace.store.names import quoted
from icosa.workspace.store.statement import Statement, Statements


def rename(held: Catalogue, known: KnownField, name: str) -> Statements[Catalogue]:
    """The catalogue in which a field has this name, which was checked.  Raises Refusal where it cannot have it."""
    of, member = known.of, known.member
    if not known.custom or (not isinstance(member, HasMany) and not found_by(of).isdisjoint((member.name, *stored_names(member)))):
        text = f"{member.name} of {of.singular} keeps its name: it was always there, or records are found by it; change its label"
        raise invalid("updating field", "fieldMetadata", member.name, [Flaw(CODE, text, name)])
    try:
        if isinstance(member, HasMany):
            owner = held.by_singular[member.source]
            members = tuple(
                replace(each, inverse=name) if isinstance(each, BelongsTo) and each.foreign_key == member.foreign_key else each
                for each in owner.members
            )
            wanted = replaced(held, replace(owner, members=members))
        else:
            renamed = replace(member, name=name)
            wanted = replaced(held, replace(of, members=tuple(renamed if each is member else each for each in of.members)))
    except ValueError as error:
        raise invalid("updating field", "fieldMetadata", member.name, [Flaw(CODE, str(error), name)]) from None
    if not isinstance(member, HasMany):
        for before, after in zip(stored_names(member), stored_names(replace(member, name=name)), strict=True):
            yield Statement(f"ALTER TABLE {quoted(of.table)} RENAME COLUMN {quoted(before)} TO {quoted(after)}")
    yield kept.keep(kept.FIELD, known.id, known.notes | {"object": of.singular, "name": name})
    return wanted


def found_by(of: Object) -> set[str]:
    """The fields and columns that an object is set up by."""
    together = (each for names in (*of.duplicate_criteria, *of.unique_together) for each in names)
    return {of.label_identifier, *of.searchable, *of.indexed, *together}
