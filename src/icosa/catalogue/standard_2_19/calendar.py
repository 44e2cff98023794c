"""Events that were found in calendars, who takes part, and what was recorded of calls."""

from icosa.catalogue.fields import DateTime, Files, RawJson, RichTextV2, Select, Text, Uuid
from icosa.catalogue.model import BelongsTo, Object
from icosa.catalogue.standard import calendar as first
from icosa.catalogue.standard_2_19.revision import SYSTEM, kept, kept_but, revised

CALENDAR_CHANNEL_EVENT_ASSOCIATION = revised(
    first.CALENDAR_CHANNEL_EVENT_ASSOCIATION,
    SYSTEM,
    kept(first.CALENDAR_CHANNEL_EVENT_ASSOCIATION, "eventExternalId", "recurringEventExternalId"),
    Uuid("calendarChannelId", "The id of the calendar it was found in.", label="Channel ID", required=True),
    kept(first.CALENDAR_CHANNEL_EVENT_ASSOCIATION, "calendarEvent"),
)

CALENDAR_EVENT = revised(
    first.CALENDAR_EVENT,
    SYSTEM,
    kept(
        first.CALENDAR_EVENT,
        "title",
        "isCanceled",
        "isFullDay",
        "startsAt",
        "endsAt",
        "externalCreatedAt",
        "externalUpdatedAt",
        "description",
        "location",
    ),
    kept_but(first.CALENDAR_EVENT, "iCalUID", name="iCalUid"),
    kept(first.CALENDAR_EVENT, "conferenceSolution", "conferenceLink"),
    listed_by="calendarChannelEventAssociations",
)

CALENDAR_EVENT_PARTICIPANT = revised(
    first.CALENDAR_EVENT_PARTICIPANT,
    SYSTEM,
    kept(
        first.CALENDAR_EVENT_PARTICIPANT,
        "handle",
        "displayName",
        "isOrganizer",
        "responseStatus",
        "calendarEvent",
        "person",
        "workspaceMember",
    ),
)

CALL_RECORDING = revised(
    Object(
        "callRecording",
        "callRecordings",
        "What was recorded of a call: its picture and sound, what was said, and how far the recording has come.",
        label_identifier="title",
        system=True,
    ),
    Text("title", "A headline, such as the title of the event that the call belongs to."),
    Select(
        "status",
        "How far the recording has come, from being planned to being there, or having failed.",
        ["SCHEDULED", "JOINING", "RECORDING", "PROCESSING", "COMPLETED", "FAILED"],
        default="SCHEDULED",
    ),
    Select(
        "recordingRequestStatus",
        "Whether the recording is still wanted.",
        ["REQUESTED", "CANCELED"],
        label="Request Status",
        default="REQUESTED",
    ),
    Uuid("applicationId", "The id of the application that records; null if it is unknown.", label="Application ID", nullable=True),
    Text("externalBotId", "What the recording service calls the bot that sits in the call.", label="External Bot ID"),
    Text("externalRecordingId", "What the recording service calls the recording.", label="External Recording ID"),
    DateTime("startedAt", "When the recording began, in ISO 8601; null until then.", nullable=True),
    DateTime("endedAt", "When the recording was over, in ISO 8601; null until then.", nullable=True),
    Files("video", "The picture with its sound, as a file.", most=1, nullable=True),
    Files("audio", "The sound alone, as a file.", most=1, nullable=True),
    RawJson("transcript", "What was said and by whom, as JSON of the recording service; null if nothing was written down.", nullable=True),
    RichTextV2("summary", "What the call was about, as Markdown and as the blocks of the BlockNote editor."),
    SYSTEM,
    BelongsTo("calendarEvent", "calendarEvent", "callRecordings", "The event whose call was recorded."),
)
