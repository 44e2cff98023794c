"""Work that outlives a request: it goes on in a thread, and any page asks how far it is."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, Final

from icosa.errors import IcosaError

_PATIENCE: Final = 1.0
"""Seconds that a request waits for its work: most is over by then, and needs no page in between."""
_KEPT: Final = 200
_log: Final = logging.getLogger("icosa")


@dataclass
class PlanJob:
    """`total` is 0 where nobody knows how much there is to do.  `problem` is what ended it, "" for nothing."""

    title: str
    done: int = 0
    total: int = 0
    problem: str = ""
    over: bool = False
    _thread: Thread | None = field(default=None, repr=False)

    def progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total


class PlanJobs:
    """The work of one process, by name."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._jobs: dict[str, PlanJob] = {}

    def start(self, name: str, title: str, work: Callable[[PlanJob], object]) -> PlanJob:
        """Begins work, unless it is under way already, and waits a moment for its end."""
        with self._lock:
            there = self._jobs.get(name)
            if there is None or there.over:
                there = self._jobs[name] = PlanJob(title)
                there._thread = Thread(target=_run, args=(there, work), name=f"icosa console {name}", daemon=True)
                there._thread.start()
                for each in [key for key, job in self._jobs.items() if job.over][:-_KEPT]:
                    del self._jobs[each]
        if there._thread:
            there._thread.join(_PATIENCE)
        return there

    def find(self, name: str) -> PlanJob | None:
        with self._lock:
            return self._jobs.get(name)


def jobs(state: Any) -> PlanJobs:
    """The work of the console whose application has this state."""
    if not hasattr(state, "jobs"):
        state.jobs = PlanJobs()
    found: PlanJobs = state.jobs
    return found


def _run(job: PlanJob, work: Callable[[PlanJob], object]) -> None:
    try:
        work(job)
    except IcosaError as error:
        job.problem = error.message
    except Exception as error:
        _log.error("work of the console failed with %s", type(error).__name__)
        job.problem = "This is a mistake in Icosa, and nothing that you did wrong. What was done is in the journal."
    finally:
        job.over = True
