"""API keys of a workspace under test."""

from datetime import datetime, timedelta

from icosa.catalogue.kinds import wire_moment
from icosa.surfaces.testing.stage import Stage
from icosa.workspace.access.issue import Key, admit_key, create_key, list_keys, revoke_key
from icosa.workspace.access.keys import new_token

LIFETIME = timedelta(days=90)
_NEVER = "9999-12-31T23:59:59.999Z"
_STANDING_ID = "00000000-0000-4000-8000-000000000001"


class Keys:
    """Makes and revokes the keys of a workspace.  They expire by its clock."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def create(self, name: str = "A key", expires_at: str | datetime | None = None) -> str:
        """The token of a new key; without a moment it is good for 90 days.  Raises InvalidValue for a blank name,
        and for an expiry that is no moment or lies in the past."""
        expiry = expires_at or self._stage.clock.now() + LIFETIME
        return create_key(self._stage.workspace, name, wire_moment(expiry) if isinstance(expiry, datetime) else expiry)[1]

    def list(self) -> list[Key]:
        """All keys, the newest last."""
        return list_keys(self._stage.workspace)

    def revoke(self, wanted: str) -> Key:
        """Revokes the key of that name or id.  Raises NotFound."""
        return revoke_key(self._stage.workspace, wanted)


def standing_token() -> str:
    """A token for the key that `admit` makes."""
    return new_token(_STANDING_ID)


def admit(stage: Stage, token: str) -> None:
    """Makes a key that never expires, of a token that is known before: a test begins with the token that the
    tests before it had."""
    admit_key(stage.workspace, _STANDING_ID, "Test", _NEVER, token)
