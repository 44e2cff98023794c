"""A field type is whole: what others look up stands with it, and what is code has an entry in each table of such code."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.catalogue.examples import example
from icosa.catalogue.field_types import FIELD_TYPES, GENERATIONS, FieldType
from icosa.catalogue.field_types.about import About
from icosa.catalogue.field_types.generation_2.checking import _EXPECTED, _WORDS
from icosa.catalogue.kinds import BLANK_SAYS_NOTHING, LISTS, Kind
from icosa.catalogue.model import Field
from icosa.errors import InvalidValue
from icosa.imports.further_values import FURTHER
from icosa.imports.values.reading import PARTS, WHOLES
from icosa.mirror.masking.composites import MASKED
from icosa.stubs.values import _READ, _WRITTEN
from icosa.surfaces.console.browse.conditions import _BY_KIND
from icosa.surfaces.console.showing.types import SHOWN
from icosa.wire.language import condition, typed
from icosa.wire.openapi.metadata import _TYPES
from icosa.wire.openapi.reading.types import found_type
from icosa.wire.openapi.schemas import _VALUES
from icosa.workspace.metadata.fields import _NOT_MADE
from icosa.workspace.store.merged import _SEVERAL
from icosa.workspace.store.postgres import dialect as postgres
from icosa.workspace.store.sqlite import dialect as sqlite

COMPOSITE = {name: each for name, each in FIELD_TYPES.items() if each.composite}
TABLES: dict[str, tuple[Collection[str], Collection[str]]] = {
    "WHOLES in imports/values/reading.py": (WHOLES, COMPOSITE),
    "MASKED in mirror/masking/composites.py": (MASKED, COMPOSITE),
    "FURTHER in imports/further_values.py": (FURTHER, [name for name, each in FIELD_TYPES.items() if each.about.further]),
    "_SEVERAL in workspace/store/merged.py": (_SEVERAL, [name for name, each in FIELD_TYPES.items() if each.about.further]),
    "SHOWN in surfaces/console/showing/types.py": (SHOWN, {name for types in GENERATIONS.values() for name in types}),
}
"""What each table has, and what it is to have: simple values are read and masked by their kind."""

CHOSEN = {Kind.OPTION, Kind.OPTIONS}
KIND_TABLES: dict[str, tuple[Collection[Kind], Collection[Kind]]] = {
    "_WORDS in catalogue/field_types/generation_2/checking.py": (_WORDS, {Kind.OPTION}),
    "_EXPECTED in catalogue/field_types/generation_2/checking.py": (_EXPECTED, {Kind.OPTION}),
    "COMPARATORS in wire/language/condition.py": (condition.COMPARATORS, ()),
    "COMPARATORS in wire/language/typed.py": (typed.COMPARATORS, ()),
    "_VALUES in wire/openapi/schemas.py": (_VALUES, ()),
    "TYPES in workspace/store/sqlite/dialect.py": (sqlite.TYPES, ()),
    "TYPES in workspace/store/postgres/dialect.py": (postgres.TYPES, ()),
    "_READ in stubs/values.py": (_READ, CHOSEN),
    "_WRITTEN in stubs/values.py": (_WRITTEN, CHOSEN),
    "_BY_KIND in surfaces/console/browse/conditions.py": (_BY_KIND, ()),
}
"""Each table by kind, and the kinds that it is not for, whose options say more.  Where code asks for the kind by `match`, the type
checker says that one is missing; of a table it does not."""

ODD: dict[Kind, tuple[Any, ...]] = {
    Kind.TEXT: ("a", "1", "A b", "x" * 500),
    Kind.UUID: ("20202020-1c25-4d02-bf25-6aeccf7ea419",),
    Kind.NUMBER: (-1, 0, 0.001, 101, 1e15),
    Kind.NUMERIC: (-1, 0, 0.001, 101, 1e15),
    Kind.BOOLEAN: (True, False),
    Kind.DATE: ("0001-01-01", "9999-12-31"),
    Kind.DATE_TIME: ("0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"),
    Kind.TEXTS: (["a"], ["a", "a"]),
    Kind.JSON: ({"a": 1}, [1]),
}
"""Values that every kind takes, and a type that is narrower than its kind may not."""


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_every_type_that_it_is_for(table: str) -> None:
    there, wanted = map(set, TABLES[table])
    assert there == wanted, f"{table} lacks {wanted - there or 'none'}, and has {there - wanted or 'none'} too many"


@pytest.mark.parametrize("table", KIND_TABLES)
def test_a_table_has_every_kind_that_it_is_for(table: str) -> None:
    there, without = map(set, KIND_TABLES[table])
    assert there == set(Kind) - without, f"{table} lacks {set(Kind) - without - there}"


def test_kinds_are_texts_or_have_an_empty_value_or_say_nothing_where_they_are_blank() -> None:
    assert {*BLANK_SAYS_NOTHING, *LISTS, Kind.TEXT, Kind.JSON} == set(Kind)


@pytest.mark.parametrize("name", [name for name, each in FIELD_TYPES.items() if not (each.composite or each.retired)])
def test_what_the_first_generation_of_a_type_refuses_the_second_refuses_too(name: str) -> None:
    """`second_simple` checks a kind: a type that takes less than its kind says so in both."""
    first, second = FIELD_TYPES[name], GENERATIONS[2][name]
    for value in ODD.get(first.parts[0].kind, ()):
        if _refuses(first, name, value):
            assert _refuses(second, name, value), f"{value!r}: `second_simple` leaves out what {name} checks beside its kind"


def _refuses(of: FieldType, name: str, value: Any) -> bool:
    try:
        of.check(Field("berth", name, "", nullable=True), value, "berth")
    except InvalidValue:
        return True
    return False


@pytest.mark.parametrize(("generation", "name"), [(number, name) for number, types in GENERATIONS.items() for name in types])
def test_a_type_takes_its_own_example(generation: int, name: str) -> None:
    of = GENERATIONS[generation][name]
    field = Field("berth", name, "Where it lies.", options=("RATING_1", "RATING_2"), generation=generation)
    value = example(field)
    assert (value is None) == bool(of.retired)
    assert of.retired or of.check(field, value, "berth")


@pytest.mark.parametrize(("generation", "name"), [(number, name) for number, types in GENERATIONS.items() for name in types])
def test_a_type_is_read_out_of_our_own_document(generation: int, name: str) -> None:
    field = Field("berth", name, "Where it lies.", options=("ONE", "TWO"), generation=generation)
    if not field.type.retired:
        found = found_type("berth", field.type.schema(field), {}, generation)
        assert name in found.types, "wire/openapi/reading/types.py reads it as another"


@pytest.mark.parametrize("of", FIELD_TYPES.values(), ids=FIELD_TYPES)
def test_what_is_told_of_parts_names_parts(of: FieldType) -> None:
    known = {each.name for each in of.parts}
    about = of.about
    assert {about.primary, about.further} - {""} <= known
    assert {*about.whole, *about.searched, *about.written_whole} <= known
    if of.composite:
        assert about.hint
        assert about.said_by_whole or about.kept, "what a text for the whole field says"
    short = [name for each in of.parts for name in each.short]
    assert len(short) == len(set(short)), "a short name means one part"


def test_all_that_is_told_of_types_is_looked_up_somewhere() -> None:
    source = Path(icosa.__file__).parent
    text = "\n".join(each.read_text() for each in source.rglob("*.py") if "field_types" not in each.parts)
    unread = [each for each in About._fields if not re.search(rf"\babout\.{each}\b", text)]
    assert not set(unread) - {"whole", "words"}, "read by FieldType.words and About.said_by_whole"


def test_the_types_of_which_fields_are_made_are_those_that_the_document_tells() -> None:
    assert set(_TYPES) == {each.name for each in GENERATIONS[2].values()} - _NOT_MADE.keys() | {"RELATION"}


def test_parts_with_readers_of_their_own_exist() -> None:
    for type_name, part in PARTS:
        assert FIELD_TYPES[type_name].part(part), (type_name, part)
