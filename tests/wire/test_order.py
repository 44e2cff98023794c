"""Orders: what can be sorted by, in which direction, and always down to a single record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.columns import column_by_path
from icosa.errors import InvalidQuery
from icosa.wire.language.order import DIRECTIONS, OrderKey, parse, write
from tests.wire.every_kind import SHIP, SORTABLE

BY_PATH = column_by_path(SHIP)
BY_ID = OrderKey(BY_PATH["id"])

orders = st.lists(st.builds(OrderKey, st.sampled_from(SORTABLE), st.booleans(), st.booleans()), unique_by=lambda key: key.column.path).map(
    lambda keys: tuple(keys) if any(key.column.path == "id" for key in keys) else (*keys, BY_ID)
)


@given(orders)
def test_a_written_order_reads_as_what_it_was(keys: tuple[OrderKey, ...]) -> None:
    assert parse(write(keys), SHIP) == keys


@given(
    st.text() | st.lists(st.sampled_from(["name", "masts", "yard.addressCity", "[", "]", "DescNullsLast", ",", " ", "yard"])).map("".join)
)
def test_any_text_is_an_order_that_can_be_written_or_is_refused(text: str) -> None:
    try:
        keys = parse(text, SHIP)
    except InvalidQuery as error:
        (error.message + (error.legacy or "")).encode()
    else:
        assert parse(write(keys), SHIP) == keys


def test_without_an_order_records_come_by_id() -> None:
    assert parse(None, SHIP) == (BY_ID,)


def test_the_id_is_appended_unless_it_is_there() -> None:
    assert parse("name", SHIP) == (OrderKey(BY_PATH["name"]), BY_ID)
    assert parse("id[DescNullsLast],name", SHIP) == (OrderKey(BY_PATH["id"], True, False), OrderKey(BY_PATH["name"]))


@pytest.mark.parametrize(
    ("direction", "descending", "nulls_first"),
    [
        ("", False, True),
        ("[AscNullsFirst]", False, True),
        ("[AscNullsLast]", False, False),
        ("[DescNullsFirst]", True, True),
        ("[DescNullsLast]", True, False),
    ],
)
def test_a_direction_says_which_way_and_where_nulls_stand(direction: str, descending: bool, nulls_first: bool) -> None:
    assert parse(f"masts{direction}", SHIP)[0] == OrderKey(BY_PATH["masts"], descending, nulls_first)


def test_parts_and_foreign_keys_can_be_sorted_by() -> None:
    assert [key.column.path for key in parse("master.lastName[DescNullsLast], homePortId ,worth.amountMicros", SHIP)] == [
        "master.lastName",
        "homePortId",
        "worth.amountMicros",
        "id",
    ]


def test_of_a_field_that_is_named_twice_the_first_counts() -> None:
    assert parse("name[DescNullsLast],name", SHIP) == parse("name[DescNullsLast]", SHIP)


@pytest.mark.parametrize(
    ("text", "says", "legacy"),
    [
        ("", "its fields are", "field '' does not exist in '_ship' object"),
        ("name,", "its fields are", "field '' does not exist in '_ship' object"),
        ("nam", "did you mean 'name'?", "field 'nam' does not exist in '_ship' object"),
        ("name[", "has no field", "field 'name[' does not exist in '_ship' object"),
        ("yard", "name one of yard.addressStreet1", "Sub field metadata not found for composite type: ADDRESS"),
        ("lastName", "write 'master.lastName'", 'Field "lastName" does not exist or is not sortable'),
        ("homePort", "use its foreign key 'homePortId'", "field 'homePort' does not exist in '_ship' object"),
        ("password", "password is encrypted at rest", 'Field "password" does not exist or is not sortable'),
        ("log", "log is of kind JSON, which has no order", 'Field "log" does not exist or is not sortable'),
        ("crew", "crew is of kind TEXTS, which has no order", 'Field "crew" does not exist or is not sortable'),
        ("flags", "flags is of kind OPTIONS, which has no order", 'Field "flags" does not exist or is not sortable'),
        (
            "name[asc]",
            '"asc" is no direction; write one of ',
            "'order_by' direction 'asc' invalid. Allowed values are 'AscNullsFirst', 'AscNullsLast', 'DescNullsFirst', 'DescNullsLast'. "
            "eg: ?order_by=field_1[AscNullsFirst],field_2[DescNullsLast],field_3",
        ),
    ],
)
def test_what_is_no_order_is_refused_with_field_mending_and_the_words_of_1_0_3(text: str, says: str, legacy: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        parse(text, SHIP)
    assert refused.value.message.startswith("order_by: ")
    assert says in refused.value.message
    assert refused.value.legacy == legacy


def test_a_blank_direction_is_refused() -> None:
    with pytest.raises(InvalidQuery, match="is no direction"):
        parse("name[]", SHIP)


def test_there_are_four_directions() -> None:
    assert list(DIRECTIONS) == ["AscNullsFirst", "AscNullsLast", "DescNullsFirst", "DescNullsLast"]
