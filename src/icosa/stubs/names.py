"""What each type is called: `Person`, `PersonInput`, `People`; no two alike, whatever a workspace calls its objects."""

import keyword
import re
from collections.abc import Callable
from dataclasses import dataclass

from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Catalogue, Field, Object
from icosa.catalogue.naming import capitalised

RESERVED = frozenset(
    (
        "ADDRESS", "Any", "AsyncClient", "AsyncConnect", "AsyncResourceOf", "Client", "Connect", "Decimal", "Deleted", "Depth",
        "Literal", "Mapping", "RecordLike", "RecordsLike", "Required", "ResourceOf", "Secret", "Sequence", "TypedDict", "UUID",
        "Unpack", "aconnect", "bool", "connect", "date", "datetime", "dict", "float", "icosa", "list", "object", "str",
    )
)  # fmt: skip
"""Names that a stub has for itself."""


@dataclass(frozen=True, slots=True)
class TypeNames:
    """The types of one object.

    `record` is a record as it is read, alone; `near` and `far` are it with depth 1 and 2.  `input` is one
    that is created and `part` any fields of one, by their names on the wire; `create` and `update` are the
    same as keywords.  `part` is `input` where the object requires no field.  `key` are the paths by which a
    record can be told from others.  `resource` and `async_resource` have the methods.
    """

    record: str
    near: str
    far: str
    input: str
    part: str
    create: str
    update: str
    key: str
    resource: str
    async_resource: str


@dataclass(frozen=True, slots=True)
class Names:
    """The types of a catalogue: of objects by their singular; of composite values, as they are read and as they
    are given, by field type; of options by object and field, or by field type and part."""

    objects: dict[str, TypeNames]
    values: dict[str, str]
    inputs: dict[str, str]
    options: dict[tuple[str, str], str]


def names_of(catalogue: Catalogue) -> Names:
    """Who comes first keeps the plain name: the stub itself, values, objects in their order, options."""
    taken = set(RESERVED)

    def claim(wanted: str, ending: str) -> str:
        name = identifier(wanted)
        if name in taken:
            name += ending
        while name in taken:
            name += "_"
        taken.add(name)
        return name

    types = {field.type.name: field.type for each in catalogue for field in each.fields if field.type.composite}
    values = {name: claim(_camel(name), "Value") for name in sorted(types)}
    inputs = {name: claim(f"{_camel(name)}Input", "Value") for name in sorted(types)}
    objects = {each.singular: _of_object(each, claim) for each in catalogue}
    options = {
        (name, part.name): claim(_camel(name) + capitalised(part.name), "Option")
        for name in sorted(types)
        for part in types[name].parts
        if part.options
    }
    for each in catalogue:
        for field in each.fields:
            if has_options(field):
                options[each.singular, field.name] = claim(capitalised(each.singular) + capitalised(field.name), "Option")
    return Names(objects, values, inputs, options)


def has_options(field: Field) -> bool:
    """Whether the field's values are some of its own options."""
    return not field.type.composite and field.type.parts[0].kind in (Kind.OPTION, Kind.OPTIONS)


def identifier(name: str) -> str:
    """The name as Python takes it: a server's document may hold any text."""
    name = re.sub(r"\W", "_", name)
    return name if name.isidentifier() and not keyword.iskeyword(name) else f"_{name}"


def sayable(name: str) -> bool:
    """Whether Python takes the name as a keyword of a call, or as an attribute."""
    return name.isidentifier() and not keyword.iskeyword(name)


def _of_object(of: Object, claim: Callable[[str, str], str]) -> TypeNames:
    record = claim(capitalised(of.singular), "Record")
    resource = claim(capitalised(of.plural), "Resource")
    given = claim(f"{record}Input", "Type")
    return TypeNames(
        record,
        claim(f"{record}Depth1", "Type"),
        claim(f"{record}Depth2", "Type"),
        given,
        claim(f"{record}Part", "Type") if any(each.required for each in of.fields) else given,
        claim(f"{record}Create", "Type"),
        claim(f"{record}Update", "Type"),
        claim(f"{record}Key", "Type"),
        resource,
        claim(f"Async{resource}", "Type"),
    )


def _camel(type_name: str) -> str:
    return "".join(word.capitalize() for word in type_name.split("_"))
