"""What a caller in the same process may ask for beside requests: many records at once, past their JSON.

Each asks as a request does, with its key, its filter and its order, and is checked like one.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from icosa.wire.message import Request
from icosa.workspace.access.keys import Principal
from icosa.workspace.footing import TRIES
from icosa.workspace.planning.rest import plan_read
from icosa.workspace.store.plan import FindMany, Keyset
from icosa.workspace.store.rows import LinePage, RowPage, lines_of, values_of
from icosa.workspace.store.statement import Outdated, Statements, T
from icosa.workspace.workspace import CHANGING, Workspace


@dataclass(frozen=True, slots=True)
class InProcess:
    """A workspace, and who asks it; without a principal the key of the request counts."""

    workspace: Workspace
    principal: Principal | None

    def rows(self, request: Request, paths: Sequence[str], limit: int, after: Keyset | None) -> RowPage | None:
        """The values at these paths of up to `limit` records that a find many asks for, behind a place in their order.  None where
        the records cannot be read by rows."""

        def begin() -> Statements[RowPage | None]:
            plan = yield from self._planned(request, limit, after)
            return None if plan is None else (yield from values_of(self.workspace.store.dialect, plan, paths))

        return self._read(begin)

    def lines(self, request: Request, paths: Sequence[str], mask: str, limit: int, after: Keyset | None) -> LinePage | None:
        """The same as lines of JSON, what is secret masked."""

        def begin() -> Statements[LinePage | None]:
            plan = yield from self._planned(request, limit, after)
            return None if plan is None else (yield from lines_of(self.workspace.store.dialect, plan, paths, mask))

        return self._read(begin)

    def _planned(self, request: Request, limit: int, after: Keyset | None) -> Statements[FindMany | None]:
        _, footing = yield from self.workspace.known(request, self.principal)
        route = footing.router.match(request.method, request.path)
        plan = plan_read(footing.catalogue, route, request, self.workspace.version) if route else None
        if not isinstance(plan, FindMany) or plan.of.listed_by or any(key.hop is not None for key in plan.order):
            return None
        return replace(plan, limit=limit, cursor=after)

    def _read(self, begin: Callable[[], Statements[T]]) -> T:
        for _ in range(TRIES):
            with suppress(Outdated):
                return self.workspace.store.read(begin)
        raise CHANGING
