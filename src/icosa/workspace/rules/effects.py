"""What a write sets off in the workspace itself, in the same transaction."""

from collections.abc import Sequence

from icosa.catalogue.model import Object
from icosa.workspace.rules import blocklist
from icosa.workspace.store.statement import Statements
from icosa.workspace.store.write import Writing


def created(writing: Writing, of: Object, ids: Sequence[str]) -> Statements[None]:
    """What follows from records that were just created, or changed by an upsert."""
    if of.singular == blocklist.BLOCKLIST:
        for id_ in ids:
            yield from blocklist.entry_written(writing, id_, new=True)


def changed(writing: Writing, of: Object, ids: Sequence[str]) -> Statements[None]:
    """What follows from records that were just changed, deleted, restored or destroyed."""
    if of.singular == blocklist.BLOCKLIST:
        for id_ in ids:
            yield from blocklist.entry_written(writing, id_, new=False)
