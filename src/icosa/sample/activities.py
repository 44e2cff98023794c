"""Notes and tasks, and the records they are about."""

from icosa.sample.draw import Draw, Record, Sample, wire
from icosa.sample.words import NOTES, TASKS

NOTE_COUNT = 45
TASK_COUNT = 50


def activities(draw: Draw, sample: Sample) -> Sample:
    notes, note_targets = _about(draw, sample, "noteId", [_note(draw) for _ in range(NOTE_COUNT)])
    tasks, task_targets = _about(draw, sample, "taskId", [_task(draw, sample) for _ in range(TASK_COUNT)])
    return {"notes": notes, "noteTargets": note_targets, "tasks": tasks, "taskTargets": task_targets}


def _note(draw: Draw) -> Record:
    title, text = draw.one(NOTES)
    return {
        "id": draw.id(),
        "title": title,
        "bodyV2": {"markdown": text},
        "createdBy": {"source": "MANUAL"},
        "createdAt": wire(draw.moment(-120, -1)),
    }


def _task(draw: Draw, sample: Sample) -> Record:
    status = draw.one(["TODO", "TODO", "IN_PROGRESS", "DONE"])
    hint = {"bodyV2": {"markdown": "See the last note for what was agreed."}} if draw.chance(30) else {}
    return {
        "id": draw.id(),
        "title": draw.one(TASKS),
        **hint,
        "status": status,
        "dueAt": wire(draw.moment(-30, -1) if status == "DONE" else draw.moment(-4, 40)),
        "assigneeId": draw.one(sample["workspaceMembers"])["id"],
        "createdBy": {"source": "MANUAL"},
        "createdAt": wire(draw.moment(-60, -31)),
    }


def _about(draw: Draw, sample: Sample, key: str, written: list[Record]) -> tuple[list[Record], list[Record]]:
    """Each one is about an opportunity and its company, or about a person alone."""
    targets: list[Record] = []
    for each in written:
        if draw.chance(60):
            opportunity = draw.one(sample["opportunities"])
            links = [{"opportunityId": opportunity["id"]}, {"companyId": opportunity["companyId"]}]
        else:
            links = [{"personId": draw.one(sample["people"])["id"]}]
        targets += [{"id": draw.id(), key: each["id"], **link} for link in links]
    return written, targets
