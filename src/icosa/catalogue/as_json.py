"""A catalogue as JSON, and back again, exactly: what caches, plans and workspaces keep of one.

An object is written with what differs from the defaults of `icosa.catalogue.model` alone, a relation is
known by its "target", and the moment of creation as a default (NOW) stands as "defaultsToNow".
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from icosa.catalogue.model import NOW, BelongsTo, Catalogue, Field, Object, OnDelete
from icosa.errors import InvalidValue

Json = dict[str, Any]

_NOW = "defaultsToNow"
_NAMES = {"type_name": "type", "label_plural": "labelPlural", "label_identifier": "labelIdentifier", "audit_logged": "auditLogged",
          "duplicate_criteria": "duplicateCriteria", "unique_together": "uniqueTogether", "on_delete": "onDelete",
          "unique_for_good": "uniqueForGood", "listed_by": "listedBy"}  # fmt: skip


def as_json(catalogue: Catalogue) -> Json:
    """The catalogue as JSON values: `{"objects": [...]}`."""
    return {"objects": [{**_settings(each), "members": [_member(member) for member in each.members]} for each in catalogue]}


def from_json(written: Any) -> Catalogue:
    """The catalogue that `as_json` wrote.  Raises InvalidValue for what it did not write."""
    try:
        return Catalogue(tuple(_object(each) for each in written["objects"]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        problem = f"is no catalogue that was written by Icosa ({error}); read it from the workspace's OpenAPI document again"
        raise InvalidValue("catalogue", problem) from None


def digest(catalogue: Catalogue) -> str:
    """What tells one catalogue from another: the same text, of 64 hexadecimal digits, on every machine."""
    text = json.dumps(as_json(catalogue), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    from hashlib import sha256  # here: it loads OpenSSL, which reading a page needs nothing of

    return sha256(text.encode()).hexdigest()


def _member(member: Field | BelongsTo) -> Json:
    written = _settings(member)
    if written.get("default") is NOW:
        del written["default"]
        written[_NOW] = True
    return written


def _settings(of: Object | Field | BelongsTo) -> Json:
    values = ((each, getattr(of, each.name)) for each in fields(of) if each.name != "members")
    return {_NAMES.get(each.name, each.name): value for each, value in values if each.default is MISSING or value != each.default}


def _object(written: Mapping[str, Any]) -> Object:
    members = tuple(map(_read_member, written["members"]))
    return Object(members=members, **_arguments(Object, written, ("searchable", "duplicateCriteria", "uniqueTogether", "indexed")))


def _read_member(written: Mapping[str, Any]) -> Field | BelongsTo:
    if "target" in written:
        arguments = _arguments(BelongsTo, written)
        return BelongsTo(**arguments | {"on_delete": OnDelete(arguments.get("on_delete", OnDelete.SET_NULL))})
    arguments = _arguments(Field, written, ("options",))
    return Field(**arguments | {"default": NOW} if written.get(_NOW) else arguments)


def _arguments(kind: type[Object | Field | BelongsTo], written: Mapping[str, Any], tuples: tuple[str, ...] = ()) -> Json:
    """The arguments that make one, of those that were written; lists that are tuples in it are tuples again."""
    found = {}
    for each in fields(kind):
        name = _NAMES.get(each.name, each.name)
        if name in written and name != "members":
            found[each.name] = _tupled(written[name]) if name in tuples else written[name]
    return found


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, value)) if isinstance(value, list | tuple) else value
