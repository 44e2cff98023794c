"""What is written down about customers: notes, tasks, files, and the timeline of what happened.

A note or a task has no customer of its own.  It has targets, one record for each company, person or
opportunity that it is about.
"""

from icosa.catalogue.fields import CreatedBy, DateTime, Position, RawJson, RichText, RichTextV2, Select, Text, Uuid
from icosa.catalogue.model import CASCADE, NOW, BelongsTo, Object

ATTACHMENT = Object(
    "attachment",
    "attachments",
    "A file that was added to a customer, a deal, a note or a task; the record says where the file lies and does not hold it.",
    (
        BelongsTo("note", "note", "attachments", "The note that the file was added to, if it was a note."),
        BelongsTo("task", "task", "attachments", "The task that the file was added to, if it was a task."),
        BelongsTo("author", "workspaceMember", "authoredAttachments", "The colleague who added the file."),
        Text("name", "The file's name with its ending, as colleagues see it, such as offer.pdf."),
        Text("type", "A rough kind of file, such as Image, Spreadsheet or TextDocument, by which an icon is chosen."),
        Text("fullPath", "Where the file lies in the file store, such as attachment/offer.pdf.", label="Full path"),
        BelongsTo("opportunity", "opportunity", "attachments", "The deal that the file was added to, if it was a deal.", CASCADE),
        BelongsTo("company", "company", "attachments", "The company that the file was added to, if it was a company.", CASCADE),
        BelongsTo("person", "person", "attachments", "The person that the file was added to, if it was a person.", CASCADE),
    ),
    label_identifier="name",
    system=True,
)

NOTE = Object(
    "note",
    "notes",
    "A text that colleagues keep about customers and deals; note targets say which ones it is about.",
    (
        Position("Where the note stands in lists that are sorted by hand; the smaller number comes first."),
        Text("title", "A headline, shown in lists."),
        RichText("body", "No longer used and always null; write bodyV2.", label="Body (deprecated)", nullable=True),
        RichTextV2("bodyV2", "The text itself, as Markdown and as the blocks of the BlockNote editor.", label="Body", nullable=True),
        CreatedBy(),
    ),
    label_identifier="title",
    searchable=("title", "bodyV2"),
    indexed=("createdAt",),
)

NOTE_TARGET = Object(
    "noteTarget",
    "noteTargets",
    "Says that a note is about one company, person or opportunity; a note about three has three of these.",
    (
        BelongsTo("note", "note", "noteTargets", "The note whose subject is given here."),
        BelongsTo("person", "person", "noteTargets", "The person it is about, if it is one.", CASCADE),
        BelongsTo("company", "company", "noteTargets", "The company it is about, if it is one.", CASCADE),
        BelongsTo("opportunity", "opportunity", "noteTargets", "The deal it is about, if it is one.", CASCADE),
    ),
    system=True,
)

TASK = Object(
    "task",
    "tasks",
    "Something that has to be done, by whom and until when; task targets say which customers and deals it concerns.",
    (
        RichText("body", "No longer used and always null; write bodyV2.", label="Body (deprecated)", nullable=True),
        Text("title", "What has to be done, in a few words."),
        Position("Where the task stands in its column or list when that is sorted by hand; the smaller number comes first."),
        BelongsTo("assignee", "workspaceMember", "assignedTasks", "The colleague who is to do it."),
        CreatedBy(),
        Select(
            "status",
            "Whether it is still to do, in hand, or done.",
            ["TODO", "IN_PROGRESS", "DONE"],
            nullable=True,
            default="TODO",
        ),
        DateTime("dueAt", "When it has to be finished, in ISO 8601; null if there is no hurry.", label="Due Date", nullable=True),
        RichTextV2("bodyV2", "The details, as Markdown and as the blocks of the BlockNote editor.", label="Body", nullable=True),
    ),
    label_identifier="title",
    searchable=("title", "bodyV2"),
    indexed=("dueAt", "createdAt"),
)

TASK_TARGET = Object(
    "taskTarget",
    "taskTargets",
    "Says that a task concerns one company, person or opportunity; a task for three has three of these.",
    (
        BelongsTo("opportunity", "opportunity", "taskTargets", "The deal it concerns, if it is one.", CASCADE),
        BelongsTo("company", "company", "taskTargets", "The company it concerns, if it is one.", CASCADE),
        BelongsTo("person", "person", "taskTargets", "The person it concerns, if it is one.", CASCADE),
        BelongsTo("task", "task", "taskTargets", "The task whose subject is given here."),
    ),
    system=True,
)

TIMELINE_ACTIVITY = Object(
    "timelineActivity",
    "timelineActivities",
    "One line in the history of a record: who did what to it and when.",
    (
        BelongsTo("person", "person", "timelineActivities", "The person in whose history the line stands.", CASCADE),
        RawJson(
            "properties",
            'What changed, as JSON: {"diff": {"name": {"before": "Old", "after": "New"}}}; null where there is nothing to tell.',
            label="Event details",
            nullable=True,
        ),
        Text("name", "What happened, as object and action, such as company.updated or linked-note.created.", label="Event name"),
        DateTime(
            "happensAt", "When it happened, in ISO 8601; the moment of creation unless told otherwise.", label="Creation date", default=NOW
        ),
        BelongsTo("workspaceMember", "workspaceMember", "timelineActivities", "The colleague who did it; null for a program.", CASCADE),
        Text(
            "linkedRecordCachedName",
            "The title that the linked note or task had at that moment, so that it can be shown after the record is gone.",
            label="Linked Record cached name",
        ),
        BelongsTo("company", "company", "timelineActivities", "The company in whose history the line stands.", CASCADE),
        BelongsTo("opportunity", "opportunity", "timelineActivities", "The deal in whose history the line stands."),
        BelongsTo("note", "note", "timelineActivities", "The note in whose history the line stands."),
        BelongsTo("task", "task", "timelineActivities", "The task in whose history the line stands."),
        BelongsTo("workflow", "workflow", "timelineActivities", "The workflow in whose history the line stands.", CASCADE),
        BelongsTo(
            "workflowVersion",
            "workflowVersion",
            "timelineActivities",
            "The version of a workflow in whose history the line stands.",
            CASCADE,
            label="WorkflowVersion",
        ),
        BelongsTo("workflowRun", "workflowRun", "timelineActivities", "The run of a workflow in whose history the line stands.", CASCADE),
        Uuid("linkedObjectMetadataId", "Which kind of record linkedRecordId names, by the id of its object.", nullable=True),
        Uuid(
            "linkedRecordId",
            "The id of a note, task or other record that the line is about, beside the one whose history it is.",
            label="Linked Record id",
            nullable=True,
        ),
    ),
    system=True,
    audit_logged=False,
    indexed=("happensAt",),
)
