"""A catalogue is a value; one that contradicts itself is refused when it is made."""

import re

import pytest

from icosa.catalogue.columns import columns, columns_of_field
from icosa.catalogue.fields import CreatedBy, Currency, MultiSelect, Position, Rating, Select, Text
from icosa.catalogue.model import CASCADE, BelongsTo, Catalogue, Field, HasMany, Object
from icosa.catalogue.standard import STANDARD
from icosa.errors import UnknownObject

PLANET = Object("planet", "planets", "A planet.", (Text("name", "Its name."),), label_identifier="name", custom=True)


def moon(*members: Field | BelongsTo, **settings: object) -> Object:
    return Object("moon", "moons", "A moon.", members, **settings)  # type: ignore[arg-type]


ORBITS = BelongsTo("planet", "planet", "moons", "What it goes around.", CASCADE)

CONTRADICTIONS: list[tuple[str, list[Object]]] = [
    ("objects named twice: planet", [PLANET, PLANET]),
    ("objects named twice: planets", [PLANET, Object("world", "planets", "Another.")]),
    ("moon.name is there twice", [moon(Text("name", "One."), Text("name", "Two."))]),
    ("moon.createdAt is there twice", [moon(Text("createdAt", "Every object has this already."))]),
    ("moon.planetId is there twice", [PLANET, moon(Text("planetId", "Its planet."), ORBITS)]),
    ("moon.planet is there twice", [PLANET, moon(ORBITS, Text("planet", "Its planet."))]),
    ("moon.name has the unknown type COLOUR", [moon(Field("name", "COLOUR", "Its colour."))]),
    ("moon.planet points at planet, which is no object", [moon(ORBITS)]),
    ("planet.name is there twice", [PLANET, moon(BelongsTo("planet", "planet", "name", "What it goes around."))]),
    ("planet.moons is there twice", [PLANET, moon(ORBITS, BelongsTo("captor", "planet", "moons", "What caught it."))]),
    ("moon.phase has no options", [moon(Select("phase", "How much is lit.", []))]),
    (
        'moon.phase has the options ["NEW", "FULL"] and the default "HALF": '
        'moon.phase: "HALF" is none of its options; send one of NEW, FULL',
        [moon(Select("phase", "Lit.", ["NEW", "FULL"], default="HALF"))],
    ),
    (
        'moon.phases has the options ["NEW"] and the default ["FULL"]: moon.phases[0]: "FULL" is none of its options; send one of NEW',
        [moon(MultiSelect("phases", "Lit.", ["NEW"], default=["FULL"]))],
    ),
    ('moon.phase has the options [5] and the default null: 5 is "5" where it is stored', [moon(Select("phase", "Lit.", [5]))]),  # type: ignore[list-item]
    (
        'moon.lit has the options [] and the default {"half": true}: moon.lit: {"half": true} is not a boolean; send true or false',
        [moon(Field("lit", "BOOLEAN", "Lit.", default={"half": True}))],
    ),
    (
        'moon.price has the options [] and the default {"amount": 1}: "amount" is no part of CURRENCY',
        [moon(Currency("price", "Of a plot.", default={"amount": 1}))],
    ),
    ("moon.radius is a secret, and no text; only texts can be sealed", [moon(Field("radius", "NUMBER", "In km.", secret=True))]),
    ("moon.notes is unique, and JSON cannot be", [moon(Field("notes", "RAW_JSON", "Of all kinds.", unique=True))]),
    ("moon names the column notes for an index, and JSON has none", [moon(Field("notes", "RAW_JSON", "Of all."), indexed=("notes",))]),
    (
        "moon names the column radius to find duplicates by, and it is no text",
        [moon(Field("radius", "NUMBER", "In km."), duplicate_criteria=(("radius",),))],
    ),
    (
        'moon.planet has the rule "CASCADE; DROP"; it may be CASCADE or SET_NULL',
        [PLANET, moon(BelongsTo("planet", "planet", "moons", "What it goes around.", "CASCADE; DROP"))],  # type: ignore[arg-type]
    ),
    ("moon names the field title, which it does not have", [moon(label_identifier="title")]),
    ("moon names the field title, which it does not have", [moon(searchable=("title",))]),
    (
        "moon names the column priceAmount, which it does not have",
        [moon(Currency("price", "Of a plot."), unique_together=(("priceAmount",),))],
    ),
    ("moon names the column name, which it does not have", [moon(duplicate_criteria=(("name",),))]),
    ("moon is of the unknown generation 9", [moon(generation=9)]),
    ("moon.files has the unknown type FILES", [moon(Field("files", "FILES", "Pictures of it."))]),
    ("moon is listed by craters, which is no collection of it", [moon(listed_by="craters")]),
]


@pytest.mark.parametrize(("complaint", "objects"), CONTRADICTIONS, ids=[each[0] for each in CONTRADICTIONS])
def test_a_contradiction_is_named_when_the_catalogue_is_made(complaint: str, objects: list[Object]) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(complaint)}$"):
        Catalogue(tuple(objects))


def test_columns_and_keys_can_be_named_by_duplicate_criteria_and_unique_keys() -> None:
    made = moon(Currency("price", "Of a plot."), ORBITS, unique_together=(("priceAmountMicros", "planetId"),))
    assert Catalogue((PLANET, made)).by_singular["moon"] is made


def test_the_other_end_of_a_relation_follows_from_it() -> None:
    catalogue = STANDARD.with_objects(PLANET, moon(ORBITS, CreatedBy(), Position("Its place."), Rating("beauty", "In stars.")))
    assert catalogue.has_many(PLANET) == (HasMany("moons", "moon", "planetId", "Moons whose Planet is this record."),)
    assert len(catalogue.objects) == 38
    assert len(STANDARD.objects) == 36


def test_an_object_of_the_same_name_takes_the_place_of_the_old_one() -> None:
    catalogue = Catalogue((PLANET,)).with_objects(Object("planet", "planets", "Now without a name."))
    assert [of.fields for of in catalogue] == [()]


def test_a_record_is_listed_by_what_goes_when_its_object_goes() -> None:
    listed = Object("planet", "planets", "A planet.", listed_by="moons")
    catalogue = Catalogue((listed, moon(ORBITS), Object("star", "stars", "A star.")))
    assert catalogue.without(catalogue.by_singular["star"]).by_singular["planet"].listed_by == "moons"
    assert catalogue.without(catalogue.by_singular["moon"]).by_singular["planet"].listed_by == ""


def test_an_object_with_lists_for_defaults_can_be_looked_up() -> None:
    made = moon(
        MultiSelect("phases", "Lit.", ["NEW", "FULL"], default=["FULL"]), Currency("price", "Of a plot.", default={"currencyCode": "EUR"})
    )
    assert [column.default for column in columns_of_field(made, "phases")] == [["FULL"]]
    assert [column.default for column in columns_of_field(made, "price")] == [None, "EUR"]
    assert columns(made) is columns(made)


def test_a_custom_object_lies_in_a_table_with_an_underscore() -> None:
    assert PLANET.table == "_planet"
    assert STANDARD.by_singular["company"].table == "company"


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("person", "Did you mean 'people'?"), ("PEOPLE", "Did you mean 'people'?"), ("foo", "eg: companies")],
)
def test_an_unknown_object_is_refused_with_a_hint(asked: str, hint: str) -> None:
    with pytest.raises(UnknownObject, match=re.escape(f"object '{asked}' not found. {hint}")):
        STANDARD.named(asked)


def test_an_object_is_found_by_its_plural() -> None:
    assert STANDARD.named("people").singular == "person"
