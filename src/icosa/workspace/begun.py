"""A write that was begun: what a request is planned as, before anything is done."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from icosa.catalogue.model import Catalogue
from icosa.wire.actions import Operation
from icosa.wire.message import Request
from icosa.wire.rest.routes import Route
from icosa.wire.version import Version
from icosa.workspace.access.keys import Principal, check_may_write
from icosa.workspace.footing import Footing
from icosa.workspace.store.statement import Row, Statement

if TYPE_CHECKING:
    from icosa.workspace.store.write_plan import Write


class Begun(NamedTuple):
    """A write that was checked and waits for its turn.  Where it was planned by what a key was when it was last seen, `key` is what
    the database is asked for that, and `held` what it told."""

    principal: Principal
    operation: Operation
    plan: "Write"
    footing: Footing
    key: Statement | None = None
    held: Sequence[Row] = ()

    @property
    def vast(self) -> bool:
        """Whether nobody knows how many records it writes."""
        return self.operation in _VAST


_VAST: Final = frozenset((Operation.DELETE_MANY, Operation.RESTORE_MANY, Operation.MERGE))


@cache
def _planning() -> "Callable[[Catalogue, Route, Request, Version], Write]":
    """What plans writes.  To import it at each of them would take as long as to find the route."""
    from icosa.workspace.planning.writes import plan_write  # here: reads need none of what writes

    return plan_write


def begin(
    route: Route,
    request: Request,
    principal: Principal,
    footing: Footing,
    version: Version,
    key: Statement | None = None,
    held: Sequence[Row] = (),
) -> Begun:
    """The write that a request asks for; `key` and `held` are as Begun has them.  Raises what it is refused with before any database
    is touched."""
    check_may_write(principal)
    plan = _planning()(footing.catalogue, route, request, version)
    # Who has the workspace itself may do whatever its rules allow.
    if principal.id is not None and route.object.singular in version.refusals:
        from icosa.workspace.rules import permitted  # here: as above

        permitted.check(plan, version)
    return Begun(principal, route.operation, plan, footing, key, held)
