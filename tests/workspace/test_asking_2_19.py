"""Filters, orders and pages as 2.19 asks for them, over records of every kind and those that they belong to: what is
found is what the filter says of each, and a walk meets every record once, in the order that was asked for."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue import fields as f
from icosa.catalogue.columns import Column, column_by_path
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.catalogue.standard_2_19.revision import revised
from icosa.wire.language.filter_tree import And, Comparator, Comparison, Filter, Not, Or
from icosa.wire.language.typed import COMPARATORS
from icosa.wire.version import TWENTY_2_19
from icosa.workspace.store.statement import Statement, Statements
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller
from tests.workspace.three_valued import Record, holds


def second(of: Object) -> Object:
    return revised(of, of.members)


PORT = second(Object("port", "ports", "A harbour.", (f.Text("name", "Its name."), f.Number("depth", "How deep it is.", nullable=True))))
SHIP = second(
    Object(
        "ship",
        "ships",
        "A vessel.",
        (
            f.Text("name", "Its name."),
            f.Number("masts", "How many.", nullable=True),
            f.Boolean("afloat", "Whether it floats.", nullable=True),
            f.DateTime("sailedAt", "When it left.", nullable=True),
            f.Date("builtOn", "When it was built.", nullable=True),
            f.Select("rig", "Its rig.", ["SLOOP", "KETCH", "BARQUE"], nullable=True),
            f.MultiSelect("flags", "What it flies.", ["RED", "WHITE"], nullable=True),
            f.Array("crew", "Who sails it.", nullable=True),
            f.RawJson("log", "What happened.", nullable=True),
            f.Currency("worth", "What it is worth."),
            f.FullName("master", "Who commands it."),
            BelongsTo("home", "port", "ships", "Where it belongs."),
        ),
    )
)
CATALOGUE = Catalogue((PORT, SHIP))
OPTIONS = ("SLOOP", "KETCH", "BARQUE")

texts = st.sampled_from(["", "a", "A", "ab", "é", "z", "Ω", "日本", "😀", "a b", "b%", 'q"\\'])
amounts = st.none() | st.sampled_from([0, 1, -250_000, 10**15])
moments = st.none() | st.sampled_from(["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z", "1999-12-31T23:59:59.999Z"])
ports = st.lists(
    st.fixed_dictionaries({"name": texts, "depth": st.none() | st.sampled_from([0, 5, 2.5]), "gone": st.booleans()}), min_size=1, max_size=3
)
ships = st.fixed_dictionaries(
    {
        "name": texts,
        "masts": st.none() | st.sampled_from([0, 1, 2, 0.5]),
        "afloat": st.none() | st.booleans(),
        "sailedAt": moments,
        "builtOn": st.none() | st.sampled_from(["2026-01-01", "1999-12-31"]),
        "rig": st.none() | st.sampled_from(OPTIONS),
        "flags": st.lists(st.sampled_from(["RED", "WHITE"]), max_size=2),
        "crew": st.lists(st.sampled_from(["Ada", "Bob"]), max_size=2),
        "log": st.none() | st.sampled_from([{"storm": 1}, ["calm"], {"a": {"b": "storm"}}]),
        "worth": st.fixed_dictionaries({"amountMicros": amounts, "currencyCode": st.sampled_from(["", "EUR", "USD"])}),
        "master": st.fixed_dictionaries({"lastName": texts}),
        "homeId": st.none() | st.integers(0, 2),
    }
)


@pytest.fixture
def sea(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(CATALOGUE, TWENTY_2_19)


def launch(sea: Caller, harbours: Sequence[Record], fleet: Sequence[Record]) -> dict[str, Record]:
    """The ports, by their ids; each of the ships is in one of them, or in none."""

    def emptied() -> Statements[None]:
        for table in ("ship", "port"):
            yield Statement(f'DELETE FROM "{table}"')

    sea.workspace.store.write(emptied)
    made = [sea.good("POST", "/rest/ports", {name: each[name] for name in ("name", "depth")}) for each in harbours]
    ids = [each["id"] for each in made]
    rows = [{**each, "homeId": None if each["homeId"] is None else ids[each["homeId"] % len(ids)]} for each in fleet]
    if rows:
        sea.good("POST", "/rest/batch/ships", rows)
    for each, id_ in zip(harbours, ids, strict=True):
        if each["gone"]:
            sea.good("DELETE", f"/rest/ports/{id_}", soft_delete="true")
    return {each["id"]: each for each, drawn in zip(made, harbours, strict=True) if not drawn["gone"]}


def column_at(path: str) -> Column:
    return column_by_path(PORT if path.startswith("home.") else SHIP)[path.removeprefix("home.")]


def value_in(record: Record, path: str, column: Column, seen: dict[str, Record]) -> Any:
    """A value as it is compared: an option by its place, JSON and lists as text; None where there is none."""
    at: Any = seen.get(record["homeId"]) if path.startswith("home.") else record
    for key in path.removeprefix("home.").split("."):
        at = at and at[key]
    if at in ("", [], None):
        return None
    if column.kind is Kind.OPTION:
        return column.options.index(at)
    return orjson.dumps(at).decode() if column.kind is Kind.JSON else at


PATHS = (
    "name", "masts", "afloat", "sailedAt", "builtOn", "rig", "flags", "crew", "log", "worth.amountMicros", "worth.currencyCode",
    "master.lastName", "homeId", "home.name", "home.depth", "home.createdAt",
)  # fmt: skip
WORDS = {
    Kind.TEXT: ("a", "A", "", "é", "a b", "日本"),
    Kind.NUMBER: ("0", "1", "2.0", "0.5", "1e0"),
    Kind.NUMERIC: ("0", "-250000", "1000000000000000"),
    Kind.BOOLEAN: ("true", "false"),
    Kind.DATE_TIME: ("2026-01-01", "2026-01-01T00:00:00.001Z", "2026-01-01T01:00:00+01:00"),
    Kind.DATE: ("2026-01-01", "1999-12-31"),
    Kind.UUID: ("20202020-1c25-4d02-bf25-6aeccf7ea419",),
}
MEANT = {"2.0": 2, "1e0": 1, "2026-01-01": "2026-01-01T00:00:00.000Z", "2026-01-01T01:00:00+01:00": "2026-01-01T00:00:00.000Z"}


def words(column: Column, comparator: Comparator) -> st.SearchStrategy[str]:
    if comparator is Comparator.IS:
        return st.sampled_from(["NULL", "NOT_NULL"])
    if comparator in (Comparator.LIKE, Comparator.ILIKE, Comparator.STARTS_WITH, Comparator.ENDS_WITH):
        return st.sampled_from(["%a%", "a%", "_", "%storm%", "a", "%É%"])
    return st.sampled_from(column.options or WORDS[column.kind])


def meant(column: Column, comparator: Comparator, word: str) -> Any:
    if comparator is Comparator.IS:
        return None if word == "NULL" else "there"
    if comparator in (Comparator.LIKE, Comparator.ILIKE, Comparator.STARTS_WITH, Comparator.ENDS_WITH):
        return word
    match column.kind:
        case Kind.NUMBER | Kind.NUMERIC:
            return MEANT[word] if word in MEANT else float(word)
        case Kind.BOOLEAN:
            return word == "true"
        case Kind.DATE_TIME:
            return MEANT.get(word, word)
        case Kind.OPTION:
            return column.options.index(word)
        case _:
            return word or None


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[str, Filter]:
    """A comparison as a text, and with the values that are meant."""
    path = draw(st.sampled_from(PATHS))
    column = column_at(path)
    comparator = draw(st.sampled_from(COMPARATORS[column.kind]))
    if comparator in (Comparator.IN, Comparator.CONTAINS_ANY):
        found = draw(st.lists(words(column, comparator), max_size=3))
        values = tuple(meant(column, comparator, each) for each in found)
        same = Comparator.IN if column.kind is Kind.OPTION else comparator
        listed = ",".join(each or '""' for each in found)
        return f"{path}[{comparator}]:[{listed}]", Comparison(path, same, values)
    word = draw(words(column, comparator))
    quoted = f'"{word}"' if comparator is not Comparator.IS and (not word or draw(st.booleans())) else word
    return f"{path}[{comparator}]:{quoted}", Comparison(path, comparator, meant(column, comparator, word))


def joined(name: str, kind: Callable[[tuple[Filter, ...]], Filter], some: list[tuple[str, Filter]]) -> tuple[str, Filter]:
    return f"{name}({','.join(text for text, _ in some)})", kind(tuple(tree for _, tree in some))


filters = st.recursive(
    comparisons(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda some: joined("and", And, some)),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: joined("or", Or, some)),
        inner.map(lambda one: (f"not({one[0]})", Not(one[1]))),
    ),
    max_leaves=5,
)


@ON_A_STORE
@given(harbours=ports, fleet=st.lists(ships, max_size=8), asked=st.lists(filters, min_size=1, max_size=6))
def test_what_is_found_is_what_the_filter_holds_for(
    sea: Caller, harbours: list[Record], fleet: list[Record], asked: list[tuple[str, Filter]]
) -> None:
    seen = launch(sea, harbours, fleet)
    records = sea.good("GET", "/rest/ships")
    for text, tree in asked:
        wanted = [each["id"] for each in records if holds(tree, each, lambda r, path: value_in(r, path, column_at(path), seen))]
        status, page = sea.send("GET", "/rest/ships", filter=text)
        assert status == 200, page
        assert ([each["id"] for each in page["data"]["ships"]], page["totalCount"]) == (wanted, len(wanted)), text


DIRECTIONS = ("", "[AscNullsFirst]", "[AscNullsLast]", "[DescNullsFirst]", "[DescNullsLast]")
orders = st.lists(
    st.tuples(st.sampled_from((*PATHS, "createdAt", "id")), st.sampled_from(DIRECTIONS)),
    min_size=1,
    max_size=3,
    unique_by=lambda key: key[0],
)


def in_order(records: list[Record], keys: Sequence[tuple[str, str]], seen: dict[str, Record]) -> list[str]:
    records = sorted(records, key=lambda each: each["id"])
    before_id = next((at for at, (path, _) in enumerate(keys) if path == "id"), len(keys))
    for path, direction in reversed(keys[:before_id]):
        column = column_at(path)

        def value(record: Record, path: str = path, column: Column = column) -> Any:
            found = value_in(record, path, column, seen)
            return orjson.dumps(found).decode() if isinstance(found, list) else found

        some = sorted((each for each in records if value(each) is not None), key=value, reverse="Desc" in direction)
        if "Desc" in direction:  # sorted() keeps what is equal in its order, also backwards
            assert [value(each) for each in some] == sorted((value(each) for each in some), reverse=True)
        none = [each for each in records if value(each) is None]
        records = some + none if "Last" in direction else none + some
    return [each["id"] for each in records]


def pages(sea: Caller, query: dict[str, Any], at: str, key: str, more: str, end: str) -> list[list[str]]:
    """The ids of page after page, in the direction of a cursor, until there are no more; behind a cursor there is always
    something."""
    behind = {"hasNextPage": "hasPreviousPage", "hasPreviousPage": "hasNextPage"}[more]
    found: list[list[str]] = []
    cursor = {at: end} if end else {}
    for turn in range(20):
        page = sea.send("GET", "/rest/ships", **query, **cursor)[1]
        assert page["pageInfo"][behind] is (bool(cursor) and bool(page["data"]["ships"])), turn
        found.append([each["id"] for each in page["data"]["ships"]])
        if not page["pageInfo"][more]:
            return found
        cursor = {at: page["pageInfo"][key]}
    raise AssertionError("the walk does not end")


@ON_A_STORE
@given(harbours=ports, fleet=st.lists(ships, max_size=8), keys=orders, limit=st.integers(1, 4), depth=st.sampled_from([0, 1]))
def test_a_walk_in_any_order_meets_every_record_once_forward_and_backward(
    sea: Caller, harbours: list[Record], fleet: list[Record], keys: list[tuple[str, str]], limit: int, depth: int
) -> None:
    seen = launch(sea, harbours, fleet)
    wanted = in_order(sea.good("GET", "/rest/ships"), keys, seen)
    order = ",".join(path + direction for path, direction in keys)
    whole = sea.send("GET", "/rest/ships", order_by=order)[1]
    assert [each["id"] for each in whole["data"]["ships"]] == wanted
    query = {"order_by": order, "limit": limit, "depth": depth}
    assert [*chain(*pages(sea, query, "starting_after", "endCursor", "hasNextPage", ""))] == wanted
    if wanted:
        back = pages(sea, query, "ending_before", "startCursor", "hasPreviousPage", whole["pageInfo"]["endCursor"])
        assert [*chain(*reversed(back))] == wanted[:-1]


@pytest.mark.parametrize(("pattern", "found"), [('{"b": 2%', True), ('%"aa": 1}', True), ('%"b":2%', False), ("%", True)])
def test_json_is_compared_with_a_pattern_as_postgresql_writes_it(open_caller: Callable[..., Caller], pattern: str, found: bool) -> None:
    """2.19 compares the text of a `jsonb`: a blank behind each comma and colon, short keys first."""
    caller = open_caller(CATALOGUE, TWENTY_2_19)
    caller.good("POST", "/rest/ships", {"log": {"aa": 1, "b": 2}})
    assert len(caller.ids("ships", filter=f"log[like]:{pattern}")) == found
