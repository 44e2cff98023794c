"""The look itself: the start page, the page of all parts, and what Ctrl K finds, for everybody and by keyboard alone."""

from typing import Any

import pytest

from tests.console.site import Local
from tests.console.walks.conftest import Open, Walk, looks

PAGES = {"home": "/", "parts": "/parts", "find": "/find?q=company", "nothing found": "/find?q=zzyzx", "missing": "/nowhere"}
STATUS = {"/parts": 422, "/nowhere": 404}
_LATE = "const timer = setTimeout; window.late = []; setTimeout = (work, wait, ...of) => wait ? timer(work, wait, ...of) : late.push(work)"
"""Keeps what scripts put off to their next turn, which in a busy browser comes when it comes."""


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_everybody_can_use_each_page(walk: Walk, path: str, look: tuple[str, int]) -> None:
    walk.expected |= {STATUS.get(path, 200)}
    walk.go(path)
    walk.picture(f"{path.strip('/').partition('?')[0] or 'home'}-{look[0]}-{look[1]}")
    assert walk.accessible() == []
    assert walk.sideways() <= 0


@looks
def test_everybody_can_use_what_opens_over_a_page(walk: Walk, look: tuple[str, int]) -> None:
    page = walk.page
    page.keyboard.press("Control+k")
    page.get_by_role("option").first.wait_for()
    walk.picture(f"palette-{look[0]}-{look[1]}")
    assert walk.accessible() == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("heading", name="Keys").wait_for()
    walk.picture(f"keys-{look[0]}-{look[1]}")
    assert walk.accessible() == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_sticks_out_at_320(walking: Open, sample: Local, path: str) -> None:
    with walking(sample, width=320) as walk:
        walk.expected |= {STATUS.get(path, 200)}
        walk.go(path)
        assert walk.sideways() <= 0


def test_a_workspace_without_records_says_where_to_begin(walking: Open, bare: Local) -> None:
    with walking(bare) as walk:
        assert walk.page.get_by_role("link", name="Import a file").is_visible()
        assert walk.accessible() == []


def test_a_key_that_comes_as_soon_as_the_page_does_is_not_lost(walk: Walk) -> None:
    page = walk.page
    page.add_init_script(_LATE)
    walk.go("/")
    page.keyboard.press("Control+k")
    page.evaluate("window.late.forEach(each => each())")
    page.get_by_role("option").first.wait_for()


def test_an_action_is_found_and_opened_by_keys_alone(walk: Walk) -> None:
    page = walk.page
    page.keyboard.press("Control+k")
    page.keyboard.type("update connected acc")
    page.get_by_role("option", name="Update One Connected Account").wait_for()
    walk.expected.add(404)  # its form is another room's
    page.keyboard.press("Enter")
    page.wait_for_url("**/run/connected-accounts/update-one")


def test_the_arrows_move_through_what_is_found(walk: Walk) -> None:
    page = walk.page
    page.keyboard.press("Control+k")
    page.get_by_role("option").nth(2).wait_for()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option").nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.get_by_role("option").last.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_a_pasted_call_leads_to_its_form(walk: Walk) -> None:
    page = walk.page
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill('curl -X POST http://127.0.0.1:3000/rest/companies -d \'{"name": "Analytical Engines"}\'')
    page.get_by_role("option", name="Create One Company").wait_for()
    found = page.get_by_role("option", name="Create One Company").get_attribute("href")
    assert found == "/run/companies/create-one?depth=0&name=Analytical+Engines"


def test_single_keys_lead_elsewhere_and_can_be_switched_off(walk: Walk) -> None:
    page = walk.page
    page.keyboard.press("/")
    assert walk.focused() == "q"
    page.keyboard.type("g?")
    assert page.get_by_role("searchbox").input_value() == "g?"  # in a box a letter is a letter
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    page.get_by_label("Keys of one letter are on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").wait_for()


def test_without_script_the_menu_opens_and_the_box_finds(walking: Open, sample: Local) -> None:
    with walking(sample, script=False, width=360) as walk:
        page = walk.page
        assert not page.get_by_role("link", name="Chains").is_visible()
        page.get_by_role("link", name="Menu").click()
        assert page.get_by_role("link", name="Chains").is_visible()
        page.get_by_role("searchbox").fill("linden")
        page.get_by_role("button", name="Find").click()
        page.wait_for_url("**/find?q=linden")
        assert page.get_by_role("heading", level=1).is_visible()


@pytest.fixture
def parts(walk: Walk) -> Any:
    """The page of all parts."""
    walk.expected.add(422)
    walk.go("/parts")
    return walk.page


def test_what_is_wrong_has_the_focus_and_f8_leads_to_it(walk: Walk, parts: Any) -> None:
    assert parts.evaluate("document.activeElement.matches('.oops')")
    parts.keyboard.press("F8")
    assert walk.focused() == "scopes"


def test_typing_sends_and_emptying_does_not(parts: Any) -> None:
    handle, how = parts.get_by_role("textbox", name="Handle", exact=True), parts.get_by_label("How Handle is sent")
    assert how.input_value() == "unsent"
    handle.fill("maya@example.com")
    assert how.input_value() == "sent"
    handle.fill("")
    assert how.input_value() == "unsent"
    parts.get_by_role("button", name="Send an empty text").click()
    assert (how.input_value(), handle.get_attribute("placeholder")) == ("empty", "an empty text")
    handle.fill("maya@example.com")
    how.select_option("null")
    assert (handle.input_value(), handle.get_attribute("placeholder")) == ("", "null: cleared")
    how.select_option("sent")
    assert handle.input_value() == "maya@example.com"


def test_a_table_is_one_tab_stop_and_the_arrows_move_in_it(walk: Walk, parts: Any) -> None:
    assert parts.get_by_role("grid").count() == 1
    assert parts.evaluate("document.querySelectorAll('table [tabindex=\"0\"]').length") == 1
    parts.get_by_role("rowheader", name="Acme").focus()
    parts.keyboard.press("ArrowDown")
    parts.keyboard.press("ArrowRight")
    assert walk.focused() == "alder-finch.example.com"
    parts.keyboard.press("x")
    assert parts.get_by_role("checkbox", name="Select Alder & Finch").is_checked()
    assert parts.get_by_role("region", name="Selected records").inner_text().startswith("1 selected")
    parts.get_by_role("button", name="Clear").click()
    assert not parts.get_by_role("region", name="Selected records").is_visible()


def test_a_text_is_copied_and_said_to_be(parts: Any) -> None:
    parts.context.grant_permissions(["clipboard-read", "clipboard-write"])
    parts.get_by_role("radio", name="Shell").check(force=True)
    parts.get_by_role("button", name="Copy", exact=True).click()
    parts.get_by_text("Copied").first.wait_for()
    assert parts.evaluate("navigator.clipboard.readText()") == "icosa companies find-many"
    assert not parts.get_by_text("import icosa").is_visible()
