"""How a run stands: whether it goes on, was broken off, or was put back."""

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from icosa.errors import InvalidValue
from icosa.journal.journal_file import Run, journal_path
from icosa.journal.lock import is_held
from icosa.plans.checkpoint import counts_so_far, run_of
from icosa.plans.plan import PlanFile, read_plan

PLANS: Final = "undo"
"""The folder beside journals where the plans lie that put runs back."""


class Standing(Enum):
    """RUNNING: a program writes it.  BROKEN_OFF: its plan was not run to the end, and the same command goes on with
    it.  OVER: neither."""

    RUNNING = "running"
    BROKEN_OFF = "broken off"
    OVER = "over"


def state_of(run: Run) -> Standing:
    """How a run stands, as far as its journal and its plan know."""
    if is_held(journal_path(run.id)):
        return Standing.RUNNING
    plan = _plan(run)
    return Standing.BROKEN_OFF if plan and counts_so_far(plan).total() < plan.writes else Standing.OVER


def left_of(run: Run) -> int | None:
    """How many steps of a run's plan were not done, those that it had to leave alone among them; None where its plan
    is not there any more."""
    plan = _plan(run)
    if plan is None:
        return None
    done = counts_so_far(plan)
    return plan.counts["conflict"] + plan.counts["bad"] + plan.writes - done.total() + done["moved"] + done["refused"]


def undone_by(run: str, known: Sequence[Run], record: str | None = None) -> Run | None:
    """The run that put all of this one back, or with `record` what it wrote to that one, and was not put back itself."""
    undos = (each for each in known if each.undoes == run and each.record in (None, record))
    return next((each for each in undos if undone_by(each.id, known, record) is None), None)


def redone_by(run: str, known: Sequence[Run]) -> Run | None:
    """The run that put back an undo of this one, so that what it wrote is there again."""
    undos = {each.id for each in known if each.undoes == run and each.record is None}
    redos = (each for each in known if each.undoes in undos and each.record is None)
    return next((each for each in redos if undone_by(each.id, known) is None), None)


def _plan(run: Run) -> PlanFile | None:
    """The plan of a run, where it is still there and was not made anew since."""
    if run.plan is None:
        return None
    try:
        plan = read_plan(Path(run.plan))
    except InvalidValue:
        return None
    return plan if run_of(plan) == run.id else None
