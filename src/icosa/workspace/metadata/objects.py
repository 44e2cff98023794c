"""Objects made, changed and taken away."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from icosa.catalogue import naming
from icosa.catalogue.making import MadeObjects
from icosa.catalogue.model import CASCADE, BelongsTo, Catalogue, Field, Object
from icosa.wire.identifiers import new_id
from icosa.workspace.metadata import kept
from icosa.workspace.metadata.bodies import check_flags, check_texts, name_problems
from icosa.workspace.metadata.described import Described, KnownObject, describe, forget_gone, replaced, without
from icosa.workspace.metadata.kept import Json
from icosa.workspace.metadata.refusal import Flaw, invalid, not_found
from icosa.workspace.metadata.written import object_json
from icosa.workspace.store.statement import Statements

_CODE = "INVALID_OBJECT_INPUT"
_NAMES = ("nameSingular", "namePlural")
_LABELS = ("labelSingular", "labelPlural")
_CALLED_BY = "labelIdentifierFieldMetadataId"
_NOTED = ("icon", "shortcut", "isActive")
"""What is kept of an object beside the catalogue."""

_NAME = Field("name", "TEXT", "What the record is called.", "Name")


def create(body: Json, now: str, making: MadeObjects, held: Catalogue) -> Statements[tuple[Catalogue, Json]]:
    """A new object, and what hangs on it: notes, tasks, files and its timeline."""
    check_texts(body, (*_NAMES, *_LABELS), ("description", "icon", "shortcut"))
    singular, plural = body["nameSingular"], body["namePlural"]
    problems = [each for name in _NAMES for each in name_problems(body[name], _CODE)]
    if not problems:
        problems = list(_clashes(held, singular, plural))
    if problems:
        raise invalid("creating object", "objectMetadata", singular, problems)
    of = Object(
        singular,
        plural,
        body.get("description") or "",
        tuple(map(making.revised, (_NAME, *making.system))),
        label=body["labelSingular"],
        label_plural=body["labelPlural"],
        label_identifier="name",
        custom=True,
        searchable=("name",),
        generation=making.generation,
    )
    try:
        wanted = _with_targets(held.with_objects(of), of)
    except ValueError as error:  # such as a name that is too long with "target" before it
        raise invalid("creating object", "objectMetadata", singular, [Flaw(_CODE, str(error), singular)]) from None
    notes = {"name": singular, "createdAt": now, "updatedAt": now} | {name: body[name] for name in _NOTED if body.get(name) is not None}
    yield kept.keep(kept.OBJECT, new_id(), notes)
    described = yield from describe(wanted)
    return wanted, object_json(described, described.of(singular), full=True)


def update(id_: str, body: Json, now: str, held: Catalogue) -> Statements[tuple[Catalogue, Json]]:
    """Another plural name, other words for an object, the field that its records are called by, or its hiding.  A hidden one
    answers as before."""
    check_texts(body, (), (*_NAMES, *_LABELS, "description", "icon", "shortcut", _CALLED_BY))
    check_flags(body, "isActive")
    described = yield from describe(held)
    known = found(described, id_)
    of = known.of
    problems = list(_renaming_problems(held, of, body))
    called_by = next((each.member for each in known.fields if each.id == body.get(_CALLED_BY) and isinstance(each.member, Field)), None)
    if body.get(_CALLED_BY) and (called_by is None or called_by.name not in of.field_by_name):
        problems.append(Flaw(_CODE, f"{_CALLED_BY} is the id of no field of {of.singular} with a value", body[_CALLED_BY]))
    if problems:
        raise invalid("updating object", "objectMetadata", of.singular, problems)
    of = replace(
        of,
        plural=body.get("namePlural") or of.plural,
        label_identifier=called_by.name if called_by else of.label_identifier,
        label=body.get("labelSingular") or of.label,
        label_plural=body.get("labelPlural") or of.label_plural,
        description=of.description if body.get("description") is None else body["description"],
    )
    notes = {"name": of.singular} | known.notes | {name: body[name] for name in _NOTED if name in body} | {"updatedAt": now}
    yield kept.keep(kept.OBJECT, known.id, notes)
    wanted = replaced(held, of)
    described = yield from describe(wanted)
    return wanted, object_json(described, described.of(of.singular), full=True)


def delete(id_: str, held: Catalogue) -> Statements[tuple[Catalogue, Json]]:
    """Takes an object away, with its records and every relation to it."""
    described = yield from describe(held)
    known = found(described, id_)
    of = known.of
    if not of.custom:
        problem = Flaw(_CODE, f"{of.singular} is a standard object, which cannot be deleted; hide it with isActive false")
        raise invalid("deleting object", "objectMetadata", of.singular, [problem])
    left = tuple(each for each in held if each.singular != of.singular)
    wanted = Catalogue(without(left, lambda _, member: isinstance(member, BelongsTo) and member.target == of.singular))
    yield kept.forget(kept.OBJECT, [known.id])
    yield from forget_gone(wanted)
    return wanted, object_json(described, known, full=True, fields=False)


def found(described: Described, id_: str) -> KnownObject:
    """The object with this id.  Raises MetadataRefusal where there is none."""
    known = described.objects.get(id_)
    if known is None:
        raise not_found("Object metadata", "OBJECT_METADATA_NOT_FOUND")
    return known


def _clashes(held: Iterable[Object], singular: str, plural: str) -> Iterator[Flaw]:
    """Why an object cannot have these names beside those there are."""
    if singular.lower() == plural.lower():
        yield Flaw(_CODE, "The singular and plural names cannot be the same for an object", singular)
    taken = {name.lower(): name for each in held for name in (each.singular, each.plural)}
    for name in (singular, plural):
        if name.lower() in taken:
            yield Flaw("OBJECT_ALREADY_EXISTS", f"Object already exists: {taken[name.lower()]}", name)


def _renaming_problems(held: Catalogue, of: Object, body: Json) -> Iterator[Flaw]:
    """Why an object cannot have the names that a body gives it."""
    if body.get("nameSingular", of.singular) != of.singular:
        text = "nameSingular cannot be changed here: tables, relations and answers are called by it; change namePlural and the labels"
        yield Flaw(_CODE, text, body["nameSingular"])
    plural = body.get("namePlural") or of.plural
    if plural == of.plural:
        return
    if not of.custom:
        yield Flaw(_CODE, f"{of.singular} is a standard object, which keeps its names; change its labels", plural)
    yield from name_problems(plural, _CODE)
    yield from _clashes([each for each in held if each is not of], of.singular, plural)


def _with_targets(catalogue: Catalogue, of: Object) -> Catalogue:
    """A catalogue in which whatever hangs on several kinds of records, such as notes by their targets, hangs on this one too."""
    return Catalogue(tuple(_with_target(each, of) for each in catalogue))


def _with_target(each: Object, of: Object) -> Object:
    like = next((relation for relation in each.belongs_to if relation.morph), None)
    if like is None:
        return each
    name = f"target{naming.capitalised(of.singular)}"
    target = replace(
        like, name=name, target=of.singular, description="The record that it is about, if it is one of these.", on_delete=CASCADE
    )
    return replace(each, members=(*each.members, target))
