"""How an import stands, as its files and locks tell: so a server that was started anew knows it as well."""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from icosa.errors import IcosaError
from icosa.plans.apply import Applied, applied_so_far
from icosa.plans.checkpoint import checkpoint_path
from icosa.plans.plan import PlanFile, read_plan
from icosa.surfaces.console.imports.jobs import Job, last_job
from icosa.surfaces.console.imports.upload import Upload, is_running


class ImportStage(Enum):
    """MAP: it is to be said where columns go.  PLANNED: what would change is known, and nothing was written.  STOPPED: a part
    was written, and it can go on.  DONE: all of it was."""

    MAP = "columns to be mapped"
    PLANNING = "being planned"
    PLANNED = "planned, nothing written"
    APPLYING = "being written"
    STOPPED = "stopped midway"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ImportStanding:
    """How an import stands: `job` is what was done last, `plan` and `applied` are there from when it was planned."""

    stage: ImportStage
    job: Job | None = None
    plan: PlanFile | None = None
    applied: Applied | None = None

    @property
    def settled(self) -> int:
        """Steps that need not be looked at again."""
        return sum(self.applied.counts.values()) if self.applied else 0

    @property
    def problem(self) -> str:
        """Why the last job ended before its end; "" where it did not."""
        return self.job.problem if self.job and self.stage not in (ImportStage.PLANNING, ImportStage.APPLYING, ImportStage.DONE) else ""


def standing(upload: Upload) -> ImportStanding:
    """How an import stands."""
    job, plan = last_job(upload), plan_of(upload)
    if is_running(upload.folder):
        applying = plan is not None and job is not None and job.task == "applying"
        return (
            ImportStanding(ImportStage.APPLYING, job, plan, applied_so_far(plan))
            if applying and plan
            else ImportStanding(ImportStage.PLANNING, job)
        )
    if plan is None:
        return ImportStanding(ImportStage.MAP, job)
    applied = applied_so_far(plan)
    begun = checkpoint_path(plan.path).exists()
    if not begun:
        return ImportStanding(ImportStage.PLANNED, job, plan, applied)
    return ImportStanding(ImportStage.DONE if sum(applied.counts.values()) >= plan.writes else ImportStage.STOPPED, job, plan, applied)


def plan_of(upload: Upload) -> PlanFile | None:
    """The plan of an import; None where there is none yet."""
    try:
        return _read(upload.plan, upload.plan.stat().st_mtime_ns)
    except (OSError, IcosaError):
        return None


@lru_cache(maxsize=32)
def _read(path: Path, _: int) -> PlanFile:
    """A plan, read through once for as long as it is the same: pages ask for it each second."""
    return read_plan(path)
