"""In which order an undo puts records back.

The last write goes back first.  A record that was written several times goes back at its last write, to how it was before its first,
and may have led to one then that was destroyed in between, as what hung on a record that a merge destroyed and was deleted itself
later.  Such a step waits until what it leads to is there again, and so does what leads to a record that waits.
"""

from collections import deque
from collections.abc import Iterable, Iterator

from icosa.catalogue.model import Catalogue
from icosa.errors import UnknownObject
from icosa.journal.reading import Touched
from icosa.plans.step import Change, Restoration, Step

Putting = tuple[Touched, Step]
"""What a run did to a record, and what puts it back."""


def led_to(catalogue: Catalogue, record: Touched) -> frozenset[str]:
    """The ids of the records that a record belonged to before a run."""
    try:
        of = catalogue.named(record.object)
    except UnknownObject:
        return frozenset()
    before = record.before or {}
    return frozenset(str(before[each.foreign_key]) for each in of.belongs_to if before.get(each.foreign_key))


def absent(run: Iterable[Touched], ids: set[str]) -> set[str]:
    """Those of these records that were there before a run and are gone."""
    return {each.id for each in run if each.id in ids and each.after is None and each.before is not None}


def in_order(catalogue: Catalogue, steps: Iterable[Putting], gone: set[str]) -> Iterator[Step]:
    """The steps, such that each that leads to one of those that are `gone` comes when that is there again; at the end where it
    never is."""
    waiting: dict[str, list[Putting]] = {}
    held: set[str] = set()

    def awaited(record: Touched, step: Step) -> str | None:
        if not gone or not isinstance(step, Change | Restoration):
            return None
        missing = gone if record.again else held
        return next((id_ for id_ in led_to(catalogue, record) if id_ in missing), None) if missing else None

    for putting in steps:
        ready = deque([putting])
        while ready:
            record, step = ready.popleft()
            id_ = awaited(record, step)
            if id_ is not None:
                waiting.setdefault(id_, []).append((record, step))
                if isinstance(step, Restoration):
                    held.add(record.id)
                    gone.add(record.id)
                continue
            yield step
            if isinstance(step, Restoration) and record.id in gone:
                gone.discard(record.id)
                held.discard(record.id)
                ready.extend(waiting.pop(record.id, ()))
    yield from (step for each in waiting.values() for _, step in each)
