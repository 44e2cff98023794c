"""Orders: what can be sorted by, in which direction, and always down to a single record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.columns import column_by_path
from icosa.errors import InvalidQuery
from icosa.wire.language.order import DIRECTIONS, OrderKey, parse, parse_related, write
from icosa.wire.language.place import Hop
from tests.wire.every_kind import SHIP, SORTABLE
from tests.workspace.widgets import WIDGETS

BY_PATH = column_by_path(SHIP)
BY_ID = OrderKey(BY_PATH["id"])

orders = st.lists(
    st.tuples(st.sampled_from(SORTABLE), st.booleans(), st.booleans()).map(lambda each: OrderKey(*each)),
    unique_by=lambda key: key.column.path,
).map(lambda keys: tuple(keys) if any(key.column.path == "id" for key in keys) else (*keys, BY_ID))


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


# As Twenty 2.19 has it


WIDGET = WIDGETS.by_singular["widget"]
COMPANY = WIDGETS.by_singular["company"]
TO_MAKER = Hop("maker", column_by_path(WIDGET)["makerId"], COMPANY)


def test_an_order_leads_into_a_related_record_and_its_key_can_be_none() -> None:
    keys = parse_related("maker.name[DescNullsLast],maker.address.addressCity,makerId", WIDGET, WIDGETS)
    assert keys[:2] == (
        OrderKey(column_by_path(COMPANY)["name"], True, False, TO_MAKER),
        OrderKey(column_by_path(COMPANY)["address.addressCity"], hop=TO_MAKER),
    )
    assert [key.path for key in keys] == ["maker.name", "maker.address.addressCity", "makerId", "id"]
    assert parse_related("maker.createdAt", WIDGET, WIDGETS)[0].nullable


def test_an_order_by_related_records_is_shorter_than_others() -> None:
    own = [path for path in column_by_path(WIDGET) if path != "id"]
    parse_related(",".join(own), WIDGET, WIDGETS)
    parse_related(",".join(["maker.name", *own[:19]]), WIDGET, WIDGETS)
    with pytest.raises(InvalidQuery, match="more than 20 keys, some of related records; name fewer"):
        parse_related(",".join(["maker.name", *own[:20]]), WIDGET, WIDGETS)


def test_lists_and_json_can_be_sorted_by_and_ids_ascend_whatever_is_said() -> None:
    keys = parse_related("words,blob[DescNullsFirst],id[DescNullsLast]", WIDGET, WIDGETS)
    assert [(key.path, key.descending) for key in keys] == [("words", False), ("blob", True), ("id", False)]
    assert parse_related(None, WIDGET, WIDGETS) == parse_related("id[DescNullsLast]", WIDGET, WIDGETS) == parse(None, WIDGET)


@pytest.mark.parametrize(
    ("text", "legacy", "fault"),
    [
        ("noSuchField", 'Field "noSuchField" does not exist or is not sortable', "FIELD_NOT_FOUND"),
        ("", 'Field "" does not exist or is not sortable', "FIELD_NOT_FOUND"),
        (
            "place",
            "Composite field \"place\" requires subfield ordering (e.g., { place: { subFieldName: 'AscNullsFirst' } })",
            "INVALID_QUERY_INPUT",
        ),
        ("place.nothing", 'Field "place.nothing" does not exist or is not sortable', "FIELD_NOT_FOUND"),
        (
            "maker",
            "Relation field \"maker\" requires nested field ordering (e.g., { maker: { fieldName: 'AscNullsFirst' } })",
            "INVALID_QUERY_INPUT",
        ),
        ("maker.nothing", 'Nested field "nothing" not found in target object "company"', "FIELD_NOT_FOUND"),
        ("maker.people", 'Field "maker.people" does not exist or is not sortable', "FIELD_NOT_FOUND"),
        ("maker.accountOwner.locale", 'Field "maker.accountOwner.locale" does not exist or is not sortable', "FIELD_NOT_FOUND"),
        ("name.first", 'Field "name.first" does not exist or is not sortable', "FIELD_NOT_FOUND"),
    ],
)
def test_what_has_no_order_is_refused_in_the_words_of_2_19(text: str, legacy: str, fault: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        parse_related(text, WIDGET, WIDGETS)
    assert (refused.value.legacy, refused.value.fault) == (legacy, fault)
    assert refused.value.message.startswith("order_by: ")
