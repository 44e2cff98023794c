"""Looking for a part of a text: the index over three letters finds what a scan finds, and is used."""

import re
from collections.abc import Callable

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.fields import FullName, Text
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.standard import STANDARD
from icosa.workspace.store.sqlite.connect import connect
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller

PLACE = Object(
    "place",
    "places",
    "Somewhere.",
    (
        Text("name", "Searched.", nullable=True),
        Text("plain", "The same text, not searched.", nullable=True),
        FullName("owner", "Searched in its parts."),
    ),
    searchable=("name", "owner"),
)
letters = st.text(st.sampled_from("aAbBcC%_\\é\"'* 日"), max_size=9)


@pytest.fixture
def places(open_caller: Callable[[Catalogue], Caller]) -> Caller:
    return open_caller(Catalogue((PLACE,)))


@ON_A_STORE
@given(
    names=st.lists(st.none() | letters, min_size=1, max_size=8),
    pattern=letters.filter(bool),
    comparator=st.sampled_from(["like", "ilike", "startsWith", "endsWith"]),
)
def test_an_indexed_text_is_found_exactly_where_the_same_text_without_index_is(
    places: Caller, names: list[str | None], pattern: str, comparator: str
) -> None:
    for id_ in places.ids("places", limit=0):
        places.good("DELETE", f"/rest/places/{id_}", permanent="true")
    places.good("POST", "/rest/batch/places", [{"name": name, "plain": name} for name in names])
    text = '"' + re.sub(r'(["\'\\])', r"\\\1", f"%{pattern}%" if comparator in ("like", "ilike") else pattern) + '"'
    for form in ("{}", "not({})"):
        by_index, by_scan = (places.ids("places", filter=form.format(f"{field}[{comparator}]:{text}")) for field in ("name", "plain"))
        assert by_index == by_scan


def test_the_index_follows_changes_deletions_and_rebuilt_tables(places: Caller) -> None:
    made = places.good("POST", "/rest/places", {"name": "Analytical", "owner": {"lastName": "Lovelace"}})
    path = f"/rest/places/{made['id']}"

    def found(text: str) -> bool:
        return bool(places.ids("places", filter=f"or(name[ilike]:%{text}%,owner.lastName[ilike]:%{text}%)"))

    assert found("LYTIC")
    assert found("velac")
    places.good("PATCH", path, {"name": "Difference"})
    assert (found("lytic"), found("ffere")) == (False, True)
    places.good("DELETE", path)
    assert not found("ffere")
    places.good("PATCH", f"/rest/restore/places/{made['id']}")
    if places.database.startswith("sqlite"):
        apsw.Connection(str(places.path)).execute("VACUUM")  # which numbers rows anew that have no number of their own
    assert found("ffere")
    places.good("DELETE", path, permanent="true")
    assert not found("ffere")


@pytest.mark.sqlite
def test_names_addresses_and_domains_are_looked_up_in_the_index(open_caller: Callable[[Catalogue], Caller]) -> None:
    crm = open_caller(STANDARD)
    connection = connect(str(crm.path))
    for plural, path in (("people", "name.lastName"), ("people", "emails.primaryEmail"), ("companies", "domainName.primaryLinkUrl")):
        crm.ids(plural, filter=f"{path}[ilike]:%acme%")
        statement = list(crm.workspace._footing.pages.values())[-1].first
        plan = " ".join(str(row[3]) for row in connection.execute("EXPLAIN QUERY PLAN " + statement.sql, statement.values))
        assert "VIRTUAL TABLE INDEX" in plan
        assert "SEARCH t USING INTEGER PRIMARY KEY" in plan


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("plural", "condition"),
    [
        ("people", 'emails.primaryEmail[eq]:"ada@example.com"'),
        ("people", 'emails.primaryEmail[in]:["ada@example.com","grace@example.com"]'),
        ("companies", 'domainName.primaryLinkUrl[in]:["https://acme.example.com"]'),
        ("people", 'id[in]:["20202020-1c25-4d02-bf25-6aeccf7ea419"]'),
    ],
)
def test_unique_values_are_looked_up_in_their_index_one_or_many(
    open_caller: Callable[[Catalogue], Caller], plural: str, condition: str
) -> None:
    crm = open_caller(STANDARD)
    crm.ids(plural, filter=condition)
    statement = list(crm.workspace._footing.pages.values())[-1].first
    connection = apsw.Connection(str(crm.path))
    plan = [str(row[3]) for row in connection.execute("EXPLAIN QUERY PLAN " + statement.sql, statement.values)]
    assert not [step for step in plan if step.startswith("SCAN t")]
