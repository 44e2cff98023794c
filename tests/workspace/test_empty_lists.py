"""A list of nothing finds nothing, whatever is compared with it: who asks for the records of an empty choice gets none."""

import pytest

from tests.workspace.conftest import Caller


@pytest.fixture
def two(crm: Caller) -> list[str]:
    return [crm.good("POST", "/rest/people", body)["id"] for body in ({"city": "Lyon"}, {"name": {"lastName": "Lovelace"}})]


@pytest.mark.parametrize("comparison", ["id[in]:[]", "city[in]:[]", "companyId[in]:[]", "and(city[eq]:Lyon,id[in]:[ ])"])
def test_nothing_is_one_of_none(crm: Caller, two: list[str], comparison: str) -> None:
    status, page = crm.send("GET", "/rest/people", filter=comparison)
    assert (status, page["totalCount"], page["data"]["people"]) == (200, 0, [])


@pytest.mark.parametrize("comparison", ["not(id[in]:[])", "not(companyId[in]:[])", "or(id[in]:[],city[is]:NOT_NULL)"])
def test_everything_is_none_of_none(crm: Caller, two: list[str], comparison: str) -> None:
    assert sorted(crm.ids("people", filter=comparison)) == sorted(two)


def test_no_list_holds_any_of_none(crm: Caller) -> None:
    crm.good("POST", "/rest/workflows", {"name": "Welcome", "statuses": ["DRAFT"]})
    assert crm.ids("workflows", filter="statuses[containsAny]:[]") == []
