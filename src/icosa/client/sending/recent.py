"""When the records that this client has just written, or found one by one, were last changed, as answers said.

A server tells its clock to the second, so of a record that was written a moment ago nobody could say, after the answer to
the next change got lost, whether somebody else has changed it since.  Who wrote it last, or saw it after that, can.
"""

import threading
from collections import OrderedDict
from typing import Any, Final

from icosa.call.response import content
from icosa.client.sending.work import Work
from icosa.wire.actions import Action, Operation

KEPT: Final = 4096
"""Records; older ones are told apart by the server's clock."""

_TELLING: Final = frozenset({Operation.CREATE_ONE, Operation.CREATE_MANY, Operation.UPDATE_ONE, Operation.RESTORE, Operation.FIND_ONE})


class Recent:
    """The `updatedAt` of the records that were written or found last, by their ids.  May be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changed: OrderedDict[str, str] = OrderedDict()

    def seen(self, work: Work) -> str:
        """When the record that is about to be changed had last been changed, as this client knows; "" where it does not."""
        if work.action.operation is not Operation.UPDATE_ONE or not work.ids:
            return ""
        return self._changed.get(work.ids[0], "")

    def remember(self, action: Action, payload: Any) -> None:
        """Remember what an answer says."""
        if action.operation not in _TELLING:
            return
        held = content(action, payload)
        with self._lock:
            for record in held if isinstance(held, list) else (held,):
                if isinstance(record, dict) and record.get("id") and isinstance(record.get("updatedAt"), str):
                    self._changed[record["id"]] = record["updatedAt"]
                    self._changed.move_to_end(record["id"])
            while len(self._changed) > KEPT:
                self._changed.popitem(last=False)
