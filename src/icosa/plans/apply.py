"""Running a plan: in batches, several under way at once, and such that it can be taken up wherever it was broken off.

Steps of a kind and an object are taken in windows.  A window is held against the workspace as it is now, then sent
batch by batch; after each batch the checkpoint says so.  What comes next waits where it may need what came before.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from threading import Event
from typing import Final

from icosa.client.blocking import Client, in_process
from icosa.client.credentials.text_address import without_password
from icosa.errors import Conflict, InvalidValue, UnknownObject
from icosa.journal.journal_file import JournalFile, Run
from icosa.plans.checkpoint import Checkpoint, Failure, counted_by_object, counts_so_far
from icosa.plans.collecting import seldom_collected
from icosa.plans.done import Done, Numbered
from icosa.plans.plan import PlanFile, read_plan, shape_digests
from icosa.plans.staleness import Ready, Stale, Write, check
from icosa.plans.step import WRITES, Creation, name_of, name_of_kind
from icosa.plans.writing import StepWriter
from icosa.wire.version import TWENTY_1_0_3

_RESHAPED: Final = "the object has other fields now than when the plan was made; plan again"

_SHOWN: Final = 5
"""Reasons that an error gives; the others are counted."""

_BATCH: Final = TWENTY_1_0_3.batch
_LOOKED_AT: Final = 120  # records in one look, by how long a URL may be

WINDOW: Final = 3
"""Batches that are held against the workspace in one look."""

TOGETHER: Final = 960
"""Steps that are looked at together in a workspace in this process, and for which journal and checkpoint wait for the disk once: a
choice."""

CONCURRENCY: Final = 4
"""Windows that are under way at once, where nothing else is said."""

_WRITERS_EMBEDDED: Final = 2
"""The same in a workspace in this process, where one prepares what is written next while the other waits for the disk."""

STALE: Final = "moved"
REFUSED: Final = "refused"
ALREADY: Final = "already"
"""What a step comes to, besides its own kind ("create", "change", …) where it was done."""

Progress = Callable[[int, int], None]
"""Called with how many steps are done, of how many."""

Step = tuple[int, Write]


@dataclass(frozen=True, slots=True)
class Applied:
    """How far a plan is done.

    `counts` has what was done by kind ("create", "change", "delete", "restore"), `already` for what was so
    before it was sent, `moved` for what the workspace no longer had as the plan knew it and `refused` for what
    the server did not take; `planned` are the counts of the plan itself.  `run` is the journal's name, or None.
    `by_object` and `planned_by_object` are the same counts for each object, by its plural.
    """

    counts: Mapping[str, int]
    planned: Mapping[str, int]
    run: str | None
    by_object: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    planned_by_object: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return sum(count for name, count in self.counts.items() if name not in (STALE, REFUSED))

    @property
    def whole(self) -> bool:
        """Whether everything went in that was in the source."""
        left = self.counts.get(STALE, 0) + self.counts.get(REFUSED, 0)
        return not left and not self.planned.get("conflict") and not self.planned.get("bad")


def apply(
    client: Client,
    plan: PlanFile | Path | str,
    *,
    journal: bool = True,
    strict: bool = False,
    concurrency: int = CONCURRENCY,
    undoes: str | None = None,
    record: str | None = None,
    progress: Progress = lambda done, total: None,
) -> Applied:
    """Run a plan, or go on with one that was broken off, and say what it came to.

    A step whose records have changed since the plan was made is left alone and counted as `moved`; with `strict`
    nothing at all is written where there is one.  Each write goes into a journal unless `journal` is False, which says
    which run it `undoes`, or of which `record` alone.
    Errors of the server or the network end the run; run it again and it goes on where it stopped.

    Raises InvalidValue for a file that is no plan or a plan of another workspace; Conflict where another program runs
    the same plan, or with `strict`; and whatever ends the run.
    """
    plan = plan if isinstance(plan, PlanFile) else read_plan(Path(plan))
    if client.address != plan.header.workspace:
        there, here = without_password(plan.header.workspace), without_password(client.address)
        raise InvalidValue(str(plan.path), f"is a plan for {there}, and this is {here}; make one for this workspace")
    with Checkpoint(plan) as checkpoint:
        run = Run(
            client.address,
            plan.header.title or f"apply {plan.path.name}",
            undoes,
            checkpoint.run,
            checkpoint.begun,
            str(plan.path.absolute()),
            client.author.name,
            client.author.key_id,
            record,
        )
        if strict:
            _refuse_where_moved(client, plan, checkpoint)
        with JournalFile(run) if journal else nullcontext() as kept:
            sends = client.unrecorded() if kept else client  # each write is in one journal, and that is the plan's
            with seldom_collected():
                _Running(client, plan, checkpoint, StepWriter(sends, kept), progress).run(concurrency)
        return _applied(plan, checkpoint.by_object, run.id if kept and kept.path.exists() else None)


class _Running:
    """A plan that is being run."""

    def __init__(self, client: Client, plan: PlanFile, checkpoint: Checkpoint, writer: StepWriter, progress: Progress) -> None:
        self._client, self._plan, self._checkpoint, self._writer, self._progress = client, plan, checkpoint, writer, progress
        self._reshaped = _reshaped(client, plan)
        self._stopping = Event()

    def run(self, concurrency: int) -> None:
        concurrency = min(concurrency, _WRITERS_EMBEDDED) if in_process(self._client) else concurrency
        waiting = concurrency if in_process(self._client) else 2 * concurrency
        pool = ThreadPoolExecutor(concurrency)
        under_way: deque[Future[None]] = deque()
        try:
            for group in _groups(self._plan, self._checkpoint, self._together()):
                for window in group:
                    if len(under_way) >= waiting:
                        under_way.popleft().result()
                    under_way.append(pool.submit(self._window, window))
                while under_way:
                    under_way.popleft().result()
        except BaseException:
            self._stopping.set()  # what is under way is brought to its end, and nothing new is begun
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _together(self) -> int:
        """Steps of a window."""
        return TOGETHER if in_process(self._client) else WINDOW * _BATCH

    def _window(self, window: Sequence[Step]) -> None:
        if window[0][1].object in self._reshaped:
            reshaped = [Failure(number, step.row, _RESHAPED) for number, step in window]
            self._add(window[0][1].object, [number for number, _ in window], Counter({STALE: len(window)}), reshaped)
            return
        verdicts = check(self._client, [step for _, step in window], ids_too=self._checkpoint.resumed)
        ready: list[Numbered] = []
        already: list[int] = []
        moved: list[Failure] = []
        for (number, step), verdict in zip(window, verdicts, strict=True):
            if isinstance(verdict, Ready):
                ready.append(Numbered(number, step, verdict.current))
            elif isinstance(verdict, Stale):
                moved.append(Failure(number, step.row, verdict.reason))
            else:
                already.append(number)
        settled = [*already, *(each.step for each in moved)]
        if settled:
            self._add(window[0][1].object, settled, Counter({STALE: len(moved), ALREADY: len(already)}), moved)
        size = TOGETHER if in_process(self._client) else self._client.offers.max_batch
        for at in range(0, len(ready), size):
            if self._stopping.is_set():
                return
            self._batch(ready[at : at + size])

    def _batch(self, batch: Sequence[Numbered]) -> None:
        """Sends a batch, and keeps what became of each of its steps even where the run ends in the middle of it."""
        steps, embedded = {each.number: each.step for each in batch}, in_process(self._client) is not None
        counts: Counter[str] = Counter()
        failures: list[Failure] = []
        done: list[int] = []
        try:
            for outcome in self._writer.write(batch):
                step = steps[outcome.number]
                done.append(outcome.number)
                if isinstance(outcome, Done):
                    counts[ALREADY if outcome.already else name_of(step)] += 1
                else:
                    counts[REFUSED] += 1
                    failures.append(Failure(outcome.number, step.row, outcome.reason))
                if not embedded and self._stopping.is_set() and not isinstance(step, Creation):  # of a batch that went in, each is kept
                    break
        finally:
            if done:
                self._add(batch[0].step.object, done, counts, failures)

    def _add(self, of: str, steps: Sequence[int], counts: Mapping[str, int], failures: Sequence[Failure]) -> None:
        """Steps of one object that are settled."""
        self._checkpoint.add(of, steps, counts, failures)
        self._progress(self._checkpoint.counts.total(), self._plan.writes)


def requests(plan: PlanFile) -> int:
    """About how many requests are left to run a plan: those that look, those that create a batch, and one for each
    change, deletion and restoration."""
    done, left = counts_so_far(plan), {name: plan.counts[name] for name in map(name_of_kind, WRITES)}
    for name in left:
        left[name] = max(left[name] - done[name], 0)
    looks = sum(-(-count // _LOOKED_AT) for count in left.values())
    return looks + -(-left.pop("create") // _BATCH) + sum(left.values())


def applied_so_far(plan: PlanFile) -> Applied:
    """How far a plan is done, as its checkpoint says, while it runs or after."""
    return _applied(plan, counted_by_object(plan), None)


def _applied(plan: PlanFile, done: Mapping[str, Counter[str]], run: str | None) -> Applied:
    return Applied(dict(sum(done.values(), Counter())), plan.counts, run, {of: dict(each) for of, each in done.items()}, plan.by_object)


def _refuse_where_moved(client: Client, plan: PlanFile, checkpoint: Checkpoint) -> None:
    """Raises Conflict where any step cannot be done as it was planned."""
    reasons = [_RESHAPED] if _reshaped(client, plan) else []
    count = len(reasons)
    for window in (window for group in _groups(plan, checkpoint) for window in group):
        verdicts = check(client, [step for _, step in window], ids_too=True)
        stale = [
            (f"row {step.row}: " if step.row else "") + each.reason
            for (_, step), each in zip(window, verdicts, strict=True)
            if isinstance(each, Stale)
        ]
        count += len(stale)
        reasons += stale[: _SHOWN - len(reasons)]
    if count:
        more = f"; and {count - len(reasons)} more" if count > len(reasons) else ""
        raise Conflict(f"the workspace has moved since the plan was made, and nothing was written: {'; '.join(reasons)}{more}. Plan again")


def _reshaped(client: Client, plan: PlanFile) -> frozenset[str]:
    """The objects that are not what they were when the plan was made."""
    changed = set()
    for plural, digest in plan.header.objects.items():
        try:
            if shape_digests(client.catalogue, plural)[plural] != digest:
                changed.add(plural)
        except UnknownObject:
            changed.add(plural)
    return frozenset(changed)


def _groups(plan: PlanFile, checkpoint: Checkpoint, together: int = WINDOW * _BATCH) -> Iterator[Iterator[list[Step]]]:
    """The windows of each run of steps of one kind and object, without the steps that are done."""
    kinds = [name for name in map(name_of_kind, WRITES) if plan.counts[name]]
    steps = plan.numbered(*kinds) if kinds else ()
    done = checkpoint.is_done if checkpoint.resumed else lambda number: False
    left = ((number, step) for number, step in steps if isinstance(step, WRITES) and not done(number))
    for _, group in groupby(left, lambda each: (each[1].__class__, each[1].object, each[1].key if each[1].__class__ is Creation else "")):
        yield _windows(group, together)


def _windows(group: Iterator[Step], together: int) -> Iterator[list[Step]]:
    while window := list(islice(group, together)):
        yield window
