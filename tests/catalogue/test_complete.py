"""A field type is whole: what others look up stands with it, and what is code has an entry in each table of such code."""

import re
from collections.abc import Collection
from dataclasses import fields
from pathlib import Path

import pytest

import icosa
from icosa.catalogue.examples import example
from icosa.catalogue.field_types import FIELD_TYPES, GENERATIONS, FieldType
from icosa.catalogue.field_types.about import About
from icosa.catalogue.model import Field
from icosa.imports.further_values import FURTHER
from icosa.imports.values.reading import PARTS, WHOLES
from icosa.mirror.masking.composites import MASKED
from icosa.surfaces.console.showing.types import SHOWN

COMPOSITE = {name: each for name, each in FIELD_TYPES.items() if each.composite}
TABLES: dict[str, tuple[Collection[str], Collection[str]]] = {
    "WHOLES in imports/values/reading.py": (WHOLES, COMPOSITE),
    "MASKED in mirror/masking/composites.py": (MASKED, COMPOSITE),
    "FURTHER in imports/further_values.py": (FURTHER, [name for name, each in FIELD_TYPES.items() if each.about.further]),
    "SHOWN in surfaces/console/showing/types.py": (SHOWN, {name for types in GENERATIONS.values() for name in types}),
}
"""What each table has, and what it is to have: simple values are read and masked by their kind."""


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_every_type_that_it_is_for(table: str) -> None:
    there, wanted = map(set, TABLES[table])
    assert there == wanted, f"{table} lacks {wanted - there or 'none'}, and has {there - wanted or 'none'} too many"


@pytest.mark.parametrize(("generation", "name"), [(number, name) for number, types in GENERATIONS.items() for name in types])
def test_a_type_takes_its_own_example(generation: int, name: str) -> None:
    of = GENERATIONS[generation][name]
    field = Field("berth", name, "Where it lies.", options=("RATING_1", "RATING_2"), generation=generation)
    value = example(field)
    assert (value is None) == bool(of.retired)
    assert of.retired or of.check(field, value, "berth")


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
    unread = [each.name for each in fields(About) if not re.search(rf"\babout\.{each.name}\b", text)]
    assert not set(unread) - {"whole", "words"}, "read by FieldType.words and About.said_by_whole"


def test_parts_with_readers_of_their_own_exist() -> None:
    for type_name, part in PARTS:
        assert FIELD_TYPES[type_name].part(part), (type_name, part)
