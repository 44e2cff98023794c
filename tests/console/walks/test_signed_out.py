"""A session that ends while somebody fills in a form: what was typed is not lost, and is sent once one is signed in again."""

from tests.console.site import MAYA, Local
from tests.console.walks.conftest import Open, Walk, looks

KEPT = "Long thoughts, with a ‘quote’\n\n- and a list"


def signed_out(walk: Walk) -> None:
    walk.expected.add(401)
    walk.page.context.clear_cookies()


def signs_in(walk: Walk, own: Local) -> None:
    """In another tab, as the message says."""
    other = walk.page.context.new_page()
    other.goto(f"{walk.address}/sign-in/{own.sessions.invite()}")
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url(f"{walk.address}/")
    other.close()


def a_person(own: Local) -> tuple[str, str]:
    with own.client(MAYA) as crm:
        person = crm.people.find_many(limit=1, depth=0)[0]
    return str(person["id"]), f"/browse/people/{person['id']}"


def test_typing_goes_on_where_a_check_finds_nobody_signed_in(walking: Open, own: Local) -> None:
    with walking(own) as walk:
        walk.go("/run/companies/create-one")
        signed_out(walk)
        walk.page.get_by_role("textbox", name="Name", exact=True).fill("Kept Ltd")
        message = walk.page.get_by_text("Your session has ended")
        message.wait_for()
        walk.page.set_viewport_size({"width": 360, "height": 740})
        assert message.evaluate("each => each.scrollHeight <= each.clientHeight"), "all of it is to be read on a phone too"
        assert walk.page.get_by_role("status").get_by_role("link", name="Sign in").get_attribute("target") == "_blank"
        assert walk.accessible() == []
        signs_in(walk, own)
        walk.page.keyboard.press("Control+Enter")
        walk.page.get_by_text("Create One Company: one item").wait_for()
        assert message.count() == 0
    with own.client(MAYA) as crm:
        assert crm.companies.look_up("Kept Ltd")


def fills_in_a_note(walk: Walk, at: str, title: str) -> None:
    walk.go(at)
    walk.page.get_by_text("Add a note").click()
    walk.page.get_by_role("textbox", name="Title").first.fill(title)
    walk.page.get_by_role("textbox", name="Text").first.fill(KEPT)
    signed_out(walk)
    walk.page.get_by_role("button", name="Add note").click()


def is_there(own: Local, title: str) -> bool:
    with own.client(MAYA) as crm:
        notes = crm.notes.find_many(filter=f"title[eq]:{title}", depth=0)
    return [(each["bodyV2"]["markdown"] or "").replace("\r", "") for each in notes] == [KEPT]


def test_a_note_stays_in_its_boxes_and_is_added_at_the_second_press(walking: Open, own: Local) -> None:
    _, at = a_person(own)
    with walking(own) as walk:
        fills_in_a_note(walk, at, "Pressed twice")
        walk.page.get_by_text("Your session has ended").wait_for()
        signs_in(walk, own)
        walk.page.get_by_role("button", name="Add note").click()
        walk.page.get_by_role("link", name="Pressed twice").wait_for()
    assert is_there(own, "Pressed twice")


def test_what_a_plain_form_sent_is_kept_and_sent_again(walking: Open, own: Local) -> None:
    _, at = a_person(own)
    with walking(own, script=False) as walk:
        fills_in_a_note(walk, at, "Sent again")
        for _ in range(2):  # who is not signed in yet loses nothing either
            walk.page.get_by_role("heading", name="Your session had ended").wait_for()
            walk.page.get_by_role("button", name="Send what I filled in").click()
        signs_in(walk, own)
        walk.page.get_by_role("button", name="Send what I filled in").click()
        walk.page.get_by_role("link", name="Sent again").wait_for()
    assert is_there(own, "Sent again")


@looks
def test_everybody_can_use_the_page_that_keeps_it(walking: Open, own: Local, look: tuple[str, int]) -> None:
    with walking(own) as walk:
        walk.go("/chains")
        walk.page.get_by_label("or its text").fill("x" * 300)
        signed_out(walk)
        walk.page.get_by_role("button", name="Bring in").click()
        walk.page.get_by_role("heading", name="Your session had ended").wait_for()
        walk.picture(f"signed-out-{look[0]}-{look[1]}")
        assert walk.accessible() == []
        assert walk.sideways() <= 0
