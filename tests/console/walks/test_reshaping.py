"""Fields and objects of one's own: by everybody, by keyboard alone, and without scripts."""

from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from tests.console.site import Local
from tests.console.walks.conftest import HEIGHTS, LOOKS, Open

PAGES = (
    "/objects", "/objects/rockets", "/objects/rockets/new-field", "/objects/rockets/new-field?type=MULTI_SELECT",
    "/objects/rockets/new-field?type=RELATION", "/objects/rockets/new-field?type=RATING", "/objects/rockets/fields/stage",
    "/objects/rockets/fields/stage/delete", "/objects/rockets/fields/name/delete", "/objects/new-object", "/objects/rockets/change",
    "/objects/rockets/delete", "/objects/people/delete",
)  # fmt: skip


@pytest.fixture
def newer(tmp_path: Path) -> Local:
    path = tmp_path / "crm.db"
    open_workspace(f"sqlite:///{path}", version=TWENTY_2_19).close()
    return Local(path)


def make_rockets(page: Any, address: str) -> None:
    """An object with a field, made by the forms."""
    page.goto(f"{address}/objects/new-object")
    page.get_by_label("One of them is called").fill("Spaceship")
    page.get_by_label("Many of them are called").fill("Spaceships")
    page.get_by_label("Name for programs, of one").fill("rocket")
    page.get_by_label("Name for programs, of many").fill("rockets")
    page.get_by_role("button", name="Make the object").click()
    page.get_by_role("link", name="New field").click()
    page.get_by_role("link", name="Choice", exact=True).click()
    page.get_by_label("Label").fill("Stage")
    page.get_by_label("Options").fill("Drawn\nBuilt\nFlown")
    page.get_by_role("button", name="Make the field").click()
    page.get_by_text("Stage is a field of Spaceships now.").wait_for()


def test_all_of_it_works_without_scripts(walking: Open, newer: Local) -> None:
    with walking(newer, script=False) as walk:
        make_rockets(walk.page, walk.address)
        walk.page.get_by_role("link", name="Change Stage").click()
        walk.page.get_by_role("button", name="Hide it").click()
        walk.page.get_by_text("Stage is hidden.").wait_for()
        walk.page.get_by_role("link", name="Change Stage").click()
        walk.page.get_by_role("link", name="Delete Stage…").click()
        walk.page.get_by_role("button", name="Delete Stage").click()
        walk.page.get_by_text("Stage is no field of Spaceships any more.").wait_for()


def test_everybody_can_use_the_forms_and_what_they_say_is_wrong(walking: Open, newer: Local) -> None:
    with walking(newer) as walk:
        make_rockets(walk.page, walk.address)
        walk.expected = {422}
        found = []
        for path in (*PAGES, "wrong"):
            if path == "wrong":
                walk.go("/objects/rockets/new-field?type=SELECT")
                walk.page.get_by_role("button", name="Make the field").click()
                walk.page.get_by_role("group", name="Problem").wait_for()
            else:
                walk.go(path)
            for scheme, width in LOOKS:
                walk.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
                walk.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                found += [f"{path} {scheme} {width}: {each}" for each in walk.accessible(colours=scheme == "dark")]
                found += [f"{path} goes sideways at {width}"] if walk.sideways() > 0 else []
        assert found == []


def test_a_field_is_made_by_keyboard_alone(walking: Open, newer: Local) -> None:
    with walking(newer) as walk:
        walk.expected = {422}
        walk.go("/objects/people/new-field?type=TEXT")
        walk.page.get_by_label("Default").focus()
        walk.page.keyboard.press("Control+Enter")
        walk.page.get_by_role("group", name="Problem").wait_for()
        walk.page.keyboard.press("F8")
        assert walk.focused() == "label"
        walk.page.keyboard.type("Nickname")
        walk.page.keyboard.press("Enter")
        walk.page.get_by_text("Nickname is a field of People now.").wait_for()
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        assert crm.catalogue.named("people").field_by_name["nickname"].type_name == "TEXT"
