"""How much a write has to do, as far as its plan tells."""

from icosa.workspace.store.plan import Create, Delete, DeleteMany, Merge, RestoreMany, Update, Write

FEW = 4
"""Records that take less to write than to hand over to another thread."""


def vast(plan: Write) -> bool:
    """Whether nobody knows how many records it writes."""
    return isinstance(plan, DeleteMany | RestoreMany | Merge)


def light(plan: Write) -> bool:
    """Whether it writes a few records, most often."""
    match plan:
        case Create():
            return len(plan.records) <= FEW
        case Delete():
            return not plan.permanent
        case _:
            return isinstance(plan, Update)
