"""A filter bound as 2.19 binds it: what can be asked follows from the type of a field, and what cannot is said in its words."""

from typing import Any

import pytest

from icosa.catalogue.columns import column_by_path
from icosa.catalogue.model import Object
from icosa.errors import InvalidQuery
from icosa.wire.language.condition import PRESENT, All, Condition, Either, Negation, Test, Through, mentions, shape, values
from icosa.wire.language.filter_tree import Comparator
from icosa.wire.language.place import Hop
from icosa.wire.language.typed import bind
from icosa.wire.language.unescaped import parse
from tests.workspace.widgets import WIDGET, WIDGETS

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
COMPANY = WIDGETS.by_singular["company"]
TO_MAKER = Hop("maker", column_by_path(WIDGET)["makerId"], COMPANY)


def bound(text: str, of: Object = WIDGET) -> Condition:
    return bind(parse(text), of, WIDGETS)


def asked(path: str, comparator: Comparator, value: Any, of: Object = WIDGET) -> Test:
    return Test(column_by_path(of)[path], comparator, value)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("text[eq]:a", asked("text", Comparator.EQ, "a")),
        ('text[eq]:""', asked("text", Comparator.IS, None)),
        ('text[neq]:""', asked("text", Comparator.IS, PRESENT)),
        ('price.currencyCode[eq]:""', asked("price.currencyCode", Comparator.IS, None)),
        ('text[in]:["",a]', Either((asked("text", Comparator.IN, ("a",)), asked("text", Comparator.IS, None)))),
        ('text[in]:[""]', asked("text", Comparator.IS, None)),
        ("text[gte]:a", asked("text", Comparator.GTE, "a")),
        ("text[endsWith]:10", asked("text", Comparator.ENDS_WITH, "10")),
        ("count[eq]:7.0", asked("count", Comparator.EQ, 7)),
        ('count[eq]:"7"', asked("count", Comparator.EQ, 7)),
        ("count[in]:[1e1,2]", asked("count", Comparator.IN, (10, 2))),
        ("price.amountMicros[gt]:10000000", asked("price.amountMicros", Comparator.GT, "10000000")),
        ('flag[eq]:"true"', asked("flag", Comparator.EQ, True)),
        ("moment[gt]:2024-05-01T00:00:00.000+02:00", asked("moment", Comparator.GT, "2024-04-30T22:00:00.000Z")),
        ("kind[gt]:ALPHA", asked("kind", Comparator.GT, "ALPHA")),
        ("kind[containsAny]:[ALPHA,BETA]", asked("kind", Comparator.IN, ("ALPHA", "BETA"))),
        ("tags[containsAny]:[RED]", asked("tags", Comparator.CONTAINS_ANY, ("RED",))),
        ("words[is]:NULL", asked("words", Comparator.IS, None)),
        ("blob[like]:%deep%", asked("blob", Comparator.LIKE, "%deep%")),
        ("site.secondaryLinks[like]:%s3%", asked("site.secondaryLinks", Comparator.LIKE, "%s3%")),
        (f"makerId[neq]:{ID}", asked("makerId", Comparator.NEQ, ID)),
        ("maker.name[eq]:Acme", Through(TO_MAKER, asked("name", Comparator.EQ, "Acme", COMPANY))),
        ("maker.address.addressCity[eq]:Lyon", Through(TO_MAKER, asked("address.addressCity", Comparator.EQ, "Lyon", COMPANY))),
        (f"maker.id[eq]:{ID}", Through(TO_MAKER, asked("id", Comparator.EQ, ID, COMPANY))),
        (
            'maker.name[in]:["",a]',
            Either(
                (
                    Through(TO_MAKER, asked("name", Comparator.IN, ("a",), COMPANY)),
                    Through(TO_MAKER, asked("name", Comparator.IS, None, COMPANY)),
                )
            ),
        ),
        ("count[in]:[]", asked("id", Comparator.IS, None)),
        ("maker.name[in]:[]", asked("id", Comparator.IS, None)),
        ("searchVector[eq]:x", asked("id", Comparator.IS, None)),
        ("searchVector[is]:NULL", asked("id", Comparator.IS, None)),
        ("searchVector[neq]:x", Negation(asked("id", Comparator.IS, None))),
        ("not(flag[eq]:true)", Negation(asked("flag", Comparator.EQ, True))),
        ("and(flag[eq]:true)", All((asked("flag", Comparator.EQ, True),))),
    ],
)
def test_what_is_asked_is_bound(text: str, condition: Condition) -> None:
    assert bound(text) == condition


def test_a_related_record_is_looked_for_among_the_deleted_where_that_is_what_is_asked() -> None:
    both = bound("or(maker.name[eq]:a,not(maker.deletedAt[is]:NOT_NULL))")
    assert both == Either(
        (
            Through(TO_MAKER, asked("name", Comparator.EQ, "a", COMPANY), deleted=True),
            Negation(Through(TO_MAKER, asked("deletedAt", Comparator.IS, PRESENT, COMPANY), deleted=True)),
        )
    )
    assert not mentions(both, "deletedAt")
    assert mentions(bound("or(maker.name[eq]:a,deletedAt[is]:NULL)"), "deletedAt")


def test_a_related_record_is_part_of_the_shape_and_its_values_of_the_values() -> None:
    one, two, own = bound("maker.name[eq]:a"), bound("maker.name[eq]:b"), bound("name[eq]:a")
    assert shape(one) == shape(two) != shape(own)
    assert (values(one), values(two)) == (["a"], ["b"])


TEXTS = "eq, neq, gt, gte, lt, lte, in, is, like, ilike, startsWith, endsWith"
NUMBERS = "eq, neq, gt, gte, lt, lte, in, is"


@pytest.mark.parametrize(
    ("text", "legacy"),
    [
        ("text[containsAny]:[a]", f'Operator "containsAny" is not valid for field "text" of type TEXT - Allowed operators: {TEXTS}'),
        ("count[like]:7", f'Operator "like" is not valid for field "count" of type NUMBER - Allowed operators: {NUMBERS}'),
        ("id[like]:x", f'Operator "like" is not valid for field "id" of type UUID - Allowed operators: {NUMBERS}'),
        ("flag[neq]:true", 'Operator "neq" is not valid for field "flag" of type BOOLEAN - Allowed operators: eq, is'),
        ("blob[eq]:1", 'Operator "eq" is not valid for field "blob" of type RAW_JSON - Allowed operators: is, like'),
        ("blob.k[eq]:1", 'Operator "k" is not valid for field "blob" of type RAW_JSON - Allowed operators: is, like'),
        ("searchVector[gt]:x", 'Operator "gt" is not valid for field "searchVector" of type TS_VECTOR - Allowed operators: eq, neq, is'),
        ("count[in]:[7,x]", 'Invalid number value NaN for field "count"'),
        ("count[eq]:NaN", 'Invalid number value NaN for field "count"'),
        ("price.amountMicros[eq]:x", 'Invalid number value NaN for field "price.amountMicros"'),
        ("flag[eq]:TRUE", "Invalid boolean value 'TRUE' for field \"flag\""),
        ("flag[eq]:1", "Invalid boolean value '1' for field \"flag\""),
        ("ref[eq]:nope", "Invalid UUID value 'nope' for field \"ref\""),
        (
            "id[eq]:00000000-0000-0000-0000-000000000000",
            "Invalid UUID value '00000000-0000-0000-0000-000000000000' for field \"id\"",
        ),
        ("day[eq]:never", "Invalid value 'never' for date field \"day\""),
        ("moment[gt]:2024", "Invalid value '2024' for date-time field \"moment\""),
        ("kind[eq]:NOWHERE", 'invalid input value for enum: "NOWHERE"'),
        ("nosuch[eq]:1", 'Object widget doesn\'t have any "nosuch" field.'),
        (" name[eq]:1", 'Object widget doesn\'t have any " name" field.'),
        ("who[eq]:Ada", 'Sub field "eq" not found for composite type: FULL_NAME'),
        ("price.nothing[eq]:1", 'Sub field "nothing" not found for composite type: CURRENCY'),
        ("story[ilike]:%a%", 'Sub field "ilike" not found for composite type: RICH_TEXT'),
        ("maker[is]:NULL", 'Object company doesn\'t have any "is" field.'),
        ("maker.nothing[eq]:x", 'Object company doesn\'t have any "nothing" field.'),
        ("maker.people.jobTitle[eq]:CTO", 'Cannot filter by relation field "people"'),
        ("maker.accountOwner.locale[eq]:x", "Relation filter nesting deeper than 1 hop is not supported"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_the_words_of_2_19_and_says_what_can(text: str, legacy: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        bound(text)
    assert refused.value.legacy == legacy
    assert refused.value.message.startswith("filter: ")
    assert "; " in refused.value.message
