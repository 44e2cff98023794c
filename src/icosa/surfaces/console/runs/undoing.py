"""POST /runs/{id}/undo: puts a run back, or one record of it, and says what came of it where one came from."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

import icosa
from icosa.errors import Conflict
from icosa.journal.journal_file import Run
from icosa.journal.reading import runs, tally, touched
from icosa.plans.apply import Applied, apply
from icosa.plans.run_state import left_of, redone_by, undone_by
from icosa.plans.undo import plan_undo
from icosa.surfaces.console.navigation import forget
from icosa.surfaces.console.problems import problem
from icosa.surfaces.console.rendering import Toast
from icosa.surfaces.console.runs.going_on import answer, back, sent
from icosa.surfaces.console.runs.own import run_of
from icosa.surfaces.console.runs.titles import title_of
from icosa.surfaces.console.runs.under_way import begin

AT_ONCE: Final = 60
"""Records that are put back while one waits; of more there is a page that shows first what would be done."""


_ONLY_READS: Final = "What is to be put back has to be written, and your key may not. Sign in with one that may."


def undo(request: Request) -> Response:
    """Takes, in the form or the query: `record`, the id of the one to put back; `force`, for what somebody changed since too;
    `next`, the path to go on to."""
    if not request.state.visitor.may_write:
        return problem(request, 403, "This key may only read", _ONLY_READS, "read_only_key")
    with request.app.state.site.client(request.state.visitor) as crm:
        run, journal = run_of(request, crm.address)
        known = runs(workspace=crm.address)
        title = title_of(run, {each.id: each for each in known})
        record, force = _one_of(journal, sent(request, "record")), sent(request, "force") != ""
        if done := _done_before(run, known):
            return answer(request, back(request, run), done)
        if record is None and tally(journal).total() > AT_ONCE:
            if sent(request, "go"):
                begin(request, run, force=force)
            return answer(request, plan_path(run, None))
        return _at_once(request, crm, Undo(run, journal, title, record, force))


def _one_of(journal: Path, record: str) -> str | None:
    """The record that alone is put back; None where it is all that the run wrote, so that the run itself counts as put back."""
    alone = tally(journal).total() == 1 and [each.id for each in touched(journal)] == [record]
    return None if alone else record or None


class Undo(NamedTuple):
    """What is to be put back."""

    run: Run
    journal: Path
    title: str
    record: str | None
    force: bool


def _at_once(request: Request, crm: icosa.Client, of: Undo) -> Response:
    run, record = of.run, of.record
    try:
        applied = apply(crm, plan_undo(crm, run.id, record=record, force=of.force), undoes=run.id, record=record)
    except Conflict:  # a second click, or another tab
        return answer(request, back(request, run), Toast(f"{of.title}: it is being put back already.", bad=True))
    forget(request.app.state)
    if not applied.whole:
        return answer(request, plan_path(run, record), Toast(left_words(applied), undo_of(applied.run), bad=True))
    gone = [each.id for each in touched(of.journal) if each.before is None and record in (None, each.id)]
    return answer(request, back(request, run, gone), Toast(_done_words(applied, of.title), undo_of(applied.run)))


def _done_before(run: Run, known: Sequence[Run]) -> Toast | None:
    """What is said where it was put back before, and perhaps done again: nothing is then done."""
    undone = undone_by(run.id, known)
    if undone:
        return Toast("It was put back already.", undo_of(undone.id), bad=True) if left_of(undone) == 0 else None
    redone = redone_by(run.id, known)
    return Toast("It was put back, and done again since; that run can be put back.", undo_of(redone.id), bad=True) if redone else None


def plan_path(run: Run, record: str | None) -> str:
    """Where one sees what putting back would do."""
    return f"/runs/{run.id}/undo" + (f"?{urlencode({'record': record})}" if record else "")


def undo_of(run: str | None) -> str:
    """Where a POST puts a run back; "" where nothing was written."""
    return f"/runs/{run}/undo" if run else ""


def left_words(applied: Applied) -> str:
    """What came of an undo that left something."""
    left = sum(applied.counts.get(each, 0) for each in ("moved", "refused")) + applied.planned.get("conflict", 0)
    done = f"{applied.done:,} {_records(applied.done)} put back, " if applied.done else "Nothing was put back: "
    return f"{done}{left:,} {'is' if left == 1 else 'are'} as before. The page says why."


def _done_words(applied: Applied, title: str) -> str:
    written = applied.done - applied.counts.get("already", 0)
    if not written:
        return f"Nothing of it was left to put back: {title}"
    return f"Put back: {title}" + (f" ({written:,} records)" if written > 1 else "")


def _records(count: int) -> str:
    return "record was" if count == 1 else "records were"
