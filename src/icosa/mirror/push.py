"""Pushing: what was changed in a mirror since it was pulled becomes a plan for the workspace it was pulled from.

What was changed on both sides is a conflict, and nothing is planned for it.  API keys belong to a workspace and
are not pushed; secrets are in no plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

import orjson

from icosa.call.page import Record
from icosa.catalogue.columns import column_by_name, links
from icosa.catalogue.model import Object
from icosa.mirror.content import Columns, comparable_value, compared, content_of, differing, digest, nested, whole
from icosa.mirror.merge_join import side_by_side
from icosa.mirror.three_way import Changed, changed_where
from icosa.mirror.walking import Remote, walk
from icosa.plans.step import Change, Conflict, Creation, Deletion, Restoration, Step, line_of, step_of

if TYPE_CHECKING:
    from icosa.mirror.target import Base, Mirror

NOT_PUSHED = frozenset({"apiKey"})
HISTORY = "timelineActivity"
"""Not pushed where a mirror writes it by itself: so does the workspace, of what is pushed."""

Progress = Callable[[str, int], None]
"""Called with which object is compared, and how many of its records are done."""

_Side = tuple[Columns, Record]


def steps_to_push(mirror: Mirror, here: Remote, there: Remote, progress: Progress = lambda name, done: None) -> Iterator[Step]:
    """The steps that bring what was changed `here`, in the mirror, to the workspace `there`: creations and changes,
    objects that others point at first; then links to what is created later; then deletions, the other way round."""
    with ExitStack() as stack:
        planning = _Planning(mirror)
        kept = NOT_PUSHED | {HISTORY} if mirror.writes_history else NOT_PUSHED
        objects = [of for of in mirror.ordered() if of.singular not in kept and of.plural in there.crm.catalogue.by_plural]
        late: IO[bytes] = stack.enter_context(TemporaryFile())
        gone = {of.plural: stack.enter_context(TemporaryFile()) for of in objects}
        for of in objects:
            for done, (id_, ours, theirs, base) in enumerate(_three(mirror, here, there, of), 1):
                progress(of.plural, done)
                for step in planning.steps(of, id_, ours, theirs, base):
                    if isinstance(step, Deletion):
                        gone[of.plural].write(line_of(step))
                    elif isinstance(step, _Late):
                        late.write(line_of(step.change))
                    else:
                        yield step
        for spool in (late, *(gone[of.plural] for of in reversed(objects))):
            spool.seek(0)
            for line in spool:
                yield step_of(orjson.loads(line))


class _Late:
    """A change that has to wait until all records are created."""

    def __init__(self, change: Change) -> None:
        self.change = change


class _Planning:
    """What has been planned so far, as far as later steps depend on it."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._made: set[str] = set()

    def steps(self, of: Object, id_: str, ours: _Side | None, theirs: _Side | None, base: Base | None) -> Iterator[Step | _Late]:
        live, others = _alive(ours), _alive(theirs)
        here, there = (digest(of, each[0]) if each else None for each in (live, others))
        where = changed_where(here, base.was if base and base.alive else None, there)
        if where is Changed.BOTH:
            yield Conflict(of.plural, _reason(of, live, others), (id_,))
        if where is not Changed.HERE:
            return
        if live is None:
            assert others is not None
            yield Deletion(of.plural, id_, _filled(of, others[0], compared(of)), str(others[1]["updatedAt"]))
        elif others is not None:
            yield from self._change(of, id_, live[0], others)
        elif theirs is not None:
            yield Restoration(of.plural, id_, _filled(of, live[0], compared(of)))
        else:
            yield from self._creation(of, id_, live[0])

    def _creation(self, of: Object, id_: str, values: Columns) -> Iterator[Step | _Late]:
        late = self._waiting(of, values)
        yield Creation(of.plural, _filled(of, values, [name for name in compared(of) if name not in late]))
        self._made.add(id_)
        if late:
            yield _Late(Change(of.plural, id_, dict.fromkeys(late), nested(of, values, late)))

    def _change(self, of: Object, id_: str, values: Columns, others: _Side) -> Iterator[Step | _Late]:
        names = differing(of, values, others[0])
        late = self._waiting(of, {name: values.get(name) for name in names})
        now = whole(of, [name for name in names if name not in late])
        if now:
            yield Change(of.plural, id_, nested(of, others[0], now), nested(of, values, now), str(others[1]["updatedAt"]))
        if late:
            yield _Late(Change(of.plural, id_, nested(of, others[0], late), nested(of, values, late)))

    def _waiting(self, of: Object, values: Columns) -> list[str]:
        """The links of a record that lead to what is only created later in the plan."""
        waiting = []
        for column in links(of):
            target = values.get(column.name)
            if target and target not in self._made:
                known = self._mirror.bases(self._mirror.catalogue.by_singular[column.target or ""], [target]).get(target)
                if known is None or known.was is None:
                    waiting.append(column.name)
        return waiting


def _three(mirror: Mirror, here: Remote, there: Remote, of: Object) -> Iterator[tuple[str, _Side | None, _Side | None, Base | None]]:
    both = ((id_, (ours, theirs)) for id_, ours, theirs in side_by_side(_side(here, of), _side(there, of)))
    for id_, pair, base in side_by_side(both, mirror.known(of, "")):
        ours, theirs = pair or (None, None)
        yield id_, ours, theirs, base


def _side(source: Remote, of: Object) -> Iterator[tuple[str, _Side]]:
    for page in walk(source, of):
        for each in page:
            yield str(each["id"]), (content_of(of, each), each)


def _alive(side: _Side | None) -> _Side | None:
    return side if side and side[0]["deletedAt"] is None else None


def _filled(of: Object, values: Columns, names: list[str] | tuple[str, ...]) -> Record:
    """The named columns as a record, without those that hold nothing and would hold nothing anyway."""
    by_name = column_by_name(of)
    return nested(
        of,
        values,
        [name for name in names if (comparable_value(values.get(name)), comparable_value(by_name[name].default)) != (None, None)],
    )


def _reason(of: Object, ours: _Side | None, theirs: _Side | None) -> str:
    if ours is None or theirs is None:
        gone, kept = ("workspace", "mirror") if theirs is None else ("mirror", "workspace")
        return f"deleted in the {gone}, and changed in the {kept} since it was pulled"
    return f"changed in the mirror and in the workspace since it was pulled: {', '.join(differing(of, ours[0], theirs[0]))}"
