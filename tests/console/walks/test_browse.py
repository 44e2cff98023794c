"""Walks 6, 7, 8 and 12: filter by chips as by text, edit a cell, change many by a plan; and a reader, who sees no write."""

from typing import Any

import pytest

from icosa.surfaces.console.site import Visitor
from tests.console.site import MAYA, Local
from tests.console.walks.conftest import Open, Walk, looks

ADA = "019ca8a0-3eb4-4d67-8341-6bd148fedb2d"
ONE = "/browse/people?filter=name.lastName[eq]:Ibarra"
"""A table of one record: what opens in it is the same however many stand beside it, which is looked at elsewhere."""

PAGES = {
    "objects": "/browse",
    "table": "/browse/companies?filter=employees[gte]:100,or(name[ilike]:%25a%25,name[ilike]:%25o%25)&order_by=name",
    "nothing": "/browse/companies?filter=name[eq]:Nobody",
    "wrong": "/browse/companies?filter=nowhere[eq]:1",
    "columns": "/browse/companies/columns",
    "condition": "/browse/companies/condition?path=accountOwnerId",
    "change": "/browse/companies/change?all=1&filter=address.addressCity[eq]:Lyon",
    "cell": f"/browse/people/{ADA}/cell/phones",
}


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
def test_everybody_can_use_each_page(walk: Walk, look: tuple[str, int]) -> None:
    walk.expected |= {422}
    for name, path in PAGES.items():
        walk.go(path)
        walk.picture(f"browse-{name}-{look[0]}-{look[1]}")
        assert walk.accessible() == [], name
        assert walk.sideways() <= 0, name


@looks
def test_everybody_can_use_what_opens_in_a_table(walk_own: Walk, look: tuple[str, int]) -> None:
    page = walk_own.page
    walk_own.expected |= {409, 422}
    walk_own.go("/browse/people")
    for name in ("city", "emails", "company"):
        edit(page, name)
        walk_own.picture(f"browse-edit-{name}-{look[0]}-{look[1]}")
        assert walk_own.accessible() == [], name
        page.keyboard.press("Escape")
        page.locator("td.edit").wait_for(state="detached")
    page.get_by_role("checkbox", name="Select Ada Rosenthal").check()
    page.get_by_role("link", name="Add a condition").click()
    page.get_by_role("combobox", name="Property").select_option("createdAt")
    page.get_by_label("Moment").wait_for()
    walk_own.picture(f"browse-open-{look[0]}-{look[1]}")
    assert walk_own.accessible() == []
    assert walk_own.sideways() <= 0


def edit(page: Any, name: str) -> Any:
    """Opens the editor of a cell by its key."""
    page.locator(f"[id='c-{ADA}-{name}']").focus()
    page.keyboard.press("F2")
    editor = page.locator(f"td.edit[id='c-{ADA}-{name}']")
    editor.wait_for()
    return editor


def names(page: Any) -> list[str]:
    found: list[str] = page.get_by_role("rowheader").all_inner_texts()
    return found


def test_a_filter_by_chips_is_the_one_by_text(walk: Walk) -> None:
    page = walk.page
    walk.go("/browse/companies")
    page.get_by_role("link", name="Add a condition").click()
    page.get_by_role("combobox", name="Property").select_option(label="Employees")
    page.get_by_role("combobox", name="Comparison").wait_for()
    page.get_by_label("Value").fill("500")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("at least").wait_for()
    by_chips, address = names(page), page.url
    assert by_chips
    box = page.get_by_role("combobox", name="filter", exact=True)
    assert box.input_value() == "employees[gte]:500"
    page.keyboard.press("/")
    assert walk.focused() == "filter"
    box.fill("employees[gte]:500,name[startsWith]:W")
    page.keyboard.press("Enter")
    page.get_by_text("begins with").wait_for()
    assert names(page) == ["Willowbrook Hospitals"]
    page.go_back()
    page.wait_for_url(address)
    assert names(page) == by_chips
    page.get_by_role("link", name="Remove: Employees at least 500").click()
    page.wait_for_url("**/browse/companies")
    kept = page.evaluate("[...document.querySelector('#filter').list.options].map(each => each.value)")
    assert kept == ["employees[gte]:500", "employees[gte]:500,name[startsWith]:W"]


def test_a_cell_is_edited_left_saved_and_put_back(walk_own: Walk, own: Local) -> None:
    page = walk_own.page
    walk_own.go("/browse/people?filter=city[eq]:Lyon")
    edit(page, "city")
    page.keyboard.type("Rome")
    page.keyboard.press("Escape")
    page.locator(f"[id='c-{ADA}-city']:not(.edit)", has_text="Lyon").wait_for()
    assert walk_own.focused() == f"c-{ADA}-city"
    page.keyboard.press("e")
    page.locator("td.edit").wait_for()
    page.keyboard.type("Rome")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("City of Łukasz Ibarra: Lyon → Rome").wait_for()
    assert page.get_by_role("gridcell", name="Rome fits the filter no more").is_visible()
    assert walk_own.focused() == f"c-{ADA}-city"
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("status").get_by_text("Put back: ").wait_for()
    with own.client(MAYA) as crm:
        assert crm.people.find_one(ADA)["city"] == "Lyon"


def test_what_somebody_else_changed_is_not_written_over(walk_own: Walk, own: Local) -> None:
    page = walk_own.page
    walk_own.expected.add(409)
    walk_own.go(ONE)
    page.locator(f"[id='c-{ADA}-city']").dblclick()
    page.locator("td.edit").wait_for()
    with own.client(MAYA) as crm:
        crm.people.update_one(ADA, city="Turin")
    page.keyboard.type("Rome")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("it is Turin now").wait_for()
    assert walk_own.accessible() == []
    page.get_by_role("button", name="Save all the same").click()
    page.get_by_role("status").get_by_text("Turin → Rome").wait_for()
    assert page.get_by_role("gridcell", name="Rome").is_visible()


def test_what_a_record_is_called_is_edited_too(walk_own: Walk) -> None:
    page = walk_own.page
    walk_own.go("/browse/companies?filter=name[startsWith]:Acme")
    page.get_by_role("rowheader", name="Acme").focus()
    page.keyboard.press("F2")
    page.locator("th.edit").wait_for()
    assert walk_own.accessible() == []
    page.keyboard.type("Acme & Sons")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Name of Acme & Sons: Acme → Acme & Sons").wait_for()
    assert walk_own.focused().endswith("-name")
    page.keyboard.press("Enter")
    walk_own.expected.add(404)  # its page is another room's
    page.wait_for_url("**/browse/companies/*")


def test_a_related_record_is_picked_by_its_name(walk_own: Walk) -> None:
    page = walk_own.page
    walk_own.go("/browse/people")
    editor = edit(page, "company")
    page.keyboard.type("willowb")
    editor.get_by_role("option", name="Willowbrook Hospitals").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Acme → Willowbrook Hospitals").wait_for()


def test_many_are_changed_by_a_plan(walk_own: Walk, own: Local) -> None:
    page = walk_own.page
    walk_own.go("/browse/companies?filter=address.addressCity[eq]:Lyon")
    count = len(names(page))
    page.get_by_role("checkbox", name="Select all on this page").check()
    assert page.get_by_role("region", name="Selected records").inner_text().startswith(f"{count} selected")
    page.get_by_role("button", name="Change…").click()
    page.get_by_role("textbox", name="Employees", exact=True).fill("77")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("heading", name=f"Change {count} of Companies").wait_for()
    assert walk_own.accessible() == []
    page.get_by_role("button", name=f"Change {count} records").click()
    page.get_by_text(f"{count} of {count} were changed").wait_for()
    assert walk_own.accessible() == []
    there = page.url
    page.get_by_role("main").get_by_role("link", name="Back to the table").click()
    page.wait_for_url("**/browse/companies?filter=**")
    assert page.get_by_role("gridcell", name="77").count() == count
    table = page.url
    page.goto(there)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("status").get_by_text("Put back: ").wait_for()
    page.goto(table)
    assert page.get_by_role("gridcell", name="77").count() == 0


def test_without_script_a_table_is_filtered_edited_and_changed(walking: Open, own: Local) -> None:
    with walking(own, script=False) as walk:
        page = walk.page
        walk.expected.add(422)
        walk.go("/browse/people")
        assert page.locator("[data-copy]:visible, kbd:visible").count() == 0, "no button and no key that needs a script"
        page.get_by_label("filter", exact=True).fill("city[eq")
        page.get_by_role("button", name="Apply").click()
        page.get_by_text("This cannot be asked for").wait_for()
        page.get_by_label("filter", exact=True).fill("city[eq]:Lyon")
        page.get_by_role("button", name="Apply").click()
        page.get_by_role("row", name="Łukasz Ibarra").get_by_role("link", name="Łukasz Ibarra").click()
        page.get_by_role("link", name="Edit City").click()
        page.get_by_role("link", name="Cancel").click()
        page.wait_for_url(f"**/browse/people/{ADA}*")
        walk.go("/browse/people?filter=city[eq]:Lyon")
        page.get_by_role("link", name="Add a condition").click()
        page.get_by_label("Property").select_option(label="Job Title")
        page.get_by_role("button", name="Go on").click()
        page.get_by_label("Value").fill("officer")
        page.get_by_role("button", name="Add").click()
        page.get_by_role("row", name="Łukasz Ibarra").get_by_role("checkbox").check()
        page.get_by_role("button", name="Change…").click()
        page.get_by_role("textbox", name="City", exact=True).fill("Rome")
        page.get_by_role("button", name="Show what would change").click()
        page.get_by_role("button", name="Change 1 record").click()
        page.get_by_text("1 of 1 were changed").wait_for()


def test_a_reader_sees_nothing_that_writes(walking: Open, sample: Local) -> None:
    with walking(sample.seen_by(Visitor("20202020-0000-4000-8000-000000000009", "Looker", may_write=False))) as walk:
        page = walk.page
        walk.go("/browse/people")
        page.get_by_role("checkbox", name="Select Ada Rosenthal").check()
        page.get_by_role("gridcell", name="Leeds").first.focus()
        page.keyboard.press("F2")
        for name in ("New person", "Change…", "Delete…", "Import"):
            assert page.get_by_role("main").get_by_text(name, exact=True).count() == 0
        assert page.get_by_role("button", name="Export").is_visible()
        assert page.locator("td.edit").count() == 0
        walk.expected.add(403)
        walk.go("/browse/people/change?all=1")
        assert "may read and not write" in page.get_by_role("main").inner_text()
        assert walk.accessible() == []


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", '"><a hx-get="/x" hx-trigger="load">go</a>', "w" * 1_000_000])
def test_what_a_record_holds_does_nothing(walk_own: Walk, own: Local, text: str) -> None:
    page = walk_own.page
    with own.client(MAYA) as crm:
        crm.people.update_one(ADA, job_title=text, city="Hostile")
    walk_own.go("/browse/people?filter=city[eq]:Hostile")
    assert page.get_by_role("gridcell", name=text[:12]).count() == 1
    assert page.locator("table img, table [hx-trigger=load]").count() == 0
    assert walk_own.sideways() <= 0
    edit(page, "jobTitle")
    assert page.locator("td.edit input").first.input_value() == text


def test_a_cell_that_was_changed_stands_as_its_neighbours_do(walk_own: Walk) -> None:
    walk_own.go("/browse/people?columns=name,city,jobTitle")
    cells = walk_own.page.locator("tbody tr").first.locator("td")
    cells.nth(2).dblclick()
    walk_own.page.get_by_role("textbox", name="Job Title").fill("Navigator")
    walk_own.page.keyboard.press("Enter")
    walk_own.page.locator("td.was").wait_for()
    look = "each => { const style = getComputedStyle(each); return [style.display, style.fontSize, style.verticalAlign] }"
    assert cells.nth(2).evaluate(look) == cells.nth(1).evaluate(look)
