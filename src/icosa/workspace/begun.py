"""A write that was begun: what a request is planned as, before anything is done."""

from typing import NamedTuple

from icosa.wire.actions import Operation
from icosa.workspace.access.keys import Principal
from icosa.workspace.footing import Footing
from icosa.workspace.store.plan import DeleteMany, Merge, RestoreMany, Write


class Begun(NamedTuple):
    """A write that was checked and waits for its turn."""

    principal: Principal
    operation: Operation
    plan: Write
    footing: Footing

    @property
    def vast(self) -> bool:
        """Whether nobody knows how many records it writes."""
        return isinstance(self.plan, DeleteMany | RestoreMany | Merge)
