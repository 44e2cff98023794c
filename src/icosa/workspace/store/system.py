"""Who writes what follows from a write, and is asked for by nobody."""

from typing import Final

from icosa.catalogue.field_types import Values
from icosa.workspace.store.write import Writing

SYSTEM: Final[Values] = {"source": "MANUAL", "workspaceMemberId": None, "name": "System", "context": None}


def by_system(writing: Writing) -> Writing:
    """The same write, done in the name of the workspace itself."""
    return writing._replace(actor=SYSTEM)
