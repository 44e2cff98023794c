"""Which workspace is meant, and with which key.

First wins: what the call says; ICOSA_URL with ICOSA_TOKEN; TWENTY_BASE_URL with TWENTY_API_KEY (other
Twenty tools use these); what `icosa login` kept; the embedded workspace (ICOSA_DATABASE, else a file
in the user's data directory).  A key goes to no other server than the one it was given for.

The owner of an embedded workspace needs no key, but who has one acts with it: what the call says, else the ICOSA_TOKEN
of an environment whose ICOSA_URL names that workspace, or none.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from icosa.call.address import is_embedded, server_address
from icosa.client.credentials.key import sound_key
from icosa.client.credentials.stored import kept_address, load_credential
from icosa.errors import InvalidValue, MissingKey
from icosa.secret import Secret

PAIRS = (("ICOSA_URL", "ICOSA_TOKEN"), ("TWENTY_BASE_URL", "TWENTY_API_KEY"))
DATABASE = "ICOSA_DATABASE"
_CALL, _KEPT = "the call", "icosa login"

_Key = tuple[Secret, str]
"""A key, and where it was found."""


class Destination(NamedTuple):
    """A workspace and the key to it, with None for the owner of an embedded one; `source` and `key_source` say in words
    where each was found."""

    url: str
    token: Secret | None
    source: str
    key_source: str = ""

    @property
    def embedded(self) -> bool:
        return is_embedded(self.url)


def resolve(
    url: str | os.PathLike[str] | None = None, token: str | Secret | None = None, environ: Mapping[str, str] | None = None
) -> Destination:
    """The workspace to connect to.  A blank token is no key: it has the owner of an embedded workspace act, whatever the
    environment says.

    Raises InvalidValue for an address that is none, InvalidKey for a key that cannot be one, and
    MissingKey where a server is named and no key to it is known.
    """
    environ = os.environ if environ is None else environ
    if url is not None:
        return _named(_address(url), "url", token, environ)
    for url_name, token_name in PAIRS:
        if named := _variable(environ, url_name):
            return _named(named, url_name, token, environ, _of(environ, token_name))
    kept = load_credential()
    if kept:
        lone = next((key for _, name in PAIRS if (key := _of(environ, name))), None)
        return _named(kept.url, _KEPT, token, environ, lone or (kept.token, _KEPT))
    return _named(embedded_url(environ), DATABASE if _variable(environ, DATABASE) else "the user's data directory", token, environ)


def address_of(url: str | None = None, environ: Mapping[str, str] | None = None) -> str:
    """The address that `resolve` would find, without asking for a key to it, as help and completion need it.

    Raises InvalidValue for an address that is none.
    """
    environ = os.environ if environ is None else environ
    named = next(((value, name) for name, _ in PAIRS if (value := _variable(environ, name))), None) if url is None else (url, "url")
    if named is None:
        return kept_address() or embedded_url(environ)
    text, called = named
    return text.strip() if is_embedded(text.strip()) else server_address(text, called)


def _address(url: str | os.PathLike[str]) -> str:
    """An address as text; a path is that of a database file.  Raises InvalidValue."""
    if isinstance(url, os.PathLike):
        return _file_url(Path(url).expanduser().absolute())
    if not isinstance(url, str):
        raise InvalidValue(
            "url", f"a {type(url).__name__} is no address; give a text, such as https://crm.example.com, or the Path of a database file"
        )
    return url


def _named(url: str, source: str, token: str | Secret | None, environ: Mapping[str, str], beside: _Key | None = None) -> Destination:
    """A workspace that is named, with the token of the call, the key that stands `beside` its name, or one that is known
    for just this workspace."""
    embedded = is_embedded(url.strip())
    address = url.strip() if embedded else server_address(url, source)
    if token is not None:
        given = _given(token, address)
        return Destination(address, given, source, _CALL if given else "")
    key = beside or (_own_key if embedded else _known_key)(address, environ)
    if key is None and not embedded:
        raise MissingKey(
            f"no API key for {address} is known. Give one: token=… in Python, ICOSA_TOKEN in the environment, or run icosa login once"
        )
    return Destination(address, key[0], source, key[1]) if key else Destination(address, None, source)


def _known_key(address: str, environ: Mapping[str, str]) -> _Key | None:
    """A key for just this server: of the environment, where it names this server or none, else the kept one."""
    for url_name, token_name in PAIRS:
        key = _of(environ, token_name)
        url = _variable(environ, url_name)
        if key and (not url or _same(url, address)):
            return key
    kept = load_credential()
    return (kept.token, _KEPT) if kept and kept.url == address else None


def _own_key(address: str, environ: Mapping[str, str]) -> _Key | None:
    """The key of the environment for just this embedded workspace.  TWENTY_API_KEY is never one: it is for a server."""
    url_name, token_name = PAIRS[0]
    url = _variable(environ, url_name)
    return _of(environ, token_name) if not url or url == address else None


def _same(url: str, address: str) -> bool:
    with suppress(InvalidValue):
        return not is_embedded(url) and server_address(url) == address
    return False


def _of(environ: Mapping[str, str], name: str) -> _Key | None:
    """The key that a variable holds."""
    value = _variable(environ, name)
    return (sound_key(value, name), name) if value else None


def _variable(environ: Mapping[str, str], name: str) -> str:
    """What a variable says; a blank one says nothing, as scripts and compose files set it for "none"."""
    return environ.get(name, "").strip()


def _given(token: str | Secret, url: str) -> Secret | None:
    """The key that a call names, for a workspace at this address.  A blank one is none where none is needed; to a
    server it is a mistake."""
    if is_embedded(url) and not Secret(token).reveal().strip():
        return None
    return sound_key(token, "token")


def embedded_url(environ: Mapping[str, str] | None = None) -> str:
    """The embedded workspace of this user: ICOSA_DATABASE (an address or a path), else a file in the
    user's data directory."""
    environ = os.environ if environ is None else environ
    chosen = _variable(environ, DATABASE)
    if chosen:
        return chosen if "://" in chosen else _file_url(Path(chosen).expanduser().absolute())
    # Here, because reading the directories of a system takes longer than all else that a call with
    # an address in hand needs.
    from platformdirs import user_data_path

    return _file_url(user_data_path("icosa", appauthor=False) / "workspace.db")


def _file_url(path: Path) -> str:
    return f"sqlite:///{quote(str(path))}"
