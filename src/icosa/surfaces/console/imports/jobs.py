"""What takes long, in a thread of the server: a plan is made, a plan is applied.

How far it is stands in a file, so that every process of a server knows, and so that it is known after the server was started
anew.  Whoever works at an upload holds a lock on it, which the system lets go of when the process ends, however it ends.
"""

import json
import logging
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from threading import Thread
from traceback import format_tb
from typing import Final, Literal

from icosa.errors import Conflict, IcosaError
from icosa.plans.lock import locked
from icosa.surfaces.console.imports.upload import LOCK, Upload, is_running, write_private

Task = Literal["planning", "applying"]
Report = Callable[[int, int | None], None]
"""Called with how much is done, and of how much where that is known."""

_KEPT_SECONDS: Final = 0.4
"""How often it is written down how far it is: pages ask once a second."""
_WAITED_SECONDS: Final = 0.8
"""How long a form that begins something waits for it: most files are small, and their next page is then there at once."""
_FAILED: Final = "This is a mistake in Icosa, and nothing that you did wrong; the server's log tells where it is."
_log = logging.getLogger("icosa")


@dataclass(frozen=True, slots=True)
class Job:
    """The last thing that was done with an upload.  `total` is 0 where nobody knows it; `seconds` how long it has gone on and
    `first` what was done before it began, so that what is left can be estimated; `problem` and `code` are why it stopped."""

    task: Task
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    first: int = 0
    problem: str = ""
    code: str = ""

    @property
    def left(self) -> float | None:
        """About how many seconds it will go on; None where that cannot be said yet."""
        new = self.done - self.first
        return self.seconds / new * (self.total - self.done) if new > 0 and self.total >= self.done and self.seconds >= 1 else None


def start(upload: Upload, task: Task, work: Callable[[Report], None]) -> bool:
    """Begins work on an upload, and waits a moment for it; False where some process is at it already."""
    with ExitStack() as held:
        try:
            held.enter_context(locked(upload.folder / LOCK, "this import"))
        except Conflict:
            return False
        _keep(upload, Job(task))
        thread = Thread(target=_run, args=(upload, task, work, held.pop_all()), name=f"icosa-{task}", daemon=True)
        thread.start()
    thread.join(_WAITED_SECONDS)
    return True


def last_job(upload: Upload) -> Job | None:
    """What was done with an upload last, and how far it came."""
    with suppress(OSError, ValueError, TypeError):
        found = json.loads(_place(upload).read_text("utf-8"))
        return Job(**{name: value for name, value in found.items() if name in _KNOWN})
    return None


def running(upload: Upload) -> Job | None:
    """What is being done with an upload, None where nothing is."""
    return last_job(upload) if is_running(upload.folder) else None


def _run(upload: Upload, task: Task, work: Callable[[Report], None], held: ExitStack) -> None:
    progress = _Progress(upload, task)
    with held:
        try:
            work(progress)
        except IcosaError as error:
            progress.end(error.message, error.code)
        except Exception as error:
            if upload.folder.exists():  # else it was removed meanwhile
                where = "".join(format_tb(error.__traceback__))  # its own words may hold what the file holds
                _log.error("an import failed while %s with %s at\n%s", task, type(error).__name__, where)
                progress.end(_FAILED, "console_failed")
        else:
            progress.end()


class _Progress:
    """Writes down how far a job is."""

    def __init__(self, upload: Upload, task: Task) -> None:
        self._upload, self._job = upload, Job(task)
        self._begun = self._kept = time.monotonic()
        self._first: int | None = None

    def __call__(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        self._first = done if self._first is None else self._first
        self._job = Job(self._job.task, done, total or 0, now - self._begun, self._first)
        if now - self._kept >= _KEPT_SECONDS:
            self._kept = now
            _keep(self._upload, self._job)

    def end(self, problem: str = "", code: str = "") -> None:
        seconds = time.monotonic() - self._begun
        _keep(self._upload, Job(self._job.task, self._job.done, self._job.total, seconds, self._job.first, problem, code))


_KNOWN: Final = frozenset(each.name for each in fields(Job))


def _place(upload: Upload) -> Path:
    return upload.folder / "job.json"


def _keep(upload: Upload, job: Job) -> None:
    with suppress(OSError):  # the folder was removed, or the disk is full, of which the work itself will hear
        write_private(_place(upload), asdict(job))
