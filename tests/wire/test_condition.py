"""A filter bound to an object: columns for paths, canonical values for texts, and errors that name the field."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.columns import column_by_path, columns
from icosa.catalogue.kinds import Kind
from icosa.errors import InvalidQuery
from icosa.wire.language.condition import COMPARATORS, PRESENT, All, Condition, Either, Negation, Test, bind, mentions, shape, values
from icosa.wire.language.filter import parse
from icosa.wire.language.filter_tree import TAKES_LIST, Comparator, Comparison
from tests.wire.every_kind import ID, SHIP, SORTABLE, values_of


def bound(text: str) -> Condition:
    return bind(parse(text), SHIP)


def test_on(path: str, comparator: Comparator, value: Any) -> Test:
    return Test(column_by_path(SHIP)[path], comparator, value)


test_on.__test__ = False  # type: ignore[attr-defined]


def refusal(text: str) -> InvalidQuery:
    with pytest.raises(InvalidQuery) as refused:
        bound(text)
    return refused.value


# Values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("name[eq]:Argo", "Argo"),
        ('name[eq]:""', ""),
        (f"id[eq]:{ID.upper()}", ID),
        (f"homePortId[eq]:{ID}", ID),
        (f"noteworthyId[eq]:{ID}", ID),
        ("masts[gt]:2", 2),
        ('masts[eq]:"2.50"', 2.5),
        ("afloat[eq]:TRUE", True),
        ("sailedAt[gte]:2024-05-06", "2024-05-06T00:00:00.000Z"),
        ("sailedAt[lt]:2024-05-06T07:08:09+02:00", "2024-05-06T05:08:09.000Z"),
        ("builtOn[lte]:1901-02-03", "1901-02-03"),
        ("rig[neq]:SLOOP", "SLOOP"),
        ('rig[eq]:"SLOOP"', "SLOOP"),
        ("worth.amountMicros[gt]:5000000", "5000000"),
        ("worth.currencyCode[eq]:EUR", "EUR"),
        ("masts[in]:[1,2.0,3.5]", (1, 2, 3.5)),
        ('rig[in]:[SLOOP,"KETCH"]', ("SLOOP", "KETCH")),
        ("flags[containsAny]:[RED,WHITE]", ("RED", "WHITE")),
        ("crew[containsAny]:[Jason,Orpheus]", ("Jason", "Orpheus")),
        ('crew[eq]:["Jason","Orpheus"]', ("Jason", "Orpheus")),
        ("flags[neq]:[]", ()),
        ("masts[like]:1%", "1%"),
        (r"name[ilike]:100\%", r"100\%"),
        ("name[startsWith]:A_", "A_"),
        ("name[endsWith]:%o", "%o"),
        ("crew[like]:%Jason%", "%Jason%"),
        ("log[ilike]:%storm%", "%storm%"),
        ("masts[is]:NULL", None),
        ("masts[is]:NOT_NULL", PRESENT),
        ("log[is]:NULL", None),
    ],
)
def test_a_value_is_read_by_the_kind_of_its_column(text: str, value: Any) -> None:
    comparison = parse(text)
    assert isinstance(comparison, Comparison)
    assert bound(text) == test_on(comparison.path, comparison.comparator, value)
    assert type(bound(text).value) is type(value)  # type: ignore[union-attr]


def test_conditions_keep_their_structure() -> None:
    one, two = test_on("name", Comparator.EQ, "Argo"), test_on("masts", Comparator.GT, 1)
    assert bound("or(and(name[eq]:Argo,masts[gt]:1),not(masts[gt]:1))") == Either((All((one, two)), Negation(two)))


@given(st.data())
def test_every_canonical_value_can_be_filtered_by(data: st.DataObject) -> None:
    column = data.draw(st.sampled_from(SORTABLE))
    value = data.draw(values_of(column).filter(lambda value: value is not None))
    written = str(value).lower() if column.kind is Kind.BOOLEAN else str(value)
    assert bind(Comparison(column.path, Comparator.EQ, written), SHIP) == Test(column, Comparator.EQ, value)
    assert bind(Comparison(column.path, Comparator.IN, (written, written)), SHIP) == Test(column, Comparator.IN, (value, value))


# Shape and values


def test_one_shape_serves_all_values_and_the_length_of_a_list_is_no_part_of_it() -> None:
    one, two = bound(f"or(name[eq]:a,id[in]:[{ID}])"), bound(f"or(name[eq]:b,id[in]:[{ID},{ID}])")
    assert shape(one) == shape(two)
    assert hash(shape(one)) == hash(shape(two))
    assert values(one) == ["a", (ID,)]
    assert values(two) == ["b", (ID, ID)]


@pytest.mark.parametrize(
    "other",
    [
        "name[eq]:a",
        "and(name[eq]:a,masts[eq]:1)",
        "or(masts[eq]:1,name[eq]:a)",
        "or(name[neq]:a,masts[eq]:1)",
        "not(name[eq]:a)",
        "or(name[eq]:a,masts[is]:NULL)",
        "or(name[eq]:a,masts[is]:NOT_NULL)",
    ],
)
def test_what_is_asked_makes_the_shape(other: str) -> None:
    assert shape(bound("or(name[eq]:a,masts[eq]:1)")) != shape(bound(other))


def test_null_and_not_null_are_two_shapes_without_values() -> None:
    null, present = bound("masts[is]:NULL"), bound("masts[is]:NOT_NULL")
    assert shape(null) != shape(present)
    assert values(null) == values(present) == []


def test_values_come_from_left_to_right() -> None:
    assert values(bound("name[eq]:a,or(masts[gt]:1,not(afloat[eq]:true)),rig[in]:[SLOOP]")) == ["a", 1, True, ("SLOOP",)]


def test_a_condition_knows_which_paths_it_mentions() -> None:
    deep = bound("or(name[eq]:a,not(and(deletedAt[is]:NOT_NULL)))")
    assert mentions(deep, "deletedAt")
    assert not mentions(deep, "masts")


# Which comparator suits which kind


@pytest.mark.parametrize("column", columns(SHIP), ids=lambda column: column.path)
@pytest.mark.parametrize("comparator", Comparator)
def test_a_comparator_that_does_not_suit_a_kind_is_refused_and_the_suited_ones_are_named(column: Any, comparator: Comparator) -> None:
    if column.secret or comparator in COMPARATORS[column.kind]:
        return
    value = "[x]" if comparator in TAKES_LIST else "x"
    message = refusal(f"{column.path}[{comparator}]:{value}").message
    assert column.path in message
    assert f"use one of {', '.join(c for c in Comparator if c in COMPARATORS[column.kind])}" in message


def test_order_suits_neither_booleans_nor_lists_nor_json() -> None:
    ordered = {Comparator.GT, Comparator.GTE, Comparator.LT, Comparator.LTE}
    assert {kind for kind in Kind if not ordered & COMPARATORS[kind]} == {Kind.BOOLEAN, Kind.JSON, Kind.OPTIONS, Kind.TEXTS}


def test_contains_any_is_for_lists_and_in_for_the_rest() -> None:
    assert {kind for kind in Kind if Comparator.CONTAINS_ANY in COMPARATORS[kind]} == {Kind.OPTIONS, Kind.TEXTS}
    assert {kind for kind in Kind if Comparator.IN not in COMPARATORS[kind]} == {Kind.OPTIONS, Kind.TEXTS, Kind.JSON}


def test_json_can_be_looked_for_as_text_only() -> None:
    assert COMPARATORS[Kind.JSON] == {Comparator.IS, Comparator.LIKE, Comparator.ILIKE}


def test_a_secret_can_only_be_asked_whether_it_is_there_and_is_not_repeated() -> None:
    assert bound("password[is]:NULL") == test_on("password", Comparator.IS, None)
    for text in ("password[eq]:hunter2", "password[like]:h%", "password[in]:[hunter2]", "password[startsWith]:hunter2"):
        error = refusal(text)
        assert "encrypted at rest" in error.message
        assert "hunter2" not in error.message + (error.legacy or "")


# Refusals


@pytest.mark.parametrize(
    ("text", "says", "legacy"),
    [
        ("mast[eq]:1", "did you mean 'masts'?", "field 'mast' does not exist in '_ship' object"),
        ("zzzzzz[eq]:1", "its fields are id, name", "field 'zzzzzz' does not exist in '_ship' object"),
        (
            "yard[eq]:Leith",
            "'yard' has several parts; name one of yard.addressStreet1, ",
            "Sub field metadata not found for composite type: ADDRESS",
        ),
        (
            "yard.nowhere[eq]:x",
            "'yard' has no part \"nowhere\"; its parts are yard.addressStreet1, ",
            "field 'nowhere' does not exist in '_ship' object",
        ),
        ("addressCity[eq]:x", "write 'yard.addressCity'", "Field metadata not found for field: addressCity"),
        ("homePort[eq]:x", "use its foreign key 'homePortId'", "field 'homePort' does not exist in '_ship' object"),
        ("homePort.name[eq]:x", "use its foreign key 'homePortId'", "field 'homePort' does not exist in '_ship' object"),
        ("name.first[eq]:x", "'name' has no parts", "field 'first' does not exist in '_ship' object"),
        ("homePortId.x[eq]:x", "'homePortId' has no parts", "field 'x' does not exist in '_ship' object"),
        ("masts[eq]:many", 'filter: masts: "many" is not a number', 'invalid input syntax for type double precision: "many"'),
        ("id[in]:[x]", 'filter: id: "x" is not a UUID', 'invalid input syntax for type uuid: "x"'),
        (
            "afloat[eq]:perhaps",
            'filter: afloat: "perhaps" is not a boolean; send true or false',
            'invalid input syntax for type boolean: "perhaps"',
        ),
        ("sailedAt[gte]:never", "filter: sailedAt: ", 'invalid input syntax for type timestamp with time zone: "never"'),
        (
            "rig[eq]:RAFT",
            "send one of SLOOP, KETCH, BARQUE",
            "'filter' enum value 'RAFT' not available in 'rig' enum. Available enum values are ['SLOOP', 'KETCH', 'BARQUE']",
        ),
        (
            "rig[in]:[SLOOP,RAFT]",
            '"RAFT" is none of its options',
            "'filter' enum value 'RAFT' not available in 'rig' enum. Available enum values are ['SLOOP', 'KETCH', 'BARQUE']",
        ),
        (
            "flags[containsAny]:[BLUE]",
            "send one of RED, WHITE",
            "'filter' enum value 'BLUE' not available in 'flags' enum. Available enum values are ['RED', 'WHITE']",
        ),
        ("flags[eq]:RED", 'filter: flags: "RED" is not a list; write JSON', 'malformed array literal: "RED"'),
        ("crew[eq]:[1", "is not a list", 'malformed array literal: "[1"'),
    ],
)
def test_what_cannot_be_bound_is_refused_with_field_mending_and_the_words_of_1_0_3(text: str, says: str, legacy: str) -> None:
    error = refusal(text)
    assert error.message.startswith("filter: ")
    assert says in error.message
    assert error.legacy == legacy


@pytest.mark.parametrize(
    "text", ["name[eq]:a\0b", "name[like]:a\0b", 'crew[eq]:["a\\u0000"]', "name[eq]:\ud800", "crew[containsAny]:[\ud800]"]
)
def test_what_is_no_text_is_refused(text: str) -> None:
    assert refusal(text).message.encode()


@given(st.text(), st.sampled_from(Comparator), st.sampled_from(columns(SHIP)))
def test_any_value_is_bound_or_refused(value: str, comparator: Comparator, column: Any) -> None:
    comparison = Comparison(column.path, comparator, (value,) if comparator in TAKES_LIST else value)
    try:
        found = bind(comparison, SHIP)
    except InvalidQuery as error:
        refused = error
    else:
        assert {(shape(found), *values(found))}
        return
    assert column.path in refused.message


def test_json_that_is_nested_without_end_is_refused() -> None:
    with pytest.raises(InvalidQuery):
        bind(Comparison("crew", Comparator.EQ, "[" * 100_000), SHIP)


def test_a_very_long_name_is_refused_without_being_repeated() -> None:
    error = refusal("x" * 100_000 + "[eq]:1")
    assert len(error.message) + len(error.legacy or "") < 1000
