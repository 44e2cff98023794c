"""What a write sets off in the workspace itself, in the same transaction."""

from collections.abc import Sequence
from typing import Final

from icosa.catalogue.model import Object
from icosa.wire.version import Version
from icosa.workspace.rules import blocklist, dashboards, timeline, workflows
from icosa.workspace.store.statement import Statements
from icosa.workspace.store.write import Writing
from icosa.workspace.store.write_plan import Write


def prepared(plan: Write, version: Version) -> Write:
    """A write with what the version adds to what was sent."""
    return dashboards.with_layouts(plan) if "page layout" in version.writes.effects else plan


def adds_nothing(of: Object, version: Version) -> bool:
    """Whether `prepared` leaves what is created of an object as it was sent."""
    return of.singular != dashboards.DASHBOARD or "page layout" not in version.writes.effects


def follow(of: Object) -> bool:
    """Whether anything may follow from writing records of an object but what is said of what happened."""
    return of.singular in _FOLLOWED


_FOLLOWED: Final = frozenset((blocklist.BLOCKLIST, workflows.WORKFLOW))


def created(writing: Writing, of: Object, ids: Sequence[str], *, new: Sequence[str]) -> Statements[None]:
    """What follows from records that were just created, or changed by an upsert; `new` are the ids of the first."""
    if of.singular == blocklist.BLOCKLIST:
        for id_ in ids:
            yield from blocklist.entry_written(writing, id_, new=True)
    if of.singular == workflows.WORKFLOW and "first version" in writing.version.writes.effects:
        yield from workflows.begun(writing, of, new)


def changed(writing: Writing, of: Object, ids: Sequence[str]) -> Statements[None]:
    """What follows from records that were just changed, deleted, restored or destroyed."""
    if of.singular == blocklist.BLOCKLIST:
        for id_ in ids:
            yield from blocklist.entry_written(writing, id_, new=False)


def concluded(writing: Writing) -> Statements[None]:
    """What follows from all that the write did, the rest of what it set off among it."""
    if "timeline" in writing.version.writes.effects:
        yield from timeline.written(writing)
