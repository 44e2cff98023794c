"""Running an action, walked through as a person does: found, filled in, wrong, mended, run, copied, opened again."""

import re
from typing import Any

import pytest

from icosa.surfaces.console.run.filled_form import COPIED
from tests.console.site import MAYA, Local, fill
from tests.console.walks.conftest import Open, Walk, looks

RUN = re.compile("^Run")
MARKUP = '<img src="/x" onerror="alert(1)"><b hx-get="/run" hx-trigger="load">bold</b>'
BAD_SCOPES = '[\n  "mail.read",\n  "calendar.read",\n]'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Local:
    """A sample workspace in which one company is called by markup."""
    site = Local(fill(tmp_path_factory.mktemp("hostile") / "crm.db"))
    with site.client(MAYA) as crm:
        first = crm.companies.find_many(limit=1, depth=0)[0]
        crm.companies.update_one(first["id"], name=MARKUP, depth=0)
    return site


def company(site: Local) -> dict[str, Any]:
    with site.client(MAYA) as crm:
        return dict(crm.companies.find_many(limit=1, depth=0)[0])


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
def test_everybody_can_use_each_state(walking: Open, hostile: Local, look: tuple[str, int]) -> None:
    record = company(hostile)
    states = {
        "actions": ("/run", 200),
        "no-action": ("/run?q=zzyzx", 200),
        "form": (f"/run/people/update-one?id={record['id']}&city=Paris&jobTitle~=empty&phones~=null", 200),
        "moment": ("/run/opportunities/create-one?closeDate=2026-02-03T04:05:06.000Z&stage=NEW", 200),
        "table": ("/run/companies/find-many?limit=8&.show=table", 200),
        "record": (f"/run/companies/find-one?id={record['id']}&.show=record", 200),
        "json": ("/run/companies/find-many?limit=2&.show=json", 200),
        "nothing-found": ("/run/companies/find-many?filter=name[eq]:zzyzx&.show=table", 200),
        "history": ("/run/companies/create-one?.show=history", 200),
        "not-found": ("/run/companies/find-one?id=20202020-0000-4000-8000-000000000000&.show=record", 404),
        "no-such": ("/run/companies/fly", 404),
    }
    with walking(hostile) as walk:
        for name, (path, status) in states.items():
            walk.expected |= {status}
            walk.go(path)
            walk.picture(f"run-{name}-{look[0]}-{look[1]}")
            assert walk.accessible() == [], name
            assert walk.sideways() <= 0, name


def test_markup_in_a_record_stays_text(walking: Open, hostile: Local) -> None:
    with walking(hostile) as walk:
        record = company(hostile)
        for path in ("find-many?limit=3&.show=table", f"find-one?id={record['id']}&.show=record", f"update-one?id={record['id']}"):
            walk.go(f"/run/companies/{path}")
            assert walk.page.locator("main b[hx-get], main img").count() == 0
            assert "<img src=" in walk.page.content().replace("&lt;", "<")
        assert walk.page.get_by_label("Name", exact=True).get_attribute("placeholder") == f"stays {MARKUP[:60]}…"


@pytest.mark.parametrize("look", [("light", 1440), ("dark", 360)], ids=["wide", "narrow, dark"])
def test_an_account_is_changed_by_keys_alone(walk_own: Walk, own: Local, look: tuple[str, int]) -> None:
    """Found by typing, its scopes wrong, F8, mended, run, undone where it stands."""
    walk, page = walk_own, walk_own.page
    keys = page.keyboard
    walk.expected.add(422)
    keys.press("Control+k")
    page.get_by_role("dialog").wait_for()
    keys.type("update connected acc")
    page.get_by_role("option", name="Update One Connected Account").wait_for()
    keys.press("Enter")
    page.wait_for_url("**/run/connected-accounts/update-one")
    _tab_to(walk, "id")
    keys.type("tamsin")
    page.locator("#id-hits [role=option]").first.wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    page.locator("#call code").filter(has_text=re.compile(r"PATCH /rest/connectedAccounts/\w{8}-")).wait_for()
    assert page.get_by_label("Provider", exact=True).get_attribute("placeholder") == "stays google"
    _tab_to(walk, "scopes.as", most=120)
    keys.press("ArrowRight")
    _tab_to(walk, "scopes-json")
    keys.insert_text(BAD_SCOPES)
    page.locator("#scopes-error").get_by_text("line 3").wait_for()
    assert walk.focused() == "scopes-json"
    keys.press("Control+Enter")
    page.get_by_role("heading", name="Nothing was sent: one property needs mending").wait_for()
    page.wait_for_function("document.activeElement.matches('.oops')")
    assert walk.accessible() == []
    keys.press("F8")
    assert walk.focused() == "scopes-json"
    keys.press("Control+a")
    keys.insert_text('["mail.read"]')
    page.locator("#summary:empty").wait_for(state="attached")
    keys.press("Control+Enter")
    page.get_by_role("status").get_by_text("Update One Connected Account").wait_for()
    walk.picture(f"run-done-{look[0]}-{look[1]}")
    assert walk.accessible() == []
    assert page.locator("#toasts [data-undo]").is_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copied = []
    _tab_to(walk, "copy-as", most=200)
    for each in COPIED:
        if each != COPIED[0]:
            keys.press("Shift+Tab")
            keys.press("ArrowRight")
        keys.press("Tab")
        keys.press("Enter")
        page.locator("#said").get_by_text("Copied").wait_for()
        copied.append(page.evaluate("navigator.clipboard.readText()"))
    assert len(set(copied)) == len(COPIED)
    assert all("mail.read" in each for each in copied)
    with own.client(MAYA) as crm:
        assert crm.connected_accounts.look_up("tamsin@sensors.example.com")["scopes"] == ["mail.read"]


def test_null_empty_and_not_sent_are_told_apart(walk_own: Walk, own: Local) -> None:
    walk, page = walk_own, walk_own.page
    with own.client(MAYA) as crm:
        person = crm.people.create_one(
            name={"firstName": "Ada"}, city="London", job_title="Analyst", emails={"primaryEmail": "a@example.com"}
        )
    walk.go(f"/run/people/update-one?id={person['id']}")
    city, job = page.get_by_label("City", exact=True), page.get_by_label("Job Title", exact=True)
    assert (city.get_attribute("placeholder"), job.get_attribute("placeholder")) == ("stays London", "stays Analyst")
    job.fill("x")
    job.fill("")
    page.locator("#jobTitle-prop").get_by_role("button", name="Send an empty text").click()
    page.get_by_label("How Emails is sent").select_option("null")
    page.locator("#call code").filter(has_text="emails: null").wait_for()
    page.locator("#sends").get_by_text("sends 2").wait_for()
    page.get_by_role("button", name=RUN).click()
    page.get_by_role("status").get_by_text("Update One Person").wait_for()
    with own.client(MAYA) as crm:
        found = crm.people.find_one(person["id"], depth=0)
    assert (found["city"], found["jobTitle"], found["emails"]["primaryEmail"]) == ("London", "", "")


def test_a_link_and_a_pasted_call_open_the_form_again(walk: Walk) -> None:
    page = walk.page
    walk.go("/run/companies/create-one")
    page.get_by_label("Name", exact=True).fill("Analytical Engines")
    page.get_by_label("How Address is sent").select_option("null")
    page.locator("#call code").filter(has_text="address: null").wait_for()
    page.wait_for_url("**name=Analytical+Engines**")
    page.get_by_role("radio", name="curl").check(force=True)
    copied = page.locator("pre[data-form=curl]").inner_text()
    line = page.locator("#call code").inner_text()
    page.get_by_role("link", name="Link to this form").click()
    page.wait_for_load_state()
    assert page.get_by_label("Name", exact=True).input_value() == "Analytical Engines"
    assert page.locator("#call code").inner_text() == line
    walk.go("/run")
    page.get_by_text("Paste a call, and").click()
    page.get_by_label("A call as Python").fill(copied)
    page.get_by_role("button", name="Open its form").click()
    page.wait_for_url("**/run/companies/create-one?**")
    assert page.locator("#call code").inner_text() == line
    assert page.locator("pre[data-form=curl]").inner_text() == copied
    page.go_back()
    page.wait_for_url("**/run")


def test_two_clicks_create_one_record(walk_own: Walk, own: Local) -> None:
    page = walk_own.page
    walk_own.go("/run/companies/create-one?name=Analytical+Engines")
    page.get_by_role("button", name=RUN).dblclick()
    page.get_by_role("status").get_by_text("Create One Company").wait_for()
    with own.client(MAYA) as crm:
        assert crm.companies.find_many(filter="name[eq]:Analytical Engines").total_count == 1


def test_without_script_a_form_is_run_mended_and_looked_at(walking: Open, own: Local) -> None:
    with walking(own, script=False) as walk:
        page = walk.page
        walk.expected.add(422)
        walk.go("/run?q=update company")
        page.get_by_role("link", name="Update one").click()
        page.get_by_role("combobox").first.fill("Alder & Finch")
        page.get_by_label("Employees", exact=True).fill("many")
        page.get_by_role("button", name=RUN).click()
        page.get_by_role("link", name=re.compile("^Employees: ")).click()
        page.get_by_label("Employees", exact=True).fill("1201")
        page.get_by_role("button", name=RUN).click()
        page.get_by_text("1,201").first.wait_for()
        assert page.get_by_role("button", name="Undo").is_visible()
        page.get_by_role("link", name="JSON").click()
        assert '"employees": 1201' in page.locator("pre").first.inner_text()


def _tab_to(walk: Walk, wanted: str, most: int = 60) -> None:
    """Presses Tab until the focus is in the box of that id or name, or on an element of that kind in the form."""
    for _ in range(most):
        walk.page.keyboard.press("Tab")
        at = walk.page.evaluate("(({id, name, tagName}) => [id, name, tagName])(document.activeElement)")
        if wanted in at:
            return
    raise AssertionError(f"no Tab leads to {wanted}")
