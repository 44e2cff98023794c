"""Records counted and summed up in groups, in a version that groups them; values are those that a real 2.19 answers with."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest

from icosa.catalogue import fields as f
from icosa.catalogue.model import Object
from icosa.wire.message import Answer, Request
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import IN_PROCESS
from icosa.workspace.store.store import NotAtOnce
from tests.workspace.conftest import STORES, Caller, for_a_file
from tests.workspace.widgets import WIDGETS

SECRET = replace(f.Text("code", "What opens it."), secret=True)


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(WIDGETS, TWENTY_2_19)


@pytest.fixture(scope="module", params=STORES)
def empty(request: pytest.FixtureRequest) -> Iterator[Caller]:
    """The same for all of what is refused."""
    with for_a_file(request, WIDGETS, TWENTY_2_19) as caller:
        yield caller


def groups(crm: Caller, *by: Any, of: str = "widgets", **query: Any) -> list[dict[str, Any]]:
    """The groups of a request that must be good; what is JSON in its query may be given as it is."""
    status, answer = asked(crm, list(by), of=of, **query)
    assert status == 200, answer
    found: list[dict[str, Any]] = answer
    return found


def asked(crm: Caller, by: Any, of: str = "widgets", **query: Any) -> tuple[int, Any]:
    texts = {name: each if isinstance(each, str | int) else orjson.dumps(each).decode() for name, each in query.items()}
    return crm.send("GET", f"/rest/{of}/groupBy", group_by=by if isinstance(by, str) else orjson.dumps(by).decode(), **texts)


def refusal(crm: Caller, by: Any, **query: Any) -> str:
    status, answer = asked(crm, by, **query)
    assert status == 400, answer
    message: str = answer["message"]
    return message


def counts(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The values of each group, then its number of records."""
    return [(*each["groupByDimensionValues"], each["totalCount"]) for each in found]


def made(crm: Caller, *records: dict[str, Any]) -> list[str]:
    return [each["id"] for each in crm.good("POST", "/rest/batch/widgets", list(records))]


def test_records_are_counted_by_a_field(crm: Caller) -> None:
    made(crm, {"kind": "BETA"}, {"kind": "ALPHA"}, {}, {"kind": "BETA"})
    assert groups(crm, {"kind": True}) == [{"groupByDimensionValues": [each]} for each in (None, "ALPHA", "BETA")]
    assert counts(groups(crm, {"kind": True}, aggregate=["totalCount"])) == [(None, "1"), ("ALPHA", "1"), ("BETA", "2")]
    by_size = [{"aggregate": {"totalCount": "DescNullsLast"}}, {"kind": "AscNullsLast"}]
    assert counts(groups(crm, {"kind": True}, aggregate=["totalCount"], order_by=by_size, limit=2)) == [("BETA", "2"), ("ALPHA", "1")]
    assert counts(groups(crm, {"kind": True}, aggregate=["totalCount"], order_by=[{"kind": "DescNullsLast"}]))[0] == ("BETA", "2")
    assert asked(crm, {"kind": True}) == asked(crm, [{"kind": True}])


def test_every_kind_of_aggregate_is_told_as_2_19_tells_it(crm: Caller) -> None:
    made(
        crm,
        {"count": 1, "ratio": 0.5, "flag": True, "text": "a", "price": {"amountMicros": 50_000_000}, "moment": "2024-01-10T00:15:30.123Z"},
        {"count": 2, "ratio": 4, "flag": False, "text": "a", "price": {"amountMicros": 1}, "day": "2024-02-29"},
        {"flag": False, "text": "", "moment": "2024-09-18T08:15:30.123Z"},
    )
    expected = {
        "totalCount": "3",
        "countUniqueValuesText": "1",
        "countEmptyText": "1",
        "countNotEmptyText": "2",
        "percentageEmptyText": "0.33333333333333333333",
        "percentageNotEmptyText": "0.66666666666666666667",
        "countTrueFlag": "1",
        "countFalseFlag": "2",
        "sumCount": 3,
        "avgCount": 1.5,
        "minCount": 1,
        "maxCount": 2,
        "avgRatio": 2.25,
        "sumRatio": 4.5,
        "sumPriceAmountMicros": "50000001",
        "avgPriceAmountMicros": "25000000.500000000000",
        "minPriceAmountMicros": "1",
        "maxPriceAmountMicros": "50000000",
        "minMoment": "2024-01-10T00:15:30.123Z",
        "maxMoment": "2024-09-18T08:15:30.123Z",
        "minDay": "2024-02-29",
        "countNotEmptyId": "3",
        "countUniqueValuesPrice": "2",
        "countEmptyPlace": "3",
    }
    [found] = groups(crm, {"stars": True}, aggregate=list(expected))
    assert list(found.items()) == [*expected.items(), ("groupByDimensionValues", [None])]


def test_nothing_is_computed_of_no_value(crm: Caller) -> None:
    made(crm, {})
    names = ["sumCount", "avgCount", "minCount", "sumPriceAmountMicros", "avgPriceAmountMicros", "maxPriceAmountMicros", "minMoment"]
    [found] = groups(crm, {"kind": True}, aggregate=names)
    assert [found[name] for name in names] == [None] * 7


def test_dimensions_are_parts_relations_and_lists(crm: Caller) -> None:
    mill = crm.good("POST", "/rest/companies", {"name": "Mill", "address": {"addressCity": "Lyon"}})["id"]
    gone = crm.good("POST", "/rest/companies", {"name": "Gone"})["id"]
    made(
        crm,
        {"makerId": mill, "place": {"addressCity": "Paris"}, "tags": ["RED", "BLUE"], "words": ["a", 'b"']},
        {"makerId": mill, "tags": ["RED"], "price": {"amountMicros": 5}},
        {"makerId": gone},
    )
    crm.good("DELETE", f"/rest/companies/{gone}", soft_delete="true")

    def by(dimension: Any) -> list[tuple[Any, ...]]:
        return counts(groups(crm, dimension, aggregate=["totalCount"]))

    assert by({"place": {"addressCity": True}}) == [(None, "2"), ("Paris", "1")]
    assert by({"maker": {"name": True}}) == [(None, "1"), ("Mill", "2")]
    assert by({"maker": {"address": {"addressCity": True}}}) == [(None, "1"), ("Lyon", "2")]
    assert sorted(by({"makerId": True})) == sorted([(mill, "2"), (gone, "1")])
    assert by({"tags": {"unnest": True}}) == [(None, "1"), ("BLUE", "1"), ("RED", "2")]
    assert by({"tags": True}) == [(None, "1"), ("{RED,BLUE}", "1"), ("{RED}", "1")]
    assert by({"words": {"unnest": True}}) == [(None, "2"), ("a", "1"), ('b"', "1")]
    assert by({"words": True}) == [(None, "2"), (["a", 'b"'], "1")]
    assert by({"price": {"amountMicros": True}}) == [(None, "2"), ("5", "1")]
    assert by({"flag": True}) == [(False, "3")]


def test_a_list_of_a_related_record_is_taken_apart_too(crm: Caller) -> None:
    call = crm.good("POST", "/rest/calendarEvents", {"title": "Call"})["id"]
    crm.good("POST", "/rest/callRecordings", {"calendarEventId": call})
    dimension = {"calendarEvent": {"conferenceLink": {"primaryLinkUrl": True}}}
    assert counts(groups(crm, dimension, of="callRecordings", aggregate=["totalCount"])) == [(None, "1")]
    letter = crm.good("POST", "/rest/workflows", {"name": "Letters"})["id"]
    crm.good("POST", "/rest/workflowAutomatedTriggers", {"workflowId": letter, "type": "CRON", "settings": {"a": 1}})
    crm.good("POST", "/rest/workflowAutomatedTriggers", {"type": "CRON", "settings": {"a": 1}})
    unnested = {"workflow": {"statuses": {"unnest": True}}}
    assert counts(groups(crm, unnested, of="workflowAutomatedTriggers", aggregate=["totalCount"])) == [(None, "1"), ("DRAFT", "1")]


def test_dates_are_grouped_by_what_counts_of_them(crm: Caller) -> None:
    made(crm, {"moment": "2024-06-30T22:30:00.000Z", "day": "2024-02-04"}, {})

    def by(field: str, **settings: str) -> Any:
        key = {field: {"orderBy": "DescNullsLast", "granularity": settings["granularity"]}}
        return groups(crm, {field: settings}, order_by=[key])[0]["groupByDimensionValues"][0]

    assert by("moment", granularity="MONTH", timeZone="UTC") == "2024-06-01"
    assert by("moment", granularity="QUARTER", timeZone="Europe/Paris") == "2024-07-01"
    assert by("moment", granularity="DAY", timeZone="Europe/Paris") == "2024-07-01"
    assert by("moment", granularity="DAY_OF_THE_WEEK") == "Sunday"
    assert by("moment", granularity="MONTH_OF_THE_YEAR", timeZone="Europe/Paris") == "July"
    assert by("moment", granularity="QUARTER_OF_THE_YEAR") == "Q2"
    assert by("moment", granularity="NONE") == "2024-06-30T22:30:00.000Z"
    assert by("day", granularity="WEEK") == "2024-01-29"
    assert by("day", granularity="WEEK", weekStartDay="SUNDAY") == "2024-02-04"
    assert by("day", granularity="YEAR") == "2024-01-01"


def test_some_records_of_each_group_are_shown(crm: Caller) -> None:
    ids = made(crm, *({"kind": "ALPHA", "count": each} for each in range(12)))
    last = made(crm, {"text": "with its moment", "moment": "2024-01-10T00:15:30.120Z"})
    found = groups(
        crm, {"kind": True}, include_records_sample="true", order_by_for_records="count[DescNullsLast]", aggregate=["totalCount"]
    )
    assert [each["totalCount"] for each in found] == ["1", "12"]
    assert [each["id"] for each in found[1]["records"]] == ids[:1:-1]
    [shown] = found[0]["records"]
    read = crm.good("GET", f"/rest/widgets/{last[0]}")
    assert shown.pop("moment") == "2024-01-10T00:15:30.12+00:00"
    moments = ("moment", "createdAt", "updatedAt")
    assert {name: each for name, each in shown.items() if name not in moments} == {
        name: each for name, each in read.items() if name not in moments
    }


def test_deleted_records_count_where_the_filter_names_them(crm: Caller) -> None:
    ids = made(crm, {"kind": "ALPHA"}, {"kind": "ALPHA"})
    crm.good("DELETE", f"/rest/widgets/{ids[0]}", soft_delete="true")
    assert counts(groups(crm, {"kind": True}, aggregate=["totalCount"])) == [("ALPHA", "1")]
    either = "or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)"
    assert counts(groups(crm, {"kind": True}, aggregate=["totalCount"], filter=either)) == [("ALPHA", "2")]
    assert groups(crm, {"kind": True}, filter="kind[eq]:BETA") == []
    assert groups(crm, {"kind": True}, limit=0) == []


@pytest.mark.parametrize("parameter", ["viewId", "view_id"])
def test_a_view_is_one_of_the_object_and_of_nobody_in_particular(crm: Caller, parameter: str) -> None:
    crm.good("POST", "/rest/tasks", {"title": "Call"})
    views = {(each["name"], len(each["viewFilters"])): each["id"] for each in crm.send("GET", "/rest/metadata/views")[1]}
    [whole], [mine] = ([id_ for (name, _), id_ in views.items() if name == wanted] for wanted in ("All Tasks", "Assigned to me"))
    assert [filters for name, filters in views if name == "Assigned to me"] == [1]
    assert counts(groups(crm, {"title": True}, of="tasks", aggregate=["totalCount"], **{parameter: whole})) == [("Call", "1")]
    assert "a key is nobody" in refusal(crm, [{"title": True}], of="tasks", **{parameter: mine})
    assert "there is no view of companies" in refusal(crm, [{"name": True}], of="companies", **{parameter: whole})
    assert "there is no view of tasks" in refusal(crm, [{"title": True}], of="tasks", **{parameter: "nope"})


NEEDED = "Invalid group_by query parameter"
REFUSED: list[tuple[Any, dict[str, Any], str]] = [
    ("kind", {}, NEEDED),
    ("5", {}, NEEDED),
    ([], {}, NEEDED),
    ([{"nope": True}], {}, "Unidentified field in groupBy: nope"),
    ([{"kind": True, "flag": True}], {}, "You cannot provide multiple fields"),
    ([{"id": True}], {}, 'Field "id" is not supported in groupBy'),
    ([{"createdBy": {"source": True}}], {}, 'Field "createdBy" is not supported in groupBy'),
    ([{"blob": True}], {}, 'Field "blob" is not supported in groupBy'),
    ([{"place": True}], {}, "has several parts; send one of them"),
    ([{"maker": True}], {}, "or by makerId"),
    ([{"maker": {"people": True}}], {}, "are many records"),
    ([{"kind": False}], {}, 'Invalid groupBy definition for field "kind"'),
    ([{"place": {"nope": True}}], {}, 'Composite subfield "nope" is not supported'),
    ([{"kind": {"granularity": "DAY"}}], {}, "is no date"),
    ([{"kind": {"unnest": True}}], {}, "has one value, no list"),
    ([{"tags": {"unnest": False}}], {}, '{"unnest": true}'),
    ([{"moment": {"granularity": "MONTH"}}], {}, "Time zone should be specified"),
    ([{"moment": {"granularity": "MONTH", "timeZone": "Mars"}}], {}, "Invalid timezone: Mars"),
    ([{"moment": {"granularity": "MONTH", "timeZone": "../../etc/passwd"}}], {}, "there is no time zone"),
    ([{"moment": {"granularity": "EON", "timeZone": "UTC"}}], {}, "is no granularity; send one of DAY, WEEK"),
    ([{"moment": {"timeZone": "UTC"}}], {}, "has no granularity"),
    ([{"day": {"granularity": "WEEK", "weekStartDay": "NEVER"}}], {}, "is no day; send one of MONDAY"),
    ([{"kind": True}] * 17, {}, "at most 16"),
    ([{"kind": True}], {"aggregate": ["nope"]}, "Unknown aggregate field(s): nope"),
    ([{"kind": True}], {"aggregate": "totalCount"}, "Invalid aggregate query parameter"),
    ([{"kind": True}], {"aggregate": ["sumText"]}, "Unknown aggregate field(s): sumText"),
    ([{"kind": True}], {"order_by": "kind"}, "Invalid order_by query parameter"),
    ([{"kind": True}], {"order_by": [{"flag": "AscNullsLast"}]}, "Cannot order by a field that is not an aggregate nor in groupBy"),
    ([{"kind": True}], {"order_by": [{"kind": "up"}]}, "is no direction; send one of AscNullsFirst"),
    ([{"kind": True}], {"order_by": [{"aggregate": {"nope": "AscNullsLast"}}]}, "Unknown aggregate field(s): nope"),
    ([{"makerId": True}], {"order_by": [{"makerId": "AscNullsLast"}]}, "Cannot orderBy unknown field: makerId."),
    ([{"day": {"granularity": "DAY"}}], {"order_by": [{"day": {"orderBy": "AscNullsLast", "granularity": "YEAR"}}]}, "in this way"),
    ([{"kind": True}], {"limit": "-1"}, "limit '-1' is invalid"),
    ([{"kind": True}], {"limit": "10001"}, "from 0 to 10000"),
    ([{"kind": True}], {"filter": "nope[eq]:1"}, "has no field"),
    ([{"kind": True}], {"order_by_for_records": "nope"}, "order_by"),
]


@pytest.mark.parametrize(("by", "query", "words"), REFUSED)
def test_what_is_no_grouping_is_refused(empty: Caller, by: Any, query: dict[str, Any], words: str) -> None:
    assert words in refusal(empty, by, **query)


def test_a_request_without_anything_to_group_by_is_refused(empty: Caller) -> None:
    status, answer = empty.send("GET", "/rest/widgets/groupBy")
    assert (status, NEEDED in answer["message"]) == (400, True)


def test_numbers_that_add_up_to_none_are_refused(crm: Caller) -> None:
    made(crm, {"count": 1.7e308}, {"count": 1.7e308})
    assert "more than a number can be" in refusal(crm, [{"kind": True}], aggregate=["sumCount"])
    assert groups(crm, {"kind": True}, aggregate=["maxCount"])[0]["maxCount"] == 1.7e308


def test_a_secret_is_nothing_to_group_by_and_is_open_in_the_records_that_are_shown(open_caller: Callable[..., Caller]) -> None:
    crm = open_caller(WIDGETS.with_objects(Object("safe", "safes", "A safe.", (f.Text("name", "Its name."), SECRET))), TWENTY_2_19)
    crm.good("POST", "/rest/safes", {"name": "Left", "code": "sesame"})
    assert "is encrypted at rest" in refusal(crm, [{"code": True}], of="safes")
    assert "Unknown aggregate field(s): countNotEmptyCode" in refusal(crm, [{"name": True}], of="safes", aggregate=["countNotEmptyCode"])
    [found] = groups(crm, {"name": True}, of="safes", include_records_sample="true")
    assert [(each["name"], each["code"]) for each in found["records"]] == [("Left", "sesame")]


@pytest.mark.sqlite
def test_many_records_are_grouped_beside_the_event_loop(open_caller: Callable[..., Caller]) -> None:
    crm = open_caller(WIDGETS, TWENTY_2_19)
    ids = [each for _ in range(60) for each in made(crm, *({"kind": "ALPHA", "moment": "2024-06-30T22:30:00.000Z"} for _ in range(200)))]
    by = orjson.dumps({"moment": {"granularity": "MONTH", "timeZone": "Europe/Paris"}}).decode()
    request = Request("GET", "/rest/widgets/groupBy", urlencode({"group_by": by, "aggregate": '["totalCount"]'}))
    with pytest.raises(NotAtOnce):
        crm.workspace.store.read_at_once(lambda: crm.workspace._begin(request, IN_PROCESS))
    answer = asyncio.run(_soon(crm, request))
    assert orjson.loads(answer.body) == [{"totalCount": str(len(ids)), "groupByDimensionValues": ["2024-07-01"]}]


async def _soon(crm: Caller, request: Request) -> Answer:
    return await crm.workspace.answer_soon(request, IN_PROCESS)
