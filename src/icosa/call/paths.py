"""The values of records by path, and how two records differ.

Paths are those of filters ("jobTitle", "emails.primaryEmail", "companyId"), so that a composite is compared
and changed part by part: what is not said stays as it is.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from icosa.call.page import Record
from icosa.catalogue.columns import columns
from icosa.catalogue.kinds import Kind, coerce
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidValue
from icosa.wire.rest.body import read_record

Values = dict[str, Any]
"""Canonical values by path."""

KEPT_BY_THE_SERVER: Final = ("updatedAt", "deletedAt")
"""What nobody writes: a server sets it."""


def values(of: Object, record: Mapping[str, Any]) -> Values:
    """The values of a record, or of a part of one, as an answer has it: those that it holds, without secrets."""
    found: Values = {}
    for column in columns(of):
        if column.field not in record or column.secret:
            continue
        value = record[column.field]
        if column.part and isinstance(value, Mapping):
            if column.part not in value:
                continue
            value = value[column.part]
        found[column.path] = _canonical(column.kind, value, column.path)
    return found


def wanted(catalogue: Catalogue, of: Object, record: Record) -> Values:
    """The values that a record to be written says, where null clears.  Raises InvalidInput as wire.rest.body does."""
    sent = read_record(catalogue, of, record, retired=True)
    return {f"{name}.{part}" if part else name: value for name, parts in sent.items() for part, value in parts.items()}


def canonical(catalogue: Catalogue, of: Object, record: Record) -> Values:
    """The same of a record that holds canonical values already, as an import has made them: texts are taken as they are."""
    found: Values = {}
    for name, value in record.items():
        field = of.field_by_name.get(name)
        if field is None and name in of.relation_by_key and value:
            found[name] = value
        elif field is None or field.type.about.prose or not value:
            found |= wanted(catalogue, of, {name: value})
        elif value.__class__ is str and field.type.control == "string":
            found[name] = value
        elif value.__class__ is dict and field.type.composite and all(each.__class__ is str and each for each in value.values()):
            for part, each in value.items():
                found[f"{name}.{part}"] = each
        else:
            found |= wanted(catalogue, of, {name: value})
    return found


def is_held(there: Mapping[str, Any], record: Record) -> bool:
    """Whether what a record says is there already, word for word: nothing is to be done to it then, whatever its values mean."""
    for name, value in record.items():
        held = there.get(name)
        if held == value and held.__class__ is value.__class__:
            continue
        if name != "id" and not (value.__class__ is dict and held.__class__ is dict and value.items() <= held.items()):
            return False
    return True


def differing(before: Values, after: Values) -> list[str]:
    """The paths of `after` that have another value than in `before`, in order; a path that `before` lacks is one."""
    return [path for path, value in after.items() if path not in before or before[path] != value]


def says_nothing(value: Any) -> bool:
    """Whether it is one of the ways in which servers store no value: None, "", [] and {}; 0 and False are values."""
    return value is None or value in ("", [], {})


def says(value: Any) -> bool:
    """Whether a value says anything: neither null, nor empty, nor made of such parts."""
    match value:
        case dict():
            return any(map(says, value.values()))
        case list():
            return any(map(says, value))
        case _:
            return value is not None and value != ""


def nested(found: Values) -> Record:
    """Values by path as a record has them."""
    record: Record = {}
    for path, value in found.items():
        name, _, part = path.partition(".")
        if part:
            record.setdefault(name, {})[part] = value
        else:
            record[name] = value
    return record


def paths(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What `nested` made, by path again: whatever objects there are, one deep."""
    for name, value in record.items():
        if isinstance(value, Mapping) and value:
            yield from ((f"{name}.{part}", each) for part, each in value.items())
        else:
            yield name, value


def writable(of: Object, found: Values) -> Values:
    """The values that can be written back: without what only a server writes, and what nobody writes any more."""
    return {path: value for path, value in found.items() if path not in KEPT_BY_THE_SERVER and not _retired(of, path)}


def sendable(of: Object, record: Record) -> Record:
    """A record as answers have it, as it is sent: JSON that is a text stands in the quotes that tell it from JSON text."""
    return {name: json.dumps(value) if isinstance(value, str) and _is_json(of, name) else value for name, value in record.items()}


def _is_json(of: Object, name: str) -> bool:
    field = of.field_by_name.get(name)
    return field is not None and field.type.control == "json"


def _retired(of: Object, path: str) -> bool:
    field = of.field_by_name.get(path.partition(".")[0])
    return field is not None and field.type.retired is not None


def value_at(record: Mapping[str, Any], path: str) -> Any:
    """What a record holds at a path: a value, or the parts of a composite where the path names it whole."""
    name, _, part = path.partition(".")
    value = record.get(name)
    if not part:
        return value
    return value.get(part) if isinstance(value, Mapping) else None


def _canonical(kind: Kind, value: Any, path: str) -> Any:
    if value is None:
        return None
    try:
        return coerce(kind, value, path, _Any())
    except InvalidValue:
        return value  # another server's own way; it is compared as it is


class _Any(tuple[str, ...]):
    """Options that take any text: what a server holds is not for this side to refuse."""

    def __contains__(self, _: object) -> bool:
        return True
