"""Putting back what is too much to wait for: it goes on in a thread, and its plan's file knows how far it is, so that any process
of the server can tell, and a server that was stopped in the middle can go on."""

import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from starlette.requests import Request

from icosa.errors import IcosaError, InvalidValue
from icosa.journal.journal_file import Run, journal_path
from icosa.journal.lock import is_held
from icosa.plans.apply import apply
from icosa.plans.checkpoint import checkpoint_path, counts_so_far, run_of
from icosa.plans.plan import read_plan
from icosa.plans.undo import plan_undo, undo_path
from icosa.surfaces.console.navigation import forget

_log = logging.getLogger("icosa")


@dataclass(slots=True)
class _Work:
    """An undo of this process: `error` is what ended it, `over` that it has ended, `force` that it puts back what was changed since."""

    force: bool
    error: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class UndoProgress:
    """How far an undo is: so many steps of so many, 0 of 0 where none was begun.  `running` while somebody does it; else it was
    broken off, by `error` where that is known."""

    done: int
    total: int
    running: bool
    force: bool
    error: str


def begin(request: Request, run: Run, *, force: bool) -> None:
    """Begins to put a run back, or goes on with it; nothing where it is being done."""
    found = progress_of(request, run)
    if found and found.running:
        return
    work = _works(request.app.state)[run.id] = _Work(force)
    Thread(target=_put_back, args=(request.app.state, request.state.visitor, run, force, work), daemon=True).start()


def _put_back(state: Any, visitor: Any, run: Run, force: bool, work: _Work) -> None:
    try:
        with state.site.client(visitor) as crm:
            apply(crm, plan_undo(crm, run.id, force=force), undoes=run.id)
    except IcosaError as error:
        work.error = error.message
    except Exception as error:  # what the page is to say of it, and the log where it was
        work.error = "It failed in a way that it should not have; the server's log says more."
        _log.error("putting back a run failed with %s", type(error).__name__)
    finally:
        work.over = True
        forget(state)


def progress_of(request: Request, run: Run) -> UndoProgress | None:
    """How far the undo of a run is, while it goes on or where it was broken off; None where it was not begun or is through."""
    work = _works(request.app.state).get(run.id)
    here = work is not None and not work.over
    for force in (True, False):
        if found := _of_file(undo_path(journal_path(run.id), force=force), force, here, work.error if work else ""):
            return found
    return UndoProgress(0, 0, here, work.force, work.error) if work and (here or work.error) else None


def _of_file(path: Path, force: bool, here: bool, error: str) -> UndoProgress | None:
    try:
        plan = read_plan(path)
    except InvalidValue:
        return None
    done = counts_so_far(plan).total()
    if run_of(plan) is None or done >= plan.writes:
        return None
    return UndoProgress(done, plan.writes, here or is_held(checkpoint_path(path)), force, error)


def _works(state: Any) -> dict[str, _Work]:
    if not hasattr(state, "undoing"):
        state.undoing = {}
    found: dict[str, _Work] = state.undoing
    return found
