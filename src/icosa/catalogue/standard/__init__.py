"""The objects that every workspace has, one file a family.

A field is `Type(name, description, settings)`; a relation is `BelongsTo(name, target, inverse, description)`,
where `inverse` is what the target calls the records that point at it.  Names, types, options and defaults
are those of Twenty 1.0.3, and members stand in the order in which its forms show them; the words are ours.
"""

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard.accounts import BLOCKLIST, CONNECTED_ACCOUNT
from icosa.catalogue.standard.activities import ATTACHMENT, NOTE, NOTE_TARGET, TASK, TASK_TARGET, TIMELINE_ACTIVITY
from icosa.catalogue.standard.calendar import (
    CALENDAR_CHANNEL,
    CALENDAR_CHANNEL_EVENT_ASSOCIATION,
    CALENDAR_EVENT,
    CALENDAR_EVENT_PARTICIPANT,
)
from icosa.catalogue.standard.customers import COMPANY, OPPORTUNITY, PERSON
from icosa.catalogue.standard.favorites import FAVORITE, FAVORITE_FOLDER
from icosa.catalogue.standard.messaging import (
    MESSAGE,
    MESSAGE_CHANNEL,
    MESSAGE_CHANNEL_MESSAGE_ASSOCIATION,
    MESSAGE_FOLDER,
    MESSAGE_PARTICIPANT,
    MESSAGE_THREAD,
)
from icosa.catalogue.standard.views import VIEW, VIEW_FIELD, VIEW_FILTER, VIEW_FILTER_GROUP, VIEW_GROUP, VIEW_SORT
from icosa.catalogue.standard.workflows import WORKFLOW, WORKFLOW_AUTOMATED_TRIGGER, WORKFLOW_RUN, WORKFLOW_VERSION
from icosa.catalogue.standard.workspace import API_KEY, WEBHOOK, WORKSPACE_MEMBER

STANDARD = Catalogue(
    (
        API_KEY,
        ATTACHMENT,
        BLOCKLIST,
        CALENDAR_CHANNEL_EVENT_ASSOCIATION,
        CALENDAR_CHANNEL,
        CALENDAR_EVENT_PARTICIPANT,
        CALENDAR_EVENT,
        COMPANY,
        CONNECTED_ACCOUNT,
        FAVORITE_FOLDER,
        FAVORITE,
        MESSAGE_CHANNEL_MESSAGE_ASSOCIATION,
        MESSAGE_CHANNEL,
        MESSAGE_FOLDER,
        MESSAGE_PARTICIPANT,
        MESSAGE,
        MESSAGE_THREAD,
        NOTE,
        NOTE_TARGET,
        OPPORTUNITY,
        PERSON,
        TASK,
        TASK_TARGET,
        TIMELINE_ACTIVITY,
        VIEW_FIELD,
        VIEW_FILTER_GROUP,
        VIEW_FILTER,
        VIEW_GROUP,
        VIEW,
        VIEW_SORT,
        WEBHOOK,
        WORKFLOW_AUTOMATED_TRIGGER,
        WORKFLOW_RUN,
        WORKFLOW,
        WORKFLOW_VERSION,
        WORKSPACE_MEMBER,
    ),
    checked=True,
)
"""The 36 standard objects, in the order in which menus list them."""
