"""`--columns`: which properties of records are shown, named as somebody names them."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from icosa.call.ranking import look_of
from icosa.catalogue import naming
from icosa.catalogue.field_types.about import Look
from icosa.catalogue.field_types.short import part_named
from icosa.catalogue.folding import folded
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import UnknownField
from icosa.surfaces.cli.cells import Record, cell, in_words

_DEEPEST: Final = 2


class ChosenColumn(NamedTuple):
    """A column: where its value stands in a record ("company", "name"), and how deep a record has to be read for it;
    `points` is whether its value is an id."""

    path: tuple[str, ...]
    heading: str
    depth: int
    look: Look
    points: bool
    text: Callable[[Record], str]

    @property
    def is_id(self) -> bool:
        return self.path[-1] == "id" or self.points


def columns_named(catalogue: Catalogue, of: Object, names: str) -> tuple[ChosenColumn, ...]:
    """The columns that a text names, separated by commas: fields, their parts, relations and fields of those, in any
    spelling ("name,emails.primary,company.name").  Raises UnknownField, which says what there is."""
    found = {each.path: each for name in names.split(",") if name.strip() for each in [_chosen(catalogue, of, name.strip())]}
    if not found:
        raise UnknownField(f"columns: none is named; {of.resource} have {_listed(catalogue, of)}")
    return tuple(found.values())


def depth_of(chosen: Sequence[ChosenColumn]) -> int:
    """How deep records have to be read for all of them."""
    return max(each.depth for each in chosen)


def only(record: Record, chosen: Sequence[ChosenColumn]) -> dict[str, Any]:
    """What a record has of the chosen columns, where it has it."""
    made: dict[str, Any] = {}
    for each in chosen:
        _put(made, record, each.path)
    return made


def _put(made: dict[str, Any], record: Record, path: Sequence[str]) -> None:
    name, *below = path
    value = record.get(name)
    if not below or not isinstance(value, dict):
        made[name] = value
    elif isinstance(held := made.setdefault(name, {}), dict):
        _put(held, value, below)


def _chosen(catalogue: Catalogue, of: Object, name: str) -> ChosenColumn:
    path: list[str] = []
    at = of
    words = name.split(".")
    while words:
        member = _members(catalogue, at).get(folded(words.pop(0)))
        relation = at.relation_by_name.get(member or "")
        if member is None or (words and not _goes_on(at, member, words)):
            raise _unknown(catalogue, of, name)
        path.append(member)
        if relation is None or not words:
            found = _column(catalogue, at, path, words)
            if found.depth > _DEEPEST:
                raise UnknownField(f"columns: {name} lies deeper than records are read; {_DEEPEST} relations may stand before a field")
            return found
        at = catalogue.by_singular[relation.target]
    raise _unknown(catalogue, of, name)


def _goes_on(of: Object, member: str, words: Sequence[str]) -> bool:
    field = of.field_by_name.get(member)
    return member in of.relation_by_name or (field is not None and len(words) == 1 and part_named(field.type, words[0]) is not None)


def _column(catalogue: Catalogue, of: Object, path: Sequence[str], words: Sequence[str]) -> ChosenColumn:
    """The column at the end of a path; `words` name a part of the field there."""
    *above, member = path
    field = of.field_by_name.get(member)
    part = part_named(field.type, words[0]) if field and words else None
    followed = member in of.relation_by_name or not (field or member in of.relation_by_key)

    def text(record: Record) -> str:
        for each in above:
            below = record.get(each)
            record = below if isinstance(below, dict) else {}
        if part is None:
            return cell(catalogue, of, member, record, brief=True)
        whole = record.get(member)
        return in_words(whole.get(part), brief=True) if isinstance(whole, dict) else ""

    points = member in of.relation_by_key or (field is not None and field.type.parts[0].kind is Kind.UUID)
    look = look_of(of, member) if part is None else Look()
    heading = " ".join(naming.label(each) for each in (*above, part or member))
    return ChosenColumn((*path, *([part] if part else [])), heading, len(above) + followed, look, points, text)


def _members(catalogue: Catalogue, of: Object) -> dict[str, str]:
    """What an object's records have, by how it is called, folded."""
    names = (*of.field_by_name, *of.relation_by_name, *of.relation_by_key, *(each.name for each in catalogue.has_many(of)))
    found = {folded(name): name for name in names}
    for field in of.field_by_name.values():
        found.setdefault(folded(field.label), field.name)
    found.pop("", None)
    return found


def _unknown(catalogue: Catalogue, of: Object, name: str) -> UnknownField:
    """What is meant is looked for as for the heading of a column in a file."""
    # Here, because only a wrong name needs all that is known of headings.
    from icosa.imports.column_map import guess

    known = _members(catalogue, of)
    like = get_close_matches(folded(name.partition(".")[0]), known, 1)
    near = guess(catalogue, of, [name]).columns[0].path.rstrip("+") or (known[like[0]] if like else "")
    hint = f"did you mean {near}? There are" if near else "there are"
    return UnknownField(f"columns: {of.resource} have no {name!r}; {hint} {_listed(catalogue, of)}")


def _listed(catalogue: Catalogue, of: Object) -> str:
    own = [each.name for each in of.members]
    return ", ".join(("id", *own, "createdAt", "updatedAt", *(each.name for each in catalogue.has_many(of))))
