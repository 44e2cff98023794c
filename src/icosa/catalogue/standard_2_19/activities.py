"""What is written down about customers: notes, tasks, files, and the timeline of what happened.

A note or a task has no customer of its own.  It has targets, one record for each company, person or
opportunity that it is about; which of them a target names is one relation to people, and one for each kind to a database.
"""

from icosa.catalogue.fields import Files, Select
from icosa.catalogue.model import CASCADE, SET_NULL
from icosa.catalogue.standard import activities as first
from icosa.catalogue.standard_2_19.revision import CREATED_BY, SYSTEM, UPDATED_BY, kept, kept_but, morph, revised

ATTACHMENT = revised(
    first.ATTACHMENT,
    kept(first.ATTACHMENT, "name"),
    Files("file", "The file itself, as it was uploaded.", most=1, nullable=True),
    kept_but(first.ATTACHMENT, "fullPath", system=True),
    Select(
        "fileCategory",
        "A rough kind of file, by which an icon is chosen.",
        ["ARCHIVE", "AUDIO", "IMAGE", "PRESENTATION", "SPREADSHEET", "TEXT_DOCUMENT", "VIDEO", "OTHER"],
        label="File category",
        default="OTHER",
        system=True,
    ),
    SYSTEM,
    morph(
        "20202020-f634-435d-ab8d-e1168b375c69",
        "attachments",
        ("task", "The task that the file was added to, if it was a task.", SET_NULL),
        ("note", "The note that the file was added to, if it was a note.", SET_NULL),
        ("person", "The person that the file was added to, if it was a person.", CASCADE),
        ("company", "The company that the file was added to, if it was a company.", CASCADE),
        ("opportunity", "The deal that the file was added to, if it was a deal.", CASCADE),
        ("dashboard", "The dashboard that the file was added to, if it was a dashboard.", CASCADE),
        ("workflow", "The workflow that the file was added to, if it was a workflow.", CASCADE),
    ),
    description="A file that was added to a customer, a deal, a note, a task or another record; it goes when most of these go.",
)

NOTE = revised(
    first.NOTE,
    kept(first.NOTE, "position", "title", "bodyV2"),
    CREATED_BY,
    UPDATED_BY,
)

_NOTE_MORPH = "20202020-f635-435d-ab8d-e1168b375c70"

NOTE_TARGET = revised(
    first.NOTE_TARGET,
    SYSTEM,
    morph(_NOTE_MORPH, "noteTargets", ("company", "The company it is about, if it is one.", CASCADE)),
    kept_but(first.NOTE_TARGET, "note", on_delete=CASCADE),
    morph(
        _NOTE_MORPH,
        "noteTargets",
        ("person", "The person it is about, if it is one.", CASCADE),
        ("opportunity", "The deal it is about, if it is one.", CASCADE),
    ),
)

TASK = revised(
    first.TASK,
    kept(first.TASK, "position", "title", "bodyV2", "dueAt", "status"),
    CREATED_BY,
    UPDATED_BY,
    kept(first.TASK, "assignee"),
)

TASK_TARGET = revised(
    first.TASK_TARGET,
    SYSTEM,
    morph(
        "20202020-f636-435d-ab8d-e1168b375c71",
        "taskTargets",
        ("company", "The company it concerns, if it is one.", CASCADE),
        ("opportunity", "The deal it concerns, if it is one.", CASCADE),
        ("person", "The person it concerns, if it is one.", CASCADE),
    ),
    kept_but(first.TASK_TARGET, "task", on_delete=CASCADE),
)

_TIMELINE_MORPH = "20202020-9a2b-4c3d-a4e5-f6a7b8c9d0e1"

TIMELINE_ACTIVITY = revised(
    first.TIMELINE_ACTIVITY,
    SYSTEM,
    kept(first.TIMELINE_ACTIVITY, "happensAt", "name", "properties"),
    kept_but(first.TIMELINE_ACTIVITY, "linkedRecordCachedName", system=True),
    kept_but(first.TIMELINE_ACTIVITY, "linkedRecordId", system=True),
    kept_but(first.TIMELINE_ACTIVITY, "linkedObjectMetadataId", system=True),
    morph(
        _TIMELINE_MORPH,
        "timelineActivities",
        ("company", "The company in whose history the line stands.", CASCADE),
        ("dashboard", "The dashboard in whose history the line stands.", SET_NULL),
        ("messageCampaign", "The campaign in whose history the line stands.", SET_NULL),
        ("messageList", "The list of people in whose history the line stands.", SET_NULL),
        ("note", "The note in whose history the line stands.", SET_NULL),
        ("opportunity", "The deal in whose history the line stands.", SET_NULL),
        ("person", "The person in whose history the line stands.", CASCADE),
        ("task", "The task in whose history the line stands.", SET_NULL),
    ),
    kept(first.TIMELINE_ACTIVITY, "workspaceMember"),
    morph(
        _TIMELINE_MORPH,
        "timelineActivities",
        ("workflow", "The workflow in whose history the line stands.", CASCADE),
        ("workflowVersion", "The version of a workflow in whose history the line stands.", CASCADE),
        ("workflowRun", "The run of a workflow in whose history the line stands.", CASCADE),
    ),
    label_identifier="name",
)
