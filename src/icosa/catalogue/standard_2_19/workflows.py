"""Workflows: what starts them, what they do, and their runs."""

from icosa.catalogue.fields import DateTime, RawJson
from icosa.catalogue.standard import workflows as first
from icosa.catalogue.standard_2_19.revision import CREATED_BY, SYSTEM, UPDATED_BY, kept, kept_but, revised

WORKFLOW = revised(
    first.WORKFLOW,
    kept(first.WORKFLOW, "name", "lastPublishedVersionId", "statuses", "position"),
    CREATED_BY,
    UPDATED_BY,
    searchable=("name",),
)

WORKFLOW_AUTOMATED_TRIGGER = revised(
    first.WORKFLOW_AUTOMATED_TRIGGER,
    SYSTEM,
    kept_but(first.WORKFLOW_AUTOMATED_TRIGGER, "type", required=False, default="DATABASE_EVENT"),
    kept(first.WORKFLOW_AUTOMATED_TRIGGER, "settings", "workflow"),
    label="",
    label_plural="",
)

WORKFLOW_RUN = revised(
    first.WORKFLOW_RUN,
    kept(first.WORKFLOW_RUN, "name"),
    DateTime("enqueuedAt", "When the run was put in line, in ISO 8601; null until then.", label="Workflow run enqueued at", nullable=True),
    kept(first.WORKFLOW_RUN, "startedAt", "endedAt"),
    kept_but(
        first.WORKFLOW_RUN,
        "status",
        description="Whether the run waits, stands in line, is under way, came to its end, broke off, or was stopped.",
        options=("NOT_STARTED", "RUNNING", "COMPLETED", "FAILED", "ENQUEUED", "STOPPING", "STOPPED"),
    ),
    kept_but(first.WORKFLOW_RUN, "createdBy", system=True),
    UPDATED_BY,
    RawJson("state", "The trigger and steps as they were, what each step gave so far, and what broke the run off.", required=True),
    RawJson("stepLogs", "What each step wrote down while it ran, under the step's id.", label="Step logs", nullable=True, system=True),
    kept(first.WORKFLOW_RUN, "position", "workflow", "workflowVersion"),
    system=True,
)

WORKFLOW_VERSION = revised(
    first.WORKFLOW_VERSION,
    CREATED_BY,
    UPDATED_BY,
    kept(first.WORKFLOW_VERSION, "name", "trigger", "steps", "status", "position", "workflow"),
    system=True,
)
