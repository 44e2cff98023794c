"""A board as a person uses it: cards dragged, and moved by keys alone."""

import pytest

from tests.console.site import MAYA, Local, fill
from tests.console.walks.conftest import Open, looks


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Local:
    """A sample workspace for all walks of this file; each makes the record that it moves."""
    return Local(fill(tmp_path_factory.mktemp("walked") / "crm.db"))


def deal(site: Local, name: str) -> str:
    """The id of a new deal, which stands first in its lane."""
    with site.client(MAYA) as crm:
        return str(crm.opportunities.create_one(name=name, stage="NEW", position="first")["id"])


def stage(site: Local, id_: str) -> str:
    with site.client(MAYA) as crm:
        return str(crm.opportunities.find_one(id_, depth=0)["stage"])


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
def test_everybody_can_use_each_state_of_it(walking: Open, shared: Local, look: tuple[str, int]) -> None:
    pages = {
        "board": "/board/opportunities", "tasks": "/board/tasks", "no choices": "/board/people", "no such field": "/board/tasks?by=title",
        "nothing fits": '/board/tasks?filter=title[eq]:"zzz"', "wrong": "/board/tasks?filter=title", "empty": "/board/webhooks",
    }  # fmt: skip
    with walking(shared) as walk:
        walk.expected |= {404, 422}
        for name, path in pages.items():
            walk.go(path)
            walk.picture(f"board-{name}-{look[0]}-{look[1]}")
            assert (name, walk.accessible()) == (name, [])
            assert (name, walk.sideways() <= 0) == (name, True)


def test_its_lanes_fit_the_window_and_scroll_by_themselves(walking: Open, shared: Local) -> None:
    with walking(shared) as walk:
        walk.page.set_viewport_size({"width": 1440, "height": 900})
        walk.go("/board/opportunities")
        too_long = "each => each.scrollHeight - each.clientHeight"
        assert walk.page.locator("html").evaluate(too_long) == 0
        assert walk.page.locator("#board").evaluate(too_long) == 0
        assert walk.page.get_by_role("region", name="New").locator("ul").evaluate(too_long) > 0


def test_a_card_is_dragged_and_goes_there_at_once(walking: Open, shared: Local) -> None:
    id_ = deal(shared, "Ten engines")
    with walking(shared) as walk:
        page = walk.page
        walk.go("/board/opportunities")
        page.locator(f"#card-{id_}").drag_to(page.get_by_role("region", name="Meeting").get_by_role("listitem").nth(1))
        page.get_by_text("Ten engines: New → Meeting").wait_for()
        assert page.get_by_role("region", name="Meeting").get_by_role("link", name="Ten engines").is_visible()
        assert page.get_by_role("region", name="New").get_by_role("link", name="Ten engines").count() == 0
        assert page.get_by_role("button", name="Undo").is_visible()
    assert stage(shared, id_) == "MEETING"


def test_a_card_is_moved_by_keys_alone_and_keeps_the_focus(walking: Open, shared: Local) -> None:
    id_ = deal(shared, "Twelve engines")
    with walking(shared, width=360) as walk:
        page = walk.page
        walk.go("/board/opportunities")
        page.get_by_role("link", name="Twelve engines").focus()
        for key in ("Tab", "M", "Tab", "Enter"):
            page.keyboard.press(key)
        page.get_by_text("Twelve engines: New → Meeting").wait_for()
        assert walk.focused() == "Twelve engines"
    assert stage(shared, id_) == "MEETING"


def test_a_card_that_cannot_be_moved_goes_back_with_the_reason(walking: Open, shared: Local) -> None:
    id_ = deal(shared, "Twenty engines")
    with walking(shared) as walk:
        walk.expected.add(409)
        page = walk.page
        walk.go("/board/opportunities")
        with shared.client(MAYA) as crm:
            crm.opportunities.update_one(id_, stage="PROPOSAL")
        page.locator(f"#card-{id_}").drag_to(page.get_by_role("region", name="Meeting").get_by_role("listitem").nth(1))
        page.get_by_text("was moved to Proposal meanwhile").wait_for()
        assert page.get_by_role("region", name="Proposal").get_by_role("link", name="Twenty engines").is_visible()
        assert page.get_by_role("link", name="Twenty engines").count() == 1


def test_a_card_goes_back_where_nobody_answers(walking: Open, shared: Local) -> None:
    id_ = deal(shared, "Thirty engines")
    with walking(shared) as walk:
        page = walk.page
        walk.go("/board/opportunities")
        page.route("**/move", lambda route: route.abort())
        page.locator(f"#card-{id_}").drag_to(page.get_by_role("region", name="Meeting").get_by_role("listitem").nth(1))
        page.get_by_text("The server did not answer").wait_for()
        assert page.get_by_role("region", name="New").get_by_role("link", name="Thirty engines").is_visible()
        walk.wrong.clear()  # what the browser says of the request that went nowhere
    assert stage(shared, id_) == "NEW"


def test_a_card_goes_back_where_the_server_fails(walking: Open, shared: Local) -> None:
    deal(shared, "Fifty engines")
    with walking(shared) as walk:
        walk.expected.add(500)
        page = walk.page
        walk.go("/board/opportunities")
        page.route("**/move", lambda route: route.fulfill(status=500, content_type="text/html", body="<p>It failed.</p>"))
        page.get_by_role("listitem").filter(has_text="Fifty engines").drag_to(
            page.get_by_role("region", name="Meeting").locator("li").nth(1)
        )
        page.get_by_text("It failed.").wait_for()
        assert page.get_by_role("region", name="New").get_by_role("link", name="Fifty engines").is_visible()


def test_without_script_a_card_is_moved_by_its_form(walking: Open, shared: Local) -> None:
    id_ = deal(shared, "Forty engines")
    with walking(shared, script=False) as walk:
        page = walk.page
        walk.go("/board/opportunities")
        page.locator(f"#card-{id_}").hover()
        page.get_by_label("Move Forty engines to").select_option("Customer")
        page.get_by_role("button", name="Move Forty engines").click()
        page.get_by_text("Forty engines: New → Customer").wait_for()
    assert stage(shared, id_) == "CUSTOMER"


def test_five_lanes_stand_beside_each_other_on_a_wide_page(walking: Open, sample: Local) -> None:
    with walking(sample) as walk:
        walk.go("/board/opportunities")
        lanes = walk.page.locator("[data-lane]")
        assert lanes.count() == 5
        last = lanes.last.bounding_box()
        assert last["x"] + last["width"] <= 1440
