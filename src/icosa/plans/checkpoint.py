"""How far the steps of a plan are done: a file beside the plan that grows with each batch.

Each batch adds a line, which is on disk before the next one is sent.  Whoever holds the checkpoint holds a lock
on it, so that a plan is not run twice at once; the system lets go of the lock when a process ends, however it ends.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self

import orjson

from icosa.catalogue.kinds import wire_moment
from icosa.journal.journal_file import new_run
from icosa.plans.lock import locked
from icosa.plans.plan import PlanFile
from icosa.unwritten import blaming

SUFFIX: Final = ".done"


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that was not done: its place in the plan from 0, its row in the source, what is wrong."""

    step: int
    row: int | None
    reason: str


class Checkpoint:
    """Which steps of a plan are done.  May be written by several threads.

    `run` is the name of the journal that the plan's writes go to, the same however often it is taken up again,
    and `begun` the moment of the first time; `resumed` says that this is not the first time.
    """

    def __init__(self, plan: PlanFile) -> None:
        """Takes up the checkpoint of the plan, or begins it.  Raises Conflict where another process holds it."""
        self.path = checkpoint_path(plan.path)
        self.counts: Counter[str] = Counter()
        self.by_object: dict[str, Counter[str]] = {}
        self._done = bytearray(plan.total // 8 + 1)
        self._lock = Lock()
        with ExitStack() as held:
            self._out = held.enter_context(locked(self.path, str(plan.path)))
            head = self._read(plan.header.id)
            self.resumed = bool(head)
            if not head:
                head = {"plan": plan.header.id, "run": new_run(), "begun": wire_moment(datetime.now(UTC))}
                self._put(head)
            self.run, self.begun = head["run"], head["begun"]
            self._held = held.pop_all()

    def is_done(self, step: int) -> bool:
        return bool(self._done[step >> 3] & 1 << (step & 7))

    def add(self, of: str, steps: Iterable[int], counts: Mapping[str, int], failures: Iterable[Failure] = ()) -> None:
        """Steps of an object that need not be looked at again, what they came to, and which of them were not done."""
        line: dict[str, Any] = {
            "object": of,
            "done": list(_ranges(sorted(steps))),
            "counts": {name: count for name, count in counts.items() if count},
        }
        if listed := [[each.step, each.row, each.reason] for each in failures]:
            line["failed"] = listed
        with self._lock:
            self._put(line)
            self._mark(line)

    def close(self) -> None:
        with blaming(self.path):
            self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, plan: str) -> Mapping[str, Any]:
        """Takes in what is there, up to a line that was cut off; its first line, empty where it is not about this plan."""
        self._out.seek(0)
        whole = 0
        head: dict[str, Any] = {}
        for line in self._out:
            found = _whole(line)
            if not found or (whole == 0 and found.get("plan") != plan):
                break
            head = head or found
            whole += len(line)
            self._mark(found)
        self._out.seek(whole)
        self._out.truncate()
        return head

    def _mark(self, line: Mapping[str, Any]) -> None:
        for first, last in line.get("done", ()):
            for step in range(first, last + 1):
                self._done[step >> 3] |= 1 << (step & 7)
        self.counts.update(line.get("counts", {}))
        _count(self.by_object, line)

    def _put(self, line: Mapping[str, Any]) -> None:
        with blaming(self.path):
            self._out.write(orjson.dumps(line) + b"\n")
            self._out.flush()
            os.fsync(self._out.fileno())


def _whole(line: bytes) -> dict[str, Any]:
    """What a line says, or nothing where it was cut off."""
    with suppress(ValueError):
        found: dict[str, Any] = orjson.loads(line) if line.endswith(b"\n") else {}
        return found
    return {}


def checkpoint_path(plan: Path) -> Path:
    return plan.with_name(plan.name + SUFFIX)


def run_of(plan: PlanFile) -> str | None:
    """The name of the run of a plan; None where it was not begun."""
    with suppress(OSError), checkpoint_path(plan.path).open("rb") as lines:
        head = _whole(next(lines, b""))
        return head["run"] if head.get("plan") == plan.header.id else None
    return None


def failures(plan: Path) -> Iterator[Failure]:
    """What was not done of a plan so far."""
    with suppress(FileNotFoundError), checkpoint_path(plan).open("rb") as lines:
        for line in lines:
            for each in _whole(line).get("failed", ()):
                yield Failure(*each)


def counts_so_far(plan: PlanFile) -> Counter[str]:
    """What the steps of a plan came to so far, by name."""
    return sum(counted_by_object(plan).values(), Counter())


def counted_by_object(plan: PlanFile) -> dict[str, Counter[str]]:
    """The same for each object; nothing where the file beside the plan is of another plan of its name."""
    counts: dict[str, Counter[str]] = {}
    with suppress(FileNotFoundError), checkpoint_path(plan.path).open("rb") as lines:
        if _whole(next(lines, b"")).get("plan") != plan.header.id:
            return counts
        for line in lines:
            _count(counts, _whole(line))
    return counts


def _count(counts: dict[str, Counter[str]], line: Mapping[str, Any]) -> None:
    if "counts" in line:
        counts.setdefault(line["object"], Counter()).update(line["counts"])


def _ranges(steps: list[int]) -> Iterator[list[int]]:
    """Numbers in order, as first and last of each run."""
    first = last = -1
    for step in steps:
        if step != last + 1 or first < 0:
            if first >= 0:
                yield [first, last]
            first = step
        last = step
    if first >= 0:
        yield [first, last]
