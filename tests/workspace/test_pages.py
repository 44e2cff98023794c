"""Walking a list page by page, forward or backward, in any order, meets every record once and in order."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.fields import Boolean, Currency, DateTime, FullName, Number, Select, Text
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller

THING = Object(
    "thing",
    "things",
    "Something to be sorted.",
    (
        Text("name", "A text."),
        Text("nickname", "A text or none.", nullable=True),
        Number("size", "A number or none.", nullable=True),
        Boolean("good", "Yes, no or neither.", nullable=True),
        DateTime("seenAt", "A moment or none.", nullable=True),
        Select("colour", "One of three or none.", ["RED", "GREEN", "BLUE"], nullable=True),
        Currency("price", "An amount.", nullable=True),
        FullName("owner", "A name.", nullable=True),
        BelongsTo("next", "thing", "previous", "Another."),
    ),
)
PATHS = ["name", "nickname", "size", "good", "seenAt", "colour", "price.amountMicros", "owner.lastName", "nextId", "createdAt", "id"]
DIRECTIONS = ["", "[AscNullsFirst]", "[AscNullsLast]", "[DescNullsFirst]", "[DescNullsLast]"]

texts = st.sampled_from(["", "a", "A", "é", "z", "Ω", "日本", "😀", "a b", "\u2028", 'q"\\'])
records = st.fixed_dictionaries(
    {
        "name": texts,
        "nickname": st.none() | texts,
        "size": st.none() | st.integers(-3, 3) | st.sampled_from([0.5, -2.25, 1e15]),
        "good": st.none() | st.booleans(),
        "seenAt": st.none() | st.sampled_from(["2026-01-01", "2026-01-01T00:00:00.001Z", "1999-12-31T23:59:59.999Z"]),
        "colour": st.none() | st.sampled_from(["RED", "GREEN", "BLUE"]),
        "price": st.fixed_dictionaries({"amountMicros": st.none() | st.sampled_from(["9", "10", "-1", "0.5"])}),
        "owner": st.fixed_dictionaries({"lastName": texts}),
    }
)
orders = st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from(DIRECTIONS)), max_size=3, unique_by=lambda key: key[0]).map(
    lambda keys: ",".join(path + direction for path, direction in keys)
)


@pytest.fixture
def things(open_caller: Callable[[Catalogue], Caller]) -> Caller:
    return open_caller(Catalogue((THING,)))


def walk_forward(things: Caller, query: dict[str, Any], pages_at_most: int) -> list[str]:
    met: list[str] = []
    cursor: dict[str, str] = {}
    for _ in range(pages_at_most):
        page = things.send("GET", "/rest/things", **query, **cursor)[1]
        met += [record["id"] for record in page["data"]["things"]]
        if not page["pageInfo"]["hasNextPage"]:
            return met
        cursor = {"starting_after": page["pageInfo"]["endCursor"]}
    raise AssertionError("the walk does not end")


def walk_backward(things: Caller, query: dict[str, Any], end: str, pages_at_most: int) -> list[str]:
    met: list[str] = []
    for _ in range(pages_at_most):
        page = things.send("GET", "/rest/things", **query, ending_before=end)[1]
        met = [record["id"] for record in page["data"]["things"]] + met
        if not page["pageInfo"].get("hasPreviousPage"):
            return met
        end = page["pageInfo"]["startCursor"]
    raise AssertionError("the walk does not end")


@ON_A_STORE
@given(rows=st.lists(records, max_size=12), order=orders, limit=st.integers(1, 5), filtered=st.booleans())
def test_every_record_is_met_once_forward_and_backward(things: Caller, rows: list[Any], order: str, limit: int, filtered: bool) -> None:
    for id_ in things.ids("things", limit=0):
        things.good("DELETE", f"/rest/things/{id_}", permanent="true")
    if rows:
        things.good("POST", "/rest/batch/things", rows)
    query: dict[str, Any] = {"limit": limit, **({"order_by": order} if order else {}), **({"filter": "name[neq]:a"} if filtered else {})}
    whole = things.send("GET", "/rest/things", **{**query, "limit": 0})[1]
    ids = [record["id"] for record in whole["data"]["things"]]
    assert whole["totalCount"] == len(ids) == sum(1 for row in rows if not filtered or row["name"] != "a")
    assert walk_forward(things, query, len(ids) + 1) == ids
    if ids:
        assert walk_backward(things, query, whole["pageInfo"]["endCursor"], len(ids) + 1) == ids[:-1]


def test_the_order_is_that_of_the_values_and_nulls_stand_where_they_were_asked_to(things: Caller) -> None:
    things.good("POST", "/rest/batch/things", [{"size": size} for size in (2, None, 10, -1, None)])

    def sizes(direction: str) -> list[Any]:
        return [record["size"] for record in things.good("GET", "/rest/things", order_by=f"size[{direction}]")]

    assert sizes("AscNullsFirst") == [None, None, -1, 2, 10]
    assert sizes("AscNullsLast") == [-1, 2, 10, None, None]
    assert sizes("DescNullsFirst") == [None, None, 10, 2, -1]
    assert sizes("DescNullsLast") == [10, 2, -1, None, None]


def test_a_page_in_the_middle_of_a_walk_counts_all_records(things: Caller) -> None:
    things.good("POST", "/rest/batch/things", [{"size": n} for n in range(5)])
    first = things.send("GET", "/rest/things", limit=2)[1]
    second = things.send("GET", "/rest/things", limit=2, starting_after=first["pageInfo"]["endCursor"])[1]
    assert (first["totalCount"], second["totalCount"]) == (5, 5)


def test_cursors_of_another_order_and_both_at_once_are_refused(things: Caller) -> None:
    things.good("POST", "/rest/batch/things", [{}, {}])
    cursor = things.send("GET", "/rest/things", limit=1)[1]["pageInfo"]["endCursor"]
    assert "Invalid cursor" in things.refused("GET", "/rest/things", order_by="name", starting_after=cursor)
    assert "Invalid cursor" in things.refused("GET", "/rest/things", starting_after=cursor, ending_before=cursor)
    assert things.ids("things", starting_after="", ending_before="") != []
