"""What a workspace has and what its server can do, read from its OpenAPI document and kept on disk.

A schema that was read less than five minutes ago is taken as it is.  After that the server is asked whether it has
another, with the ETag that it gave, and an unchanged document is not read again.  It is kept by address and key,
because one address may serve many workspaces, each known by its key.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson
import xxhash

from icosa.call.response import read
from icosa.catalogue.as_json import as_json, digest, from_json
from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.client.transport.flow import Flow
from icosa.errors import InvalidValue, NotFound, UnreadableAnswer
from icosa.secret import Secret
from icosa.wire.actions import OPEN_API_SCHEMA
from icosa.wire.message import Answer, Request
from icosa.wire.openapi.reading import Offers, read_document
from icosa.wire.version import TWENTY_1_0_3

FRESH_SECONDS: Final = 300.0
"""How long what a server has is believed without asking it again: a choice.  A field that is made meanwhile is not known for five
minutes, and no command waits for a document that has megabytes."""

_USER_AGENT: Final = "icosa"
_FORM: Final = 8
"""Raise it when a document is read differently than before, or kept in another form."""
_UNCHANGED: Final = 304
_KEY_DIGITS: Final = 16


class Schema(NamedTuple):
    """The objects of a workspace and what its server can do; `digest` tells this catalogue from any other."""

    catalogue: Catalogue
    offers: Offers
    digest: str


class _Kept(NamedTuple):
    """A schema on disk: when it was last known to be right (seconds since 1970), and the document it is from."""

    schema: Schema
    checked: float
    etag: str
    body: str  # the SHA-256 of the document


def schema_of(catalogue: Catalogue, offers: Offers) -> Schema:
    return Schema(catalogue, offers, digest(catalogue))


def plain_schema() -> Schema:
    """What a server is taken for that has no document: Twenty 1.0.3 as it comes."""
    return schema_of(STANDARD, Offers(icosa=False))


def read_schema(
    address: str,
    token: Secret | None = None,
    folder: Path | None = None,
    *,
    fresh_for: float = FRESH_SECONDS,
    now: Callable[[], float] = time.time,
) -> Flow[Schema]:
    """The schema of the workspace at an address, asked of its server unless one that was read less than `fresh_for`
    seconds ago is kept in `folder` (the user's cache folder where none is named).

    A server that has no document is taken for Twenty 1.0.3 as it comes.  Raises AccessDenied for a key that
    is not accepted, any other error that the server tells of, and NetworkFailure.
    """
    file = _file(address, token, folder)
    kept = _load(file)
    if kept is not None and 0 <= now() - kept.checked < fresh_for:
        return kept.schema
    for (
        path
    ) in TWENTY_1_0_3.document_paths:  # the first is open to all, and says little to a key that is not accepted; the second refuses it
        request = Request("GET", path, user_agent=_USER_AGENT, etag=kept.etag if kept else "")
        answer = yield request
        found = _understood(request, answer, token, kept)
        if found is not None:
            break
    else:
        found, answer = plain_schema(), Answer(0, b"")
    if kept is not None and answer.status == _UNCHANGED:
        _keep(file, kept._replace(checked=now()))
    else:
        _keep(file, _Kept(found, now(), _etag(answer), _hash(answer)))
    return found


def cached_schema(address: str, token: Secret | None = None, folder: Path | None = None) -> Schema | None:
    """The schema of an address that was read last, however long ago, without asking anybody; None where there is
    none.  With a token it is that of the workspace which the token opens."""
    if token is not None:
        kept = _load(_file(address, token, folder))
        return kept.schema if kept else None
    files: list[tuple[float, Path]] = []
    with suppress(OSError):  # whoever may not look into the folder has none
        files += [(_modified(each), each) for each in _folder(folder).glob(f"{_name(address)}-*.json")]
    kept = next((each for _, file in sorted(files, reverse=True) if (each := _load(file))), None)
    return kept.schema if kept else None


def keep_schema(address: str, token: Secret | None, schema: Schema, folder: Path | None = None) -> None:
    """Keep a schema that was found in another way, for `cached_schema`."""
    _keep(_file(address, token, folder), _Kept(schema, time.time(), "", ""))


def _understood(request: Request, answer: Answer, token: Secret | None, kept: _Kept | None) -> Schema | None:
    """What an answer says, or None where it is no workspace's document."""
    if kept is not None and (answer.status == _UNCHANGED or (answer.status == 200 and _hash(answer) == kept.body)):
        return kept.schema
    try:
        document = read(OPEN_API_SCHEMA, request, answer, token)
        return schema_of(*read_document(document))
    except (NotFound, UnreadableAnswer):
        return None


def _etag(answer: Answer) -> str:
    return next((value for name, value in answer.headers if name.lower() == "etag"), "")


def _hash(answer: Answer) -> str:
    return _sha256(answer.body) if answer.status == 200 else ""


def _folder(folder: Path | None) -> Path:
    if folder is not None:
        return folder
    return (_xdg_cache() or _cache_elsewhere()) / "schemas"


def _xdg_cache() -> Path | None:
    """The user's cache folder on Linux, where two variables say it; None wherever more has to be known.  platformdirs says the same
    and knows all other systems, but what it loads takes a short command a thirtieth of its time."""
    if sys.platform != "linux":
        return None
    cache, home = os.environ.get("XDG_CACHE_HOME", ""), os.environ.get("HOME", "")
    if cache.startswith("/") and cache == cache.strip():
        return Path(cache) / "icosa"
    return Path(home) / ".cache" / "icosa" if not cache and home.startswith("/") else None


def _cache_elsewhere() -> Path:
    from platformdirs import user_cache_path  # here: see above

    return user_cache_path("icosa", appauthor=False)


def _file(address: str, token: Secret | None, folder: Path | None) -> Path:
    key = _sha256(token.reveal().encode())[:_KEY_DIGITS] if token else "none"
    return _folder(folder) / f"{_name(address)}-{key}.json"


def _name(address: str) -> str:
    return xxhash.xxh3_128_hexdigest(address.encode())


def _sha256(of: bytes) -> str:
    from hashlib import sha256  # here: it loads OpenSSL, which who has the schema at hand needs nothing of

    return sha256(of).hexdigest()


def _modified(file: Path) -> float:
    with suppress(OSError):
        return file.stat().st_mtime
    return 0.0


def _load(file: Path) -> _Kept | None:
    """What a file keeps; a file that is gone, damaged or of another Icosa is read anew from the server."""
    try:
        held: Any = orjson.loads(file.read_bytes())
        if held["form"] != _FORM:
            return None
        catalogue = STANDARD if held["catalogue"] is None else from_json(held["catalogue"])
        schema = Schema(catalogue, Offers.from_json(held["offers"]), held["digest"])
        return _Kept(schema, float(held["checked"]), held["etag"], held["body"])
    except (OSError, ValueError, TypeError, KeyError, InvalidValue):
        return None


def _keep(file: Path, kept: _Kept) -> None:
    """Replace the file at once, so that a reader sees the old one or the new one.  Where nothing can be written the
    next call asks again, and that is all."""
    held = {
        "form": _FORM, "checked": kept.checked, "etag": kept.etag, "body": kept.body, "digest": kept.schema.digest,
        "catalogue": None if kept.schema.catalogue == STANDARD else as_json(kept.schema.catalogue), "offers": kept.schema.offers.as_json(),
    }  # fmt: skip
    made = file.with_name(f".{file.stem}-{time.time_ns()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(orjson.dumps(held))
        made.replace(file)
    except OSError:
        with suppress(OSError):
            made.unlink(missing_ok=True)
