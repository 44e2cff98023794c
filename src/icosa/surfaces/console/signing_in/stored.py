"""Sessions in the database, which all processes of a server share."""

from icosa.surfaces.console.site import Visitor
from icosa.workspace.access import sessions
from icosa.workspace.access.keys import Principal
from icosa.workspace.workspace import Workspace

OWNER = "the owner"


class StoredSessions:
    """Those of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def enter(self, key: str, agent: str) -> str:
        return sessions.sign_in(self._workspace, key, agent)

    def invite(self) -> str:
        return sessions.new_code(self._workspace)

    def spend(self, code: str, agent: str) -> str | None:
        return sessions.open_session(self._workspace, None, agent) if sessions.spend_code(self._workspace, code) else None

    async def visitor(self, token: str) -> Visitor | None:
        found = await sessions.session_soon(self._workspace, token)
        return _visitor(found.principal) if found else None

    def leave(self, token: str) -> None:
        sessions.close_session(self._workspace, token)


def _visitor(principal: Principal) -> Visitor:
    return Visitor(principal.id, OWNER if principal.id is None else principal.name, principal.may_write)
