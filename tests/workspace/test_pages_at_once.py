"""A page is found in one go over the rows where few match, and else otherwise: whichever way it is, it is the same page."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.workspace.store.pages import GAVE_UP
from icosa.workspace.store.postgres import dialect as postgres_dialect
from icosa.workspace.store.sqlite import dialect as sqlite_dialect
from icosa.workspace.store.statement import Statement, Statements
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller

NAMES = ("Abacus", "Abacus & Sons", "Babbage", "Bacon", "Acme", "acme", "")
NEVER, SOMETIMES, ALWAYS = "-1", "3", "1000"


@pytest.fixture
def crm(crm: Caller) -> Caller:
    companies = [
        {"name": NAMES[at % len(NAMES)], "employees": at % 5 or None, "address": {"addressCity": f"City{at % 3}"}} for at in range(30)
    ]
    made = crm.good("POST", "/rest/batch/companies", companies)
    crm.good("DELETE", f"/rest/companies/{made[3]['id']}")
    people = [{"name": {"firstName": f"Ada{at}"}, "companyId": made[4 + at % 5]["id"]} for at in range(12)]
    crm.good("POST", "/rest/batch/people", people)
    return crm


tests = st.sampled_from(
    (
        'name[eq]:"Acme"', 'name[ilike]:"%aba%"', 'name[startsWith]:"Aba"', 'name[like]:"%ac%"', 'name[endsWith]:"cus"',
        "employees[gt]:2", "employees[in]:[1,3]", "employees[is]:NULL", 'address.addressCity[neq]:"City1"', "deletedAt[is]:NOT_NULL",
        'name[ilike]:"%nobody%"', 'createdAt[gte]:"2000-01-01"',
    )
)  # fmt: skip
filters = st.recursive(
    tests,
    lambda inner: (
        st.builds("{}({})".format, st.sampled_from(("and", "or")), st.lists(inner, min_size=2, max_size=3).map(",".join))
        | inner.map("not({})".format)
    ),
    max_leaves=4,
)
orders = st.sampled_from(("", "name", "employees[DescNullsLast]", "employees[AscNullsFirst],name", "createdAt[DescNullsLast]"))


def pages(crm: Caller, query: dict[str, Any]) -> list[Any]:
    """All pages forward, and the last one backward."""
    found: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        status, answer = crm.send("GET", "/rest/companies", **query, **cursor)
        assert status == 200, answer
        found.append(answer)
        if not answer["pageInfo"]["hasNextPage"]:
            break
        cursor = {"starting_after": answer["pageInfo"]["endCursor"]}
    if len(found) > 1:
        found.append(crm.send("GET", "/rest/companies", **query, ending_before=found[-1]["pageInfo"]["startCursor"]))
    return found


@given(filters, orders, st.sampled_from((1, 4, 60)), st.sampled_from((0, 1)))
@ON_A_STORE
def test_the_same_page_whichever_way_it_is_found(crm: Caller, filter_: str, order: str, limit: int, depth: int) -> None:
    query = {"filter": filter_, "limit": limit, "depth": depth, **({"order_by": order} if order else {})}
    found = []
    for few in (NEVER, SOMETIMES, ALWAYS):
        for most in (NEVER, SOMETIMES, ALWAYS):
            with pytest.MonkeyPatch.context() as patch:
                for dialect in (sqlite_dialect, postgres_dialect):
                    patch.setattr(dialect, "few", lambda of, few=few: few)
                    patch.setattr(dialect, "most_held", lambda of, walked, most=most: most)
                crm.workspace._footing.pages.clear()
                crm.workspace._footing.reads._texts.clear()
                found.append(pages(crm, query))
    assert all(each == found[0] for each in found[1:])


def test_a_filter_that_holds_for_too_many_gives_up(crm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    for dialect in (sqlite_dialect, postgres_dialect):
        monkeypatch.setattr(dialect, "most_held", lambda of, walked: "3")
    assert len(crm.ids("companies", filter="employees[gte]:1")) > 3
    (prepared,) = crm.workspace._footing.pages.values()

    def asked(statement: Statement) -> Statements[Any]:
        return (yield statement)[0][2]

    totals = [crm.workspace.store.read(partial(asked, each)) for each in (prepared.first, *prepared.later())]
    assert totals[0] == GAVE_UP
    assert totals[-1] != GAVE_UP
