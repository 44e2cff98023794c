"""Objects and fields as the metadata API writes them."""

from typing import Any

from icosa.catalogue import naming
from icosa.catalogue.model import NOW, BelongsTo, Field, HasMany
from icosa.workspace.metadata.described import Described, KnownField, KnownObject
from icosa.workspace.metadata.identity import CUSTOM_APPLICATION, STANDARD_APPLICATION, derived
from icosa.workspace.metadata.kept import Json

SINCE = "1970-01-01T00:00:00.000Z"
"""The moment of what was there before anybody noted when it was made."""

_UNSEEN = frozenset(("id", "createdAt", "updatedAt", "deletedAt", "createdBy", "updatedBy", "position", "searchVector"))
"""Fields that people do not edit."""


def field_json(described: Described, known: KnownField, *, full: bool) -> Json:
    """A field; `full`, as the answer to a change has it, says of options and a default that there are none."""
    member, notes = known.member, known.notes
    system = isinstance(member, Field) and (member.system or member.name in _UNSEEN)
    written: Json = {
        "id": known.id,
        "universalIdentifier": derived("universal", known.id),
        "applicationId": CUSTOM_APPLICATION if known.custom else STANDARD_APPLICATION,
        "type": _type(member),
        "name": member.name,
        "label": notes.get("label") or _label(member),
        "description": notes.get("description") or member.description,
        "icon": notes.get("icon"),
        "isActive": notes.get("isActive", True),
        "isSystem": system,
        "isUIEditable": not system,
        "isUIReadOnly": system,
        "isNullable": not isinstance(member, Field) or member.nullable,
        "isUnique": isinstance(member, Field) and member.unique,
        "defaultValue": notes["defaultValue"] if "defaultValue" in notes else _default(member),
        "options": notes.get("options") or _options(known),
        "settings": notes.get("settings") or _settings(member),
        "morphId": (member.morph or None) if isinstance(member, BelongsTo) else None,
        "workspaceId": described.workspace,
        "objectMetadataId": described.of(known.of.singular).id,
        "isLabelSyncedWithName": False,
        "createdAt": notes.get("createdAt", SINCE),
        "updatedAt": notes.get("updatedAt", SINCE),
    }
    shown = ("defaultValue", "options") if full else ()
    return {name: value for name, value in written.items() if (value is not None and value != "") or name in shown}


def object_json(described: Described, known: KnownObject, *, full: bool, fields: bool = True) -> Json:
    """An object, with its fields unless it is gone; `full`, as the answer to a change has it."""
    of, notes = known.of, known.notes
    label_identifier = known.field(of.label_identifier)
    written: Json = {
        "id": known.id,
        "universalIdentifier": derived("universal", known.id),
        "isActive": notes.get("isActive", True),
        "isLabelSyncedWithName": False,
        "isRemote": False,
        "isSearchable": bool(of.searchable),
        "isSystem": of.system,
        "isUIEditable": True,
        "isUICreatable": not of.system,
        "isUIReadOnly": False,
        "labelPlural": of.label_plural or naming.label(of.plural),
        "labelSingular": of.label or naming.label(of.singular),
        "namePlural": of.plural,
        "nameSingular": of.singular,
        "workspaceId": described.workspace,
        "imageIdentifierFieldMetadataId": None,
        "labelIdentifierFieldMetadataId": label_identifier.id if label_identifier else None,
        "createdAt": notes.get("createdAt", SINCE),
        "updatedAt": notes.get("updatedAt", SINCE),
        "description": of.description,
        "icon": notes.get("icon"),
        "shortcut": notes.get("shortcut"),
        "duplicateCriteria": [list(each) for each in of.duplicate_criteria] or None,
        "applicationId": CUSTOM_APPLICATION if of.custom else STANDARD_APPLICATION,
    }
    shown = ("imageIdentifierFieldMetadataId",) if full else ()
    listed = {name: value for name, value in written.items() if (value is not None and value != "") or name in shown}
    return listed | {"fields": [field_json(described, each, full=False) for each in known.fields]} if fields else listed


def _type(member: Field | BelongsTo | HasMany) -> str:
    if isinstance(member, Field):
        return "TS_VECTOR" if member.type_name == "TS_VECTOR" else member.type.name
    return "MORPH_RELATION" if isinstance(member, BelongsTo) and member.morph else "RELATION"


def _label(member: Field | BelongsTo | HasMany) -> str:
    return ("" if isinstance(member, HasMany) else member.label) or naming.label(member.name)


def _options(known: KnownField) -> list[Json] | None:
    """Those of a field of which nothing else is kept: what a person reads is made of the value."""
    member = known.member
    if not isinstance(member, Field) or not member.options:
        return None
    return [
        {
            "id": derived("option", known.id, value),
            "label": value.removeprefix("RATING_") if member.type_name == "RATING" else naming.capitalised(value.lower()).replace("_", " "),
            "value": value,
            "position": position,
        }
        for position, value in enumerate(member.options)
    ]


def _settings(member: Field | BelongsTo | HasMany) -> Json | None:
    match member:
        case BelongsTo():
            return {"onDelete": str(member.on_delete), "relationType": "MANY_TO_ONE", "joinColumnName": member.foreign_key}
        case HasMany():
            return {"relationType": "ONE_TO_MANY"}
        case Field() if member.most:
            return {"maxNumberOfValues": member.most}
        case _:
            return None


def _default(member: Field | BelongsTo | HasMany) -> Any:
    """A default as metadata writes one: a text in quotes, and what is made for each record without."""
    if not isinstance(member, Field) or member.type_name == "TS_VECTOR":
        return None
    if member.name == "id":
        return "uuid"
    if member.default is NOW or member.name in ("createdAt", "updatedAt"):
        return "now"
    if member.default is None and member.type_name == "ACTOR":
        return {"name": "''", "source": "'MANUAL'"}
    return _in_quotes(member.default)


def _in_quotes(value: Any) -> Any:
    match value:
        case str():
            return f"'{value}'"
        case dict():
            return {name: _in_quotes(each) for name, each in value.items()}
        case list() | tuple():
            return [_in_quotes(each) for each in value]
        case _:
            return value
