"""API keys.

A key is a record of the object `apiKey`, or of the workspace's own (store/keys.py), which says its name, when it expires and whether it was
revoked; of its token the workspace keeps a SHA-256 hash and nothing else.  (A token holds 256 random
bits, so a slow hash would protect nothing more.)  A token is

    icosa_<key's id, 32 hexadecimal digits>_<43 characters of secret><8 of checksum>

so that logs can name a key, scanners can find one, and a mistyped one is refused before any look-up.  A workspace of a newer
version gives out tokens of that one's form (jwt.py), and takes both.
"""

import base64
import os
import re
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from icosa.catalogue.model import Object
from icosa.errors import ExpiredKey, InvalidKey, MissingKey, OtherToken, ReadOnlyKey, RevokedKey
from icosa.wire.version import Version
from icosa.workspace.access import jwt
from icosa.workspace.store.names import quoted
from icosa.workspace.store.statement import Row, Statement, Statements
from icosa.workspace.store.stored_catalogue import EDITION_NOW

_TOKEN = re.compile(r"icosa_([0-9a-f]{32})_([A-Za-z0-9_-]{43})([0-9a-f]{8})")


_LONGEST = jwt.LONGEST
"""Characters up to which it is remembered what a text is asked for, as which token."""


class Principal(NamedTuple):
    """Who makes a request: the id and name of an API key, and whether it may write; no id for a caller in the process
    itself.  `edition` is that of the workspace's objects (store/stored_catalogue.py) when the key was read: the same
    statement tells both, so that to know of a change costs no request anything."""

    id: str | None
    name: str
    may_write: bool = True
    edition: str = ""


IN_PROCESS = Principal(None, "Icosa")


def new_token(key_id: str) -> str:
    """A token for a key.  Shown once: only `hashed(token)` is kept."""
    body = f"icosa_{key_id.replace('-', '')}_{base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip('=')}"
    return body + _checksum(body)


def key_hash(token: str, version: Version) -> str | None:
    """The hash by which the workspace knows a token; None for a text that is no token.  Raises OtherToken for one of another
    kind."""
    kind = jwt.type_of(token) if version.requests.jwt_keys else None
    if kind == "":
        raise OtherToken("the token is that of a person's session, or of something else; send that of an API key")
    if kind:
        return hashed(token)
    found = _TOKEN.fullmatch(token)
    return hashed(token) if found and _checksum(token[:-8]) == found[3] else None


def hashed(token: str) -> str:
    import hashlib  # here: it loads OpenSSL, which reading a page needs nothing of

    return hashlib.sha256(token.encode()).hexdigest()


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"


def keep(token: str, key_id: str, may_write: bool = True) -> Statement:
    """The statement that makes a token good."""
    return Statement("INSERT INTO icosa_key (hash, api_key_id, may_write) VALUES (?, ?, ?)", (hashed(token), key_id, int(may_write)))


def note_used(uses: Iterable[tuple[str, str]]) -> Statements[None]:
    """Writes down when keys were used last: their ids, each with a moment."""
    noted = [(at, id_, at) for id_, at in sorted(uses)]  # in one order, so that nobody waits for who waits for them
    yield Statement(
        "UPDATE icosa_key SET last_used_at = ? WHERE api_key_id = ? AND (last_used_at IS NULL OR last_used_at < ?)", noted, many=True
    )


def check_may_write(principal: Principal) -> None:
    """Raises ReadOnlyKey where it may not."""
    if not principal.may_write:
        raise ReadOnlyKey(
            f'the API key "{principal.name}" may only read, and nothing was written; make one that may write with '
            "`icosa keys create`, without --read-only",
            legacy="Entity performing the request does not have permission",
        )


def authenticate(token: str | None, now: str, keys: Object, version: Version) -> Statements[Principal]:
    """Whose token it is, in a workspace of the version; `keys` is the object whose records the keys are.  Raises MissingKey,
    InvalidKey, OtherToken, ExpiredKey or RevokedKey.

    The key's record is as the database has it when the request is answered, so that expiry, revocation and
    deletion hold at once.
    """
    return holder((yield whose(token, keys, version)), now)


def whose(token: str | None, keys: Object, version: Version) -> Statement:
    """What a database is asked to know whose token it is; `holder` makes something of the rows.  Raises MissingKey, InvalidKey
    or OtherToken."""
    if not token:
        raise MissingKey("send an API key as `Authorization: Bearer <key>`", legacy="Missing authentication token")
    return _known_whose(token, keys.table, version) if len(token) <= _LONGEST else _whose(token, keys.table, version)


def _whose(token: str, table: str, version: Version) -> Statement:
    known_by = key_hash(token, version)
    if known_by is None:
        raise InvalidKey(
            "the API key is none of this workspace's, or was copied in part; make one with `icosa keys create`", legacy="No payload"
        )
    # A bare parameter that a column of a join equals is one whose value SQLite plans by: it prepares the statement at each run.
    return Statement(_holder(table, "hash = CAST(? AS TEXT)"), (known_by,), lasting=True)


_known_whose = lru_cache(maxsize=1024)(_whose)


def _holder(table: str, known_by: str) -> str:
    return (
        f'SELECT a."id", a."name", k.may_write, a."expiresAt", a."revokedAt", a."deletedAt", coalesce({EDITION_NOW}, \'\') '
        f'FROM icosa_key k JOIN {quoted(table)} a ON a."id" = k.api_key_id WHERE k.{known_by}'
    )


def principal_of(key_id: str, now: str, keys: Object) -> Statements[Principal]:
    """Whom the key with this id makes of who has proved to hold it, as who signed in with it did.  To be asked on each
    request, and as `authenticate` raises InvalidKey, ExpiredKey or RevokedKey; a key without a token is none."""
    return holder((yield Statement(_holder(keys.table, "api_key_id = ?"), (key_id,))), now)


def holder(rows: list[Row], now: str) -> Principal:
    """Who holds a key, by the rows that `whose` asks for.  Raises InvalidKey, ExpiredKey or RevokedKey."""
    if not rows:
        raise InvalidKey("the API key is unknown here; make one with `icosa keys create`", legacy="Token invalid.")
    principal, expires_at = _principal(rows[0])
    if expires_at <= now:
        raise ExpiredKey(
            f'the API key "{principal.name}" expired at {expires_at}; make another with `icosa keys create`', legacy="Token has expired."
        )
    return principal


@lru_cache(maxsize=1024)
def _principal(row: Row) -> tuple[Principal, str]:
    """Whom a row makes, and until when: the same one at each request."""
    id_, name, may_write, expires_at, revoked_at, deleted_at, edition = row
    if deleted_at is not None or revoked_at is not None:
        raise RevokedKey(f'the API key "{name}" was revoked; make another with `icosa keys create`', legacy="This API Key is revoked")
    return Principal(str(id_), str(name), bool(may_write), str(edition)), str(expires_at)
