"""Signing in with a key or by a link, and as whom one then writes."""

import asyncio
from collections.abc import Callable

import pytest

from icosa.errors import RevokedKey
from icosa.journal.reading import runs
from icosa.surfaces.console.signing_in.held import CODE_SECONDS, IDLE_SECONDS, HeldSessions
from icosa.surfaces.console.site import Visitor
from icosa.workspace.access.issue import list_keys
from tests.console.served.visiting import OWN, Console

Open = Callable[..., Console]


def test_a_link_signs_in_once_and_only_by_its_button(console: Console) -> None:
    path = f"/sign-in/{console.site.sessions.invite()}"
    for _ in range(2):  # whoever looks at it, a preview or a scanner of mail, does not spend it
        assert "<button" in console.browser().get(path).text
    browser = console.browser()
    assert browser.post(path, headers=OWN).headers["location"] == "/"
    assert browser.get("/nowhere").status_code == 404
    again = console.browser().post(path, headers=OWN)
    assert again.status_code == 410
    assert "not good any more" in again.text


@pytest.mark.parametrize("key", ["", "rubbish", "icosa_" + "0" * 32 + "_" + "a" * 51])
def test_a_key_that_is_not_good_is_refused_with_the_reason_and_not_shown(console: Console, key: str) -> None:
    answer = console.browser().post("/sign-in", data={"key": key, "next": "/runs"}, headers=OWN)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="/runs"' in answer.text
    assert not key or key not in answer.text
    assert "set-cookie" not in answer.headers


def test_a_field_that_is_a_file_is_no_key(console: Console) -> None:
    assert console.browser().post("/sign-in", files={"key": b"x", "next": b"/"}, headers=OWN).status_code == 422


def test_a_visitor_writes_as_the_key_and_the_journal_knows_it(console: Console) -> None:
    console.key("Ada")
    ada = Visitor(_id(console, "Ada"), "Ada")
    made = console.site.client(ada, "Create One Company").companies.create_one(name="Analytical Engines")
    assert made["createdBy"]["name"] == "Ada"
    console.site.client(Visitor(None, "the owner")).companies.create_one(name="Difference Engines")
    (run,) = runs(key_id=ada.key_id)
    assert (run.title, run.by, run.workspace) == ("Create One Company", "Ada", console.site.client(ada).address)
    assert [each.by for each in runs()] == ["the owner", "Ada"]


def test_a_client_of_a_key_that_was_revoked_does_nothing_more(console: Console) -> None:
    console.key("Ada")
    crm = console.site.client(Visitor(_id(console, "Ada"), "Ada"))
    assert list(crm.companies.find_many().records) == []
    console.revoke("Ada")
    with pytest.raises(RevokedKey):
        crm.companies.create_one(name="Analytical Engines")


def _id(console: Console, name: str) -> str:
    return next(each.id for each in list_keys(console.site.workspace) if each.name == name)


def test_sessions_in_memory_end_after_twelve_hours_of_silence_and_codes_after_ten_minutes() -> None:
    now = [0.0]
    held = HeldSessions(Visitor(None, "you"), lambda: now[0])
    late, code = held.invite(), held.invite()
    token = held.spend(code, "")
    assert token is not None
    assert held.spend(code, "") is None
    now[0] = CODE_SECONDS
    assert held.spend(late, "") is None
    now[0] = IDLE_SECONDS - 1
    assert asyncio.run(held.visitor(token)) == Visitor(None, "you")
    now[0] += IDLE_SECONDS - 1
    assert asyncio.run(held.visitor(token)) is not None
    now[0] += IDLE_SECONDS
    assert asyncio.run(held.visitor(token)) is None
    assert asyncio.run(held.visitor("rubbish")) is None
