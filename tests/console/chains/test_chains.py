"""Chains as pages: made, changed, run; a file is what is kept, and `icosa run` gives the same."""

import html
import json
import re
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from icosa.chains import chain_folder, chain_in, saved_chains
from icosa.journal.reading import runs
from icosa.surfaces.console.chains.ran import ChainRun
from icosa.surfaces.console.site import Visitor
from tests.console.chains.filled_form import FORM, FilledForm, send
from tests.console.conftest import signed_in
from tests.console.site import Local
from tests.serving import icosa as shell

CALLS = """version = 1
name = "Calls"

[step.companies]
run = "companies.find_many"
[step.companies.with]
filter = "employees[gte]:500"
order_by = "name"
depth = 0

[step.tasks]
run = "tasks.create_one"
[step.tasks.with]
title = "Call {{item.name}}"
depth = 0
"""
ONE_FAILS = CALLS.replace("depth = 0\n\n", "depth = 1\n\n").replace("{{item.name}}", "{{item.people.1.name.firstName}} of {{item.name}}")
"""One of the companies has a single person."""

READER = Visitor("1", "Rosa", may_write=False)
KEY = Visitor("2", "Ada")


def words(answer: object) -> str:
    """What the main part of a page says."""
    text = str(getattr(answer, "text", ""))
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text[text.find("<main") :])))


def brought_in(client: TestClient, text: str = CALLS) -> str:
    """The address of a chain that was pasted."""
    answer = client.post("/chains/new/import", data={"text": text}, follow_redirects=False)
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["location"])


def outcome(client: TestClient, answer: object) -> tuple[str, str]:
    """The address of a run that was begun, and what its page says in the end."""
    headers = getattr(answer, "headers", {})
    address = headers["location"]
    until = time.monotonic() + 30
    while "Look again" in (text := words(client.get(address))) and time.monotonic() < until:
        time.sleep(0.02)
    assert "Look again" not in text
    return address, text


def kept(site: Local) -> list[str]:
    with site.client(Visitor(None, "Maya")) as crm:
        return saved_chains(chain_folder(crm.address))


def test_without_chains_the_page_says_where_to_begin(maya: TestClient) -> None:
    text = words(maya.get("/chains"))
    assert "No chain is saved yet" in text
    assert "New chain" in text


def test_a_chain_is_made_step_by_step_and_run(maya: TestClient, own: Local) -> None:
    answer = send(maya, "/chains/new", name="Call large ones", add="find many companies", do="add")
    assert answer.status_code == 422  # a picked action names itself twice; what was typed is in another box
    answer = send(maya, "/chains/new", **{"name": "Call large ones", "add?": "find many companies", "do": "add"})
    assert answer.headers["location"] == "/chains/Call%20large%20ones#s0"
    path = "/chains/Call%20large%20ones"
    answer = send(maya, path, **{"s0__filter": "employees[gte]:500", "add?": "create one task", "do": "add"})
    assert answer.headers["location"].endswith("#s1")
    assert "One thing to mend" not in words(maya.get(path))
    answer = send(maya, path, s1__title="Call {{item.name}}", do="run")
    _, text = outcome(maya, answer)
    assert re.search(r"Find Many Companies companies : (\d+) items Create One Task tasks : \1 items", text)
    assert "Call Alder & Finch" in text
    with own.client(Visitor(None, "Maya")) as crm:
        assert crm.tasks.find_many(filter='title[eq]:"Call Alder & Finch"')
    assert "ran" in words(maya.get("/chains"))


def test_enter_in_the_box_of_a_new_step_adds_it(maya: TestClient) -> None:
    """Enter presses the first button of the form, which saves: a step that was chosen is not lost by it."""
    path = "/chains/Fewer"
    send(maya, "/chains/new", **{"name": "Fewer", "add?": "find many companies", "do": "add"})
    answer = send(maya, path, **{"add?": "create one task", "do": "save"})
    assert answer.headers["location"].endswith("#s1")
    assert "Create One Task" in words(maya.get(path))
    assert send(maya, path, do="save").headers["location"] == path
    assert "icosa run Fewer.toml --url http://127.0.0.1:3000" in words(maya.get(path))


def test_a_step_that_is_added_acts_on_the_record_that_the_one_before_gives(maya: TestClient) -> None:
    path = "/chains/Fewer"
    send(maya, "/chains/new", **{"name": "Fewer", "add?": "find many companies", "do": "add"})
    send(maya, path, **{"add?": "update one company", "do": "add"})
    page = maya.get(path).text
    assert re.search(r'name="s1\.id\.item"[^>]*value="\{\{item\.id\}\}"', page)
    assert "One thing to mend" not in words(maya.get(path))
    send(maya, path, **{"add?": "find one person", "do": "add"})  # of another object: which person is to be told
    assert "One thing to mend" in words(maya.get(path))


def test_a_run_gives_what_icosa_run_gives(maya: TestClient, own: Local, tmp_path: Path) -> None:
    path = brought_in(maya, ONE_FAILS)
    address, text = outcome(maya, send(maya, path, do="run"))
    assert "What failed" in text
    ours = [json.loads(line) for line in maya.get(f"{address}/items").text.splitlines()]
    (tmp_path / "calls.toml").write_text(maya.get(f"{path}/file").text)
    ran = shell("run", str(tmp_path / "calls.toml"), "--json", "--database", own.client(Visitor(None, "x")).address, check=False)
    theirs = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 8
    assert [_same(each) for each in ours] == [_same(each) for each in theirs]


def _same(line: dict[str, object]) -> object:
    """A line without what is another in every new record."""
    item = line.get("item")
    mine = (
        {name: each for name, each in item.items() if name not in ("id", "createdAt", "updatedAt", "position")}
        if isinstance(item, dict)
        else item
    )
    return {**line, "item": mine if line["step"] == "tasks" else item}


def test_a_run_is_one_run_of_the_journal_and_leads_to_its_undo(maya: TestClient) -> None:
    _, text = outcome(maya, send(maya, brought_in(maya), do="run"))
    assert "Undo all that it wrote" in text
    (run,) = runs()
    assert (run.title, run.by) == ("Chain Calls", "Maya’s laptop")
    assert f'action="/runs/{run.id}/undo"' in maya.get(_last_run(maya)).text


def _last_run(client: TestClient) -> str:
    found = re.search(r'href="(/chains/Calls/runs/\w+)"', client.get("/chains").text)
    assert found
    return found[1]


def test_what_failed_says_why_and_what_was_to_be_sent(maya: TestClient) -> None:
    _, text = outcome(maya, send(maya, brought_in(maya, ONE_FAILS), do="run"))
    assert "tasks , for item 3 of companies, “Halcyon Vaccines” Title: {{item.people.1.name.firstName}}: there is no '1'" in text
    assert "Create One Task tasks : 11 items 1 failed" in text


def test_a_dry_run_writes_nothing(maya: TestClient, own: Local) -> None:
    _, text = outcome(maya, send(maya, brought_in(maya), do="dry"))
    assert 'POST /rest/tasks?depth=0 {"title": "Call Alder & Finch"}' in text
    assert "Nothing was written" in text
    assert runs() == []
    with own.client(Visitor(None, "Maya")) as crm:
        assert not crm.tasks.find_many(filter='title[eq]:"Call Alder & Finch"').records


def test_a_second_click_is_the_same_run(maya: TestClient) -> None:
    path = brought_in(maya)
    shown = maya.get(path).text
    first, second = (send(maya, path, shown, do="run") for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    outcome(maya, first)
    assert len(runs()) == 1


def test_a_run_is_stopped_behind_the_item_that_it_is_at(maya: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChainRun, "is_stopped", lambda self: True)
    _, text = outcome(maya, send(maya, brought_in(maya), do="run"))
    assert "It ended early" in text
    assert "Somebody stopped it" in text


def test_what_is_wrong_stands_at_its_property_and_in_a_summary_and_nothing_is_sent(maya: TestClient) -> None:
    path = brought_in(maya, CALLS.replace("employees[gte]", "employes[gte]").replace("{{item.name}}", "{{item.nam}}"))
    text = words(maya.get(path))
    assert "2 things to mend before it runs" in text
    answer = send(maya, path, do="run")
    assert answer.status_code == 422
    assert 'href="#s0-filter">Step companies: Filter: ' in answer.text
    assert 'href="#s1-title">Step tasks: Title: {{item.nam}}' in answer.text
    assert runs() == []
    assert "2 faults" in words(maya.get("/chains"))


def test_what_can_be_no_value_is_not_saved(maya: TestClient) -> None:
    path = brought_in(maya, CALLS.replace("tasks.create_one", "opportunities.create_one").replace("title =", "name ="))
    before = maya.get(f"{path}/file").text
    answer = send(maya, path, **{"s1__amount.amountMicros": "1,250", "do": "save"})
    assert answer.status_code == 422
    assert 'value="1,250"' in answer.text
    assert 'href="#s1-amount">Step tasks: Amount: ' in answer.text
    assert maya.get(f"{path}/file").text == before


def test_steps_are_moved_and_removed_and_what_then_is_wrong_is_said(maya: TestClient) -> None:
    path = brought_in(maya)
    assert send(maya, path, do="up:1").headers["location"].endswith("#s0")
    assert re.findall(r"\[step\.(\w+)\]", maya.get(f"{path}/file").text) == ["tasks", "companies"]
    assert "to mend before it runs" in words(maya.get(path)) or "begins with: items" in words(maya.get(path))
    send(maya, path, do="remove:0")
    assert re.findall(r"\[step\.(\w+)\]", maya.get(f"{path}/file").text) == ["companies"]
    assert send(maya, path, do="remove:0").status_code == 422


def test_a_chain_is_renamed_copied_and_deleted(maya: TestClient, own: Local) -> None:
    path = brought_in(maya)
    assert send(maya, path, name="Calls & more", do="save").headers["location"] == "/chains/Calls%20%26%20more"
    assert kept(own) == ["Calls & more"]
    path = "/chains/Calls%20%26%20more"
    assert maya.post(f"{path}/copy", follow_redirects=False).headers["location"] == "/chains/Calls%20%26%20more%20copy"
    answer = send(maya, path, name="Calls & more copy", do="save")
    assert (answer.status_code, "is there already" in words(answer)) == (422, True)
    for name in ("new", "a/b", ".hidden", "", " "):
        assert send(maya, path, name=name, do="save").status_code == 422, name
    assert maya.get(f"{path}/delete").status_code == 200
    assert len(kept(own)) == 2
    assert maya.post(f"{path}/delete", follow_redirects=False).headers["location"] == "/chains"
    assert kept(own) == ["Calls & more copy"]
    assert maya.get(path).status_code == 404


def test_what_somebody_saved_meanwhile_is_not_written_over_unasked(maya: TestClient) -> None:
    path = brought_in(maya)
    mine = maya.get(path).text
    assert send(maya, path, description="Theirs", do="save").status_code == 303
    answer = send(maya, path, mine, description="Mine", do="save")
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert "Theirs" in maya.get(f"{path}/file").text
    assert send(maya, path, answer.text, do="over").status_code == 303
    assert "Mine" in maya.get(f"{path}/file").text
    maya.post(f"{path}/delete")
    answer = send(maya, path, mine, description="Mine again", do="save")
    assert answer.status_code == 409
    assert send(maya, path, answer.text, do="over").status_code == 303


def test_the_file_is_edited_as_it_is_and_faults_have_their_line(maya: TestClient) -> None:
    path = brought_in(maya)
    shown = maya.get(f"{path}?as=toml").text
    version = re.search(r'name="version" value="(\w+)"', shown)
    assert version
    form = {"version": version[1], "text": CALLS.replace('run = "tasks.create_one"', 'rum = "tasks.create_one"'), "do": "save"}
    answer = maya.post(f"{path}/file", data=form)
    assert answer.status_code == 422
    assert "line 12" in words(answer)
    answer = maya.post(
        f"{path}/file", data=form | {"text": CALLS.replace('"Calls"', '"Calls"\r\ndescription = "Every week"')}, follow_redirects=False
    )
    assert answer.status_code == 303
    assert "Every week" in words(maya.get(path))
    assert maya.post(f"{path}/file", data=form | {"text": CALLS}).status_code == 409


def test_a_file_that_cannot_be_read_is_shown_as_it_is(maya: TestClient, own: Local) -> None:
    brought_in(maya)
    with own.client(Visitor(None, "Maya")) as crm:
        (chain_folder(crm.address) / "Calls.toml").write_text("version = 2\n<b>")
    assert "cannot be read" in words(maya.get("/chains"))
    answer = maya.get("/chains/Calls")
    assert answer.status_code == 200
    assert "&lt;b&gt;" in answer.text
    assert maya.post("/chains/Calls/copy").status_code == 422


ROWS = "What,Until\nCall Ada,2026-03-02\nWrite to Grace,someday\n"
BY_ROWS = """version = 1
name = "Rows"
[step.tasks]
run = "tasks.create_one"
with.title = "{{item.What}}"
with.dueAt = "{{item.Until}}"
"""


def test_a_chain_begins_with_rows_that_are_pasted_or_uploaded_or_come_from_a_run(maya: TestClient) -> None:
    path = brought_in(maya, BY_ROWS)
    answer = send(maya, path, do="run")
    assert answer.status_code == 422
    assert "begins with items" in words(answer)
    address, text = outcome(maya, send(maya, path, items=ROWS, do="run"))
    assert "Create One Task tasks : 1 item 1 failed" in text
    assert "someday" in text
    _, text = outcome(maya, send(maya, path, items='{"What": "One"}\n{"What": "Two", "Until": null}', limit="1", do="dry"))
    assert '"title": "One"' in text or "there is no 'Until'" in text
    shown = FilledForm(maya.get(path).text, path).boxes
    file = {"file": ("rows.csv", ROWS.encode(), "text/csv")}
    answer = maya.post(path, data={**dict(shown), "do": "run"}, files=file, follow_redirects=False)
    assert "Call Ada" in outcome(maya, answer)[1]
    earlier = address.rpartition("/")[2]
    other = brought_in(maya, BY_ROWS.replace("Rows", "Again").replace("item.What", "item.title").replace("item.Until", "item.dueAt"))
    page = maya.get(f"{other}?input={earlier}")
    assert "begin with the items that the last step of Rows gave" in words(page)
    assert "tasks : 1 item" in outcome(maya, send(maya, other, page.text, do="run"))[1]


@pytest.mark.parametrize(("items", "problem"), [("Other\n1\n", "'What'"), ('{"What": ', "row"), ("[1, 2", "")])
def test_items_without_what_the_chain_takes_are_refused(maya: TestClient, items: str, problem: str) -> None:
    answer = send(maya, brought_in(maya, BY_ROWS), items=items, do="run")
    text = words(answer) if answer.status_code == 422 else outcome(maya, answer)[1]
    assert problem in text
    assert runs() == []


def test_who_only_reads_looks_and_runs_dry_and_nothing_else(maya: TestClient, own: Local) -> None:
    path = brought_in(maya)
    with signed_in(own, READER) as rosa:
        text = words(rosa.get(path))
        assert "Save" not in text.replace("Saved", "")
        assert "Delete" not in text
        assert "New chain" not in words(rosa.get("/chains"))
        for sent in (path, "/chains/new", f"{path}/copy", f"{path}/delete", f"{path}/file", "/chains/new/import"):
            answer = rosa.post(sent, data={"text": CALLS, "do": "run"})
            assert (answer.status_code, "only reads" in words(answer)) == (403, True), sent
        answer = rosa.post(f"{path}/dry-run", data={"do": "dry"}, follow_redirects=False)
        assert "Call Alder & Finch" in outcome(rosa, answer)[1]
    assert kept(own) == ["Calls"]


SECRET = """version = 1
name = "Hook"
[step.hooks]
run = "webhooks.create_one"
with.targetUrl = "https://hooks.example.com/crm"
with.operations = ["company.created"]
with.secret = "{{env.ICOSA_TEST_SECRET}}"
"""


def test_variables_of_the_server_are_for_its_owner_alone(maya: TestClient, own: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICOSA_TEST_SECRET", "hunter2-hunter2")
    with signed_in(own, KEY) as ada:
        answer = ada.post("/chains/new/import", data={"text": SECRET})
        assert (answer.status_code, "for the owner alone" in words(answer)) == (422, True)
        path = brought_in(maya, SECRET)
        assert "for the owner alone" in words(ada.get(path))
        assert send(ada, path, do="run").status_code == 422
        for sent in (path, f"{path}/dry-run"):
            answer = ada.post(sent, data={"do": "dry"})
            assert answer.status_code in (409, 422)
            assert "hunter2" not in answer.text
    _, text = outcome(maya, send(maya, path, do="dry"))
    assert "hunter2" not in text
    _, text = outcome(maya, send(maya, path, do="run"))
    assert "webhooks" in text or "Create One Webhook hooks : 1 item" in text
    assert "hunter2" not in text
    assert "hunter2" not in maya.get(f"{_run_of(maya, path)}/items").text
    assert "hunter2" not in maya.get(path).text


def _run_of(client: TestClient, path: str) -> str:
    found = re.search(rf'href="({path}/runs/\w+)"', client.get(path).text)
    assert found
    return found[1]


def test_a_secret_that_is_typed_is_refused_and_not_shown_again(maya: TestClient, own: Local) -> None:
    path = brought_in(maya, SECRET.replace('with.secret = "{{env.ICOSA_TEST_SECRET}}"', ""))
    answer = send(maya, path, **{"s0__secret.item": "hunter2-hunter2", "do": "save"})
    assert answer.status_code == 422
    assert "stands in no chain" in words(answer)
    assert "hunter2" not in answer.text
    assert maya.post("/chains/new/import", data={"text": SECRET.replace("{{env.ICOSA_TEST_SECRET}}", "hunter2")}).status_code == 422


def test_a_call_of_a_form_is_the_first_step(maya: TestClient) -> None:
    form = {"resource": "companies", "operation": "create-one", "name": "Braces {{x}}", "city": "x", "employees~": "null"}
    page = maya.get("/chains/new", params=form | {"domainName": '{"primaryLinkUrl":"https://example.com"}'})
    answer = send(maya, "/chains/new", page.text, name="One", do="save")
    assert answer.status_code == 303, words(answer)
    chain = chain_in(maya.get("/chains/One/file").text)
    assert chain.steps[0].properties == {
        "name": '{{"{{"}}x}}'.join(("Braces ", "")),
        "employees": None,
        "domainName": {"primaryLinkUrl": "https://example.com"},
    }


def test_what_stands_in_braces_within_json_is_a_text_too(maya: TestClient) -> None:
    call = {"resource": "companies", "operation": "create-one", "name": "One", "address.addressCity": "Lyon"}
    links = {"primaryLinkUrl": "https://example.com/{{a}}", "secondaryLinks": [{"label": "{{b}}", "url": "https://example.com"}]}
    page = maya.get("/chains/new", params=call | {"domainName": json.dumps(links), "employees": "7"})
    assert send(maya, "/chains/new", page.text, name="One", do="save").status_code == 303
    found = chain_in(maya.get("/chains/One/file").text).steps[0].properties
    texts = json.dumps(found["domainName"])
    assert texts.replace('{{\\"{{\\"}}', "{{") == json.dumps(links)
    assert found["address"] == {"addressCity": "Lyon"}


def test_a_chain_of_no_action_begins_empty(maya: TestClient) -> None:
    for query in ("", "?resource=companies&operation=fly", "?items=nothing"):
        assert "First step" in words(maya.get(f"/chains/new{query}"))


def test_items_of_a_table_begin_a_chain(maya: TestClient) -> None:
    page = maya.get("/chains/new?items=people&filter=city%5Beq%5D:London&order_by=createdAt")
    assert "Find Many People" in words(page)
    assert 'value="city[eq]:London"' in page.text


def test_texts_of_records_and_names_are_texts(maya: TestClient, own: Local) -> None:
    hostile = '<img src=x onerror=alert(1)> {{ 7*7 }} " hx-get="/'
    with own.client(Visitor(None, "Maya")) as crm:
        crm.companies.create_one(name=hostile, employees=100000)
    path = brought_in(maya, CALLS.replace("[gte]:500", "[gte]:99999").replace('"Calls"', "'<b>Calls'"))
    _, text = outcome(maya, send(maya, path, do="run"))
    for page in (maya.get(path), maya.get("/chains"), maya.get(_run_of(maya, path)), maya.get(f"{path}?as=toml")):
        assert "<img" not in page.text
        assert "<b>Calls" not in page.text
    assert "onerror=alert(1)" in text


def test_a_check_as_one_types_says_what_is_wrong_and_what_would_be_sent(maya: TestClient) -> None:
    path = brought_in(maya)
    boxes = [
        (name, "Ring {{item.name}}" if name == "s1.title.item" else text) for name, text in FilledForm(maya.get(path).text, path).boxes
    ]
    answer = maya.post("/chains/new/check?of=Calls", content=urlencode(boxes), headers=FORM)
    assert "Ring Alder &amp; Finch" in answer.text
    boxes = [(name, "Ring {{item.nam}}" if name == "s1.title.item" else text) for name, text in boxes]
    answer = maya.post("/chains/new/check?of=Calls", content=urlencode(boxes), headers=FORM)
    assert "One thing to mend before it runs" in answer.text
    assert "Ring" not in maya.get(f"{path}/file").text


def test_items_of_a_run_stay_at_hand_while_a_chain_is_made_for_them(maya: TestClient) -> None:
    address, _ = outcome(maya, send(maya, brought_in(maya), do="run"))
    page = maya.get(f"/chains/new?input={address.rpartition('/')[2]}")
    answer = send(maya, "/chains/new", page.text, **{"name": "Next", "add?": "delete one task", "do": "add"})
    assert f"?input={address.rpartition('/')[2]}#" in answer.headers["location"]
    page = maya.get(answer.headers["location"])
    assert "title Call Alder & Finch" in words(page)
    answer = send(maya, "/chains/Next", page.text, **{"s0__id.item": "{{item.id}}", "do": "run"})
    assert "Delete One Task tasks : 12 items" in outcome(maya, answer)[1]


def test_items_that_are_not_there_yet_are_asked_for_rather_than_an_error(maya: TestClient) -> None:
    text = words(maya.get(brought_in(maya, BY_ROWS)))
    assert "begun with none" not in text
    assert "What it begins with: items that its steps name" in text
