"""Workflows: what starts them, what they do, and their runs."""

from icosa.catalogue.fields import CreatedBy, DateTime, MultiSelect, Position, RawJson, Select, Text
from icosa.catalogue.model import CASCADE, BelongsTo, Object

WORKFLOW_AUTOMATED_TRIGGER = Object(
    "workflowAutomatedTrigger",
    "workflowAutomatedTriggers",
    "What sets a workflow off by itself: a change of a record or the clock; it is there while the workflow is active.",
    (
        Select(
            "type",
            "What is waited for: a change of a record, or a moment of a schedule.",
            ["DATABASE_EVENT", "CRON"],
            label="Automated Trigger Type",
            required=True,
        ),
        RawJson(
            "settings",
            'The change or the schedule: {"eventName": "company.created"} for DATABASE_EVENT, {"pattern": "0 9 * * *"} for CRON.',
            required=True,
        ),
        BelongsTo("workflow", "workflow", "automatedTriggers", "The workflow that is set off.", CASCADE),
    ),
    label="WorkflowAutomatedTrigger",
    label_plural="WorkflowAutomatedTriggers",
    system=True,
)

WORKFLOW_RUN = Object(
    "workflowRun",
    "workflowRuns",
    "One execution of a workflow: when it ran, who set it off, what each step gave, and how it ended.",
    (
        BelongsTo("workflowVersion", "workflowVersion", "runs", "The version whose steps were executed.", label="Workflow version"),
        BelongsTo("workflow", "workflow", "runs", "The workflow that was executed.", CASCADE),
        Position("Where the run stands in lists that are sorted by hand; the smaller number comes first."),
        RawJson(
            "output",
            "What came of it: the trigger and steps as they were (flow), what each step gave (stepsOutput), and what broke it off (error).",
            nullable=True,
        ),
        CreatedBy("Who or what set the run off: a colleague, another workflow, a webhook.", label="Executed by"),
        Select(
            "status",
            "Whether the run waits, is under way, came to its end, or broke off.",
            ["NOT_STARTED", "RUNNING", "COMPLETED", "FAILED"],
            label="Workflow run status",
            default="NOT_STARTED",
        ),
        DateTime("endedAt", "When the last step was over, in ISO 8601; null until then.", label="Workflow run ended at", nullable=True),
        Text("name", "The run's number and its workflow, such as #12 - Welcome new customers."),
        DateTime("startedAt", "When the first step began, in ISO 8601; null until then.", label="Workflow run started at", nullable=True),
        RawJson(
            "context",
            "The values that later steps can refer to: what the trigger brought (trigger) and each step's result under the step's id.",
            nullable=True,
        ),
    ),
    label_identifier="name",
    audit_logged=False,
    indexed=("createdAt",),
)

WORKFLOW = Object(
    "workflow",
    "workflows",
    "Work that the workspace does on its own; its versions hold the steps, and at most one of them is active.",
    (
        Text(
            "lastPublishedVersionId",
            "The id of the version that was activated last and is run when the workflow is set off; empty if none was.",
            label="Last published Version Id",
            nullable=True,
            default="",
        ),
        Text("name", "What the workflow is for, in a few words."),
        CreatedBy(),
        Position("Where the workflow stands in lists that are sorted by hand; the smaller number comes first."),
        MultiSelect(
            "statuses",
            "Which states its versions are in, each once; the workspace works it out from them.",
            ["DRAFT", "ACTIVE", "DEACTIVATED"],
            nullable=True,
        ),
    ),
    label_identifier="name",
)

WORKFLOW_VERSION = Object(
    "workflowVersion",
    "workflowVersions",
    "One edition of a workflow: a trigger and steps, which are edited as a draft and fixed once it was active.",
    (
        Position("Where the version stands in lists that are sorted by hand; the smaller number comes first."),
        Select(
            "status",
            "Whether the version is being written, in force, switched off, or replaced by a newer one (ARCHIVED).",
            ["DRAFT", "ACTIVE", "DEACTIVATED", "ARCHIVED"],
            label="Version status",
            default="DRAFT",
        ),
        RawJson(
            "steps",
            "What a run does: a JSON list of steps, each with id, name, type, settings and the ids of the steps that follow (nextStepIds).",
            label="Version steps",
            nullable=True,
        ),
        RawJson(
            "trigger",
            "What sets a run off: a JSON object with a type (DATABASE_EVENT, CRON, WEBHOOK or MANUAL) and its settings.",
            label="Version trigger",
            nullable=True,
        ),
        Text("name", "A short name for the edition, such as v2."),
        BelongsTo("workflow", "workflow", "versions", "The workflow of which this is an edition.", CASCADE),
    ),
    label_identifier="name",
)
