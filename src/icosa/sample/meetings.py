"""Calendars, and the appointments found in them."""

from datetime import timedelta

from icosa.sample.draw import Draw, Record, Sample, wire
from icosa.sample.mail import full_name
from icosa.sample.words import MEETINGS

EVENTS = 30


def meetings(draw: Draw, sample: Sample) -> Sample:
    member_of = {each["id"]: each for each in sample["workspaceMembers"]}
    channels = [
        {
            "id": draw.id(),
            "handle": account["handle"],
            "connectedAccountId": account["id"],
            "syncStatus": "ACTIVE",
            "syncStage": "PARTIAL_CALENDAR_EVENT_LIST_FETCH_PENDING",
            "syncedAt": wire(draw.moment(-2, -1)),
        }
        for account in sample["connectedAccounts"]
    ]
    found: Sample = {
        "calendarChannels": channels,
        "calendarEvents": [],
        "calendarChannelEventAssociations": [],
        "calendarEventParticipants": [],
    }
    for _ in range(EVENTS):
        at = draw.below(len(channels))
        owner = member_of[sample["connectedAccounts"][at]["accountOwnerId"]]
        company = draw.one(sample["companies"])
        guests = [person for person in sample["people"] if person["companyId"] == company["id"]][:3]
        _event(draw, found, channels[at], owner, company, guests)
    return found


def _event(draw: Draw, found: Sample, channel: Record, owner: Record, company: Record, guests: list[Record]) -> None:
    title, description, minutes = draw.one(MEETINGS)
    starts = draw.moment(-20, 25)
    planned = starts - timedelta(days=draw.between(3, 20))
    event: Record = {
        "id": draw.id(),
        "title": f"{title}: {company['name']}",
        "description": description,
        "startsAt": wire(starts),
        "endsAt": wire(starts + timedelta(minutes=minutes)),
        "externalCreatedAt": wire(planned),
        "externalUpdatedAt": wire(planned),
        "isCanceled": draw.chance(10),
        "iCalUID": f"{draw.below(16**10):010x}@sensors.example.com",
    }
    if title == "Site visit":
        event["location"] = f"{company['address']['addressStreet1']}, {company['address']['addressCity']}"
    else:
        event["conferenceLink"] = {"primaryLinkUrl": f"https://meet.example.com/{draw.below(16**6):06x}", "primaryLinkLabel": "Join"}
    found["calendarEvents"].append(event)
    found["calendarChannelEventAssociations"].append(
        {
            "id": draw.id(),
            "calendarEventId": event["id"],
            "calendarChannelId": channel["id"],
            "eventExternalId": f"e-{draw.below(16**8):08x}",
        }
    )
    found["calendarEventParticipants"] += [
        {
            "id": draw.id(),
            "calendarEventId": event["id"],
            "handle": owner["userEmail"],
            "displayName": full_name(owner),
            "isOrganizer": True,
            "responseStatus": "ACCEPTED",
            "workspaceMemberId": owner["id"],
        },
        *(
            {
                "id": draw.id(),
                "calendarEventId": event["id"],
                "handle": guest["emails"]["primaryEmail"],
                "displayName": full_name(guest),
                "responseStatus": draw.one(["NEEDS_ACTION", "ACCEPTED", "ACCEPTED", "TENTATIVE", "DECLINED"]),
                "personId": guest["id"],
            }
            for guest in guests
        ),
    ]
