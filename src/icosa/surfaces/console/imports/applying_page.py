"""An import as it is written, and what came of it: the fourth and the fifth page."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from icosa.catalogue import naming
from icosa.durations import in_words
from icosa.imports.problems import problems
from icosa.imports.reasons import reasons
from icosa.journal.journal_file import journal_path
from icosa.journal.reading import runs
from icosa.plans.apply import apply
from icosa.plans.checkpoint import run_of
from icosa.plans.outcome import by_object, total
from icosa.plans.run_state import undone_by
from icosa.surfaces.console.imports.jobs import Report, start
from icosa.surfaces.console.imports.looking_in import contents_of
from icosa.surfaces.console.imports.mends import mends
from icosa.surfaces.console.imports.planned_page import planning_words
from icosa.surfaces.console.imports.same_command import same_command
from icosa.surfaces.console.imports.stages import ImportStage, ImportStanding, plan_of, standing
from icosa.surfaces.console.imports.visiting import about, for_writers, to_its_page, where
from icosa.surfaces.console.navigation import forget
from icosa.surfaces.console.rendering import fragment, is_partial, page
from icosa.surfaces.console.submitted import submitted

_SAID_EACH: Final = 5
"""Polls between two times that it is said aloud how far it is."""
_WORDS: Final = {
    "created": "created", "changed": "changed", "unchanged": "as they should be", "conflicts": "in conflict, left alone",
    "bad": "did not go in", "left": "left out",
}  # fmt: skip


@for_writers
def begun(request: Request) -> Response:
    """POST /imports/{id}/apply: begins to write, or goes on; a second click does nothing more."""
    upload, form = about(request), submitted(request)
    stands = standing(upload)
    if stands.plan is None or stands.stage not in (ImportStage.PLANNED, ImportStage.STOPPED) or not stands.plan.writes:
        return to_its_page(upload, stands)
    state, visitor, strict = request.app.state, request.state.visitor, bool(form.get("strict"))

    def work(report: Report) -> None:
        with state.site.client(visitor) as crm:
            try:
                apply(crm, upload.plan, strict=strict, progress=report)
            finally:
                forget(state)

    start(upload, "applying", work)
    return to_its_page(upload, standing(upload))


@for_writers
def shown(request: Request) -> Response:
    """GET /imports/{id}/apply"""
    upload = about(request)
    stands = standing(upload)
    if stands.stage not in (ImportStage.APPLYING, ImportStage.STOPPED) or stands.plan is None:
        return to_its_page(upload, stands)
    return page(request, "imports/apply.html", upload=upload, stands=stands, plan=stands.plan, words=_words(stands), n=1)


@for_writers
def progress(request: Request) -> Response:
    """GET /imports/{id}/progress?n=: how far it is, as a part that asks again; when it is through, the page of what came of it."""
    upload = about(request)
    stands = standing(upload)
    going = stands.stage in (ImportStage.PLANNING, ImportStage.APPLYING)
    if not is_partial(request):
        return to_its_page(upload, stands)
    if not going:
        return Response(headers={"HX-Redirect": where(upload)})
    asked = request.query_params.get("n", "")
    n = int(asked) if asked.isdecimal() and len(asked) < 9 else 1
    words = planning_words(stands) if stands.stage is ImportStage.PLANNING else _words(stands)
    return fragment(request, "imports/progress.html", upload=upload, stands=stands, words=words, n=n + 1, aloud=n % _SAID_EACH == 0)


@for_writers
def result(request: Request) -> Response:
    """GET /imports/{id}/result"""
    upload = about(request)
    stands, plan = standing(upload), plan_of(upload)
    if stands.stage is not ImportStage.DONE or stands.applied is None or plan is None:
        return to_its_page(upload, stands)
    contents, run = contents_of(upload), run_of(plan)
    with request.app.state.site.client(request.state.visitor) as crm:
        known, address = crm.catalogue.by_plural, crm.address
    written = [(naming.label(of), of if of in known else "", _counted(each)) for of, each in by_object(stands.applied).items()]
    found = reasons(problems(plan))
    journalled = run if run and journal_path(run).exists() else ""
    undone = undone_by(journalled, runs(workspace=address)) if journalled else None
    return page(
        request,
        "imports/result.html",
        upload=upload,
        stands=stands,
        plan=plan,
        written=written,
        total=total(stands.applied),
        command=same_command("import", upload),
        run=journalled,
        undone=undone.id if undone else "",
        reasons=[(each, mends(upload, contents, each)) for each in found],
    )


def _counted(counts: object) -> list[tuple[str, int]]:
    assert isinstance(counts, dict)
    return [(f"{counts[name]:,} {words}", counts[name]) for name, words in _WORDS.items() if counts.get(name)]


def _words(stands: ImportStanding) -> str:
    """How far it is written, in a sentence."""
    assert stands.plan is not None
    left = stands.job.left if stands.job and stands.stage is ImportStage.APPLYING else None
    return f"{stands.settled:,} of {stands.plan.writes:,} records written" + (f", {in_words(left)} left" if left is not None else "")
