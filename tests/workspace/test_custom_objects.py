"""A catalogue is a value: objects that Twenty does not have, with fields of every type, do all seven operations."""

from collections.abc import Callable
from typing import Any

import pytest

from icosa.catalogue.field_types import FIELD_TYPES
from icosa.catalogue.fields import MultiSelect, Rating, Select
from icosa.catalogue.model import CASCADE, BelongsTo, Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD
from tests.values import body_of
from tests.workspace.conftest import Caller

CHOICES = {"SELECT": Select, "MULTI_SELECT": MultiSelect}


def field_of(type_name: str) -> Field:
    name = f"field{''.join(word.title() for word in type_name.split('_'))}"
    if type_name in CHOICES:
        return CHOICES[type_name](name, "One of each.", ["ONE", "TWO", "THREE"])
    if type_name == "RATING":
        return Rating(name, "One of each.", nullable=True)
    nullable = type_name not in ("TEXT", "LINKS", "EMAILS", "PHONES", "ACTOR", "BOOLEAN")
    return Field(name, type_name, "One of each.", nullable=nullable, default=False if type_name == "BOOLEAN" else None)


ROCKET = Object(
    "rocket",
    "rockets",
    "Something that flies.",
    (
        Field("name", "TEXT", "Its name."),
        *(field_of(name) for name in FIELD_TYPES if name != "POSITION"),
        Field("position", "POSITION", "Where it stands.", default=0),
        BelongsTo("company", "company", "rockets", "Who built it."),
        BelongsTo("mother", "rocket", "boosters", "The rocket that carries this one.", CASCADE),
    ),
    custom=True,
    duplicate_criteria=(("name",),),
)


@pytest.fixture
def rockets(open_caller: Callable[[Catalogue], Caller]) -> Caller:
    return open_caller(STANDARD.with_objects(ROCKET))


def expected_of(sent: dict[str, Any], got: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with the parts that were left out as they came back."""
    return {name: {**got[name], **value} if isinstance(value, dict) and name != "fieldRawJson" else value for name, value in sent.items()}


def test_all_seven_operations_on_an_object_with_every_type_of_field(rockets: Caller) -> None:
    company = rockets.good("POST", "/rest/companies", {"name": "Rocket Works"})
    sent = body_of(ROCKET, 7)
    one = rockets.good("POST", "/rest/rockets", {**sent, "companyId": company["id"]}, depth=1)
    assert expected_of(sent, one).items() <= one.items()
    assert one["company"]["name"] == "Rocket Works"
    assert one["boosters"] == []

    many = rockets.good("POST", "/rest/batch/rockets", [body_of(ROCKET, n) | {"motherId": one["id"]} for n in (8, 9)])
    assert [each["name"] for each in many] == [body_of(ROCKET, n)["name"] for n in (8, 9)]

    assert {each["id"] for each in rockets.good("GET", f"/rest/rockets/{one['id']}", depth=1)["boosters"]} == {e["id"] for e in many}
    assert rockets.ids("rockets", order_by="name[DescNullsLast]") == [many[1]["id"], many[0]["id"], one["id"]]
    assert rockets.good("PATCH", f"/rest/rockets/{one['id']}", {"fieldRating": "RATING_5"})["fieldRating"] == "RATING_5"

    duplicates = rockets.good("POST", "/rest/rockets/duplicates", {"data": [{"name": sent["name"]}]})
    assert [each["id"] for each in duplicates[0]["rocketDuplicates"]] == [one["id"]]

    assert rockets.good("DELETE", f"/rest/rockets/{one['id']}") == {"id": one["id"]}
    assert rockets.ids("rockets") == []


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ("fieldMultiSelect[containsAny]:[TWO,THREE]", True),
        ("fieldMultiSelect[containsAny]:[ONE]", False),
        ("fieldArray[containsAny]:[second]", True),
        ("fieldRating[in]:[RATING_3,RATING_4]", True),
        ("fieldDate[gte]:2031-02-08", True),
        ("fieldDate[gt]:2031-02-08", False),
        ("fieldCurrency.amountMicros[eq]:7000000", True),
        ("fieldCurrency.amountMicros[lt]:10000000", True),
        ("fieldNumeric[eq]:7.250", True),
        ("fieldPhones.primaryPhoneCallingCode[eq]:+33", True),
        ("fieldBoolean[eq]:false", True),
        ("fieldRawJson[like]:%deep%", True),
        ("fieldText[ilike]:%É漢", True),
        ("fieldText[like]:%É漢", False),
        ("motherId[is]:NULL", True),
    ],
)
def test_every_type_can_be_filtered_by(rockets: Caller, filter_: str, found: bool) -> None:
    rockets.good("POST", "/rest/rockets", body_of(ROCKET, 7))
    assert bool(rockets.ids("rockets", filter=filter_)) is found


def test_a_field_that_comes_later_takes_its_default_in_the_records_that_are_there(rockets: Caller) -> None:
    from icosa.workspace import open_workspace

    made = rockets.good("POST", "/rest/rockets", body_of(ROCKET, 7))
    wider = Object(
        ROCKET.singular,
        ROCKET.plural,
        ROCKET.description,
        (*ROCKET.members, Field("fuel", "TEXT", "What it burns.", default="LOX")),
        custom=True,
    )
    workspace = open_workspace(rockets.database, STANDARD.with_objects(wider))
    again = Caller(workspace, rockets.database).good("GET", f"/rest/rockets/{made['id']}")
    _, page = Caller(workspace, rockets.database).send("GET", "/rest/rockets")
    workspace.close()
    assert again == {**made, "fuel": "LOX"}
    assert page["totalCount"] == 1
