"""Sessions of people who signed in with a browser, and the one-time codes that the workspace's owner signs in with.

A session is known by a token of 256 random bits, a code likewise; of either there is a SHA-256 hash in the database and
nothing else.  A session stands for the API key that it was opened with, which is looked up on each request: whoever's key
expires, is revoked, deleted or destroyed has no session any more.  One that was opened with a code has no key, and stands for
the owner.  All go by the workspace's clock, and end when nobody has used them for twelve hours.

They are of one database: no copy and no backup has them.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from icosa.catalogue.kinds import wire_moment
from icosa.errors import AccessDenied, Overloaded, ReadOnly
from icosa.workspace.access.keys import IN_PROCESS, Principal, authenticate, hashed, note_used, principal_of
from icosa.workspace.store.keys import key_object
from icosa.workspace.store.statement import Row, Statement, Statements
from icosa.workspace.store.store import NotAtOnce

if TYPE_CHECKING:
    from icosa.workspace.access.issue import Workspace

IDLE_SECONDS: Final = 12 * 60 * 60
NOTED_SECONDS: Final = 60
"""How old the note of a session's last use may become: a request seldom writes."""

CODE_SECONDS: Final = 10 * 60
LONGEST_AGENT: Final = 200
"""Characters."""

_COLUMNS = "hash, api_key_id, created_at, last_used_at, agent"


def _random_text() -> str:
    """256 random bits, as a text."""
    import secrets  # here: it loads OpenSSL, and who reads records signs nobody in

    return secrets.token_urlsafe(32)


class SignedInSession(NamedTuple):
    """Who signed in.  `id` names the session and opens nothing; moments are in wire form, the last use is known to the
    minute; `agent` is what the browser said it is."""

    id: str
    principal: Principal
    created_at: str
    last_used_at: str
    agent: str


def sign_in(workspace: Workspace, api_key: str, agent: str) -> str:
    """The token of a new session for who sends an API key's own token.  Raises as `authenticate` and `open_session`."""
    principal = workspace.store.read(
        lambda: authenticate(api_key, workspace.now(), key_object(workspace.catalogue), workspace.store.version)
    )
    return open_session(workspace, principal.id, agent)


def open_session(workspace: Workspace, key_id: str | None, agent: str) -> str:
    """The token of a new session, for who has proved to hold the key with that id; None is the owner, who spent a code.

    Raises InvalidKey, ExpiredKey or RevokedKey where the key is none, and ReadOnly or Overloaded where nothing can be written.
    """
    token, now, keys = _random_text(), workspace.now(), key_object(workspace.catalogue)
    printable = "".join(each for each in agent[: 2 * LONGEST_AGENT] if each.isprintable())[:LONGEST_AGENT]

    def steps() -> Statements[str]:
        if key_id is not None:
            yield from principal_of(key_id, now, keys)
            yield from note_used([(key_id, now)])
        yield Statement(f"INSERT INTO icosa_session ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)", (hashed(token), key_id, now, now, printable))
        return token

    return workspace.store.write(steps)


def session(workspace: Workspace, token: str) -> SignedInSession | None:
    """The session that a token opens, or None where there is none any more.  To be asked on each request; notes that it was
    used, where the last note is older than a minute and the database can be written to."""
    now = workspace.now()
    found = workspace.store.read(lambda: _opened(workspace, token, now))
    if found is not None and _is_to_be_noted(found, now):
        with suppress(ReadOnly, Overloaded):
            workspace.store.write(lambda: _note(found, now))
    return found


async def session_soon(workspace: Workspace, token: str) -> SignedInSession | None:
    """The same for an event loop."""
    now = workspace.now()
    try:
        found = workspace.store.read_at_once(lambda: _opened(workspace, token, now))
    except NotAtOnce:
        found = await workspace.store.read_soon(lambda: _opened(workspace, token, now))
    if found is not None and _is_to_be_noted(found, now):
        with suppress(ReadOnly, Overloaded):
            await workspace.store.write_soon(lambda: _note(found, now))
    return found


def list_sessions(workspace: Workspace) -> list[SignedInSession]:
    """All sessions, the one that was used last first."""
    now = workspace.now()

    def steps() -> Statements[list[SignedInSession]]:
        found = []
        for row in (yield Statement(f"SELECT {_COLUMNS} FROM icosa_session ORDER BY last_used_at DESC, hash")):
            each = yield from _in_force(row, workspace, now)
            found += [each] if each is not None else []
        return found

    return workspace.store.read(steps)


def close_session(workspace: Workspace, token: str) -> None:
    """Ends the session that a token opens, if there is any."""
    end_session(workspace, hashed(token))


def end_session(workspace: Workspace, id_: str) -> None:
    """The same for one that was listed."""
    workspace.store.write(lambda: _delete("icosa_session WHERE hash = ?", id_))


def close_sessions_of(workspace: Workspace, key_id: str | None) -> None:
    """Ends all sessions of a key; None is the owner."""
    if key_id is None:
        workspace.store.write(lambda: _delete("icosa_session WHERE api_key_id IS NULL"))
    else:
        workspace.store.write(lambda: _delete("icosa_session WHERE api_key_id = ?", key_id))


def new_code(workspace: Workspace, seconds: float = CODE_SECONDS) -> str:
    """A code that signs the owner in once, within so many seconds."""
    code = _random_text()
    kept = hashed(code), _before(workspace.now(), -seconds)

    def steps() -> Statements[str]:
        yield Statement("INSERT INTO icosa_code (hash, expires_at) VALUES (?, ?)", kept)
        return code

    return workspace.store.write(steps)


def spend_code(workspace: Workspace, code: str) -> bool:
    """Whether a code was good: of any number who send it at the same time, it is for one."""
    now, kept = workspace.now(), (hashed(code),)

    def known() -> Statements[bool]:
        return bool((yield Statement("SELECT 1 FROM icosa_code WHERE hash = ?", kept)))

    def spent() -> Statements[bool]:
        rows = yield Statement("DELETE FROM icosa_code WHERE hash = ? RETURNING expires_at", kept)
        return bool(rows) and str(rows[0][0]) > now

    return workspace.store.read(known) and workspace.store.write(spent)  # guesses, which anybody can send, write nothing


def due(now: str) -> Statements[bool]:
    """Whether any session or code is over."""
    sessions = yield Statement("SELECT 1 FROM icosa_session WHERE last_used_at <= ? LIMIT 1", (_before(now, IDLE_SECONDS),))
    return bool(sessions or (yield Statement("SELECT 1 FROM icosa_code WHERE expires_at <= ? LIMIT 1", (now,))))


def forget(now: str) -> Statements[None]:
    """Forgets those that are over."""
    yield from _delete("icosa_session WHERE last_used_at <= ?", _before(now, IDLE_SECONDS))
    yield from _delete("icosa_code WHERE expires_at <= ?", now)


def end_all() -> Statements[None]:
    """Forgets all of them, when a database is emptied."""
    yield from _delete("icosa_session")
    yield from _delete("icosa_code")


def _opened(workspace: Workspace, token: str, now: str) -> Statements[SignedInSession | None]:
    rows = yield Statement(f"SELECT {_COLUMNS} FROM icosa_session WHERE hash = ?", (hashed(token),))
    return (yield from _in_force(rows[0], workspace, now)) if rows else None


def _is_to_be_noted(used: SignedInSession, now: str) -> bool:
    return used.last_used_at <= _before(now, NOTED_SECONDS)


def _in_force(row: Row, workspace: Workspace, now: str) -> Statements[SignedInSession | None]:
    id_, key_id, created_at, last_used_at, agent = row
    if str(last_used_at) <= _before(now, IDLE_SECONDS):
        return None
    principal = IN_PROCESS
    if key_id is not None:
        try:
            principal = yield from principal_of(str(key_id), now, key_object(workspace.catalogue))
        except AccessDenied:
            return None
    return SignedInSession(str(id_), principal, str(created_at), str(last_used_at), str(agent))


def _note(used: SignedInSession, now: str) -> Statements[None]:
    yield Statement("UPDATE icosa_session SET last_used_at = ? WHERE hash = ? AND last_used_at < ?", (now, used.id, now))
    if used.principal.id is not None:
        yield from note_used([(used.principal.id, now)])


def _delete(which: str, *values: str) -> Statements[None]:
    yield Statement(f"DELETE FROM {which}", values)


def _before(now: str, seconds: float) -> str:
    """The moment so many seconds before another, in wire form."""
    return wire_moment(datetime.fromisoformat(now) - timedelta(seconds=seconds))
