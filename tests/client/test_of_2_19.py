"""A workspace of Icosa's that answers as Twenty 2.19 is asked as a Twenty is: it reads filters without escapes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import icosa
from icosa import F
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace

NAMES = [
    "Smith, Sons",
    'Say "x"',
    "O'Neil",
    "O'Brien, Inc.",
    '"quoted"',
    "Loom (Lyon)",
    'it\'s "both", yes',
    "back\\slash",
    "100%_sure",
    "Plain",
]


@pytest.fixture
def crm(home: object, tmp_path: Path) -> Iterator[icosa.Client]:
    url = f"sqlite:///{tmp_path}/crm.db"
    open_workspace(url, version=TWENTY_2_19).close()
    with icosa.connect(url) as client:
        client.companies.create_many([{"name": each} for each in NAMES])
        yield client


@pytest.mark.parametrize("name", NAMES)
def test_an_awkward_name_finds_itself_alone(crm: icosa.Client, name: str) -> None:
    for where in (F.name == name, F.name.in_([name, "nobody"]), F.name.starts_with(name), F.name.ends_with(name)):
        assert [each["name"] for each in crm.companies.find_many(where=where)] == [name], where


def test_several_are_found_together_and_an_empty_choice_finds_nothing(crm: icosa.Client) -> None:
    some = [name for name in NAMES if '"' not in name and "'" not in name]
    assert sorted(each["name"] for each in crm.companies.find_many(where=F.name.in_(some))) == sorted(some)
    assert crm.companies.find_many(where=F.name.in_([])).total_count == 0


def test_every_record_is_walked_through_in_any_order(crm: icosa.Client) -> None:
    crm.companies.create_many([{"name": "Plain", "address": {"addressCity": city}} for city in ("Lyon", "Paris", "")])
    for order in ("address.addressCity[AscNullsLast]", "address.addressCity[DescNullsFirst],name", "annualRevenue.amountMicros"):
        walked = [each["id"] for each in crm.companies.iterate(order_by=order, page_size=2)]
        assert len(set(walked)) == len(walked) == len(NAMES) + 3


def test_groups_are_asked_for_by_the_operation_that_its_document_lists(crm: icosa.Client) -> None:
    [item] = crm.run("Companies", "group_by", {"Group By": '[{"name": true}]', "Aggregate": '["totalCount"]', "Filter": "name[eq]:Plain"})
    assert item.json == [{"totalCount": "1", "groupByDimensionValues": ["Plain"]}]
