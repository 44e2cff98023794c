"""Calendars that are synchronised, their events, and who takes part."""

from icosa.catalogue.fields import Boolean, DateTime, Links, Number, Select, Text
from icosa.catalogue.model import CASCADE, BelongsTo, Object

CALENDAR_CHANNEL_EVENT_ASSOCIATION = Object(
    "calendarChannelEventAssociation",
    "calendarChannelEventAssociations",
    "Ties an event to a calendar in which it was found; an event that two calendars hold has two of these.",
    (
        Text(
            "recurringEventExternalId",
            "The provider's id of the series that the event is one occurrence of; empty for an event of its own.",
            label="Recurring Event ID",
        ),
        BelongsTo(
            "calendarEvent",
            "calendarEvent",
            "calendarChannelEventAssociations",
            "The event that was found.",
            CASCADE,
            label="Event ID",
        ),
        BelongsTo(
            "calendarChannel",
            "calendarChannel",
            "calendarChannelEventAssociations",
            "The calendar it was found in.",
            CASCADE,
            label="Channel ID",
        ),
        Text("eventExternalId", "The id that the provider gave the event in this calendar.", label="Event external ID"),
    ),
    system=True,
    audit_logged=False,
)

CALENDAR_CHANNEL = Object(
    "calendarChannel",
    "calendarChannels",
    "One calendar of a connected account: what is taken from it, who may see it, and how far the synchronisation has come.",
    (
        Text("handle", "How the provider names the calendar, usually the e-mail address of its owner."),
        Select(
            "syncStatus",
            "How synchronisation stands: running, never done, up to date, refused by the provider, or failed; null before it is set up.",
            ["ONGOING", "NOT_SYNCED", "ACTIVE", "FAILED_INSUFFICIENT_PERMISSIONS", "FAILED_UNKNOWN"],
            label="Sync status",
            nullable=True,
        ),
        Select(
            "syncStage",
            "The step that comes next or is running: list every event, list what changed, or import what was listed.",
            [
                "FULL_CALENDAR_EVENT_LIST_FETCH_PENDING",
                "PARTIAL_CALENDAR_EVENT_LIST_FETCH_PENDING",
                "CALENDAR_EVENT_LIST_FETCH_ONGOING",
                "CALENDAR_EVENTS_IMPORT_PENDING",
                "CALENDAR_EVENTS_IMPORT_ONGOING",
                "FAILED",
            ],
            label="Sync stage",
            default="FULL_CALENDAR_EVENT_LIST_FETCH_PENDING",
        ),
        Select(
            "visibility",
            "What colleagues see of the events: all of it, or with METADATA only when they are and who takes part.",
            ["METADATA", "SHARE_EVERYTHING"],
            default="SHARE_EVERYTHING",
        ),
        Boolean(
            "isContactAutoCreationEnabled",
            "Whether unknown participants of the events become people of the workspace by themselves.",
            default=True,
        ),
        Select(
            "contactAutoCreationPolicy",
            "From which events unknown participants are taken: those the owner attends, those the owner organises, both, or none.",
            ["AS_PARTICIPANT_AND_ORGANIZER", "AS_PARTICIPANT", "AS_ORGANIZER", "NONE"],
            label="Contact auto creation policy",
            default="AS_PARTICIPANT_AND_ORGANIZER",
        ),
        Boolean("isSyncEnabled", "Whether events are fetched from the calendar at all; false pauses it.", default=True),
        Text("syncCursor", "The provider's marker up to which changes were read; when empty, everything is read again."),
        DateTime("syncedAt", "When a synchronisation was last completed; null if none was.", label="Last sync date", nullable=True),
        DateTime(
            "syncStageStartedAt",
            "When the running step began; one that began long ago is stuck.",
            label="Sync stage started at",
            nullable=True,
        ),
        Number(
            "throttleFailureCount",
            "How many attempts in a row the provider turned away as too many; the pause before the next one grows with it.",
            default=0,
        ),
        BelongsTo(
            "connectedAccount",
            "connectedAccount",
            "calendarChannels",
            "The account that the calendar is part of and through which it is read.",
            CASCADE,
        ),
    ),
    label_identifier="handle",
    system=True,
    audit_logged=False,
)

CALENDAR_EVENT_PARTICIPANT = Object(
    "calendarEventParticipant",
    "calendarEventParticipants",
    "Somebody who is invited to an event, tied to a person or a member where the address belongs to one.",
    (
        BelongsTo("person", "person", "calendarEventParticipants", "The contact whose address this is, if it is one."),
        Text("displayName", "The participant's name as the invitation gives it; it may be empty."),
        Boolean("isOrganizer", "Whether this participant called the event.", default=False),
        BelongsTo(
            "calendarEvent",
            "calendarEvent",
            "calendarEventParticipants",
            "The event to which the invitation was sent.",
            CASCADE,
            label="Event ID",
        ),
        Select(
            "responseStatus",
            "The answer to the invitation: none yet, no, perhaps, or yes.",
            ["NEEDS_ACTION", "DECLINED", "TENTATIVE", "ACCEPTED"],
            default="NEEDS_ACTION",
        ),
        Text("handle", "The e-mail address that was invited; people and members are recognised by it."),
        BelongsTo("workspaceMember", "workspaceMember", "calendarEventParticipants", "The colleague whose address this is, if it is one."),
    ),
    label="Calendar event participant",
    label_plural="Calendar event participants",
    label_identifier="handle",
    system=True,
    audit_logged=False,
    indexed=("handle",),
)

CALENDAR_EVENT = Object(
    "calendarEvent",
    "calendarEvents",
    "An appointment that was found in a synchronised calendar; one record, however many calendars hold it.",
    (
        Links(
            "conferenceLink",
            "Where to join by video or phone: the address and the text that is shown for it.",
            label="Meet Link",
            nullable=True,
        ),
        Text("location", "Where people meet, as the organiser wrote it: an address, a room, or a link."),
        Text("iCalUID", "The UID of the iCalendar standard, equal in every calendar that the event was sent to.", label="iCal UID"),
        Text("description", "The agenda or invitation text; some providers write it as HTML."),
        DateTime("externalUpdatedAt", "When the event was last changed at the provider.", label="Update DateTime", nullable=True),
        DateTime("externalCreatedAt", "When the event was entered at the provider.", label="Creation DateTime", nullable=True),
        DateTime("endsAt", "When it is over, in ISO 8601.", label="End Date", nullable=True),
        DateTime("startsAt", "When it begins, in ISO 8601.", label="Start Date", nullable=True),
        Boolean("isFullDay", "Whether it takes whole days, so that the clock times of its start and end mean nothing.", default=False),
        Boolean("isCanceled", "Whether it was called off; the record stays.", label="Is canceled", default=False),
        Text("title", "The headline of the event."),
        Text("conferenceSolution", "The service that hosts the call, such as hangoutsMeet or teamsForBusiness."),
    ),
    label="Calendar event",
    label_plural="Calendar events",
    label_identifier="title",
    system=True,
    audit_logged=False,
    indexed=("startsAt",),
)
