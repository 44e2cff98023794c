"""Chains, as a person makes and runs them: with script and without, by mouse and by keys."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from icosa.surfaces.console.site import Visitor
from tests.console.site import Local
from tests.console.walks.conftest import Open, Walk, looks
from tests.serving import icosa as shell

CALLS = """version = 1
name = "Calls"
[step.companies]
run = "companies.find_many"
with.filter = "employees[gte]:500"
with.order_by = "name"
[step.tasks]
run = "tasks.create_one"
with.title = "Call {{item.people.1.name.firstName}} of {{item.name}}"
"""
"""One of the companies has a single person."""


@pytest.fixture(autouse=True)
def chains_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def bring_in(walk: Walk, text: str) -> None:
    """A chain, pasted."""
    walk.go("/chains")
    walk.page.get_by_label("or its text").fill(text)
    walk.page.get_by_role("button", name="Bring in").click()
    walk.page.get_by_role("heading", level=1).wait_for()


def add_step(page: Any, words: str, label: str) -> None:
    page.get_by_role("combobox", name="step").fill(words)
    page.get_by_role("option", name=label, exact=False).first.click()
    page.get_by_role("button", name="Add step").click()
    page.get_by_role("heading", name=label).wait_for()


def run(walk: Walk) -> None:
    walk.page.get_by_role("button", name="Save and run").click()
    walk.page.get_by_role("heading", name="Items", exact=True).wait_for()


def test_companies_become_tasks_one_fails_and_the_shell_gives_the_same(walk_own: Walk, own: Local, tmp_path: Path) -> None:
    walk, page = walk_own, walk_own.page
    walk.go("/chains/new")
    page.get_by_label("Name", exact=True).fill("Calls")
    add_step(page, "find many companies", "Find Many Companies")
    page.get_by_role("textbox", name="Filter", exact=True).fill("employees[gte]:500")
    add_step(page, "create one task", "Create One Task")
    title = page.get_by_role("textbox", name="Title", exact=True)
    title.press_sequentially("Call ")
    page.get_by_role("button", name="name Alder & Finch", exact=True).click()
    assert title.input_value() == "Call {{item.name}}"
    page.get_by_text('{"title": "Call Alder & Finch"}').wait_for()
    title.fill("Call {{item.people.1.name.firstName}} of {{item.name}}")
    page.get_by_text("of Alder & Finch").first.wait_for()
    run(walk)
    assert page.get_by_role("heading", name="What failed").is_visible()
    assert page.get_by_text("item 3 of companies, “Halcyon Vaccines”").is_visible()
    ours = page.request.get(f"{page.url}/items").text().splitlines()
    page.get_by_role("link", name="Back to the chain").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    download.value.save_as(tmp_path / "calls.toml")
    ran = shell("run", str(tmp_path / "calls.toml"), "--json", "--database", own.client(Visitor(None, "x")).address, check=False)
    assert [_told(each) for each in ours] == [_told(each) for each in ran.stdout.splitlines()]


def _told(line: str) -> Any:
    found = json.loads(line)
    return found["step"], found["at"], found["from"], found.get("error"), found.get("item", {}).get("title")


def test_a_whole_value_comes_out_of_an_item_by_keys_alone_at_360(walking: Open, own: Local) -> None:
    with walking(own, width=360) as walk:
        page = walk.page
        bring_in(walk, CALLS.replace("with.title", "with.status = 'TODO'\nwith.title"))
        page.get_by_text(re.compile(r"^\d+ more properties")).nth(1).focus()
        page.keyboard.press("Enter")
        page.get_by_role("combobox", name="Assignee Id", exact=True).focus()
        page.get_by_role("button", name="accountOwnerId").focus()
        page.keyboard.press("Enter")
        assert page.get_by_role("combobox", name="Assignee Id from item").input_value() == "{{item.accountOwnerId}}"
        assert page.get_by_label("How Assignee Id is sent").input_value() == "item"
        page.keyboard.press("Control+Enter")
        page.get_by_role("heading", name="Items", exact=True).wait_for()
        assert walk.sideways() <= 0


def test_without_script_a_chain_is_made_and_run(walking: Open, own: Local) -> None:
    with walking(own, script=False) as walk:
        page = walk.page
        walk.go("/chains/new?items=companies&filter=employees%5Bgte%5D:500")
        page.get_by_role("combobox", name="Add a step").fill("create one task")
        page.get_by_role("button", name="Add step").click()
        page.get_by_role("combobox", name="Title from item").fill("Call {{item.name}}")
        page.get_by_role("button", name="Save and run").click()
        made, again = page.get_by_role("rowheader", name="Call Alder & Finch"), page.get_by_role("link", name="Look again")
        while not made.count():
            made.or_(again).first.wait_for()
            if again.count():
                again.click()


@pytest.fixture
def made(walk_own: Walk) -> Walk:
    """A chain that was run, one of whose items failed."""
    bring_in(walk_own, CALLS)
    run(walk_own)
    return walk_own


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
def test_everybody_can_use_each_page(made: Walk, look: tuple[str, int]) -> None:
    page, walk = made.page, made
    _usable(walk, "chain-run", look)
    for at, path in enumerate(
        (
            "/chains",
            "/chains/Calls",
            "/chains/Calls?as=toml",
            "/chains/Calls/delete",
            "/chains/new",
            "/chains/new?resource=webhooks&operation=create-one",
        )
    ):
        walk.go(path)
        _usable(walk, f"chain-{at}", look)
    walk.expected |= {422}
    walk.go("/chains/Calls")
    page.get_by_role("textbox", name="Filter", exact=True).fill("employes[gte]:500")
    page.get_by_label("Name of the step").nth(1).fill("")
    page.get_by_role("button", name="Save and run").click()
    page.get_by_role("group", name="Problem").wait_for()
    _usable(walk, "chain-wrong", look)
    page.get_by_label("Name of the step").nth(1).fill("tasks")
    page.get_by_role("button", name="Dry run").click()
    page.get_by_text("employes").first.wait_for()
    _usable(walk, "chain-faults", look)


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
def test_everybody_can_use_the_empty_pages(walk_own: Walk, look: tuple[str, int]) -> None:
    walk_own.go("/chains")
    _usable(walk_own, "chain-none", look)


def _usable(walk: Walk, name: str, look: tuple[str, int]) -> None:
    walk.picture(f"{name}-{look[0]}-{look[1]}")
    assert walk.accessible() == [], name
    assert walk.sideways() <= 0, name
