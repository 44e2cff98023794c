"""Chains as pages: made, changed, run; a file is what is kept, and `icosa run` gives the same."""

import html
import json
import re
import time
from pathlib import Path

from starlette.testclient import TestClient

from icosa.chains import chain_folder, saved_chains
from icosa.surfaces.console.site import Visitor
from tests.console.chains.filled_form import send
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
