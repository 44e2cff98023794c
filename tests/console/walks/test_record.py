"""A record's page as a person uses it: changing a value, Esc, somebody else's change, a note, a task, deleting and restoring."""

import re
from typing import Any

import pytest

from tests.console.site import MAYA, Local, fill
from tests.console.walks.conftest import Open, Walk, looks

NOBODY = "20202020-0000-4000-8000-000000000001"
HOSTILE = '<img src=x onerror="alert(1)" hx-get="/x" hx-trigger="load"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Local:
    """A sample workspace for all walks of this file; each makes the record that it writes to."""
    return Local(fill(tmp_path_factory.mktemp("walked") / "crm.db"))


def made(site: Local, plural: str = "people", **fields: Any) -> str:
    """The path of a new record."""
    with site.client(MAYA) as crm:
        record = crm[plural].create_one(fields or {"name": {"firstName": "Ada", "lastName": "Lovelace"}, "city": "Turin"})
        return f"/browse/{plural}/{record['id']}"


def company(site: Local) -> str:
    """The path of a company with much that hangs on it."""
    with site.client(MAYA) as crm:
        return f"/browse/companies/{crm.companies.look_up('Acme')['id']}"


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
def test_everybody_can_use_each_state_of_it(walking: Open, shared: Local, look: tuple[str, int]) -> None:
    bare, deleted = made(shared, name={"firstName": "", "lastName": ""}), made(shared)
    with shared.client(MAYA) as crm:
        crm.people.delete_one(deleted.rpartition("/")[2])
    pages = {
        "record": company(shared), "bare": bare, "deleted": deleted, "missing": f"/browse/people/{NOBODY}",
        "edit": f"{bare}/facts/emails/edit", "duplicates": f"{company(shared)}/duplicates", "delete": f"{bare}/delete",
    }  # fmt: skip
    with walking(shared) as walk:
        walk.expected |= {404, 422}
        for name, path in pages.items():
            walk.go(path)
            _open_all(walk)
            walk.picture(f"record-{name}-{look[0]}-{look[1]}")
            assert (name, walk.accessible()) == (name, [])
            assert (name, walk.sideways() <= 0) == (name, True)
        walk.go(company(shared))
        walk.page.get_by_role("link", name="Edit Address").click()
        walk.page.get_by_label("Address Street 1").wait_for()
        walk.page.get_by_role("link", name="Find duplicates").click()
        walk.page.get_by_role("heading", name="Records like it").wait_for()
        walk.picture(f"record-editing-{look[0]}-{look[1]}")
        assert walk.accessible() == []
        assert walk.sideways() <= 0


def _open_all(walk: Walk) -> None:
    walk.page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")


def test_a_value_is_changed_where_it_stands_and_esc_leaves_it(walking: Open, shared: Local) -> None:
    with walking(shared) as walk:
        page = walk.page
        walk.go(made(shared))
        page.get_by_role("link", name="Edit City").click()
        box = page.get_by_role("textbox", name="City")
        box.wait_for()
        assert walk.focused() == "edit-city"
        box.fill("Nowhere")
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Edit City").wait_for()
        assert page.get_by_text("Turin").count() == 1
        page.keyboard.press("Enter")  # the focus is back on what opens it
        box.fill("Oslo")
        page.keyboard.press("Enter")
        page.get_by_text("City of Ada Lovelace: Turin → Oslo").wait_for()
        assert page.get_by_role("button", name="Undo", exact=True).is_visible()
        assert page.locator("#timeline").get_by_text("Oslo").is_visible()
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Edit City"
        page.get_by_role("link", name="Edit Name").click()
        page.get_by_label("First Name").fill("Augusta")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("heading", level=1, name="Augusta Lovelace").wait_for()


def test_keys_lead_through_the_list_that_one_came_from(walking: Open, shared: Local) -> None:
    with shared.client(MAYA) as crm:
        names = [each["name"] for each in crm.companies.find_many(filter="employees[gte]:500", order_by="name", limit=3, depth=0)]
    with walking(shared) as walk:
        page = walk.page
        walk.go("/browse/companies?filter=employees[gte]:500&order_by=name")
        page.get_by_role("rowheader", name=names[0]).get_by_role("link").click()
        for name, key in ((names[0], "n"), (names[1], "n"), (names[2], "p")):
            page.get_by_role("heading", level=1, name=name).wait_for()
            page.wait_for_load_state()
            page.keyboard.press(key)
        page.get_by_role("heading", level=1, name=names[1]).wait_for()
        page.get_by_role("link", name="Previous record").click()
        page.get_by_role("heading", level=1, name=names[0]).wait_for()
        page.wait_for_load_state()
        page.keyboard.press("p")
        page.get_by_role("status").get_by_text("this is the first of its list").wait_for()
        page.get_by_role("link", name="Companies").last.click()
        page.wait_for_url("**/browse/companies?filter=**&order_by=name")


def test_what_somebody_else_changed_is_shown_before_it_is_replaced(walking: Open, shared: Local) -> None:
    with walking(shared) as walk:
        walk.expected.add(409)
        page, path = walk.page, made(shared)
        walk.go(path)
        page.get_by_role("link", name="Edit City").click()
        box = page.get_by_role("textbox", name="City")
        box.fill("Oslo")
        with shared.client(MAYA) as crm:
            crm.people.update_one(path.rpartition("/")[2], city="Lyon")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("alert").get_by_text("Somebody made it “Lyon” meanwhile").wait_for()
        assert box.input_value() == "Oslo"
        page.get_by_role("button", name="Save").click()
        page.get_by_text("City of Ada Lovelace: Lyon → Oslo").wait_for()


def test_a_note_and_a_task_are_written_and_the_task_done(walking: Open, shared: Local) -> None:
    with walking(shared) as walk:
        page = walk.page
        walk.go(made(shared))
        page.get_by_text("Add a note").click()
        notes = page.get_by_role("region", name=re.compile("^Notes"))
        notes.get_by_label("Title").fill("First call")
        notes.get_by_label("Text").fill("She builds engines.")
        notes.get_by_role("button", name="Add note").click()
        notes.get_by_role("link", name="First call").wait_for()
        page.get_by_text("Add a task").click()
        tasks = page.get_by_role("region", name=re.compile("^Tasks"))
        tasks.get_by_label("Title").fill("Send the offer")
        tasks.get_by_role("button", name="Add task").click()
        tasks.get_by_role("button", name="Done: Send the offer").click()
        page.get_by_text("Done: Send the offer").wait_for()
        assert tasks.get_by_role("button", name="Done").count() == 0


def test_without_script_all_of_it_works_too(walking: Open, shared: Local) -> None:
    with walking(shared, script=False, width=360) as walk:
        walk.expected.add(422)
        page = walk.page
        walk.go(made(shared, "companies", name="Analytical Engines", employees=12))
        page.get_by_role("link", name="Edit Employees").click()
        page.get_by_label("Employees").fill("many")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("alert").wait_for()
        page.get_by_label("Employees").fill("13")
        page.get_by_role("button", name="Save").click()
        page.get_by_text("Employees of Analytical Engines: 12 → 13").wait_for()
        page.get_by_role("button", name="Delete").click()
        page.get_by_text("It lies in the bin").wait_for()
        page.get_by_role("button", name="Restore").click()
        page.get_by_text("Brought back: Analytical Engines").wait_for()
        assert page.get_by_role("link", name="Edit Employees").is_visible()


def test_hostile_texts_do_nothing(walking: Open, shared: Local) -> None:
    with walking(shared) as walk:
        walk.go(made(shared, name={"firstName": HOSTILE, "lastName": ""}, city=HOSTILE, jobTitle="w" * 1_000_000))
        assert walk.page.get_by_role("heading", level=1).inner_text() == HOSTILE
        assert walk.sideways() <= 0
        walk.page.get_by_role("link", name="Edit City").click()
        assert walk.page.get_by_role("textbox", name="City").input_value() == HOSTILE
        walk.page.get_by_role("button", name="Save").click()
        walk.page.get_by_role("link", name="Edit City").wait_for()
        assert walk.page.locator("main img, main [hx-get='/x'], main script").count() == 0


@looks
def test_a_message_about_a_long_value_leaves_the_page_in_sight(walking: Open, shared: Local, look: tuple[str, int]) -> None:
    at = made(shared)
    with walking(shared) as walk:
        walk.go(at)
        walk.page.get_by_role("link", name="Edit City").click()
        walk.page.get_by_role("textbox", name="City").fill("Llanfairpwllgwyngyll" * 150)
        walk.page.keyboard.press("Enter")
        undo = walk.page.get_by_role("status").get_by_role("button", name="Undo")
        undo.wait_for()
        toast = walk.page.locator(".toast").bounding_box()
        assert toast["height"] < 200
        walk.picture(f"record-long-{look[0]}-{look[1]}")
        assert walk.accessible() == []
        undo.click()
        walk.page.get_by_text("Put back:").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_an_action_to_run_on_it_is_chosen_where_one_is(walking: Open, shared: Local, script: bool) -> None:
    path = made(shared)
    with walking(shared, script=script) as walk:
        walk.go(path)
        opener = walk.page.get_by_role("button", name="Run an action on it")
        choice = walk.page.get_by_role("navigation", name="Run an action on it")
        opener.focus()
        walk.page.keyboard.press("Enter")
        choice.wait_for()
        assert walk.page.url == walk.address + path
        assert not script or walk.accessible() == []
        walk.page.keyboard.press("Escape")
        choice.wait_for(state="hidden")
        walk.page.keyboard.press("Enter")
        choice.get_by_role("link", name="Update One Person").click()
        walk.page.wait_for_url("**/run/people/update-one?id=*")
