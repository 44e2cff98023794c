"""GET /browse/{objects}/plan/{plan}: what would change, how far it is, and what came of it; POST runs it."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import icosa
from icosa.call.paths import paths
from icosa.catalogue.columns import column_by_path
from icosa.catalogue.model import Object
from icosa.errors import InvalidQuery
from icosa.plans.apply import applied_so_far, apply
from icosa.plans.checkpoint import failures, run_of
from icosa.plans.plan import PlanFile
from icosa.plans.step import Change, Deletion
from icosa.surfaces.console.browse.conditions import path_label
from icosa.surfaces.console.browse.jobs import PlanJob, jobs
from icosa.surfaces.console.browse.planning import is_being_made, plan_of, plan_path
from icosa.surfaces.console.browse.related import by_ids
from icosa.surfaces.console.browse.writers import refuse_readers
from icosa.surfaces.console.guard import local_path
from icosa.surfaces.console.navigation import forget
from icosa.surfaces.console.rendering import Toast, fragment, is_partial, page
from icosa.surfaces.console.showing import Looking, Shown, address, called, looking, of_field, value
from icosa.surfaces.console.showing.shown import ShownPiece
from icosa.wire.actions import find_object

_SHOWN: Final = 100
"""Records of a plan that stand on its page; the others are counted."""


class ValueChange(NamedTuple):
    label: str
    before: Shown
    after: Shown


class PlannedRecord(NamedTuple):
    """One record of a plan; no differences where it is to be deleted."""

    name: str
    href: str
    differences: Sequence[ValueChange]


def show_plan(request: Request) -> Response:
    """The page of a plan in whatever state it is: being made, made, under way, broken off, over."""
    refuse_readers(request)
    name = request.path_params["plan"]
    path, job = plan_path(name), jobs(request.app.state).find(name)
    with request.app.state.site.client(request.state.visitor) as crm:
        of = find_object(crm.catalogue, request.path_params["objects"])
        if not path.exists() and (is_being_made(name) or (job and not job.over)):
            return _waiting(request, of, job or PlanJob("Reading the records"))
        if not path.exists() and job and job.problem:
            raise InvalidQuery(job.problem)
        plan = plan_of(name, crm, request.state.visitor)
        return _of_plan(request, crm, of, plan, job)


def apply_plan(request: Request) -> Response:
    """Runs a plan, or goes on with it, in a thread: its page tells how far it is."""
    refuse_readers(request)
    site, visitor, name = request.app.state.site, request.state.visitor, request.path_params["plan"]
    with site.client(visitor) as crm:
        plan = plan_of(name, crm, visitor)

    def work(job: PlanJob) -> None:
        with site.client(visitor, plan.header.title) as crm:
            apply(crm, plan, progress=job.progress)
        forget(request.app.state)

    if applied_so_far(plan).done < plan.writes:
        jobs(request.app.state).start(name, "Writing the records", work)
    return RedirectResponse(request.url.path, 303)


def _of_plan(request: Request, crm: icosa.Client, of: Object, plan: PlanFile, job: PlanJob | None) -> Response:
    applied = applied_so_far(plan)
    settled = sum(applied.counts.values())
    if job and not job.over:
        return _waiting(request, of, job)
    over = plan.writes > 0 and settled >= plan.writes
    run = run_of(plan) if settled else None
    back = local_path(str(plan.header.settings.get("back") or f"/browse/{of.plural}"))
    left = [each.reason for each in islice(failures(plan.path), _SHOWN)]
    rows = [] if over else list(_rows(crm, of, plan, looking(request)))
    shown: dict[str, Any] = {
        "of": of, "plan": plan, "applied": applied, "over": over, "begun": settled > 0, "run": run, "back": back, "left": left,
        "title": of.label_plural or of.resource, "problem": job.problem if job else "", "rows": rows,
        "deletes": plan.counts["delete"] > 0, "more": max(0, plan.writes - _SHOWN),
        "destroys": not (crm.offers.icosa or crm.offers.soft_delete or crm.offers.permanent),
    }  # fmt: skip
    toasts = [Toast(_sum(plan, applied.done), f"/runs/{run}/undo")] if over and run and applied.done else []
    if is_partial(request):  # the progress is over: the page is shown as a whole
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return page(request, "browse/plan.html", toasts=toasts, **shown)


def _sum(plan: PlanFile, done: int) -> str:
    return f"{done:,} record{'' if done == 1 else 's'} {'deleted' if plan.counts['delete'] else 'changed'}"


def _waiting(request: Request, of: Object, job: PlanJob) -> Response:
    words = f"{job.title}: {job.done:,} of {job.total:,}" if job.total else f"{job.title}…"
    shown: dict[str, Any] = {"of": of, "job": job, "words": words, "title": of.label_plural or of.resource, "poll": request.url.path}
    return fragment(request, "browse/progress.html", **shown) if is_partial(request) else page(request, "browse/waiting.html", **shown)


def _rows(crm: icosa.Client, of: Object, plan: PlanFile, look: Looking) -> Iterator[PlannedRecord]:
    steps = [each for each in islice(plan.steps("change", "delete"), _SHOWN) if isinstance(each, Change | Deletion)]
    there = by_ids(crm, of.singular, [each.id for each in steps])
    points = {
        key for each in steps if isinstance(each, Change) for one in (each.before, each.after) for key in one if key in of.relation_by_key
    }
    names = {key: _targets(crm, of, key, steps) for key in points}
    for each in steps:
        held = there.get(each.id, {"id": each.id} | each.before)
        differences = list(_differences(crm, of, each, look, names)) if isinstance(each, Change) else []
        yield PlannedRecord(called(of, held), address(of, each.id), differences)


def _targets(crm: icosa.Client, of: Object, key: str, steps: Sequence[Change | Deletion]) -> dict[str, Any]:
    ids = [one[key] for each in steps if isinstance(each, Change) for one in (each.before, each.after) if one.get(key)]
    return by_ids(crm, of.relation_by_key[key].target, ids)


def _differences(crm: icosa.Client, of: Object, step: Change, look: Looking, names: dict[str, dict[str, Any]]) -> Iterator[ValueChange]:
    before = dict(paths(step.before))
    for path, after in paths(step.after):
        column = column_by_path(of)[path]
        was = before.get(path)
        if column.target:
            yield ValueChange(path_label(of, column), *(_record(crm, of, path, each, names[path], look) for each in (was, after)))
            continue
        field = of.field_by_name[column.field]
        show = [of_field(field, each, look.briefly) if not column.part else _plain(each) for each in (was, after)]
        yield ValueChange(path_label(of, column), *show)


def _record(crm: icosa.Client, of: Object, key: str, id_: str | None, names: dict[str, Any], look: Looking) -> Shown:
    relation = of.relation_by_key[key]
    held = {key: id_, relation.name: names[id_]} if id_ in names else {key: id_}
    return value(crm.catalogue, of, relation.name, held, look.briefly)


def _plain(held: Any) -> Shown:
    return Shown((ShownPiece(str(held)),) if held not in (None, "", [], {}) else (), True)
