"""A record as somebody gives it, checked and put into the words of the wire.

The rules are those of `wire.rest.body`, so that both ends take the same values; here they are told in the
form's words.  What is sent is what was given: a server makes the canonical value itself.  One that is not lenient
gets it in the spelling that all servers take (`client.spelling`).
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from icosa.call.json_text import parsed
from icosa.call.spelling import nothing, spelt
from icosa.call.values import plain
from icosa.catalogue import naming
from icosa.catalogue.examples import ID, example_text
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue, Field, Object
from icosa.errors import IcosaError, InvalidBody, InvalidId, InvalidValue
from icosa.wire.actions import Operation, actions_of, find_property
from icosa.wire.rest.body import read_record

JsonRecord = dict[str, Any]


def record(catalogue: Catalogue, of: Object, given: Mapping[str, Any], *, creating: bool, owner: str, lenient: bool = True) -> JsonRecord:
    """The JSON object for a record given by labels, wire names or snake_case names.

    What says nothing (an empty box of a form) is left out; None clears.  `lenient` is whether the server reads all
    spellings that Icosa reads.  Raises UnknownField, and InvalidValue naming the property by its label; `creating`
    asks for what is required.  `owner` is who is said to have no property of an unknown name.
    """
    found: JsonRecord = {}
    for key, value in given.items():
        name = member(of, key, owner)
        label = naming.label(name)
        if name in found:
            raise InvalidValue(label, f"is given twice, the second time as {shown(key)}; give it once")
        sent = _checked(catalogue, of, name, label, nothing(of, name, lenient=lenient) if value is None else value, lenient)
        if sent is not _NOTHING:
            found[name] = sent
    if creating:
        _require(of, found, owner)
    return found if lenient else _by_key(of, found)


def _by_key(of: Object, found: JsonRecord) -> JsonRecord:
    """The record with its relations told by their foreign keys."""
    made: JsonRecord = {}
    for name, value in found.items():
        key = of.relation_by_name[name].foreign_key if name in of.relation_by_name else name
        if key in made:
            raise InvalidValue(naming.label(key), "is given twice, once as the record that it points at; give it once")
        made[key] = value
    return made


def records(catalogue: Catalogue, of: Object, given: Any, label: str, *, creating: bool, lenient: bool = True) -> list[JsonRecord]:
    """A list of records, given as such, as one record, or as JSON text.  Errors name the place in it."""
    example = '[{"name": "First"}, {"name": "Second"}]'
    value = parsed(given, label, example) if isinstance(given, str) else given
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list | tuple):
        raise InvalidBody(f"{label}: {shown(value)} is not a list of records; send one such as {example}")
    made = []
    owner = naming.label(of.singular)
    for at, each in enumerate(value):
        where = f"{label}[{at}]"
        if not isinstance(each, Mapping):
            raise InvalidBody(f"{where}: {shown(each)} is not a record; send an object with properties and values")
        try:
            made.append(record(catalogue, of, each, creating=creating, owner=owner, lenient=lenient))
        except InvalidValue as error:
            raise error.named(f"{where}.{error.path}") from None
        except IcosaError as error:
            raise type(error)(f"{where}: {error.message}") from None
    return made


def member(of: Object, key: str, owner: str | None = None) -> str:
    """The wire name of a field, foreign key or relation, from any of its spellings.  Raises UnknownField
    with the nearest labels."""
    if key in of.field_by_name or key in of.relation_by_key or key in of.relation_by_name:
        return key
    if (name := _spellings(of).get(key)) is not None:
        return name
    create_one = next(each for each in actions_of(of) if each.operation is Operation.CREATE_ONE)
    # Without Depth, which is a property of the action and none of a record.
    fields = tuple(each for each in create_one.properties if each.place == "body")
    return find_property(create_one._replace(label=owner or naming.label(of.singular), properties=fields), key).name


@lru_cache(maxsize=256)
def _spellings(of: Object) -> Mapping[str, str]:
    """The wire names of an object's members, by how Python and forms spell them."""
    found: dict[str, str] = {}
    for name in (*of.field_by_name, *of.relation_by_name):
        for spelling in (naming.snake_case(name), naming.label(name)):
            found.setdefault(spelling, name)
    return MappingProxyType(found)


class _Nothing:
    pass


_NOTHING = _Nothing()


def _checked(catalogue: Catalogue, of: Object, name: str, label: str, value: Any, lenient: bool) -> Any:
    """The JSON value to send, or _NOTHING where it says nothing."""
    field = of.field_by_name.get(name)
    control = field.type.control if field else "string"
    try:
        if control == "json" and isinstance(value, str):
            if not value.strip():
                return _NOTHING
            value = parsed(value, label, example_text(field) if field else "{}")
        value = plain(value, label)
        if name in of.relation_by_name:
            value = _linked(value)
        values = read_record(catalogue, of, {name: value}, retired=True)
    except InvalidValue as error:
        hidden = field is not None and field.secret and value is not None
        raise _in_form_words(error, field, name, label, hidden) from None
    if not values:
        return _NOTHING
    if control in ("number", "boolean") and isinstance(value, str):
        return values[name][""]  # a form and a shell know texts alone; JSON has numbers and booleans
    if lenient or value is None:
        return value
    return next(iter(values.values()))[""] if field is None else spelt(field, value, values[name])


def _linked(value: Any) -> Any:
    """A related record in a newer server's words for it, as {"id": …}: it is connected by its key."""
    match value:
        case {"disconnect": True}:
            return None
        case {"connect": {"where": {"id": id_}}}:
            return {"id": id_}
        case _:
            return value


def _in_form_words(error: InvalidValue, field: Field | None, name: str, label: str, hidden: bool) -> InvalidValue:
    """The same error with the property's label in place of its wire name, and without a `hidden` value."""
    rest = error.path.removeprefix(name)
    path = error.path if error.path.startswith(label) else label + (rest if rest[:1] in (".", "[") else "")
    if hidden:
        return InvalidValue(path, "its value (secret, so not shown) is no text that can be stored; send a text without NUL characters")
    if field is None or field.type.name == "UUID":
        return InvalidId(path, error.problem)
    return error.named(path)


def _require(of: Object, found: JsonRecord, owner: str) -> None:
    for field in of.fields:
        if field.required and found.get(field.name) is None:
            example = ID if field.type.name == "UUID" else example_text(field)
            raise InvalidValue(naming.label(field.name), f"is required by {owner}; send one such as {example}")
