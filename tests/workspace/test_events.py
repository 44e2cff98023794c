"""What a write leaves behind: the outbox, in the same transaction, and what the blocklist sets off."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.workspace.store.statement import Row, Statement, Statements
from tests.workspace.conftest import Caller


def outbox(crm: Caller) -> list[tuple[str, str, list[str] | None, list[Any]]]:
    def steps() -> Statements[list[Row]]:
        return (
            yield Statement(f"SELECT object, action, updated_fields, records FROM {crm.workspace.store.dialect.EVENTS} ORDER BY sequence")
        )

    rows = crm.workspace.store.read(steps)
    return [(o, a, orjson.loads(f) if f else None, orjson.loads(r)) for o, a, f, r in rows]


def test_every_write_is_told_in_the_outbox_and_no_refused_one(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {"name": "Acme"})
    crm.good("PATCH", f"/rest/companies/{company['id']}", {"name": "Acme", "employees": 3})
    target = crm.good("POST", "/rest/noteTargets", {"companyId": company["id"]})
    crm.refused("POST", "/rest/companies", {"employees": "many"})
    crm.refused("POST", "/rest/batch/companies", [{}, {"id": company["id"]}])
    crm.good("DELETE", f"/rest/companies/{company['id']}")
    crm.good("PATCH", f"/rest/restore/companies/{company['id']}")
    crm.good("DELETE", f"/rest/companies/{company['id']}", permanent="true")

    told = outbox(crm)
    assert [(object_, action) for object_, action, _, _ in told] == [
        ("company", "created"),
        ("company", "updated"),
        ("noteTarget", "created"),
        ("company", "deleted"),
        ("noteTarget", "deleted"),
        ("company", "restored"),
        ("noteTarget", "restored"),
        ("company", "destroyed"),
    ]
    assert told[4][3][0]["after"]["id"] == target["id"]
    assert told[7][3] == [{"before": {"id": company["id"]}, "after": None}]


def test_an_event_tells_of_its_records_before_and_after(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {"name": "Acme"})
    crm.good("PATCH", f"/rest/companies/{company['id']}", {"name": "Acme", "employees": 3})
    created, updated = outbox(crm)
    assert created[3] == [{"before": None, "after": company}]
    assert updated[2] == ["name", "employees"]
    assert (updated[3][0]["before"]["employees"], updated[3][0]["after"]["employees"]) == (None, 3)


def message(crm: Caller, handle: str, channel: str | None) -> str:
    thread = crm.good("POST", "/rest/messageThreads", {})
    id_: str = crm.good("POST", "/rest/messages", {"messageThreadId": thread["id"]})["id"]
    crm.good("POST", "/rest/messageParticipants", {"messageId": id_, "handle": handle})
    if channel:
        crm.good("POST", "/rest/messageChannelMessageAssociations", {"messageId": id_, "messageChannelId": channel})
    return id_


def test_a_member_who_blocks_an_address_loses_its_messages_and_nobody_else_does(crm: Caller) -> None:
    channels = []
    for user in ("1", "2"):
        member = crm.good("POST", "/rest/workspaceMembers", {"userId": f"20202020-1c25-4d02-bf25-6aeccf7ea41{user}"})["id"]
        account = crm.good("POST", "/rest/connectedAccounts", {"accountOwnerId": member})["id"]
        channels.append((member, crm.good("POST", "/rest/messageChannels", {"connectedAccountId": account, "syncCursor": "7"})["id"]))
    (mine, my_channel), (_, other_channel) = channels
    spam, shared, elsewhere = (message(crm, "Spam@example.com", channel) for channel in (my_channel, my_channel, other_channel))
    crm.good("POST", "/rest/messageChannelMessageAssociations", {"messageId": shared, "messageChannelId": other_channel})
    friend, loose = message(crm, "ada@example.org", my_channel), message(crm, "ada@example.org", None)

    entry = crm.good("POST", "/rest/blocklists", {"handle": "@example.com", "workspaceMemberId": mine})
    assert set(crm.ids("messages")) == {shared, elsewhere, friend, loose}
    assert len(crm.ids("messageThreads")) == 4
    crm.good("PATCH", f"/rest/restore/messages/{spam}")

    assert crm.good("GET", f"/rest/messageChannels/{my_channel}")["syncCursor"] == "7"
    crm.good("PATCH", f"/rest/blocklists/{entry['id']}", {"handle": "nobody@example.net"})
    assert crm.good("GET", f"/rest/messageChannels/{my_channel}")["syncCursor"] == ""
    assert crm.good("GET", f"/rest/messageChannels/{other_channel}")["syncCursor"] == "7"


def test_an_entry_for_the_whole_workspace_clears_away_what_is_in_no_channel(crm: Caller) -> None:
    message(crm, "ada@example.org", None)
    crm.good("POST", "/rest/calendarEvents", {"title": "Loose"})
    crm.good("POST", "/rest/blocklists", {"handle": "spam@example.com"})
    assert (crm.ids("messages"), crm.ids("messageThreads"), crm.ids("calendarEvents")) == ([], [], [])


@pytest.mark.parametrize("gone", ["connectedAccount", "messageChannel", "messageThread", "calendarEventParticipant"])
def test_a_workspace_that_lacks_what_a_blocked_address_concerns_takes_entries_all_the_same(
    open_caller: Callable[[Catalogue], Caller], gone: str
) -> None:
    crm = open_caller(STANDARD.without(STANDARD.by_singular[gone]))
    member = crm.good("POST", "/rest/workspaceMembers", {"userId": "20202020-1c25-4d02-bf25-6aeccf7ea419"})
    for body in ({"handle": "@example.com", "workspaceMemberId": member["id"]}, {"handle": "a@example.com"}):
        entry = crm.good("POST", "/rest/blocklists", body)
        assert crm.good("PATCH", f"/rest/blocklists/{entry['id']}", {"handle": "b@example.com"})["handle"] == "b@example.com"
        crm.good("DELETE", f"/rest/blocklists/{entry['id']}")
