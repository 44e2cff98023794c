"""What a table shows: all of an object, filtered and ordered by its address, page by page."""

import re
from datetime import UTC
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from icosa.catalogue.columns import columns
from icosa.catalogue.standard import STANDARD
from icosa.surfaces.console.browse import tables
from icosa.surfaces.console.browse.conditions import comparison, items, joined, way_of, ways
from icosa.surfaces.console.browse.related import names_of, pointed_at, with_related
from icosa.surfaces.console.browse.rows import drawing, drawn
from icosa.surfaces.console.browse.view import choosable, ordered_by
from icosa.surfaces.console.showing import Looking, columns_of, rows_of
from icosa.surfaces.console.site import Visitor
from icosa.wire.language.filter_tree import Comparison
from icosa.wire.language.order import parse
from tests.console.conftest import signed_in
from tests.console.site import MAYA, Local


def names(text: str) -> list[str]:
    """What the rows of a table are called."""
    return [unescape(each) for each in re.findall(r'aria-label="Select ((?!all on this page)[^"]+)"', text)]


def link(text: str, name: str) -> str:
    """Where the link of that name leads."""
    found = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>(?:<[^>]*>)*{name}', text)
    assert found, f"there is no link {name}"
    return unescape(found[1])


def test_every_object_is_listed_with_how_many_records_it_has(client: TestClient) -> None:
    page = client.get("/browse").text
    assert page.count('href="/browse/') >= len(list(STANDARD))
    assert "<b>150</b> <span>People</span>" in page


@pytest.mark.parametrize("plural", [each.plural for each in STANDARD])
def test_every_object_is_a_table(client: TestClient, plural: str) -> None:
    assert client.get(f"/browse/{plural}").status_code == 200


def test_a_table_leads_to_its_board_with_its_filter_where_it_can_have_one(client: TestClient) -> None:
    page = client.get("/browse/opportunities?filter=name[ilike]:%25sensors%25").text
    board = client.get(link(page, "Board"))
    assert board.status_code == 200
    assert 'value="name[ilike]:%sensors%"' in board.text
    assert 'href="/board/' not in client.get("/browse/companies").text


def test_an_object_that_is_not_there_is_told(client: TestClient) -> None:
    assert client.get("/browse/peeple").status_code == 404


def test_pages_go_on_and_back(client: TestClient) -> None:
    first = client.get("/browse/people?order_by=name.firstName").text
    assert "1 to 60 of 150" in first
    second = client.get(link(first, "Next")).text
    assert "61 to 120 of 150" in second
    third = client.get(link(second, "Next")).text
    assert "121 to 150 of 150" in third
    assert names(client.get(link(third, "Previous")).text) == names(second)
    assert len({*names(first), *names(second), *names(third)}) > 140


def test_one_that_takes_long_says_how_long(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "SLOW_MILLISECONDS", 0.0)
    assert re.search(r"1 to 60 of 150, in \d+ ms<", client.get("/browse/people").text)


def test_a_relation_is_a_name_that_leads_to_its_record(client: TestClient) -> None:
    page = client.get("/browse/people?filter=emails.primaryEmail[eq]:lukasz.ibarra@acme.example.com").text
    assert link(page, "Acme") == "/browse/companies/019ca8a0-3e8c-4a48-841d-f2a8155311d2"
    path, _, of_list = link(page, "Łukasz Ibarra").partition("?")
    assert path == "/browse/people/019ca8a0-3eb4-4d67-8341-6bd148fedb2d"
    assert parse_qs(of_list) == {"filter": ["emails.primaryEmail[eq]:lukasz.ibarra@acme.example.com"]}


def test_a_heading_orders_up_then_down_then_as_it_comes(client: TestClient) -> None:
    up = client.get(link(client.get("/browse/companies").text, "Employees")).text
    assert 'aria-sort="ascending"' in up
    down = client.get(link(up, "Employees")).text
    assert 'aria-sort="descending"' in down
    assert "order_by" not in link(down, "Employees")


def test_every_column_that_can_be_ordered_by_is() -> None:
    for of in STANDARD:
        for name in (each.name for each in of.fields):
            if paths := ordered_by(of, name):
                assert parse(",".join(paths), of)


def test_columns_are_chosen_and_moved(client: TestClient) -> None:
    query = {"column": ["name", "city", "jobTitle"], "up": "city"}
    moved = client.get("/browse/people/columns", params=query).text
    assert re.findall(r'name="column" value="(\w+)" checked', moved) == ["city", "name", "jobTitle"]
    table = client.get("/browse/people/columns", params={"column": ["city", "company"], "show": "1"})
    assert parse_qs(urlsplit(str(table.url)).query)["columns"] == ["city,company"]
    assert re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?(\w+)', table.text) == ["City", "Company"]


def test_columns_go_by_any_spelling(client: TestClient) -> None:
    assert client.get("/browse/people?columns=job_title,Company Id,createdAt").status_code == 200


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("filter=nowhere[eq]:1", "has no field"),
        ("filter=employees[gte]:many", "employees"),
        ("filter=name[eq]:a,name", "character 12"),
        ("order_by=nme", "did you mean"),
        ("columns=nme", "Did you mean"),
        ("after=x", "cursor"),
        ("limit=1000000", "limit"),
    ],
)
def test_what_cannot_be_asked_for_says_where_and_why(client: TestClient, query: str, told: str) -> None:
    page = client.get(f"/browse/companies?{query}")
    assert page.status_code == 422
    assert told in unescape(page.text)


def test_what_was_typed_stays_in_its_box(client: TestClient) -> None:
    page = client.get("/browse/companies?filter=name[eq&order_by=name&columns=name,address").text
    assert 'value="name[eq"' in page
    assert 'name="order_by" value="name"' in page
    assert 'name="columns" value="name,address"' in page
    assert re.search(r'Columns</span> *<span class="count">2 of \d+</span>', page)


def test_an_empty_table_says_what_to_do_next(client: TestClient, bare: Local) -> None:
    assert "No person fits this filter" in client.get("/browse/people?filter=city[eq]:Nowhere").text
    page = signed_in(bare).get("/browse/people").text
    assert link(page, "Import a file") == "/imports?object=people"
    assert "1 to" not in page


def test_chips_are_the_comparisons_and_the_rest_is_text(client: TestClient) -> None:
    page = client.get("/browse/companies", params={"filter": "employees[gte]:100,or(name[eq]:Acme,name[ilike]:%ou%)"}).text
    assert "<i>Employees</i> at least <b>100</b>" in page
    assert "and one condition more, in the text" in page
    removed = client.get(re.findall(r'class="x" href="([^"]*)"', page)[0].replace("&amp;", "&"))
    assert parse_qs(urlsplit(str(removed.url)).query)["filter"] == ["or(name[eq]:Acme,name[ilike]:%ou%)"]


def test_a_condition_is_put_together_step_by_step(client: TestClient) -> None:
    assert "Which property?" in client.get("/browse/companies/condition").text
    assert "at least" in client.get("/browse/companies/condition?path=employees").text
    made = client.get("/browse/companies/condition?path=employees&way=gte&value=100&add=1&order_by=name")
    assert parse_qs(urlsplit(str(made.url)).query) == {"filter": ["employees[gte]:100"], "order_by": ["name"]}
    by_text = client.get("/browse/companies?filter=employees[gte]:100&order_by=name")
    assert names(made.text) == names(by_text.text) != []


def test_a_condition_is_changed_where_it_stands(client: TestClient) -> None:
    query = {"filter": "employees[gte]:100,name[ilike]:%a%", "of": "1"}
    assert 'value="a"' in client.get("/browse/companies/condition", params=query).text
    made = client.get("/browse/companies/condition", params=query | {"path": "name", "way": "startsWith", "value": "B", "add": "1"})
    assert parse_qs(urlsplit(str(made.url)).query)["filter"] == ["employees[gte]:100,name[startsWith]:B"]


TAMSIN = "019ca8a0-3e81-4afa-bb90-96a04e7d8006"


@pytest.mark.parametrize(
    ("plural", "filter_", "box"),
    [
        ("companies", "annualRecurringRevenue.amountMicros[gte]:29500000000", 'value="29500"'),
        ("companies", "createdAt[gte]:2025-01-01T00:00:00.000Z", 'value="2025-01-01T00:00'),
        ("companies", "employees[in]:[100,200]", "100\n200</textarea>"),
        ("companies", f"accountOwnerId[eq]:{TAMSIN}", 'value="Tamsin Okonkwo"'),
        ("companies", "domainName.primaryLinkUrl[is]:NULL", "empty"),
        ("companies", "idealCustomerProfile[eq]:true", "true"),
        ("opportunities", "stage[in]:[NEW,SCREENING]", 'value="SCREENING" checked'),
    ],
)
def test_a_condition_stands_in_its_boxes(client: TestClient, plural: str, filter_: str, box: str) -> None:
    assert box in client.get(f"/browse/{plural}/condition", params={"filter": filter_, "of": "0"}).text


@pytest.mark.parametrize(
    ("query", "filter_"),
    [
        (f"path=accountOwnerId&way=eq&value={TAMSIN}", f"accountOwnerId[eq]:{TAMSIN}"),
        ("path=annualRecurringRevenue.amountMicros&way=gte&value=29500", "annualRecurringRevenue.amountMicros[gte]:29500000000"),
        ("path=accountOwnerId&way=eq&value%3F=Tamsin+Okonkwo&value=", f"accountOwnerId[eq]:{TAMSIN}"),
        ("path=idealCustomerProfile&way=eq&value=true", "idealCustomerProfile[eq]:true"),
        ("path=createdAt&way=gte&value=2025-01-01T00:00&zone=Europe/Berlin", "createdAt[gte]:2024-12-31T23:00:00.000Z"),
        ("path=name&way=contains&value=O'B", "name[ilike]:%O_B%"),
        ("path=domainName.primaryLinkUrl&way=empty", "domainName.primaryLinkUrl[is]:NULL"),
    ],
)
def test_what_is_said_in_boxes_is_a_filter(client: TestClient, query: str, filter_: str) -> None:
    made = client.get(f"/browse/companies/condition?{query}&add=1")
    assert made.status_code == 200, made.text
    assert parse_qs(urlsplit(str(made.url)).query)["filter"] == [filter_]


def test_several_choices_are_any_of_them(client: TestClient) -> None:
    made = client.get("/browse/opportunities/condition?path=stage&way=eq&value=NEW&value=SCREENING&add=1")
    assert parse_qs(urlsplit(str(made.url)).query)["filter"] == ["stage[in]:[NEW,SCREENING]"]
    assert "<i>Stage</i> is one of <b>New, Screening</b>" in made.text


@pytest.mark.parametrize(
    "query",
    [
        "path=employees&way=neq&value=1&value=2",
        "path=employees&way=gte&value=many",
        "path=employees&way=gte&value=",
        "path=accountOwnerId&way=eq&value%3F=Nobody",
    ],
)
def test_a_condition_that_is_none_says_why_and_keeps_what_was_typed(client: TestClient, query: str) -> None:
    page = client.get(f"/browse/companies/condition?{query}&add=1")
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_every_column_can_be_asked_for_in_each_way_that_is_offered() -> None:
    for of in STANDARD:
        for column in columns(of):
            for way, _ in ways(column):
                made = comparison(column.path, way, ["1"])
                (again,) = items(joined([made]))
                assert again == made
                assert isinstance(again, Comparison)
                assert way_of(again)[0] == way


def test_deleted_records_are_shown_on_wish(own: Local) -> None:
    client = signed_in(own)
    with own.client(MAYA) as crm:
        crm.people.delete_one("019ca8a0-3eb4-4d67-8341-6bd148fedb2d")
    page = client.get("/browse/people").text
    assert "Łukasz Ibarra" not in page
    deleted = client.get(link(page, "Deleted ones")).text
    assert names(deleted) == ["Łukasz Ibarra"]
    assert 'class="gone"' in deleted


def test_who_may_only_read_sees_nothing_that_writes(sample: Local) -> None:
    reader = signed_in(sample, Visitor("20202020-0000-4000-8000-000000000009", "Looker", may_write=False))
    page = reader.get("/browse/people").text
    for word in ("New person", "Change…", "Delete…", "data-edits", "Import"):
        assert word not in page.split("<main")[1].split("</main>")[0]
    id_ = "019ca8a0-3eb4-4d67-8341-6bd148fedb2d"
    assert reader.put(f"/browse/people/{id_}/cell/city", data={"city": "x"}).status_code == 403
    assert reader.get(f"/browse/people/{id_}/cell/city", headers={"HX-Request-Type": "partial"}).status_code == 403
    assert reader.get(f"/browse/people/change?id={id_}").status_code == 403
    assert reader.post(f"/browse/people/change?id={id_}", data={"city": "x"}).status_code == 403
    assert reader.post("/browse/people/delete", data={"id": id_}).status_code == 403


def test_of_a_secret_a_table_says_only_whether_it_is_set(own: Local) -> None:
    with own.client(MAYA) as crm:
        member = crm.workspace_members.find_many(limit=1).records[0]["id"]
        crm.connected_accounts.create_one(handle="with", provider="google", account_owner_id=member, access_token="s3cret-token")
        crm.connected_accounts.create_one(handle="without", provider="google", account_owner_id=member)
    page = signed_in(own).get("/browse/connectedAccounts?columns=handle,accessToken&order_by=handle").text
    assert "s3cret-token" not in page
    cells = dict(re.findall(r"<bdi>(with|without)</bdi></a></th>(.*?)</tr>", page))
    assert "set, and not shown" in cells["with"]
    assert cells["without"] == "<td></td>"


@pytest.mark.parametrize("plural", [each.plural for each in STANDARD])
def test_rows_of_a_table_are_those_of_any_table(sample: Local, plural: str) -> None:
    with sample.client(MAYA) as crm:
        of, catalogue = crm.catalogue.by_plural[plural], crm.catalogue
        names, found = choosable(of), crm[plural].find_many(limit=60, depth=0).records
        pointed = names_of(crm, pointed_at(of, found, names))
        anew = rows_of(catalogue, of, with_related(crm, of, found, names), names, Looking())
    assert drawn(drawing(catalogue, of, names, UTC, "rows"), found, pointed) == "".join(
        each.markup(columns_of(of, names), "rows") for each in anew
    )


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><a hx-get="/x" hx-trigger="load">', "{{ 7*7 }}", "a\u202eb\u200bc",
    "w" * 1_000_000,
]  # fmt: skip


def test_what_a_record_holds_is_text(own: Local) -> None:
    with own.client(MAYA) as crm:
        for each in HOSTILE:
            crm.people.create_one(name={"firstName": each[:500]}, job_title=each, city="Hostile")
        crm.companies.create_one(name=HOSTILE[1])
    client = signed_in(own)
    page = client.get("/browse/people?filter=city[eq]:Hostile").text
    for each in ("<script>alert", "<img src=x", '"><a hx-get'):
        assert each not in page
    assert "U+202E" in page
    assert "{{ 7*7 }}" in page
    assert len(page) < 100_000
    assert "<img src=x" not in client.get("/browse/companies/condition", params={"path": HOSTILE[1], "value": HOSTILE[1]}).text
    assert "<script>alert" not in client.get("/browse/people", params={"filter": f"city[eq]:{HOSTILE[0]}"}).text


def test_what_is_selected_goes_on_to_an_export_and_to_a_chain(client: TestClient) -> None:
    id_ = "019ca8a0-3eb4-4d67-8341-6bd148fedb2d"
    sent = client.get(f"/browse/people/export?id={id_}&columns=city", follow_redirects=False).headers["location"]
    assert parse_qs(urlsplit(sent).query) == {"object": ["people"], "format": ["csv"], "filter": [f"id[in]:[{id_}]"], "columns": ["city"]}
    used = client.get("/browse/people/use?all=1&filter=city[eq]:Lyon", follow_redirects=False).headers["location"]
    assert used.startswith("/chains/new?")
    assert parse_qs(urlsplit(used).query) == {"items": ["people"], "filter": ["city[eq]:Lyon"]}
    assert client.get("/browse/people/export").status_code == 422


def test_an_abbreviation_keeps_its_capitals_among_other_words(bare: Local) -> None:
    pages = signed_in(bare)
    assert "There are no API keys yet" in pages.get("/browse/apiKeys").text
    assert "There are no companies yet" in pages.get("/browse/companies").text
