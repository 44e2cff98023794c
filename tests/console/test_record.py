"""A record's page: all that is known of a record, changed in place, and what hangs on it."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from icosa.catalogue.examples import example
from icosa.catalogue.model import Field
from icosa.catalogue.standard import STANDARD
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.surfaces.console.controls.editing import boxed, saved
from icosa.wire.actions import find_action
from tests.console.conftest import signed_in
from tests.console.site import MAYA, Local

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
NOBODY = "20202020-0000-4000-8000-000000000001"


@pytest.fixture
def own(bare: Local) -> Local:
    """A workspace of the test's own, without the sample: each test makes what it needs."""
    return bare


@pytest.fixture
def reader(own: Local) -> Iterator[TestClient]:
    with signed_in(own, MAYA._replace(may_write=False)) as found:
        yield found


@pytest.fixture
def writer(own: Local) -> Iterator[TestClient]:
    with signed_in(own) as found:
        yield found


def made(site: Local, plural: str = "people", **fields: Any) -> dict[str, Any]:
    """A new record of the test's own."""
    with site.client(MAYA) as crm:
        record: dict[str, Any] = crm[plural].create_one(fields or {"name": {"firstName": "Ada", "lastName": "Lovelace"}, "city": "Turin"})
        return record


def now(site: Local, record: dict[str, Any], plural: str = "people") -> dict[str, Any]:
    with site.client(MAYA) as crm:
        found: dict[str, Any] = crm[plural].find_one(record["id"], depth=0)
        return found


def page_of(client: TestClient, record: dict[str, Any], plural: str = "people") -> str:
    answer = client.get(f"/browse/{plural}/{record['id']}")
    assert answer.status_code == 200
    return answer.text


def save(client: TestClient, record: dict[str, Any], name: str, plural: str = "people", **boxes: str) -> Any:
    """Opens the editor of a value and saves what is filled in; `__` stands for the point before a part."""
    at = f"/browse/{plural}/{record['id']}/facts/{name}"
    opened = client.get(f"{at}/edit", headers=PARTIAL)
    assert opened.status_code == 200
    was = re.search(r'name="was" value="(\w*)"', opened.text)
    assert was is not None
    sent = {"was": was[1], **{key.replace("__", "."): text for key, text in boxes.items()}}
    return client.post(at, data=sent, headers=PARTIAL, follow_redirects=False)


def test_all_that_is_known_is_on_the_page(own: Local, writer: TestClient) -> None:
    page = page_of(writer, made(own))
    assert "<bdi>Ada Lovelace</bdi></span></h1>" in page
    assert "Turin" in page
    assert "Without a value" in page
    assert "depth=1</code>" in page
    for text in ("Edit City", "Find duplicates", "Add a note", "Add a task", "Run an action on it", "Copy the id"):
        assert text in page


def offered(page: str) -> dict[str, str]:
    """The actions to choose from, with where each leads."""
    menu = page.partition('id="on-it"')[2].partition("</nav>")[0]
    return {label: unescape(href) for href, label in re.findall(r'<a href="([^"]*)">([^<]*)</a>', menu)}


def test_what_can_be_done_with_it_is_chosen_without_leaving_the_page(own: Local, writer: TestClient) -> None:
    record = made(own)
    page = page_of(writer, record)
    assert 'popovertarget="on-it"' in page
    there = offered(page)
    assert list(there) == ["Update One Person", "Find One Person", "Find Person Duplicates", "Delete One Person", "Use it in a chain"]
    for href in there.values():
        form = writer.get(href)
        assert (form.status_code, record["id"] in form.text) == (200, True), href
    writer.post(f"/browse/people/{record['id']}/delete")
    assert list(offered(page_of(writer, record))) == ["Delete One Person", "Restore One Person"]


def test_what_is_changed_is_said_with_the_way_back(own: Local, writer: TestClient) -> None:
    record = made(own)
    answer = save(writer, record, "city", city="Oslo")
    assert answer.status_code == 200
    assert "City of Ada Lovelace: Turin → Oslo" in answer.text
    assert re.search(r'action="/runs/[\w-]+/undo"', answer.text)
    assert "<html" not in answer.text
    assert now(own, record)["city"] == "Oslo"


def test_without_script_a_value_is_edited_on_a_page_of_its_own(own: Local, writer: TestClient) -> None:
    record = made(own)
    at = f"/browse/people/{record['id']}"
    page = writer.get(f"{at}/facts/city/edit").text
    assert "<h1>City of Ada Lovelace</h1>" in page
    answer = writer.post(f"{at}/facts/city", data={"city": "Oslo"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, at)
    assert "Turin → Oslo" in writer.get(at).text


def test_an_emptied_box_clears_and_the_same_again_writes_nothing(own: Local, writer: TestClient) -> None:
    record = made(own)
    assert "/undo" not in save(writer, record, "city", city="Turin").text
    assert save(writer, record, "city", city="").status_code == 200
    assert now(own, record)["city"] == ""
    assert save(writer, record, "name", name__firstName="Ada", name__lastName="").status_code == 200
    assert now(own, record)["name"] == {"firstName": "Ada", "lastName": ""}


def test_what_somebody_changed_meanwhile_is_not_lost_unseen(own: Local, writer: TestClient) -> None:
    record = made(own)
    at = f"/browse/people/{record['id']}/facts/city"
    opened = writer.get(f"{at}/edit", headers=PARTIAL).text
    was = re.search(r'name="was" value="(\w*)"', opened)
    with own.client(MAYA) as crm:
        crm.people.update_one(record["id"], city="Lyon")
    assert was is not None
    answer = writer.post(at, data={"city": "Oslo", "was": was[1]}, headers=PARTIAL)
    assert answer.status_code == 409
    assert "Somebody made it “Lyon” meanwhile" in answer.text
    assert 'value="Oslo"' in answer.text
    again = re.search(r'name="was" value="(\w*)"', answer.text)
    assert again is not None
    assert writer.post(at, data={"city": "Oslo", "was": again[1]}, headers=PARTIAL).status_code == 200
    assert now(own, record)["city"] == "Oslo"


def test_what_cannot_be_saved_says_why_where_it_stands(own: Local, writer: TestClient) -> None:
    record = made(own, "companies", name="Analytical Engines")
    answer = save(writer, record, "employees", "companies", employees="many")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="many"' in answer.text
    assert "employees" not in answer.text.partition('role="alert"')[2].partition("</p>")[0].lower()


def test_a_related_record_is_set_by_its_name_and_taken_off(own: Local, writer: TestClient) -> None:
    record = made(own)
    company = made(own, "companies", name="Analytical Engines")
    assert save(writer, record, "companyId", **{"companyId?": "Analytical Engines"}).status_code == 200
    assert now(own, record)["companyId"] == company["id"]
    assert "Analytical Engines" in page_of(writer, record)
    assert save(writer, record, "companyId", **{"companyId?": "Nobody At All"}).status_code == 422
    assert save(writer, record, "companyId", **{"companyId?": ""}).status_code == 200
    assert now(own, record)["companyId"] is None


def test_a_secret_is_never_shown_and_stays_where_nothing_is_typed(own: Local, writer: TestClient) -> None:
    member = made(own, "workspaceMembers", name={"firstName": "Ada", "lastName": "Lovelace"}, userEmail="ada@example.com", userId=NOBODY)
    account = made(own, "connectedAccounts", handle="ada@example.com", provider="google", accessToken="sesame", accountOwnerId=member["id"])
    page = page_of(writer, account, "connectedAccounts")
    assert "sesame" not in page
    assert "set, and not shown" in page
    assert "sesame" not in writer.get(f"/browse/connectedAccounts/{account['id']}/facts/accessToken/edit").text
    assert "/undo" not in save(writer, account, "accessToken", "connectedAccounts", accessToken="").text
    assert now(own, account, "connectedAccounts")["accessToken"] == "sesame"
    answer = save(writer, account, "accessToken", "connectedAccounts", clear="yes", accessToken="")
    assert answer.status_code == 200
    assert not now(own, account, "connectedAccounts")["accessToken"]


FIELDS = [(of, each) for of in STANDARD for each in of.fields if not each.secret]


@pytest.mark.parametrize("type_name", sorted({each.type_name for _, each in FIELDS}))
def test_what_stands_in_the_boxes_of_each_type_is_saved_as_it_was(type_name: str) -> None:
    of, field = next((of, each) for of, each in FIELDS if each.type_name == type_name)
    action = find_action(STANDARD, of.resource, f"update_one_{of.singular}")
    property_ = next(each for each in action.properties if each.name == field.name)
    if control_of(property_) is Control.SHOWN:
        return
    assert saved(boxed(property_, None)) == _nothing(field)
    held = example(field)
    sent = saved(boxed(property_, held))
    read = json.loads(sent) if isinstance(sent, str) and field.type.control == "json" else sent
    assert field.type.check(field, read, "it").items() >= field.type.check(field, held, "it").items()


def _nothing(field: Field) -> Any:
    return [] if field.type_name in ("ARRAY", "MULTI_SELECT") else "" if field.type_name == "TEXT" else None


def test_a_note_is_written_in_place(own: Local, writer: TestClient) -> None:
    record = made(own)
    at = f"/browse/people/{record['id']}/attached/notes"
    answer = writer.post(at, data={"title": "First call", "text": "She **builds** engines."}, headers=PARTIAL)
    assert answer.status_code == 200
    assert "First call" in answer.text
    assert "She <strong>builds</strong> engines." in answer.text
    assert "/undo" in answer.text
    with own.client(MAYA) as crm:
        assert [each["title"] for each in crm.notes.attached_to(people=record["id"])] == ["First call"]
    empty = writer.post(at, data={"title": " ", "text": ""}, headers=PARTIAL)
    assert empty.status_code == 422
    assert "Title" in empty.text
    assert "Nothing was added" in writer.post(at, data={"title": ""}).text


def test_a_task_is_added_and_done(own: Local, writer: TestClient) -> None:
    record = made(own)
    at = f"/browse/people/{record['id']}/attached/tasks"
    answer = writer.post(at, data={"title": "Send the offer", "due": "2026-12-01"}, headers=PARTIAL)
    assert "1 Dec 2026" in answer.text
    finish = re.search(r'action="([^"]+/done/tasks/[^"]+)"', answer.text)
    assert finish is not None
    done = writer.post(finish[1], headers=PARTIAL)
    assert "Done: Send the offer" in done.text
    assert finish[1] not in done.text
    with own.client(MAYA) as crm:
        assert crm.tasks.attached_to(people=record["id"])[0]["status"] == "DONE"


def test_what_hangs_on_it_is_counted_and_leads_on(own: Local, writer: TestClient) -> None:
    company = made(own, "companies", name="Analytical Engines")
    for name in "abcdefghijkl":
        made(own, name={"firstName": name, "lastName": "Lovelace"}, companyId=company["id"])
    page = page_of(writer, company, "companies")
    assert 'People <span class="faint">12</span>' in page
    assert f"/browse/people?filter=companyId%5Beq%5D%3A{company['id']}" in page
    assert f"/run/people/create-one?companyId={company['id']}" in page


def test_the_timeline_tells_what_was_written_before_and_after(own: Local, writer: TestClient) -> None:
    record = made(own)
    save(writer, record, "city", city="Oslo")
    page = page_of(writer, record)
    timeline = page[page.index('id="timeline"') :]
    assert re.search(r"was </span>Turin|was </span><bdi[^>]*>Turin", timeline)
    assert "Oslo" in timeline
    assert f'name="record" value="{record["id"]}"' in timeline
    assert "by <bdi>Maya’s laptop</bdi>" in timeline


def test_records_that_were_related_are_told_by_their_names(own: Local, writer: TestClient) -> None:
    record, first, second = made(own), made(own, "companies", name="Engines"), made(own, "companies", name="Looms")
    for each in (first, second):
        save(writer, record, "companyId", **{"companyId?": each["name"]})
    timeline = page_of(writer, record).partition('id="timeline"')[2]
    assert '<del><span class="sr">was </span><a href="/browse/companies/' in timeline
    assert "Looms" in timeline
    assert f">{first['id'][:8]}<" not in timeline


def test_the_timeline_has_what_the_workspace_itself_notes(own: Local, writer: TestClient) -> None:
    record = made(own)
    with own.client(MAYA) as crm:
        member = crm.workspace_members.create_one(
            name={"firstName": "Tamsin", "lastName": "Okonkwo"}, user_email="tamsin@example.com", user_id=NOBODY
        )
        line: Any = {"person_id": record["id"], "workspace_member_id": member["id"], "happens_at": "2026-01-02T03:04:05.000Z"}
        diff = {"city": {"before": "Turin", "after": "London"}, "no field": {"before": 1}, "jobTitle": "no pair"}
        crm.timeline_activities.create_one(line, name="person.updated", linked_record_cached_name="Ada’s desk", properties={"diff": diff})
        crm.timeline_activities.create_one(line, name="", properties={"diff": ["no pairs"]})
        crm.timeline_activities.create_one(line, name="task.created", properties=["no diff"])
    timeline = page_of(writer, record).partition('id="timeline"')[2]
    assert "Person updated “Ada’s desk”" in timeline
    assert "Tamsin Okonkwo" in timeline
    assert "London" in timeline
    assert "no field" not in timeline
    assert "Something happened" in timeline
    assert "Task created" in timeline


def test_what_is_deleted_or_back_already_is_so_once(own: Local, writer: TestClient) -> None:
    record = made(own)
    at = f"/browse/people/{record['id']}"
    assert "Brought back" not in writer.post(f"{at}/restore").text
    writer.post(f"{at}/delete")
    again = writer.post(f"{at}/delete")
    assert "It lies in the bin" in again.text
    assert "Deleted: " not in again.text
    writer.post(f"{at}/restore")
    assert now(own, record)["city"] == "Turin"


def test_somebody_else_s_runs_are_in_no_timeline_of_a_key(own: Local, writer: TestClient) -> None:
    record = made(own)
    save(writer, record, "city", city="Oslo")
    with signed_in(own, MAYA._replace(key_id=NOBODY)) as other:
        assert "/runs/" not in page_of(other, record).partition('id="timeline"')[2]


def test_a_deleted_record_says_so_and_comes_back(own: Local, writer: TestClient) -> None:
    record = made(own)
    at = f"/browse/people/{record['id']}"
    deleted = writer.post(f"{at}/delete")
    assert "It lies in the bin" in deleted.text
    assert "Deleted: Ada Lovelace" in deleted.text
    assert "Edit City" not in deleted.text
    restored = writer.post(f"{at}/restore")
    assert "It lies in the bin" not in restored.text
    assert "Edit City" in restored.text


@pytest.mark.parametrize(
    ("path", "said"), [(f"people/{NOBODY}", "no person with this id"), ("people/xyz", "no id of a person"), ("persons/x", "persons")]
)
def test_what_is_not_there_is_said_with_what_to_do(client: TestClient, path: str, said: str) -> None:
    answer = client.get(f"/browse/{path}")
    assert answer.status_code == 404
    assert said in answer.text


def test_who_only_reads_changes_nothing(own: Local, reader: TestClient) -> None:
    record = made(own)
    at = f"/browse/people/{record['id']}"
    page = page_of(reader, record)
    for text in ("Edit City", "Add a note", "Delete", "Run an action on it", ">Undo<"):
        assert text not in page
    posts = ("facts/city", "attached/notes", f"done/tasks/{NOBODY}", "delete", "restore")
    assert {reader.post(f"{at}/{each}", data={"city": "Oslo"}).status_code for each in posts} == {403}
    assert reader.get(f"{at}/facts/city/edit").status_code == 403
    assert now(own, record)["city"] == "Turin"


HOSTILE = '<img src=x onerror="alert(1)" hx-get="/x" hx-trigger="load"><script>alert(1)</script>{{ 7 * 7 }}\u202e'


def test_hostile_texts_stay_texts_everywhere(own: Local, writer: TestClient) -> None:
    record = made(own, name={"firstName": HOSTILE, "lastName": HOSTILE}, city=HOSTILE, jobTitle="w" * 300_000)
    at = f"/browse/people/{record['id']}"
    note = writer.post(f"{at}/attached/notes", data={"title": HOSTILE, "text": HOSTILE}, headers=PARTIAL)
    changed = save(writer, record, "city", city=HOSTILE + "!")
    read = [writer.get(f"{at}{path}").text for path in ("", "/facts/name/edit", "/duplicates")]
    for page in (*read, note.text, changed.text):
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert 'hx-get="/x"' not in page
        assert "&lt;img src=x" in page
    assert writer.post(f"{at}/delete").text.count("<script>") == 0


def test_records_like_it_are_found(own: Local, writer: TestClient) -> None:
    one, other = made(own), made(own)
    for headers in ({}, PARTIAL):
        found = writer.get(f"/browse/people/{one['id']}/duplicates", headers=headers)
        assert f"/browse/people/{other['id']}" in found.text
    lonely = made(own, name={"firstName": "Grace", "lastName": "Hopper"})
    assert "Nothing here is like it" in writer.get(f"/browse/people/{lonely['id']}/duplicates").text
