"""The keys that were seen: writes planned by what they were when they last wrote, and when each was used.

A write looks at its key in its own transaction, at its end, where it looks whether the objects are still those that it was
planned for.  So it need not ask the database for the key before, which after each commit would have to read it anew: it is
planned by what was found the last time, and where that is so no more, nothing is written, and the request is begun as any other.
Only a write that is planned goes this way: who is refused, or reads, is answered by what the database says of the key now.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from icosa.errors import IcosaError
from icosa.wire.actions import Operation
from icosa.wire.message import Request
from icosa.wire.version import Version
from icosa.workspace.access import keys
from icosa.workspace.access.keys import Principal, whose
from icosa.workspace.begun import Begun, begin
from icosa.workspace.footing import Footing
from icosa.workspace.planning.rest import READS
from icosa.workspace.store.statement import Outdated, Row, Statement, Statements
from icosa.workspace.store.store import Store
from icosa.workspace.store.stored_catalogue import check_edition

if TYPE_CHECKING:
    from icosa.workspace.rate_limit import RateLimit

_KEPT: Final = 1000

_BODILESS: Final = frozenset((Operation.DELETE_ONE, Operation.DELETE_MANY, Operation.RESTORE, Operation.RESTORE_MANY))
"""Writes whose body nobody reads."""


class KnownKeys:
    """What is known of the keys of a workspace.  Safe to use from several threads."""

    def __init__(self, version: Version) -> None:
        self._version = version
        self._unforeseen = _BODILESS if version.requests.bodies_first else frozenset()
        self._rows: dict[Statement, list[Row]] = {}
        self._used: dict[str | None, str] = {}  # by the ids of keys: when they were used, since that was last written down

    def holder(self, rows: list[Row], now: str) -> Principal:
        """As keys.holder, and notes that the key was used."""
        principal = keys.holder(rows, now)
        self._used[principal.id] = now
        return principal

    def note(self, key: Statement, rows: list[Row]) -> None:
        """Notes what the database told of the key of somebody who writes."""
        if len(self._rows) >= _KEPT:
            self._rows.clear()
        self._rows[key] = rows

    def begun(self, request: Request, footing: Footing, now: str, limit: "RateLimit | None") -> Begun | None:
        """A write of who has written before, which counts in the limit; None for everything else, which is begun by asking.  Where
        bodies come first, that of such a write has been read."""
        method, path, *_ = request
        if path.startswith(self._version.metadata_roots):
            return None
        try:
            key = whose(request.token, footing.keys, self._version)
            rows = self._rows.get(key)
            route = None if rows is None else footing.router.match(method, path)
            if rows is None or route is None or route.operation in READS or (request.body and route.operation in self._unforeseen):
                return None
            principal = keys.holder(rows, now)
            if principal.edition != footing.edition:
                return None
            found = begin(route, request, principal, footing, self._version, key, rows)
            if limit is not None:
                limit.take()
        except IcosaError:
            return None
        return found

    def check_still(self, begun: Begun, now: Callable[[], str]) -> Statements[None]:
        """Raises Outdated where the objects are others than those that a write was planned for, or its key is another than the one
        it was planned by.  To be asked last in its transaction: by then it holds what it wrote to, and nobody changes that
        before it ends."""
        if begun.key is None:
            yield from check_edition(begun.footing.edition)
        elif (yield begun.key) == begun.held:  # the edition is told with the key
            self._used[begun.principal.id] = now()
        else:
            self._rows.pop(begun.key, None)
            raise Outdated("the key, or the objects of the workspace, were changed meanwhile")

    def write_down(self, store: Store) -> None:
        """Writes down which keys were used since it last did; what cannot be written now is kept for the next time.  Blocks."""
        used, self._used = self._used, {}
        try:
            if used and not store.refusal():
                uses = list(used.items())  # at once: a request that had begun may still be noted
                store.write(lambda: keys.note_used((id_, at) for id_, at in uses if id_))
        except IcosaError:
            self._used = {**used, **self._used}
