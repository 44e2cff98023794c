"""A workspace of Icosa's that answers as Twenty 2.19 is asked as a Twenty is: it reads filters without escapes."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa import F, testing
from icosa.call.where import Where
from icosa.errors import InvalidQuery
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


@pytest.fixture
def people(crm: icosa.Client) -> icosa.Client:
    sons, plain = (crm.companies.find_many(where=F.name == name)[0]["id"] for name in ("Smith, Sons", "Plain"))
    crm.people.create_many(
        [
            {"name": {"firstName": "Ada"}, "companyId": sons},
            {"name": {"firstName": "Bob"}, "companyId": plain},
            {"name": {"firstName": "Cy"}},
        ]
    )
    return crm


def first_names(records: Iterable[Mapping[str, Any]]) -> list[str]:
    return [each["name"]["firstName"] for each in records]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (F.company.name == "Smith, Sons", ["Ada"]),
        (F.company.name.ends_with(", Sons"), ["Ada"]),
        (F.company.name.in_(["Smith, Sons", "Plain"]), ["Ada", "Bob"]),
        (F.company.name.is_null(), ["Cy"]),
        ((F.company.created_at >= "2020-01-01") & (F.name.first_name != "Ada"), ["Bob"]),
        ("company.name[eq]:Plain", ["Bob"]),
    ],
)
def test_a_filter_may_name_a_field_of_the_record_that_one_belongs_to(people: icosa.Client, where: Where | str, found: list[str]) -> None:
    assert sorted(first_names(people.people.find_many(where=where))) == found
    assert sorted(first_names(people.people.iterate(where=where, page_size=1))) == found


def test_an_order_may_too(people: icosa.Client) -> None:
    assert first_names(people.people.find_many(order_by="company.name")) == ["Cy", "Bob", "Ada"]
    assert first_names(people.people.find_many(order_by="company.name[DescNullsLast],name.firstName")) == ["Ada", "Bob", "Cy"]
    assert first_names(people.people.iterate(order_by="company.name")) == ["Cy", "Bob", "Ada"]


def test_an_order_by_a_related_record_is_not_walked_over_pages_that_would_lose_records(people: icosa.Client) -> None:
    with pytest.raises(InvalidQuery, match=r"^Order By: ordered by company\.name, .* order by a field .*, such as companyId"):
        list(people.people.iterate(order_by="company.name", page_size=2))
    first = people.people.find_many(order_by="company.name", limit=2)
    with pytest.raises(InvalidQuery, match=r"^Starting After: ordered by company\.name"):
        people.people.find_many(order_by="company.name", starting_after=first.end_cursor)


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        (F.company.nme == "Plain", "'company' has no field \"nme\"; did you mean 'name'"),
        (F.company.employees == 1, "'company' has no field"),
        (F.company.created_at == "yesterday", "createdAt"),
        (F.company == "Plain", "use its foreign key 'companyId'"),
        (F.company.account_owner.name.first_name == "Ada", "leads further than to a related record"),
    ],
)
def test_what_cannot_be_asked_along_a_relation_is_refused_before_it_is_sent(crm: icosa.Client, where: Where, wrong: str) -> None:
    with pytest.raises(InvalidQuery, match=wrong):
        crm.people.find_many(where=where)


def test_a_workspace_of_1_0_3_says_what_to_ask_instead(home: object) -> None:
    with testing.workspace() as crm:
        with pytest.raises(InvalidQuery, match=r'^Filter: "company\.name" .* Read the companies first, .* F\.company_id\.in_\(ids\)'):
            crm.people.find_many(where=F.company.name == "Plain")
        with pytest.raises(InvalidQuery, match=r'^Order By: "company\.name" is a field of a related record'):
            crm.people.find_many(order_by="createdAt,company.name[DescNullsLast]")


FILLED: dict[str, Any] = {
    "address": {"addressCity": "Lyon", "addressLat": 45.8},
    "annualRevenue": {"amountMicros": 5_000_000, "currencyCode": "EUR"},
    "linkedinLink": {"primaryLinkUrl": "https://l.example.com/a", "secondaryLinks": [{"url": "https://b.example.com", "label": "b"}]},
}


@pytest.mark.parametrize("way", ["one", "many", "upsert"])
def test_none_clears_a_field_of_several_parts_although_null_would_not(
    way: str, crm: icosa.Client, caplog: pytest.LogCaptureFixture
) -> None:
    companies = crm["companies"]  # of which a type checker knows nothing
    id_ = companies.create_one(name="Loom", **FILLED, depth=0)["id"]
    nothing: dict[str, Any] = dict.fromkeys(FILLED)
    with caplog.at_level(logging.WARNING, "icosa"):
        match way:
            case "one":
                companies.update_one(id_, nothing, depth=0)
            case "many":
                companies.update_many(**nothing, where=F.name == "Loom", depth=0)
            case _:
                companies.upsert({"id": id_, **nothing}, key="id")
    now = companies.find_one(id_, depth=0)
    assert {name: [each for each in now[name].values() if each] for name in FILLED} == {name: [] for name in FILLED}
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


def test_none_clears_a_rich_text_too(crm: icosa.Client) -> None:
    id_ = crm.notes.create_one({"title": "A", "bodyV2": {"markdown": "Hello"}}, depth=0)["id"]
    assert crm.notes.update_one(id_, {"bodyV2": None}, depth=0)["bodyV2"] == {"blocknote": None, "markdown": ""}


def test_a_client_that_was_given_a_catalogue_asks_whether_the_server_goes_there(home: object) -> None:
    for version, found in (("2.19", ["Ada"]), ("1.0.3", None)):
        with testing.server(api=version) as server:
            with icosa.connect(server.url, server.token) as asked:
                company = asked.companies.create_one(name="Plain", depth=0)
                asked.people.create_one(name={"firstName": "Ada"}, company_id=company["id"], depth=0)
                catalogue = asked.catalogue
            with icosa.connect(server.url, server.token, catalogue=catalogue) as crm:
                if found is None:
                    with pytest.raises(InvalidQuery, match="looks at its own fields alone"):
                        crm.people.find_many(where=F.company.name == "Plain")
                    continue
                assert first_names(crm.people.find_many(where=F.company.name == "Plain", order_by="company.name")) == found
                assert first_names(crm.people.iterate(where=F.company.name == "Plain", order_by="company.name")) == found
                (item,) = crm.run("People", "Find Many People", {"Filter": 'company.name[eq]:"Plain"', "Order By": "company.name"})
                assert first_names(item.json["data"]["people"]) == found
