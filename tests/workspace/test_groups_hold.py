"""Groups are what Python makes of the same records: counted, summed up and cut by the clocks of a zone, on each store."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.wire.language.group_by import WEEKDAYS, Granularity
from icosa.wire.language.order import DIRECTIONS
from icosa.wire.version import TWENTY_2_19
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller
from tests.workspace.widgets import WIDGETS

ZONES = ("UTC", "Europe/Paris", "America/St_Johns", "America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia")
Record = dict[str, Any]

MOMENTS = st.datetimes(datetime(1975, 1, 1), datetime(2024, 12, 31), timezones=st.just(UTC)).map(
    lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
)
AFTER_MIDNIGHT = st.sampled_from(
    ["2007-11-04T02:30:30.000Z", "2007-11-04T02:31:00.000Z", "2011-12-30T09:59:59.999Z", "2011-12-30T10:00:00.000Z"]
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "kind": st.sampled_from(["ALPHA", "BETA", "GAMMA"]),
            "text": st.sampled_from(["", "a", "B", 'q"u\\o', "é", "line\nbreak"]),
            "flag": st.booleans(),
            "count": st.sampled_from([0, -1, 2.5, 7, 2**40]),
            "price": st.fixed_dictionaries({"amountMicros": st.integers(-(10**17), 10**17) | st.integers(0, 3)}),
            "place": st.fixed_dictionaries(
                {"addressCity": st.sampled_from(["Paris", "paris", ""])},
                optional={"addressLat": st.integers(-90, 90) | st.decimals(-90, 90, places=5).map(float)},
            ),
            "day": st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str),
            "moment": MOMENTS | AFTER_MIDNIGHT,
            "tags": st.lists(st.sampled_from(["RED", "GREEN", "BLUE"]), max_size=3, unique=True),
        },
    ),
    min_size=1,
    max_size=9,
)
FIELDS = st.sampled_from(["kind", "text", "flag", "count", "day", "moment", "tags"]).map(lambda name: {name: True})
PARTS = st.sampled_from([{"place": {"addressCity": True}}, {"price": {"amountMicros": True}}, {"tags": {"unnest": True}}])
DAYS = st.fixed_dictionaries(
    {"day": st.fixed_dictionaries({"granularity": st.sampled_from(list(Granularity)), "weekStartDay": st.sampled_from(WEEKDAYS)})}
)
CLOCKS = st.fixed_dictionaries(
    {"moment": st.fixed_dictionaries({"granularity": st.sampled_from(list(Granularity)), "timeZone": st.sampled_from(ZONES)})}
)
DIMENSIONS = st.lists(FIELDS | PARTS | DAYS | CLOCKS, min_size=1, max_size=2)
AGGREGATES = [
    "totalCount", "countEmptyText", "countNotEmptyPlace", "countUniqueValuesKind", "countUniqueValuesPrice", "percentageEmptyTags",
    "countTrueFlag", "countFalseFlag", "sumCount", "avgCount", "minCount", "maxCount", "sumPriceAmountMicros", "minPriceAmountMicros",
    "maxPriceAmountMicros", "sumPlaceAddressLat", "minPlaceAddressLat", "maxPlaceAddressLat", "avgPriceAmountMicros",
    "minMoment", "maxMoment", "minDay",
]  # fmt: skip
_RUNS = count()


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(WIDGETS, TWENTY_2_19)


def test_groups_are_what_python_makes_of_the_records(crm: Caller) -> None:
    @ON_A_STORE
    @given(RECORDS, DIMENSIONS)
    def search(sent: list[Record], dimensions: list[Record]) -> None:
        run = f"run {next(_RUNS)}"
        records = crm.good("POST", "/rest/batch/widgets", [{**each, "name": run} for each in sent])
        query = {"group_by": dimensions, "aggregate": AGGREGATES}
        texts = {name: orjson.dumps(each).decode() for name, each in query.items()}
        status, answer = crm.send("GET", "/rest/widgets/groupBy", **texts, filter=f"name[eq]:{run}", limit=1000)
        assert status == 200, answer
        assert _keyed(answer) == _keyed(expected(records, dimensions))

    search()


def test_groups_stand_in_the_order_that_was_asked_for(crm: Caller) -> None:
    @ON_A_STORE
    @given(RECORDS, st.lists(st.sampled_from(["kind", "text", "count", "day", "flag"]), min_size=1, max_size=3, unique=True), st.data())
    def search(sent: list[Record], names: list[str], data: st.DataObject) -> None:
        run = f"run {next(_RUNS)}"
        records = crm.good("POST", "/rest/batch/widgets", [{**each, "name": run} for each in sent])
        dimensions: list[Record] = [{name: True} for name in names]
        keys = data.draw(st.permutations(names))[: data.draw(st.integers(1, len(names)))]
        directions = {name: data.draw(st.sampled_from(sorted(DIRECTIONS))) for name in keys}
        limit = data.draw(st.integers(0, 9))
        query = {"group_by": dimensions, "order_by": [{name: each} for name, each in directions.items()]}
        texts = {name: orjson.dumps(each).decode() for name, each in query.items()}
        _, answer = crm.send("GET", "/rest/widgets/groupBy", **texts, filter=f"name[eq]:{run}", limit=limit)
        groups = [each["groupByDimensionValues"] for each in expected(records, dimensions)]
        for name in (*reversed(names), *reversed(keys)):  # by the last key first, since sorting keeps what is equal as it is
            groups = _sorted(groups, names.index(name), directions.get(name, "AscNullsFirst"))
        assert [each["groupByDimensionValues"] for each in answer] == groups[:limit]

    search()


def _sorted(groups: list[list[Any]], at: int, direction: str) -> list[list[Any]]:
    descending, nulls_first = DIRECTIONS[direction]
    none = [each for each in groups if each[at] is None]
    some = sorted((each for each in groups if each[at] is not None), key=lambda each: each[at], reverse=descending)
    return none + some if nulls_first else some + none


def _keyed(groups: list[Record]) -> dict[bytes, Record]:
    for each in groups:  # how many digits it has is looked at beside PostgreSQL (tests/store/test_group_functions.py)
        if isinstance(each.get("avgPriceAmountMicros"), str):
            each["avgPriceAmountMicros"] = float(each["avgPriceAmountMicros"])
    keyed = {orjson.dumps(each["groupByDimensionValues"]): each for each in groups}
    assert len(keyed) == len(groups)
    return keyed


def expected(records: list[Record], dimensions: list[Record]) -> list[Record]:
    rows: list[tuple[tuple[Any, ...], Record]] = [((), each) for each in records]
    for dimension in dimensions:
        rows = [((*values, value), record) for values, record in rows for value in values_of(record, dimension)]
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for values, record in rows:
        groups.setdefault(tuple(str(type(each)) + str(each) for each in values), []).append({"values": values, "record": record})
    return [
        {**aggregated([each["record"] for each in rows]), "groupByDimensionValues": list(rows[0]["values"])} for rows in groups.values()
    ]


def values_of(record: Record, dimension: Record) -> list[Any]:
    [(name, how)] = dimension.items()
    value = record[name]
    if how is True:
        return [f"{{{','.join(value)}}}" if value else None] if name == "tags" else [None if value == "" else value]
    if "unnest" in how:
        return value or [None]
    if "granularity" in how:
        return [None if value is None else span(day_of(value, how.get("timeZone", "UTC")), how)]
    [part] = how
    found = value[part]
    return [None if found in ("", None) else str(found)]


def day_of(value: str, zone: str) -> date:
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value).astimezone(ZoneInfo(zone)).date()


def span(day: date, how: Record) -> str:
    match how["granularity"]:
        case Granularity.DAY:
            return str(day)
        case Granularity.WEEK:
            start = WEEKDAYS.index(how.get("weekStartDay", "MONDAY"))
            return str(day - timedelta(days=(day.weekday() - start) % 7))
        case Granularity.MONTH:
            return f"{day:%Y-%m}-01"
        case Granularity.QUARTER:
            return f"{day:%Y}-{(day.month - 1) // 3 * 3 + 1:02d}-01"
        case Granularity.YEAR:
            return f"{day:%Y}-01-01"
        case Granularity.DAY_OF_THE_WEEK:
            return f"{day:%A}"
        case Granularity.MONTH_OF_THE_YEAR:
            return f"{day:%B}"
        case _:
            return f"Q{(day.month + 2) // 3}"


def aggregated(records: list[Record]) -> Record:
    def held(name: str) -> list[Any]:
        return [each[name] for each in records if each[name] not in (None, "", [])]

    numbers, micros = held("count"), [each["price"]["amountMicros"] for each in records if each["price"]["amountMicros"] is not None]
    prices = {(each["price"]["amountMicros"], each["price"]["currencyCode"]) for each in records} - {(None, None)}
    cities = [each for each in records if any(value not in ("", None) for value in each["place"].values())]
    moments, days = held("moment"), held("day")
    latitudes = [Decimal(str(each["place"]["addressLat"])) for each in records if each["place"]["addressLat"] is not None]
    return {
        "totalCount": str(len(records)),
        "countEmptyText": str(len(records) - len(held("text"))),
        "countNotEmptyPlace": str(len(cities)),
        "countUniqueValuesKind": str(len(set(held("kind")))),
        "countUniqueValuesPrice": str(len(prices)),
        "percentageEmptyTags": f"{Decimal(len(records) - len(held('tags'))) / len(records):.20f}",
        "countTrueFlag": str(sum(each["flag"] is True for each in records)),
        "countFalseFlag": str(sum(each["flag"] is False for each in records)),
        "sumCount": sum(numbers) if numbers else None,
        "avgCount": pytest.approx(fmean(numbers)) if numbers else None,
        "minCount": min(numbers, default=None),
        "maxCount": max(numbers, default=None),
        "sumPriceAmountMicros": str(sum(micros)) if micros else None,
        "minPriceAmountMicros": str(min(micros)) if micros else None,
        "maxPriceAmountMicros": str(max(micros)) if micros else None,
        "sumPlaceAddressLat": f"{sum(latitudes):f}" if latitudes else None,
        "minPlaceAddressLat": f"{min(latitudes):f}" if latitudes else None,
        "maxPlaceAddressLat": f"{max(latitudes):f}" if latitudes else None,
        "avgPriceAmountMicros": pytest.approx(sum(micros) / len(micros), rel=1e-12, abs=1e-3) if micros else None,
        "minMoment": min(moments, default=None),
        "maxMoment": max(moments, default=None),
        "minDay": min(days, default=None),
    }
