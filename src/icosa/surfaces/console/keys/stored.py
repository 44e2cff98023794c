"""API keys and sessions of a workspace in this process."""

from icosa.errors import NotFound
from icosa.surfaces.console.signing_in.stored import OWNER
from icosa.surfaces.console.site import ApiKey, SignedIn
from icosa.workspace.access import issue, sessions
from icosa.workspace.workspace import Workspace


class StoredAccess:
    """Those in its database."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def all_keys(self) -> list[ApiKey]:
        return [_shown(each) for each in issue.list_keys(self._workspace)]

    def create(self, name: str, expires_at: str, *, read_only: bool) -> str:
        return issue.create_key(self._workspace, name, expires_at, read_only=read_only)[1]

    def revoke(self, key_id: str) -> ApiKey:
        if all(each.id != key_id for each in issue.list_keys(self._workspace)):  # a name is no id
            raise NotFound("there is no such key; somebody may have deleted its record")
        revoked = issue.revoke_key(self._workspace, key_id)
        sessions.close_sessions_of(self._workspace, key_id)
        return _shown(revoked)

    def sessions(self) -> list[SignedIn]:
        return [
            SignedIn(
                each.id,
                each.principal.id,
                OWNER if each.principal.id is None else each.principal.name,
                each.created_at,
                each.last_used_at,
                each.agent,
            )
            for each in sessions.list_sessions(self._workspace)
        ]

    def end(self, session_id: str) -> None:
        sessions.end_session(self._workspace, session_id)


def _shown(key: issue.Key) -> ApiKey:
    return ApiKey(key.id, key.name, key.created_at, key.expires_at, key.revoked_at, key.last_used_at, key.state, key.may_write)
