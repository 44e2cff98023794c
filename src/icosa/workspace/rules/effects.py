"""What a write sets off in the workspace itself, in the same transaction."""

from collections.abc import Sequence

from icosa.catalogue.model import Object
from icosa.workspace.rules import blocklist
from icosa.workspace.store.plan import Delete, Restore, Update
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.statement import Statements
from icosa.workspace.store.write import Writing


def created(writing: Writing, reads: Reads, of: Object, ids: Sequence[str]) -> Statements[None]:
    """What follows from records that were just created, or changed by an upsert."""
    if of.singular == blocklist.BLOCKLIST:
        for id_ in ids:
            yield from blocklist.entry_written(writing, reads, id_, new=True)


def changed(writing: Writing, reads: Reads, plan: Update | Delete | Restore) -> Statements[None]:
    """What follows from a record that was just changed, deleted or restored."""
    if plan.of.singular == blocklist.BLOCKLIST and not (isinstance(plan, Delete) and plan.permanent):
        yield from blocklist.entry_written(writing, reads, plan.id, new=False)
