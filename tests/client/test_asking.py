"""Values that a server without escapes could take for something else: asked for so that it finds them, or refused."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

import icosa
from icosa import F
from icosa.bulk import import_rows
from icosa.catalogue.standard import STANDARD
from icosa.standard import CompanyInput
from tests.client.faulty import connected, gateway
from tests.client.scripted import KEY
from tests.newer_server import NewerServer, newer_server

NAMES = [
    "Smith, Sons", 'Say "x"', "O'Neil", "O'Brien, Inc.", '"quoted"', "Loom (Lyon)", "smile :(", "a) and (b", "a]:b", "x[y]:z",
    'it\'s "both", yes', "back\\slash", "100%_sure", "[bracketed]", ",", "'", '"', "Plain",
]  # fmt: skip
CANNOT = ["smile :(", "a) and (b", "a]:b", "x[y]:z"]


@pytest.fixture
def newer(home: object) -> Iterator[NewerServer]:
    with newer_server() as server:
        yield server


@pytest.fixture
def crm(newer: NewerServer) -> Iterator[icosa.Client]:
    with icosa.connect(newer.url, token=newer.token) as client:
        yield client


def count(crm: icosa.Client) -> int:
    return crm.companies.find_many(limit=1).total_count


def test_a_second_import_by_name_creates_nothing_again(crm: icosa.Client) -> None:
    rows = [{"name": each} for each in NAMES]
    assert import_rows(crm, "companies", rows, key="name").applied.counts["create"] == len(NAMES)
    assert not import_rows(crm, "companies", rows, key="name").applied.counts
    changed = import_rows(crm, "companies", [{**each, "employees": 3} for each in rows], key="name")
    assert changed.applied.counts == {"change": len(NAMES)}
    assert count(crm) == len(NAMES)


def test_a_link_by_name_leads_to_the_company_that_is_there(crm: icosa.Client) -> None:
    rows = [{"email": f"p{at}@example.com", "company.name": each} for at, each in enumerate(NAMES)]
    for _ in range(2):
        import_rows(crm, "people", rows, key="emails.primaryEmail", create_links=True)
    assert count(crm) == len(NAMES)
    people: Any = crm.people.find_many(limit=100, depth=1)
    assert sorted(each["company"]["name"] for each in people) == sorted(NAMES)


def test_a_full_name_with_commas_and_quotes_is_a_key(crm: icosa.Client) -> None:
    rows = [{"First name": 'Ada "Countess"', "Last name": "King, of Lovelace"}, {"First name": "Miles", "Last name": "O'Neil :("}]
    assert import_rows(crm, "people", rows, key="name").applied.counts == {"create": 2}
    assert not import_rows(crm, "people", rows, key="name").applied.counts


def test_an_upsert_by_name_finds_what_is_there(crm: icosa.Client) -> None:
    made = {each: crm.companies.create_one(name=each)["id"] for each in NAMES}
    decoys: list[CompanyInput] = [{"name": f"smile {'abcdefghijklmno'[at % 15]}{'(uvwxyz'[at % 7]}"} for at in range(105) if at % 7]
    crm.companies.create_many(decoys[:60])
    assert {each: crm.companies.upsert(name=each, employees=3, key="name")["id"] for each in NAMES} == made


def test_a_filter_in_python_finds_what_is_there_or_is_refused(crm: icosa.Client) -> None:
    crm.companies.create_many([{"name": each} for each in NAMES])
    for each in NAMES:
        if each in CANNOT:
            with pytest.raises(icosa.InvalidQuery, match="cannot be asked about"):
                crm.companies.find_many(where=F.name == each)
        else:
            assert [found["name"] for found in crm.companies.find_many(where=F.name == each)] == [each]
    some = NAMES[:3]
    assert sorted(each["name"] for each in crm.companies.iterate(where=F.name.in_(some), order_by="name")) == sorted(some)
    assert [each["name"] for each in crm.companies.find_many(where=(F.name == "O'Neil") & (F.name != "Plain"))] == ["O'Neil"]
    assert [each["name"] for each in crm.companies.find_many(where=F.name.starts_with("100%_"))] == ["100%_sure"]


def test_a_text_means_the_same_to_every_server(crm: icosa.Client) -> None:
    crm.companies.create_many([{"name": each} for each in NAMES])
    for text in (r'name[eq]:"Say \"x\""', 'or( name[eq]:Plain, name[eq]:"Smith, Sons" )', 'name[in]:["Smith, Sons",Plain]'):
        found = {each["name"] for each in crm.companies.find_many(filter=text)}
        assert found == ({'Say "x"'} if "Say" in text else {"Plain", "Smith, Sons"})


def test_what_says_the_same_to_all_goes_as_it_was_written(crm: icosa.Client, newer: NewerServer) -> None:
    text = 'createdAt[gte]:"2026-02-03",name[like]:%Engine%'
    crm.companies.find_many(filter=text)
    assert newer.asked[-1].query["filter"] == text


def test_a_server_is_asked_what_it_reads_where_that_matters_and_only_there(database: str) -> None:
    with gateway(database) as server:
        with connected(server) as client:
            client.companies.create_one(name='"quoted"')
        with icosa.connect(server.url, token=KEY, catalogue=STANDARD) as client:  # nothing is known of the server
            server.asked.clear()
            client.companies.find_many(where=F.name == "Plain")
            assert [urlsplit(each.target).path for each in server.asked] == ["/rest/companies"]
            assert client.companies.find_many(where=F.name == '"quoted"').total_count == 1
            assert "/open-api/core" in [urlsplit(each.target).path for each in server.asked]
