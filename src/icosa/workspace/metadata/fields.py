"""Fields made, changed and taken away, relations among them."""

from dataclasses import replace
from functools import partial
from typing import Any

import orjson

from icosa.catalogue import naming
from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.field_types import GENERATIONS
from icosa.catalogue.kinds import shown
from icosa.catalogue.making import MadeObjects
from icosa.catalogue.model import SET_NULL, BelongsTo, Catalogue, Field, HasMany, Object, stored_names
from icosa.wire.identifiers import new_id
from icosa.workspace.metadata import kept
from icosa.workspace.metadata.bodies import check_flags, check_texts, is_id, name_problems
from icosa.workspace.metadata.described import Described, KnownField, KnownObject, describe, forget_gone, replaced, without
from icosa.workspace.metadata.kept import Json
from icosa.workspace.metadata.options import CHOICES, CODE, default_problems, kept_options, option_problems, unquoted
from icosa.workspace.metadata.refusal import Flaw, bad_request, invalid, not_found
from icosa.workspace.metadata.renaming import found_by, rename
from icosa.workspace.metadata.written import field_json
from icosa.workspace.store.names import quoted
from icosa.workspace.store.statement import Statement, Statements

_RELATIONS = ("RELATION", "MORPH_RELATION")
_NOT_MADE = {"NUMERIC": "NUMBER", "POSITION": "NUMBER", "TS_VECTOR": "TEXT"}
"""Types that fields have and nobody makes one of, and what is made instead."""

_NOTED = ("icon", "isActive", "settings")
"""What is kept of a field beside the catalogue, as it is."""

_FILES_AT_MOST = 10
_MOST_REPEATED = 5
"""Values that stand in the way of being unique which a refusal lists: a choice."""


def _types(making: MadeObjects) -> dict[str, str]:
    """What a field has as its type, by what the wire calls it."""
    return {each.name: name for name, each in GENERATIONS[making.generation].items()}


def create(body: Json, now: str, making: MadeObjects, held: Catalogue) -> Statements[tuple[Catalogue, Json]]:
    check_texts(body, ("name", "label"), ("description", "icon"))
    type_name = body.get("type")
    known_types = sorted({*_types(making), *_RELATIONS, "TS_VECTOR"})
    if type_name not in known_types:
        wrong = ["type should not be empty"] if not type_name else []
        raise bad_request(*wrong, f"type must be one of the following values: {', '.join(known_types)}")
    check_flags(body, "isActive", "isNullable", "isUnique")
    if not is_id(body.get("objectMetadataId")):
        raise bad_request("objectMetadataId must be a UUID")
    described = yield from describe(held)
    known = described.objects.get(body["objectMetadataId"])
    if known is None:
        problem = Flaw("OBJECT_METADATA_NOT_FOUND", "Provided object metadata id does not exist", body["objectMetadataId"])
        raise invalid("creating field", "fieldMetadata", body["name"], [problem])
    if type_name in _RELATIONS:
        return (yield from _create_relation(described, known, body, now))
    return (yield from _create_value(described, known, body, now, making))


def _create_value(
    described: Described, known: KnownObject, body: Json, now: str, making: MadeObjects
) -> Statements[tuple[Catalogue, Json]]:
    type_name, name = body["type"], body["name"]
    options, default = body.get("options"), body.get("defaultValue")
    problems = _name_problems(known, name)
    if type_name in _NOT_MADE:
        text = f"Field type {type_name} is not supported for field creation. Use {_NOT_MADE[type_name]} instead."
        problems.append(Flaw(CODE, text, type_name))
    if type_name in CHOICES:
        problems += option_problems(options)
    if not problems:
        written = kept_options(type_name, options)
        problems = default_problems(type_name, default, _values(written))
    if problems:
        raise invalid("creating fields", "fieldMetadata", name, problems)
    if type_name == "ACTOR" and default is None:
        default = {"name": "'System'", "source": "'MANUAL'", "context": None, "workspaceMemberId": None}
    made = making.revised(
        Field(
            name,
            _types(making)[type_name],
            body.get("description") or "",
            body["label"],
            default=unquoted(default),
            nullable=True,
            unique=bool(body.get("isUnique")),
            options=_values(written),
            most=_most(body.get("settings")) if type_name == "FILES" else 0,
        )
    )
    wanted = _checked("creating fields", described.catalogue, replace(known.of, members=(*known.of.members, made)), name)
    notes = _notes(known.of.singular, body, now) | {"custom": True, "createdAt": now, "defaultValue": default}
    if written:
        notes["options"] = written
    yield kept.keep(kept.FIELD, new_id(), notes)
    described = yield from describe(wanted)
    return wanted, _answer(described, known.of.singular, name)


def _create_relation(described: Described, known: KnownObject, body: Json, now: str) -> Statements[tuple[Catalogue, Json]]:
    """Both ends of a relation: the one that is asked for, and the collection or the link on the other side."""
    name, asked = body["name"], body.get("relationCreationPayload")
    if body["type"] == "MORPH_RELATION" or not isinstance(asked, dict):
        problem = Flaw(CODE, "Relation creation payload is required: send relationCreationPayload, for one target", asked)
        raise invalid("creating fields", "fieldMetadata", name, [problem])
    problems = _name_problems(known, name)
    target = described.objects.get(str(asked.get("targetObjectMetadataId")))
    label, kind = asked.get("targetFieldLabel"), asked.get("type")
    if target is None:
        problems.append(Flaw("OBJECT_METADATA_NOT_FOUND", "Object targeted by the relation not found", asked.get("targetObjectMetadataId")))
    if kind not in ("MANY_TO_ONE", "ONE_TO_MANY"):
        problems.append(Flaw(CODE, "Relation type must be MANY_TO_ONE or ONE_TO_MANY", kind))
    if not isinstance(label, str) or not naming.name_of(label):
        problems.append(Flaw(CODE, "targetFieldLabel is required: what the other side calls the relation", label))
    if problems or target is None:
        raise invalid("creating fields", "fieldMetadata", name, problems)
    other = naming.name_of(str(label))
    problems = _name_problems(target, other)
    if problems:
        raise invalid("creating fields", "fieldMetadata", other, problems)
    description = f"{known.of.label_plural or known.of.resource} tied to the {target.of.label or naming.label(target.of.singular)}"
    if kind == "MANY_TO_ONE":
        owner, relation = known, BelongsTo(name, target.of.singular, other, body.get("description") or description, SET_NULL, body["label"])
    else:
        owner, relation = target, BelongsTo(other, known.of.singular, name, description, SET_NULL, str(label))
    wanted = _checked("creating fields", described.catalogue, replace(owner.of, members=(*owner.of.members, relation)), name)
    notes = _notes(known.of.singular, body, now) | {"custom": True, "createdAt": now, "label": body["label"]}
    icon = notes.get("icon") or ("IconRelationOneToMany" if kind == "MANY_TO_ONE" else "IconRelationManyToOne")
    yield kept.keep(kept.FIELD, new_id(), notes | {"icon": icon, "description": body.get("description") or description})
    there = {"object": target.of.singular, "name": other, "custom": True, "createdAt": now, "updatedAt": now, "label": label}
    yield kept.keep(kept.FIELD, new_id(), there | {"icon": asked.get("targetFieldIcon")})
    described = yield from describe(wanted)
    return wanted, _answer(described, known.of.singular, name)


def update(id_: str, body: Json, now: str, making: MadeObjects, held: Catalogue) -> Statements[tuple[Catalogue, Json]]:
    """Another name, other words or options for a field, or its hiding.  A hidden one is read and written as before."""
    check_texts(body, (), ("name", "label", "description", "icon"))
    check_flags(body, "isActive", "isNullable", "isUnique")
    described = yield from describe(held)
    known = found(described, id_)
    if body.get("name", known.member.name) != known.member.name:
        problems = _name_problems(described.of(known.of.singular), body["name"])
        if problems:
            raise invalid("updating field", "fieldMetadata", known.member.name, problems)
        held = yield from rename(held, known, body["name"])
        known = found((yield from describe(held)), id_)
    wanted, notes = held, dict(known.notes) | _notes(known.of.singular, {"name": known.member.name} | _of(body, *_NOTED), now)
    notes |= {"label": body["label"]} if body.get("label") else {}
    notes |= {"description": body["description"]} if body.get("description") is not None else {}
    problems = _change_problems(known, body) or (yield from _lost_options(known, body)) or (yield from _repeated(known, body))
    if problems:
        raise invalid("updating field", "fieldMetadata", known.member.name, problems)
    if not isinstance(known.member, HasMany):
        changed, more = _changed(known.member, body) if isinstance(known.member, Field) else (_in_other_words(known.member, body), {})
        notes |= more
        revised = making.revised(changed) if known.custom else changed
        members = tuple(revised if each is known.member else each for each in known.of.members)
        if members != known.of.members:
            wanted = _checked("updating field", held, replace(known.of, members=members), known.member.name)
    yield kept.keep(kept.FIELD, known.id, notes)
    described = yield from describe(wanted)
    return wanted, _answer(described, known.of.singular, known.member.name)


def delete(id_: str, held: Catalogue) -> Statements[tuple[Catalogue, Json]]:
    """Takes a field away, with what records hold in it; of a relation, both ends."""
    described = yield from describe(held)
    known = found(described, id_)
    member = known.member
    if not known.custom:
        problem = Flaw(
            "FIELD_MUTATION_NOT_ALLOWED",
            f"{member.name} of {known.of.singular} was always there, and cannot be deleted; hide it with isActive false",
        )
        raise invalid("deleting field", "fieldMetadata", member.name, [problem])
    if not isinstance(member, HasMany) and not found_by(known.of).isdisjoint((member.name, *stored_names(member))):
        flaw = Flaw(
            "FIELD_MUTATION_NOT_ALLOWED", f"{member.name} is what records of {known.of.singular} are called or found by", member.name
        )
        raise invalid("deleting field", "fieldMetadata", member.name, [flaw])
    answer = field_json(described, known, full=True)
    wanted = Catalogue(without(tuple(held), partial(_is_gone, known)))
    yield from forget_gone(wanted)
    return wanted, answer


def _is_gone(known: KnownField, owner: Object, each: Field | BelongsTo) -> bool:
    """Whether a member goes when a field is taken away: the field itself, or the link that it is the other side of."""
    if isinstance(known.member, HasMany):
        return isinstance(each, BelongsTo) and owner.singular == known.member.source and each.foreign_key == known.member.foreign_key
    return owner is known.of and each is known.member


def found(described: Described, id_: str) -> KnownField:
    """The field with this id.  Raises MetadataRefusal where there is none."""
    known = described.fields.get(id_)
    if known is None:
        raise not_found("Field metadata", "FIELD_METADATA_NOT_FOUND")
    return known


def _changed(member: Field, body: Json) -> tuple[Field, Json]:
    """A field as it is to be, and what is kept of that beside it."""
    notes: Json = {}
    options = member.options
    if "options" in body:
        notes["options"] = kept_options(member.type_name, body["options"])
        options = _values(notes["options"])
    default = member.default
    if "defaultValue" in body:
        notes["defaultValue"] = body["defaultValue"]
        default = unquoted(body["defaultValue"])
    unique = body.get("isUnique", member.unique)
    changed = replace(
        member,
        label=body.get("label") or member.label,
        description=member.description if body.get("description") is None else body["description"],
        options=options,
        default=default,
        unique=unique,
        most=_most(body["settings"]) if member.type_name == "FILES" and body.get("settings") else member.most,
    )
    return changed, notes


def _in_other_words(member: BelongsTo, body: Json) -> BelongsTo:
    """A link as it is to be called."""
    description = member.description if body.get("description") is None else body["description"]
    return replace(member, label=body.get("label") or member.label, description=description)


def _change_problems(known: KnownField, body: Json) -> list[Flaw]:
    member = known.member
    if "options" in body and isinstance(member, Field):
        problems = option_problems(body["options"]) if member.type_name in CHOICES else []
        if problems:
            return problems
    if "defaultValue" in body and isinstance(member, Field):
        values = tuple(each["value"] for each in body["options"]) if "options" in body else member.options
        return default_problems(member.type_name, body["defaultValue"], values)
    return []


def _lost_options(known: KnownField, body: Json) -> Statements[list[Flaw]]:
    """What is wrong with options that a choice is to have no more: records that have them."""
    member = known.member
    if not isinstance(member, Field) or member.type_name not in CHOICES or "options" not in body:
        return []
    lost = set(member.options) - {each["value"] for each in body["options"]}
    if not lost:
        return []
    rows = yield Statement(f"SELECT DISTINCT {quoted(member.name)} FROM {quoted(known.of.table)} WHERE {quoted(member.name)} IS NOT NULL")
    held = {each for (value,) in rows for each in _several(member, value)}
    return [Flaw(CODE, f"The option {each} is what records have; change them first", each) for each in sorted(lost & held)]


def _repeated(known: KnownField, body: Json) -> Statements[list[Flaw]]:
    """What is wrong with values that are to be unique: those that several records have, deleted ones counted too."""
    member = known.member
    if not isinstance(member, Field) or member.unique or not body.get("isUnique"):
        return []
    flaws: list[Flaw] = []
    sole = replace(known.of, members=tuple(replace(member, unique=True) if each is member else each for each in known.of.members))
    for column in (each for each in columns_of_field(sole, member.name) if each.unique):
        name = quoted(column.name)
        again = f"SELECT {name} FROM {quoted(known.of.table)} WHERE {name} IS NOT NULL GROUP BY {name} HAVING count(*) > 1"
        rows = yield Statement(f"{again} ORDER BY {name} LIMIT {_MOST_REPEATED}")
        flaws += [Flaw(CODE, f"{shown(value)} is what several records have as {column.path}; change them first") for (value,) in rows]
    return flaws


def _several(member: Field, value: Any) -> list[str]:
    """A stored choice as a list: one alone, or several, as a list or as JSON."""
    if member.type_name == "SELECT":
        return [str(value)]
    return value if isinstance(value, list) else list(orjson.loads(value))


def _name_problems(known: KnownObject, name: str) -> list[Flaw]:
    problems = name_problems(name, CODE)
    if not problems and known.field(name) is not None:
        problems = [Flaw("NOT_AVAILABLE", f'Name "{name}" is not available as it is already used by another field', name)]
    return problems


def _checked(doing: str, catalogue: Catalogue, of: Object, name: str) -> Catalogue:
    """A catalogue with an object changed.  Raises MetadataRefusal where it would contradict itself."""
    try:
        return replaced(catalogue, of)
    except ValueError as error:
        raise invalid(doing, "fieldMetadata", name, [Flaw(CODE, str(error))]) from None


def _answer(described: Described, singular: str, name: str) -> Json:
    known = described.of(singular).field(name)
    assert known is not None, "it was just made"
    return field_json(described, known, full=True)


def _notes(singular: str, body: Json, now: str) -> Json:
    return {"object": singular, "name": body["name"], "updatedAt": now} | {
        name: body[name] for name in _NOTED if body.get(name) is not None
    }


def _of(body: Json, *names: str) -> Json:
    return {name: body[name] for name in names if name in body}


def _values(options: list[Json] | None) -> tuple[str, ...]:
    return tuple(str(each["value"]) for each in options or ())


def _most(settings: Any) -> int:
    """How many files a field holds, as its settings say."""
    most = settings.get("maxNumberOfValues") if isinstance(settings, dict) else None
    if most is None:
        return _FILES_AT_MOST
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise bad_request(f"settings.maxNumberOfValues must be a number of files from 1, and is {shown(most)}")
    return most
