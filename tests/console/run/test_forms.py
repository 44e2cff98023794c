"""The form of an action: what it shows, what it refuses, and what it sends; as pages, without a browser."""

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

import icosa
from tests.console.conftest import signed_in
from tests.console.site import MAYA, Local

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
UPDATE = "/run/companies/update-one"
CREATE = "/run/companies/create-one"
TOKEN = "20202020-1c25-4d02-bf25-6aeccf7ea419"
NOBODY = "20202020-0000-4000-8000-000000000000"


@pytest.fixture
def writer(own: Local) -> Iterator[TestClient]:
    """Somebody signed in to a workspace that may be written to."""
    with signed_in(own) as found:
        yield found


def text(page: str) -> str:
    """What a page says, without its markup."""
    main = page[page.find("<main") :] if "<main" in page else page
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def crm_of(site: Local) -> icosa.Client:
    return site.client(MAYA)


def first(site: Local, plural: str = "companies") -> dict[str, object]:
    with crm_of(site) as crm:
        return dict(crm[plural].find_many(limit=1, depth=0)[0])


def test_all_actions_stand_there_by_what_they_are_about(client: TestClient) -> None:
    page = client.get("/run").text
    assert "252 actions on records, and one on the workspace itself, Get Open Api Schema: each is a form" in page
    assert "<small>252</small>" in page
    assert len(set(re.findall(r'href="(/run/[^"/]+/[^"]+)"', page))) == 253


def test_an_action_is_found_by_typing(client: TestClient) -> None:
    assert re.findall(r'href="(/run/[^"/]+/[^"]+)"', client.get("/run?q=upd acc").text) == ["/run/connected-accounts/update-one"]
    assert "No action is called so" in client.get("/run?q=zzyzx").text


def test_the_actions_of_a_resource_have_a_page(client: TestClient) -> None:
    assert "7 actions of Companies" in client.get("/run/companies").text


@pytest.mark.parametrize("path", ["/run/nothing", "/run/companies/fly", "/run/nothing/find-many"])
def test_what_is_not_there_says_what_is_near(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_pasted_call_opens_its_form(client: TestClient) -> None:
    pasted = "curl -X PATCH https://crm.example.com/rest/companies/" + NOBODY + ' -d \'{"employees": 7, "domainName": null}\''
    answer = client.post("/run", data={"call": pasted}, follow_redirects=False)
    assert answer.headers["location"] == f"{UPDATE}?id={NOBODY}&depth=0&domainName~=null&employees=7"


def test_a_pasted_call_that_cannot_be_read_says_why(client: TestClient) -> None:
    answer = client.post("/run", data={"call": "icosa companies create-one --nme x"})
    assert answer.status_code == 422
    assert "nme" in text(answer.text)


def test_a_secret_in_a_variable_is_typed_anew(client: TestClient) -> None:
    pasted = 'icosa webhooks create-one --target-url https://example.com/hook --secret "$ICOSA_WEBHOOK_SECRET"'
    where = client.post("/run", data={"call": pasted}, follow_redirects=False).headers["location"]
    assert "secret" not in where.lower()
    assert "example.com" in where


def test_a_link_opens_the_form_as_it_was(client: TestClient) -> None:
    page = client.get(f"{UPDATE}?employees=13&address~=null&name~=empty").text
    assert 'name="employees" value="13"' in page
    assert re.search(r'id="address-prop" data-state="null"', page)
    assert re.search(r'id="name-prop" data-state="empty"', page)
    assert "{ name, employees, address: null }" in text(page)


def test_a_state_that_cannot_be_is_shown_where_a_link_sets_it(client: TestClient) -> None:
    """As the form would send it: never a blank box above a request that says null."""
    page = client.get("/run/connected-accounts/update-one", params={"handle~": "null"}).text
    select = page[page.index('name="handle~"') :].partition("</select>")[0]
    assert '<option value="null" selected>null</option>' in select
    other = client.get("/run/connected-accounts/update-one").text
    assert 'value="null"' not in other[other.index('name="handle~"') :].partition("</select>")[0]


def test_what_is_not_sent_says_what_stays(client: TestClient, sample: Local) -> None:
    record = first(sample)
    assert f"stays {record['name']}" in client.get(f"{UPDATE}?id={record['id']}").text


def test_a_record_is_meant_by_its_name(client: TestClient, sample: Local) -> None:
    record = first(sample)
    page = text(client.get(UPDATE, params={"id": str(record["name"]), "employees": "3"}).text)
    assert f"PATCH /rest/companies/{record['id']}" in page


def test_a_name_that_several_go_by_names_them(writer: TestClient, own: Local) -> None:
    with crm_of(own) as crm:
        both = [crm.companies.create_one(name="Twin Works")["id"] for _ in "ab"]
    answer = writer.post("/run/people/create-one", data={"companyId?": "Twin Works"})
    assert answer.status_code == 422
    assert all(each in answer.text for each in both)


def test_records_are_offered_by_their_names(client: TestClient) -> None:
    found = client.get("/records", params={"object": "companies", "for": "companyId", "companyId?": "willow"}).text
    assert "Willowbrook Hospitals" in found
    assert 'id="companyId-hit-1"' in found
    assert "<div" not in client.get("/records", params={"object": "companies", "companyId?": ""}).text
    nothing_to_search = client.get("/records", params={"object": "noteTargets", "noteId?": "willow"}).text
    assert "Nothing is called so" in nothing_to_search


def test_a_bad_form_comes_back_with_what_is_wrong_at_its_place(writer: TestClient) -> None:
    answer = writer.post(UPDATE, data={"employees": "many", "annualRecurringRevenue.amountMicros": "1,250"})
    assert answer.status_code == 422
    for box in ("id", "employees", "annualRecurringRevenue"):
        assert f'<a href="#{box}">' in answer.text
    assert "3 properties need mending" in answer.text
    assert 'value="many"' in answer.text


def test_a_check_swaps_no_box_and_says_what_changed(writer: TestClient) -> None:
    answer = writer.post(f"{UPDATE}/check", data={"employees": "7x", ".shows": ""}, headers=PARTIAL).text
    assert not re.search(r"<(input(?! type=.hidden)|textarea|select)", answer)
    assert "is not a number" in answer
    assert "missing" not in re.search(r'id="id-error".*', answer)[0]  # type: ignore[index]
    assert "sends 1" in answer


def test_the_line_of_a_mistake_in_json_is_told(writer: TestClient) -> None:
    sent = {"body": '[\n  {"name": "First"},\n]'}
    answer = writer.post("/run/companies/create-many/check", data=sent, headers=PARTIAL).text
    assert "line 2, column 20" in text(answer)


def test_a_run_creates_and_can_be_undone(writer: TestClient, own: Local) -> None:
    answer = writer.post(CREATE, data={"name": "Analytical Engines", ".token": TOKEN}, follow_redirects=False)
    assert answer.status_code == 303
    page = writer.get(answer.headers["location"]).text
    assert re.search(r'action="/runs/[\w-]+/undo"', page)
    assert "one item" in page
    with crm_of(own) as crm:
        assert crm.companies.look_up("Analytical Engines")["id"] == TOKEN


def test_a_form_that_is_sent_twice_creates_once(writer: TestClient, own: Local) -> None:
    for path, data in (
        (CREATE, {"name": "Analytical Engines"}),
        ("/run/companies/create-many", {"body": '[{"name": "A"}, {"name": "B"}]'}),
    ):
        token = TOKEN if path == CREATE else NOBODY
        once, again = (writer.post(path, data=data | {".token": token}, headers=PARTIAL) for _ in "ab")
        assert (once.status_code, again.status_code) == (200, 200)
        assert "nothing was made twice" in again.text
        assert "nothing was made twice" not in once.text
    with crm_of(own) as crm:
        assert crm.companies.find_many(filter='name[in]:["Analytical Engines","A","B"]').total_count == 3


SENT = {CREATE: {"name": "Engines"}, "/run/companies/create-many": {"body": '[{"name": "Engines"}, {"name": "Engines"}]'}}


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize("path", SENT)
def test_a_form_that_is_sent_six_times_in_one_instant_creates_once(own: Local, path: str, script: bool) -> None:
    browsers = [signed_in(own) for _ in range(6)]
    token = re.search(r'name="\.token" value="([^"]+)"', browsers[0].get(path).text)
    assert token
    sent = SENT[path] | {".token": token[1]}

    def send(browser: TestClient) -> tuple[int, bool]:
        answer = browser.post(path, data=sent, headers=PARTIAL if script else {})
        return answer.status_code, "nothing was made twice" in answer.text

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, browsers))
    assert [status for status, _ in answers] == [200] * 6
    if script:
        assert sorted(repeated for _, repeated in answers) == [False, *[True] * 5]
    with crm_of(own) as crm:
        assert crm.companies.find_many(filter='name[eq]:"Engines"').total_count == (1 if path == CREATE else 2)


def test_the_next_run_of_the_same_page_is_another(writer: TestClient) -> None:
    answer = writer.post(CREATE, data={"name": "First", ".token": TOKEN}, headers=PARTIAL).text
    token = re.search(r'name="\.token" value="([^"]+)"', answer)
    assert token
    assert token[1] != TOKEN


def test_a_dry_run_sends_nothing(writer: TestClient, own: Local) -> None:
    page = writer.post(CREATE, data={"name": "Analytical Engines", ".dry": "1"}).text
    assert "Nothing was sent" in page
    assert '"name": "Analytical Engines"' in html.unescape(page)
    with crm_of(own) as crm:
        assert not crm.companies.find_many(filter="name[eq]:Analytical Engines")


def test_a_change_shows_what_was_and_what_is(writer: TestClient, own: Local) -> None:
    record = first(own)
    answer = writer.post(UPDATE, data={"id": str(record["id"]), "employees": "12345"}, headers=PARTIAL).text
    was = "empty" if record["employees"] is None else f"{record['employees']:,}"
    assert f"was {was} becomes 12,345" in text(answer)
    assert "HX-Replace-Url" in writer.post(UPDATE, data={"id": str(record["id"]), "employees": "12346"}, headers=PARTIAL).headers


def test_reads_are_run_by_their_address_alone(client: TestClient) -> None:
    page = client.get("/run/companies/find-many?limit=3&.show=table").text
    assert "3 items of" in text(page)
    as_json = text(client.get("/run/companies/find-many?limit=3&.show=json").text)
    assert '"totalCount"' in as_json
    assert "Nothing was run yet" not in as_json


def test_an_address_writes_nothing(writer: TestClient, own: Local) -> None:
    writer.get(f"{CREATE}?name=Analytical+Engines&.show=record")
    with crm_of(own) as crm:
        assert not crm.companies.find_many(filter="name[eq]:Analytical Engines")


def test_all_of_a_long_answer_is_downloaded(client: TestClient) -> None:
    answer = client.get("/run/people/find-many/download?limit=150")
    assert len(answer.json()["data"]["people"]) == 150
    assert "attachment" in answer.headers["content-disposition"]
    assert client.get("/run/people/create-one/download").status_code == 404
    assert "60 are shown, 90 more came" in text(client.get("/run/people/find-many?limit=150&.show=table").text)


def test_the_servers_no_stands_at_its_property(writer: TestClient) -> None:
    answer = writer.post("/run/people/create-one", data={"companyId": NOBODY, "companyId?": NOBODY})
    assert answer.status_code == 409
    assert '<a href="#companyId">' in answer.text
    gone = writer.post(UPDATE, data={"id?": NOBODY, "employees": "1"})
    assert gone.status_code == 404
    assert '<a href="#id">' in gone.text


def test_a_depth_that_is_none_is_told_at_depth(client: TestClient) -> None:
    page = client.post("/run/companies/find-many", data={"depth": "7"})
    assert page.status_code == 422
    assert '<a href="#depth">' in page.text


def test_who_may_only_read_runs_no_write(own: Local) -> None:
    with signed_in(own, MAYA._replace(may_write=False)) as reader:
        page = reader.get(CREATE).text
        assert 'aria-keyshortcuts="Control+Enter"' not in page
        assert "Dry run" in page
        answer = reader.post(CREATE, data={"name": "x"})
        assert answer.status_code == 403
        assert "may only read" in answer.text
        assert reader.post("/run/companies/find-many", data={"limit": "1"}).status_code == 200


def test_no_secret_is_shown_or_in_an_address(writer: TestClient, own: Local) -> None:
    record = first(own, "connectedAccounts")
    answer = writer.post(
        "/run/connected-accounts/update-one", data={"id": str(record["id"]), "accessToken": "made-up-token"}, follow_redirects=False
    )
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert "made-up-token" not in where
    page = writer.get(where).text + writer.get(f"{urlsplit(where).path}?id={record['id']}").text
    assert "made-up-token" not in page
    copied = writer.post(
        "/run/connected-accounts/update-one/check", data={"id": str(record["id"]), "accessToken": "made-up-token"}, headers=PARTIAL
    ).text
    assert "made-up-token" not in copied
    assert "ICOSA_CONNECTED_ACCOUNT_ACCESS_TOKEN" in copied


def test_the_runs_of_an_action_are_its_history(writer: TestClient) -> None:
    writer.post(CREATE, data={"name": "First"})
    writer.post(CREATE, data={"name": "Second"})
    writer.post(UPDATE, data={"id?": "First", "employees": "2"})
    page = writer.get(f"{CREATE}?.show=history").text
    assert len(set(re.findall(r'href="/runs/([\w-]+)"', page))) == 2


def test_nobody_sees_the_run_of_another_key(own: Local) -> None:
    ada, ben = MAYA._replace(key_id=TOKEN), MAYA._replace(key_id=NOBODY)
    with signed_in(own, ada) as one, signed_in(own, ben) as other:
        where = one.post(CREATE, data={"name": "Private Matters"}, follow_redirects=False).headers["location"]
        name = re.search(r"\.run=([\w-]+)", where)
        assert name
        assert "Private Matters" not in other.get(f"{CREATE}?.show=record&.run={name[1]}").text
        assert "Private Matters" in one.get(f"{CREATE}?.show=record&.run={name[1]}").text


def test_what_cannot_come_back_is_asked_about(writer: TestClient, own: Local) -> None:
    record = first(own)
    sent = {"id": str(record["id"]), "permanent": "true"}
    asked = writer.post("/run/companies/delete-one", data=sent).text
    assert "This cannot be undone" in asked
    with crm_of(own) as crm:
        assert crm.companies.find_one(str(record["id"]), depth=0)
    writer.post("/run/companies/delete-one", data=sent | {".sure": "1"})
    with crm_of(own) as crm, pytest.raises(icosa.NotFound):
        crm.companies.find_one(str(record["id"]), depth=0)


def test_a_person_is_meant_by_an_email_address(client: TestClient, sample: Local) -> None:
    record = first(sample, "people")
    emails = record["emails"]
    assert isinstance(emails, dict)
    page = client.post("/run/people/find-one", data={"id?": emails["primaryEmail"]}, headers=PARTIAL).text
    assert str(record["id"]) in page
    unknown = client.post("/run/people/find-one", data={"id?": "nobody at all"})
    assert unknown.status_code == 422
    assert '<a href="#id">' in unknown.text


def test_the_tab_that_is_open_stays_open(client: TestClient) -> None:
    answer = client.post("/run/companies/find-many", data={"limit": "1", ".show": "json"}, headers=PARTIAL).text
    assert 'aria-label="The answer as JSON"' in answer


def test_what_was_deleted_is_shown_as_it_was(writer: TestClient, own: Local) -> None:
    record = first(own)
    page = text(writer.post("/run/companies/delete-one", data={"id": str(record["id"])}, headers=PARTIAL).text)
    assert "deleted in the run" in page
    assert str(record["name"]) in page


def test_a_table_marks_what_became_otherwise(writer: TestClient, own: Local) -> None:
    sent = {"id": str(first(own)["id"]), "employees": "12345"}
    where = writer.post(UPDATE, data=sent, follow_redirects=False).headers["location"]
    page = writer.get(where.replace(".show=record", ".show=table")).text
    assert '<td class="num was">12,345</td>' in page
    assert page.count('was">') == 1


def test_records_like_it_are_counted(writer: TestClient, own: Local) -> None:
    record = first(own)
    with crm_of(own) as crm:
        crm.companies.create_one(name=str(record["name"]))
    page = text(writer.get(f'/run/companies/find-duplicates?ids=["{record["id"]}"]&.show=table').text)
    assert "1 like it" in page
    assert "Like record 1" in page
    none = writer.get(f'/run/people/find-duplicates?ids=["{first(own, "people")["id"]}"]&.show=table')
    assert "no duplicates" in text(none.text)


def test_a_run_that_is_not_there_shows_the_form_alone(client: TestClient) -> None:
    page = client.get(f"{CREATE}?.show=record&.run=nothing")
    assert page.status_code == 200
    assert "one item" not in text(page.text)


def test_the_same_token_names_no_records_that_are_updated_by_what_they_are_called(writer: TestClient, own: Local) -> None:
    sent = {"body": '[{"name": "Analytical Engines", "domainName": {"primaryLinkUrl": "engines.example.com"}}]', "upsert": "true"}
    for _ in "ab":
        assert writer.post("/run/companies/create-many", data=sent | {".token": TOKEN}, headers=PARTIAL).status_code == 200
    assert writer.post(CREATE, data={"name": "No token", ".token": "none"}, headers=PARTIAL).status_code == 200
    with crm_of(own) as crm:
        assert crm.companies.find_many(filter='name[in]:["Analytical Engines","No token"]').total_count == 2


def test_what_stays_of_a_value_in_parts_stands_in_the_box_of_each(client: TestClient, sample: Local) -> None:
    with sample.client(MAYA) as crm:
        person = crm.people.find_many(filter="emails.primaryEmail[is]:NOT_NULL", limit=1, depth=0)[0]
    page = client.get(f"/run/people/update-one?id={person['id']}").text
    for name, text in (("firstName", person["name"]["firstName"]), ("lastName", person["name"]["lastName"])):
        assert text
        assert re.search(rf'name="name\.{name}"[^>]*placeholder="stays {re.escape(text)}"', page)


def test_where_a_record_is_to_be_changed_its_properties_are_in_sight_its_name_first(client: TestClient, sample: Local) -> None:
    with sample.client(MAYA) as crm:
        id_ = crm.people.find_many(limit=1, depth=0)[0]["id"]
    for path in (f"/run/people/update-one?id={id_}", "/run/people/create-one"):
        page = client.get(path).text
        assert '<details class="rest" open>' in page
        assert page.index('id="name-prop"') < page.index('id="avatarUrl-prop"')
    assert '<details class="rest">' in client.get(f"/run/people/update-one?id={id_}&city=Lyon").text
    assert '<details class="rest">' in client.get("/run/people/find-one").text


def test_a_form_that_was_just_opened_finds_no_fault(client: TestClient) -> None:
    page = client.get("/run/people/create-many").text
    assert 'aria-invalid="true"' not in page
    assert "Not yet a call: Body: there is no record in it" in page


def test_a_depth_that_nobody_chose_is_said_as_it_is_sent(client: TestClient) -> None:
    page = client.get("/run/people/find-many").text
    assert "GET /rest/people?depth=1" in page
    depth = page[page.index('id="depth-prop"') :].partition('id="ending_before-prop"')[0]
    assert "left at 1" in depth
    assert "not sent" not in depth


def test_the_table_of_what_was_created_has_no_column_that_says_nothing(writer: TestClient) -> None:
    token = re.search(r'name="\.token"[^>]*value="([^"]*)"', writer.get("/run/people/create-one").text)
    assert token
    sent = {".token": token[1], "name~": "sent", "name.firstName": "Ada", "name.as": "boxes", ".shows": ""}
    answer = writer.post("/run/people/create-one", data=sent)
    table = writer.get(str(answer.url).replace(".show=record", ".show=table")).text
    headings = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', table)
    assert "Name" in headings
    assert not {"Phones", "X", "Linkedin", "Emails"} & set(headings)


def test_a_run_that_wrote_nothing_has_nothing_to_undo(writer: TestClient) -> None:
    with_key = re.search(r'name="\.token"[^>]*value="([^"]*)"', writer.get(CREATE).text)
    assert with_key
    taken = {
        ".token": with_key[1],
        "domainName~": "sent",
        "domainName.as": "boxes",
        "domainName.primaryLinkUrl": "https://acme.example.com",
    }
    assert writer.post(CREATE, data=taken).status_code == 409
    listed = writer.get("/runs").text
    assert ">nothing</td>" in listed
    assert "/undo" not in listed


def test_a_run_that_is_looked_at_again_calls_what_it_points_at_by_its_name(writer: TestClient, own: Local) -> None:
    with crm_of(own) as crm:
        person = crm.people.find_many(filter="companyId[is]:NOT_NULL", limit=1, depth=1)[0]
    company = person["company"]
    token = re.search(r'name="\.token"[^>]*value="([^"]*)"', writer.get("/run/people/update-one").text)
    assert token
    assert company
    sent = {".token": token[1], "id": person["id"], "city~": "sent", "city": "Nowhere", ".shows": ""}
    answer = writer.post("/run/people/update-one", data=sent)
    assert ">Company<" in answer.text
    again = writer.get(str(answer.url)).text
    assert f"<bdi>{html.escape(company['name'] or '')}</bdi>" in again


def test_what_was_typed_for_a_field_that_is_gone_is_not_left_out_without_a_word(writer: TestClient, own: Local) -> None:
    """Somebody may take a field away while a form that has it is open."""
    filled = {"name": "Analytical Engines", "nickname": "Engines", "motto~": "null", "colour.first": "", "mood~": "unsent", "mood": "no"}
    refused = writer.post(CREATE, data=filled, headers=PARTIAL)
    assert refused.status_code == 422
    assert "nickname, motto: Create One Company has no such property any more; nothing was sent." in text(refused.text)
    with crm_of(own) as crm:
        assert not crm.companies.find_many(filter="name[eq]:Analytical Engines")
    assert writer.post(CREATE, data={"name": "Analytical Engines", "mood": ""}, headers=PARTIAL).status_code == 200
