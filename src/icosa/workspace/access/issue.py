"""Issues, lists and revokes API keys: what `icosa keys` does to a workspace."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, Protocol

from icosa.catalogue.field_types import Values
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue
from icosa.errors import InvalidValue, NotFound
from icosa.wire.rest.body import read_record
from icosa.workspace.access.jwt import new_jwt
from icosa.workspace.access.keys import IN_PROCESS, Principal, check_may_write, keep, new_token
from icosa.workspace.store import writes
from icosa.workspace.store.keys import key_object
from icosa.workspace.store.names import quoted
from icosa.workspace.store.statement import Row, Statement, Statements
from icosa.workspace.store.store import Store
from icosa.workspace.store.workspace_id import workspace_id
from icosa.workspace.store.write import Writing
from icosa.workspace.store.write_plan import Create, Update

_LISTED = (
    'SELECT a."id", a."name", a."createdAt", a."expiresAt", a."revokedAt", '
    '(SELECT min(k.may_write) FROM icosa_key k WHERE k.api_key_id = a."id"), '
    '(SELECT max(k.last_used_at) FROM icosa_key k WHERE k.api_key_id = a."id") FROM '
)


class Workspace(Protocol):
    """What is needed of a workspace here."""

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def store(self) -> Store: ...

    @property
    def now(self) -> Callable[[], str]: ...


@dataclass(frozen=True, slots=True)
class Records:
    """A workspace whose secrets stay shut, which is enough here: keys are made and revoked whether or not the key that
    seals is there."""

    store: Store
    now: Callable[[], str]

    @property
    def catalogue(self) -> Catalogue:
        return self.store.catalogue


@dataclass(frozen=True, slots=True)
class Key:
    """An API key as lists show it; moments are in wire form.  `state` is active, expired, revoked, or "no token" for
    a record that was created without one, which may not write either.  The last use is known to a minute or so, once the
    server that was asked has written it down."""

    id: str
    name: str
    created_at: str
    expires_at: str
    revoked_at: str | None
    state: str
    may_write: bool
    last_used_at: str | None


def create_key(workspace: Workspace, name: str, expires_at: str, *, read_only: bool = False, by: Principal = IN_PROCESS) -> tuple[str, str]:
    """(id, token) of a new key: its record and the token's hash are written in one transaction.

    Raises InvalidValue for a blank name, and for an expiry that is no moment or lies in the past; ReadOnlyKey where `by` may
    not write.
    """
    check_may_write(by)
    if not name.strip():
        raise InvalidValue("Name", "is blank; say which program the key is for")
    of, now = key_object(workspace.catalogue), workspace.now()
    sent = read_record(workspace.catalogue, of, {"name": name.strip(), "expiresAt": expires_at})
    if not sent["expiresAt"][""] or sent["expiresAt"][""] <= now:
        raise InvalidValue("Expires At", f"{shown(expires_at)} has passed; a key needs an expiry that lies ahead")

    def steps() -> Statements[tuple[str, str]]:
        (made,) = yield from writes.create(_writing(workspace, now), workspace.store.reads, Create(of, (sent,), 0))
        if workspace.store.version.requests.jwt_keys:
            token = new_jwt(made.id, (yield from workspace_id()), now, sent["expiresAt"][""])
        else:
            token = new_token(made.id)
        yield keep(token, made.id, not read_only)
        return made.id, token

    return workspace.store.write(steps)


def admit_key(workspace: Workspace, id_: str, name: str, expires_at: str, token: str) -> None:
    """Makes a key of an id and a token that are known before, whatever the moment.  For tests."""
    of, now = key_object(workspace.catalogue), workspace.now()
    sent = read_record(workspace.catalogue, of, {"id": id_, "name": name, "expiresAt": expires_at})

    def steps() -> Statements[None]:
        yield from writes.create(_writing(workspace, now), workspace.store.reads, Create(of, (sent,), 0))
        yield keep(token, id_)

    workspace.store.write(steps)


def list_keys(workspace: Workspace) -> list[Key]:
    """All keys that were not deleted, the newest last."""
    of, now = key_object(workspace.catalogue), workspace.now()

    def steps() -> Statements[list[Key]]:
        rows = yield Statement(f'{_LISTED}{quoted(of.table)} a WHERE a."deletedAt" IS NULL ORDER BY a."createdAt", a."id"')
        return [_key(row, now) for row in rows]

    return workspace.store.read(steps)


def revoke_key(workspace: Workspace, wanted: str, *, by: Principal = IN_PROCESS) -> Key:
    """Revokes the key with that id, or the one with that name that is not revoked yet; it is refused from
    the next request on.  One that was revoked before stays as it is.

    Raises NotFound, InvalidValue where several keys bear the name, and ReadOnlyKey where `by` may not write.
    """
    check_may_write(by)
    of, now = key_object(workspace.catalogue), workspace.now()

    def steps() -> Statements[Key]:
        rows = yield Statement(
            f'{_LISTED}{quoted(of.table)} a WHERE a."deletedAt" IS NULL AND (CAST(a."id" AS TEXT) = ? OR a."name" = ?)',
            (wanted.lower(), wanted),
        )
        key = _chosen([_key(row, now) for row in rows], wanted)
        if key.revoked_at is None:
            sent = read_record(workspace.catalogue, of, {"revokedAt": now})
            yield from writes.update(_writing(workspace, now), workspace.store.reads, Update(of, key.id, sent, 0))
        rows = yield Statement(f'{_LISTED}{quoted(of.table)} a WHERE a."id" = ?', (key.id,))
        return _key(rows[0], now)

    return workspace.store.write(steps)


def _chosen(keys: list[Key], wanted: str) -> Key:
    in_force = [key for key in keys if key.revoked_at is None]
    exact = [key for key in keys if key.id == wanted.lower()]
    candidates = exact or in_force or keys[-1:]
    if not candidates:
        raise NotFound(f"no API key has the id or name {shown(wanted)}; icosa keys list shows those there are")
    if len(candidates) > 1:
        raise InvalidValue(
            "Name", f"{shown(wanted)} is the name of several keys; give the id of one: {', '.join(key.id for key in candidates)}"
        )
    return candidates[0]


def _key(row: Row, now: str) -> Key:
    id_, name, created_at, expires_at, revoked_at, may_write, last_used_at = row
    if revoked_at is not None:
        state = "revoked"
    elif str(expires_at) <= now:
        state = "expired"
    else:
        state = "no token" if may_write is None else "active"
    revoked, used = (None if each is None else str(each) for each in (revoked_at, last_used_at))
    return Key(str(id_), str(name), str(created_at), str(expires_at), revoked, state, bool(may_write), used)


def _writing(workspace: Workspace, now: str) -> Writing:
    actor: Values = {"source": "API", "workspaceMemberId": None, "name": IN_PROCESS.name, "context": {}}
    return Writing(workspace.catalogue, workspace.store.dialect, _NothingToSeal(), actor, now, [])


class _NothingToSeal:
    """The record of a key has no secret fields: its token is no part of it."""

    def seal(self, text: str, place: str) -> NoReturn:
        raise AssertionError(f"{place} is not expected to be secret")

    open = seal
