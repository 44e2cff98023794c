"""Mailboxes, and the conversations found in them."""

from datetime import timedelta

from icosa.sample.draw import Draw, Record, Sample, wire
from icosa.sample.words import CONVERSATIONS

THREADS = 36


def mail(draw: Draw, sample: Sample) -> Sample:
    member_of = {each["id"]: each for each in sample["workspaceMembers"]}
    channels = [
        {
            "id": draw.id(),
            "handle": account["handle"],
            "connectedAccountId": account["id"],
            "visibility": draw.one(["SHARE_EVERYTHING", "SUBJECT"]),
            "syncStatus": "FAILED_INSUFFICIENT_PERMISSIONS" if account.get("authFailedAt") else "ACTIVE",
            "syncStage": "FAILED" if account.get("authFailedAt") else "PARTIAL_MESSAGE_LIST_FETCH_PENDING",
            "syncedAt": wire(draw.moment(-2, -1)),
        }
        for account in sample["connectedAccounts"]
    ]
    found: Sample = {
        "messageChannels": channels,
        "messageThreads": [],
        "messages": [],
        "messageChannelMessageAssociations": [],
        "messageParticipants": [],
    }
    for _ in range(THREADS):
        at = draw.below(len(channels))
        owner = member_of[sample["connectedAccounts"][at]["accountOwnerId"]]
        _conversation(draw, found, channels[at], owner, draw.one(sample["people"]))
    return found


def _conversation(draw: Draw, found: Sample, channel: Record, owner: Record, person: Record) -> None:
    subject, *texts = draw.one(CONVERSATIONS)
    thread = {"id": draw.id()}
    found["messageThreads"].append(thread)
    when = draw.moment(-90, -4)
    us, them = owner["name"]["firstName"], person["name"]["firstName"]
    for number, text in enumerate(texts):
        from_us = text.rstrip().endswith("{us}")
        message = {
            "id": draw.id(),
            "headerMessageId": f"<{draw.below(16**10):010x}@{'sensors.example.com' if from_us else 'mail.example.com'}>",
            "subject": subject if number == 0 or subject.startswith("Re: ") else f"Re: {subject}",
            "text": text.format(us=us, them=them),
            "receivedAt": wire(when),
            "messageThreadId": thread["id"],
        }
        found["messages"].append(message)
        found["messageChannelMessageAssociations"].append(
            {
                "id": draw.id(),
                "messageChannelId": channel["id"],
                "messageId": message["id"],
                "messageExternalId": f"m-{draw.below(16**8):08x}",
                "messageThreadExternalId": f"t-{thread['id'][-8:]}",
                "direction": "OUTGOING" if from_us else "INCOMING",
            }
        )
        found["messageParticipants"] += [
            {
                "id": draw.id(),
                "messageId": message["id"],
                "role": "from" if from_us else "to",
                "handle": owner["userEmail"],
                "displayName": full_name(owner),
                "workspaceMemberId": owner["id"],
            },
            {
                "id": draw.id(),
                "messageId": message["id"],
                "role": "to" if from_us else "from",
                "handle": person["emails"]["primaryEmail"],
                "displayName": full_name(person),
                "personId": person["id"],
            },
        ]
        when += timedelta(hours=draw.between(1, 30), minutes=draw.below(60))


def full_name(of: Record) -> str:
    return f"{of['name']['firstName']} {of['name']['lastName']}"
