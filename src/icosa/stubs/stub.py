"""The stub of a catalogue: what an editor completes and a type checker checks."""

import re
from collections.abc import Iterator

from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.junctions import junction
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.naming import snake_case
from icosa.client.blocking import Client
from icosa.stubs.layout import BUILT_IN, HEAD, INDENT, TypedKey, call, doc, literal, typed_dict
from icosa.stubs.names import Names, TypeNames, has_options, names_of, sayable
from icosa.stubs.records import Block, records
from icosa.stubs.values import read_part, written_part_type

_IMPORTS = """\
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Required, TypedDict, Unpack
from uuid import UUID

from icosa.client.asynchronous import AsyncClient as _AsyncClient
from icosa.client.blocking import Client as _Client
from icosa.client.typed import (
    AsyncConnect, AsyncResourceOf, Connect, Deleted, Depth, RecordLike, RecordsLike, ResourceOf,
)
from icosa.secret import Secret
"""

_TAKEN = frozenset(dir(Client)) | {"address", "author", "catalogue", "offers"}
"""What a client has for itself; a resource of that name goes by `crm["…"]` alone."""


def stub(catalogue: Catalogue, about: str) -> str:
    """The text of the .pyi file for the objects of a catalogue; `about` says in a sentence what it is for."""
    names = names_of(catalogue)
    blocks = [list(_options(catalogue, names)), *_values(catalogue, names)]
    for each in catalogue:
        blocks += records(catalogue, each, names)
        for asynchronous in (False, True):
            resource = _resource(each, names.objects[each.singular], asynchronous=asynchronous)
            blocks.append([*resource, *_attaching(catalogue, each, names, asynchronous=asynchronous)])
    blocks.append(list(_client(catalogue, names, asynchronous=False)))
    blocks.append(list(_client(catalogue, names, asynchronous=True)))
    blocks.append(["ADDRESS: str | None", "connect: Connect[Client]", "aconnect: AsyncConnect[AsyncClient]"])
    body = "".join("\n" + "\n".join(block) + "\n" for block in blocks if block)
    more = [f"from {place} import {name} as _{name}\n" for name, place in BUILT_IN.items() if re.search(rf"\b_{name}\b", body)]
    return HEAD + "\n".join([*doc(about, ""), "", _IMPORTS]) + "".join(more) + body


def _options(catalogue: Catalogue, names: Names) -> Iterator[str]:
    """A type for the options of each field, and of each part, that has any."""
    for each in catalogue:
        for field in each.fields:
            if has_options(field):
                yield from literal(names.options[each.singular, field.name], field.options)
    types = {field.type.name: field.type for each in catalogue for field in each.fields}
    for name, part in names.options:
        if name in types and (found := types[name].part(part)):
            yield from literal(names.options[name, part], found.options)


def _values(catalogue: Catalogue, names: Names) -> Iterator[Block]:
    """The composite values, each as it is read and as it is given."""
    for name in names.values:
        held = [(each, field) for each in catalogue for field in each.fields if field.type.name == name]
        parts = held[0][1].type.parts
        found = [column for each, field in held for column in columns_of_field(each, field.name)]
        as_read = [
            TypedKey(part.name, read_part(name, part, [column for column in found if column.part == part.name], names))
            for part in parts
            if not part.hidden
        ]
        as_given = [TypedKey(part.name, written_part_type(name, part, names)) for part in parts if not (part.hidden or part.response_only)]
        yield list(typed_dict(names.values[name], f"A value of type {name}, as it is read.", as_read, total=True))
        yield list(typed_dict(names.inputs[name], f"A value of type {name}, as it is given.", as_given, total=False))


def _resource(of: Object, types: TypeNames, *, asynchronous: bool) -> Iterator[str]:
    """The methods that take the fields of an object; the others are the same for all.

    They are not told apart by depth, as reads are, because a type checker has no good word for a wrong
    keyword of a method that has several forms.
    """
    name, base = (types.async_resource, "AsyncResourceOf") if asynchronous else (types.resource, "ResourceOf")
    define = "async def" if asynchronous else "def"
    known = (types.record, types.near, types.far, types.input, types.part, types.key)
    yield f"class {name}({base}[{', '.join(known)}]):"
    yield from doc(f"The records of {of.resource}.")
    yield ""
    requires = types.part != types.input
    depth, any_part = "depth: Depth | None = None", f"record: {types.part} | None = None"
    creation = ["*"] if requires else [any_part, "/", "*"]  # what is required is seen among keywords alone
    created = f"**fields: Unpack[{types.create}]"
    changed = f"**fields: Unpack[{types.update}]"
    yield from call(f"{define} create_one", ["self", *creation, depth, "upsert: bool = False", created], types.near)
    yield from call(f"{define} update_one", ["self", "id: str | UUID", any_part, "/", "*", depth, changed], types.near)
    # A field that is itself called `key` leaves no room for keywords.
    more = [] if any(snake_case(each.name) == "key" for each in of.fields) else [changed if requires else created]
    yield from call(f"{define} upsert", ["self", any_part, "/", "*", f"key: {types.key}", depth, *more], types.near)


def _attaching(catalogue: Catalogue, of: Object, names: Names, *, asynchronous: bool) -> Iterator[str]:
    """The methods that hang records on others, with a keyword for each object that they can hang on."""
    joined = junction(catalogue, of)
    if joined is None:
        return
    define = "async def" if asynchronous else "def"
    words = dict.fromkeys(word for plural in joined.to if sayable(word := snake_case(plural)) and word not in ("self", "record"))
    places = ["*", *(f"{word}: RecordsLike = ..." for word in words)] if words else []
    record = ["self", "record: RecordLike", "/"]
    yield from call(f"{define} attach", [*record, *places], f"list[{names.objects[joined.rows.singular].record}]")
    yield from call(f"{define} detach", [*record, *places], "list[Deleted]")
    yield from call(f"{define} attached_to", ["self", "/", *places], f"list[{names.objects[of.singular].record}]")
    yield from call(f"{define} targets", record, "dict[str, list[dict[str, Any]]]")


def _client(catalogue: Catalogue, names: Names, *, asynchronous: bool) -> Iterator[str]:
    name = "AsyncClient" if asynchronous else "Client"
    yield f"class {name}(_{name}):"
    yield from doc("A workspace with a resource for each of its objects.")
    yield ""
    for each in catalogue:
        attribute, types = snake_case(each.plural), names.objects[each.singular]
        if sayable(attribute) and attribute not in _TAKEN:
            yield f"{INDENT}{attribute}: {types.async_resource if asynchronous else types.resource}"
