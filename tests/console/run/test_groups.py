"""The answer to a group by as a table: what the groups are in words, and the way to the records of each."""

import json
import re
from html import unescape

import pytest
from starlette.testclient import TestClient

import icosa
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.client.metadata import make, written_objects
from icosa.surfaces.console.run.group_filter import records_of
from icosa.wire.language.group_by import parse
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from tests.console.conftest import signed_in
from tests.console.site import Local


def euros(amount: float) -> dict[str, object]:
    return {"amountMicros": round(amount * 1_000_000), "currencyCode": "EUR"}


DEALS: list[dict[str, object]] = [
    {"name": "Looms", "stage": "NEW", "amount": euros(12_500), "tags": ["WARM", "LARGE"], "closeDate": "2026-03-05T10:00:00Z"},
    {
        "name": "Cards", "stage": "NEW", "amount": {**euros(1_000.5), "currencyCode": "USD"}, "tags": ["WARM"],
        "closeDate": "2026-03-31T23:30:00Z",
    },
    {"name": 'A "large" mill, (Lyon)', "stage": "MEETING", "amount": euros(7)},
    {"name": "", "stage": "MEETING", "closeDate": "2025-12-31T23:59:59Z"},
]  # fmt: skip


TAGS = [{"value": each, "label": each.title(), "position": at, "color": "green"} for at, each in enumerate(("WARM", "LARGE"))]


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Local:
    path = tmp_path_factory.mktemp("grouped") / "crm.db"
    open_workspace(f"sqlite:///{path}", version=TWENTY_2_19).close()
    with icosa.connect(f"sqlite:///{path}") as crm:
        engines = crm.companies.create_one(name="Analytical Engines", depth=0)["id"]
        sold = next(each["id"] for each in written_objects(crm) if each["nameSingular"] == "opportunity")
        make(crm, "fields", {"objectMetadataId": sold, "type": "MULTI_SELECT", "name": "tags", "label": "Tags", "options": TAGS})
    with icosa.connect(f"sqlite:///{path}") as crm:
        made = crm["opportunities"].create_many(DEALS, depth=0)
        crm["opportunities"].update_one(made[0]["id"], company_id=engines)
    return Local(path)


@pytest.fixture
def pages(newer: Local) -> TestClient:
    return signed_in(newer)


def grouped(pages: TestClient, by: object, **more: str) -> str:
    """The pane of a result, as the address of the form asks for it."""
    asked = {"group_by": by if isinstance(by, str) else json.dumps(by), ".show": "table", **more}
    answer = pages.get("/run/opportunities/group-by", params=asked)
    assert answer.status_code == 200
    return answer.text.partition('id="out"')[2]


def rows(pane: str) -> list[list[str]]:
    """The cells of each row, as a person reads them."""
    body = pane.partition("<tbody>")[2].partition("</tbody>")[0]
    return [[unescape(re.sub("<[^>]*>", "", cell)).strip() for cell in re.split("</t[hd]>", row)[:-1]] for row in body.split("</tr>")[:-1]]


def headings(pane: str) -> list[str]:
    return [unescape(re.sub("<[^>]*>", "", each)) for each in re.findall('<th scope="col".*?</th>', pane, re.DOTALL)]


def test_groups_are_a_table_with_counts_and_sums_in_words(pages: TestClient) -> None:
    pane = grouped(pages, "stage,amount.currencyCode", aggregate="totalCount,sumAmountAmountMicros,avgAmountAmountMicros,maxCloseDate")
    assert headings(pane) == ["Stage", "Amount, currency code", "Records", "Sum of amount", "Mean of amount", "Latest close date"]
    assert "4 groups" in pane
    assert sorted(rows(pane))[-2:] == [
        ["New", "EUR", "1", "€ 12,500", "€ 12,500", "5 Mar 2026, 10:00"],
        ["New", "USD", "1", "$ 1,000.50", "$ 1,000.50", "31 Mar 2026, 23:30"],
    ]  # fmt: skip
    assert "whatever their currency" not in pane


def test_a_sum_over_several_currencies_says_that_it_is_one(pages: TestClient) -> None:
    pane = grouped(pages, "stage", aggregate="sumAmountAmountMicros")
    assert ["New", "13,500.50"] in rows(pane)
    assert "Group by amount.currencyCode as well" in pane


def test_spans_of_time_and_what_records_point_at_are_told_in_words(pages: TestClient) -> None:
    by = [{"closeDate": {"granularity": "MONTH", "timeZone": "UTC"}}, {"companyId": True}]
    pane = grouped(pages, by, aggregate="totalCount")
    assert headings(pane)[:2] == ["Close date by month", "Company"]
    assert {tuple(each) for each in rows(pane)} == {
        ("Mar 2026", "Analytical Engines", "1"), ("Mar 2026", "none", "1"), ("Dec 2025", "none", "1"), ("none", "none", "1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "by",
    [
        "stage", "name", "companyId", "company.name", "amount.currencyCode", "amount.amountMicros",
        "stage,amount.currencyCode",
        *([{"closeDate": {"granularity": each, "timeZone": "Europe/Paris"}}] for each in ("DAY", "WEEK", "MONTH", "QUARTER", "YEAR")),
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("filter_", ["", "or(stage[eq]:NEW,closeDate[is]:NULL)"])
def test_the_way_from_a_group_leads_to_as_many_records_as_it_counts(pages: TestClient, by: object, filter_: str) -> None:
    pane = grouped(pages, by, aggregate="totalCount", **({"filter": filter_} if filter_ else {}))
    found = re.findall(r'<tr><th scope="row"><a href="([^"]*)">.*?</tr>', pane)
    assert len(found) == len(rows(pane)) > 0
    for link, row in zip(found, rows(pane), strict=True):
        table = pages.get(unescape(link)).text
        assert table.count('<tr id="r-') == int(row[-1]), (link, row)


def test_shares_extremes_and_examples_are_told_in_words(pages: TestClient) -> None:
    asked = "percentageEmptyCloseDate,minAmountAmountMicros,avgAmountAmountMicros,countUniqueValuesStage"
    pane = grouped(pages, "stage", aggregate=asked, include_records_sample="true")
    assert headings(pane) == [
        "Stage", "Share without close date", "Least amount", "Mean of amount", "Different values of stage", "Such as",
    ]  # fmt: skip
    by_stage = {each[0]: each for each in rows(pane)}
    assert by_stage["Meeting"][1:5] == ["50 %", "7", "7", "1"]
    assert by_stage["New"][1:5] == ["0 %", "1,000.50", "6,750.25", "1"]
    assert {"Looms", "Cards"} == set(by_stage["New"][5].split())
    assert re.search(r'href="/browse/opportunities/[\w-]+"[^>]*><bdi>Looms', pane)


def test_lists_lead_to_records_item_by_item_and_as_a_whole_nowhere(pages: TestClient) -> None:
    items = grouped(pages, [{"tags": {"unnest": True}}], aggregate="totalCount")
    assert {(each[0], each[-1]) for each in rows(items)} >= {("Warm", "2"), ("Large", "1")}
    for link, row in zip(re.findall(r'<tr><th scope="row"><a href="([^"]*)">', items), rows(items), strict=True):
        assert pages.get(unescape(link)).text.count('<tr id="r-') == int(row[-1])
    whole = grouped(pages, "tags", aggregate="totalCount")
    assert {each[0] for each in rows(whole)} == {"Warm Large", "Warm", "none"}
    assert whole.count('<th scope="row"><a') <= 1


@pytest.mark.parametrize("value", ["", "soon", "9999-12-01", 7])
def test_a_span_that_is_none_leads_nowhere(value: object) -> None:
    of = STANDARD_2_19.by_plural["opportunities"]
    (month,) = parse('[{"closeDate": {"granularity": "MONTH", "timeZone": "UTC"}}]', of, STANDARD_2_19)
    assert records_of(of, "", [month], [value], related=True) == ""


def test_what_no_filter_says_leads_nowhere(pages: TestClient) -> None:
    pane = grouped(pages, [{"closeDate": {"granularity": "DAY_OF_THE_WEEK", "timeZone": "UTC"}}], aggregate="totalCount")
    assert {each[0] for each in rows(pane)} == {"Thursday", "Tuesday", "Wednesday", "none"}
    assert 'href="/browse/opportunities?filter=closeDate' in pane  # of those without one
    assert pane.count('<th scope="row"><a') == 1
    dated = grouped(pages, [{"closeDate": {"granularity": "DAY_OF_THE_WEEK"}}], filter="closeDate[is]:NOT_NULL")
    assert "A row leads to its records." in pane
    assert "A row leads to its records." not in dated


def test_the_json_of_groups_is_there_still(pages: TestClient) -> None:
    assert "groupByDimensionValues" in grouped(pages, "stage", **{".show": "json"})
