"""GET /runs/{id}/undo: what putting a run back would do to each record, held against the workspace as it is now, and what
somebody changed since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

import icosa
from icosa.catalogue import naming
from icosa.catalogue.model import Object
from icosa.imports.problems import ids_of, left_steps
from icosa.journal.journal_file import Run
from icosa.journal.reading import Touched, runs, tally, touched
from icosa.plans.plan import read_plan
from icosa.plans.run_state import left_of, redone_by, undone_by
from icosa.plans.staleness import Already, Stale, Verdict, Write, check
from icosa.plans.step import Change, Conflict, Deletion, Restoration, Step
from icosa.plans.undo import steps
from icosa.surfaces.console.rendering import Toast, fragment, page
from icosa.surfaces.console.runs.differences import FieldDifference, Record, differences, with_names
from icosa.surfaces.console.runs.going_on import answer
from icosa.surfaces.console.runs.own import is_seen, run_of
from icosa.surfaces.console.runs.show import singular
from icosa.surfaces.console.runs.titles import title_of
from icosa.surfaces.console.runs.under_way import progress_of
from icosa.surfaces.console.showing import Looking, address, called, looking

SIZE = 60
"""Records that are held against the workspace, and shown; the others are when they are put back."""

Becomes = Literal["ready", "already", "moved", "cannot"]


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """What is to become of a record: `what` in words, and why not where it `moved` since or it `cannot` be put back."""

    id: str
    of: str
    name: str
    href: str
    becomes: Becomes
    what: str
    reason: str
    differences: Sequence[FieldDifference]


def plan(request: Request) -> Response:
    """The page; with `record`, of that record alone."""
    visitor = request.state.visitor
    record = request.query_params.get("record") or None
    with request.app.state.site.client(visitor) as crm:
        run, journal = run_of(request, crm.address)
        known = runs(workspace=crm.address)
        undone = undone_by(run.id, known)
        left = left_of(undone) if undone else None
        redone = None if undone else redone_by(run.id, known)
        over = (undone is not None and left == 0) or redone is not None
        there = [] if over else list(islice(_wanted(journal, record, undone), SIZE))
        planned = list(_planned(crm, there, looking(request)))
        title = title_of(run, {each.id: each for each in known})
    total = 1 if record else tally(journal).total() if undone is None else left or 0
    by = undone or redone
    return page(
        request, "runs/plan.html", run=run, record=record, title=title, planned=planned, more=max(total - len(there), 0), undone=undone,
        redone=redone, over=over, by_seen=by is not None and is_seen(by, visitor), progress=None if record else progress_of(request, run),
        counts={name: sum(each.becomes == name for each in planned) for name in ("ready", "already", "moved", "cannot")},
    )  # fmt: skip


def _wanted(journal: Path, record: str | None, undone: Run | None) -> Iterator[Touched]:
    """The records of the plan: one, all, or those that an undo left as they were."""
    if record:
        return (each for each in touched(journal) if each.id == record)
    if undone is None or undone.plan is None:
        return touched(journal)
    left = {id_ for step, _ in islice(left_steps(read_plan(Path(undone.plan))), SIZE) for id_ in ids_of(step)}
    return (each for each in touched(journal) if each.id in left)


def _planned(crm: icosa.Client, there: Sequence[Touched], look: Looking) -> Iterator[RecordOutcome]:
    by_record = [(each, list(steps(crm.catalogue, each))) for each in there]
    writes = [step for _, found in by_record for step in found if isinstance(step, Change | Deletion | Restoration)]
    verdicts = _verdicts(crm, writes)
    for record, found in by_record:
        of = crm.catalogue.by_plural.get(record.object)
        for step in found:
            yield _of_step(crm, of, record, step, verdicts.get(record.id), look)


def _verdicts(crm: icosa.Client, writes: Sequence[Write]) -> dict[str, Verdict]:
    """By the id of the record, which a plan that puts back writes once."""
    found: dict[str, Verdict] = {}
    kinds = sorted(writes, key=lambda each: (type(each).__name__, each.object))
    for _, group in groupby(kinds, key=lambda each: (type(each), each.object)):
        alike = list(group)
        ids = [each.id for each in alike if isinstance(each, Change | Deletion | Restoration)]
        found.update(zip(ids, check(crm, alike, ids_too=False), strict=True))
    return found


def _of_step(crm: icosa.Client, of: Object | None, record: Touched, step: Step, verdict: Verdict | None, look: Looking) -> RecordOutcome:
    if of is None or isinstance(step, Conflict):
        reason = step.reason if isinstance(step, Conflict) else ""
        name = called(of, record.after or record.before or {"id": record.id}) if of else record.id[:8]
        return RecordOutcome(
            record.id, singular(of) if of else naming.label(record.object), name, "", "cannot", "stays as it is", reason, ()
        )
    now = verdict.current if verdict is not None else None
    becomes: Becomes = "moved" if isinstance(verdict, Stale) else "already" if isinstance(verdict, Already) else "ready"
    was, after, since = _values(step)
    was, after, since = with_names(crm, of, (was, after, now if becomes == "moved" else None))
    what = {Change: "gets back what it had", Deletion: "is deleted", Restoration: "comes back"}[type(step)]
    return RecordOutcome(
        record.id, singular(of), called(of, now or record.after or record.before or {"id": record.id}),
        address(of, record.id) if now else "", becomes, what, verdict.reason if isinstance(verdict, Stale) else "",
        differences(crm.catalogue, of, was, after, look, since) if becomes != "already" else (),
    )  # fmt: skip


def _values(step: Step) -> tuple[Record | None, Record | None, None]:
    """What the run left, and what the record becomes."""
    match step:
        case Change(before=before, after=after):
            return before, {**before, **after}, None
        case Deletion(before=before):
            return before, None, None
        case Restoration(record=record):
            return None, record, None
    return None, None, None


def progress(request: Request) -> Response:
    """GET /runs/{id}/undo/progress: how far it is; once it is through, the browser goes on to what came of it."""
    with request.app.state.site.client(request.state.visitor) as crm:
        run, _ = run_of(request, crm.address)
        found = progress_of(request, run)
        undone = undone_by(run.id, runs(workspace=crm.address))
    if found is None or not found.running:
        return answer(request, *_came_of(run, undone, found is None))
    return fragment(request, "runs/progress.html", run=run, progress=found)


def _came_of(run: Run, undone: Run | None, through: bool) -> tuple[str, Toast | None]:
    if undone is None or not through:
        return f"/runs/{run.id}/undo", None
    left = left_of(undone) or 0
    if not left:
        return f"/runs/{run.id}", Toast("All of it was put back.", f"/runs/{undone.id}/undo")
    text = f"Put back, but for {left:,} that were left as they are. The page says why."
    return f"/runs/{run.id}/undo", Toast(text, f"/runs/{undone.id}/undo", bad=True)
