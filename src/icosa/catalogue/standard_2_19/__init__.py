"""The objects that every workspace has in Twenty 2.19, one file a family.

What both versions have is written once, in `catalogue/standard/`, and taken over (`revision.kept`); all fields are of the
second generation.
"""

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard_2_19.activities import ATTACHMENT, NOTE, NOTE_TARGET, TASK, TASK_TARGET, TIMELINE_ACTIVITY
from icosa.catalogue.standard_2_19.calendar import (
    CALENDAR_CHANNEL_EVENT_ASSOCIATION,
    CALENDAR_EVENT,
    CALENDAR_EVENT_PARTICIPANT,
    CALL_RECORDING,
)
from icosa.catalogue.standard_2_19.customers import COMPANY, OPPORTUNITY, PERSON
from icosa.catalogue.standard_2_19.messaging import (
    MESSAGE,
    MESSAGE_CAMPAIGN,
    MESSAGE_CHANNEL_MESSAGE_ASSOCIATION,
    MESSAGE_CHANNEL_MESSAGE_ASSOCIATION_MESSAGE_FOLDER,
    MESSAGE_LIST,
    MESSAGE_LIST_MEMBER,
    MESSAGE_PARTICIPANT,
    MESSAGE_THREAD,
)
from icosa.catalogue.standard_2_19.workflows import WORKFLOW, WORKFLOW_AUTOMATED_TRIGGER, WORKFLOW_RUN, WORKFLOW_VERSION
from icosa.catalogue.standard_2_19.workspace import BLOCKLIST, DASHBOARD, WORKSPACE_MEMBER

STANDARD_2_19 = Catalogue(
    (
        ATTACHMENT,
        BLOCKLIST,
        CALENDAR_CHANNEL_EVENT_ASSOCIATION,
        CALENDAR_EVENT,
        CALENDAR_EVENT_PARTICIPANT,
        CALL_RECORDING,
        COMPANY,
        DASHBOARD,
        MESSAGE,
        MESSAGE_CAMPAIGN,
        MESSAGE_CHANNEL_MESSAGE_ASSOCIATION,
        MESSAGE_CHANNEL_MESSAGE_ASSOCIATION_MESSAGE_FOLDER,
        MESSAGE_LIST,
        MESSAGE_LIST_MEMBER,
        MESSAGE_PARTICIPANT,
        MESSAGE_THREAD,
        NOTE,
        NOTE_TARGET,
        OPPORTUNITY,
        PERSON,
        TASK,
        TASK_TARGET,
        TIMELINE_ACTIVITY,
        WORKFLOW,
        WORKFLOW_AUTOMATED_TRIGGER,
        WORKFLOW_RUN,
        WORKFLOW_VERSION,
        WORKSPACE_MEMBER,
    ),
    checked=True,
)
"""The 28 standard objects, in the order of their names."""
