"""The credential that `icosa login` keeps: an address and the key to it.

The key lies in the system's keyring where there is one, else in a file that only its owner can read.
The address always lies in the file.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from icosa.call.address import server_address
from icosa.client.credentials.key import sound_key
from icosa.errors import InvalidValue, MissingKey
from icosa.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

KEYRING_SERVICE = "icosa"

Storage = Literal["keyring", "file"]


class Kept(NamedTuple):
    """A credential that was kept, and where its key lies."""

    url: str
    token: Secret
    storage: Storage


def store_credential(url: str, token: str | Secret) -> Kept:
    """Keep a credential, in place of one kept before, and say where its key lies now."""
    address, key = server_address(url), sound_key(token, "token")
    remove_credential()
    ring = _keyring()
    if ring is not None:
        with suppress(Exception):  # a keyring that is locked or broken says so in its own words; the file remains
            ring.set_password(KEYRING_SERVICE, address, key.reveal())
            _write({"url": address})
            return Kept(address, key, "keyring")
    _write({"url": address, "token": key.reveal()})
    return Kept(address, key, "file")


def load_credential() -> Kept | None:
    """The credential that was kept, or None.  Raises MissingKey where the keyring does not give the key
    back, and InvalidValue where the file is no credential any more: either is said rather than taken
    for "nothing kept", which would lead to another workspace."""
    held = _read()
    if held is None:
        return None
    if "token" in held:
        return Kept(held["url"], Secret(held["token"]), "file")
    ring, token = _keyring(), None
    with suppress(Exception):
        token = ring.get_password(KEYRING_SERVICE, held["url"]) if ring else None
    if not token:
        raise MissingKey(f"the system's keyring does not give the API key for {held['url']}; unlock it, or run icosa login again")
    return Kept(held["url"], Secret(token), "keyring")


def kept_address() -> str | None:
    """The address that was kept, without asking for its key.  Raises InvalidValue where the file is no credential
    any more."""
    held = _read()
    return None if held is None else held["url"]


def remove_credential() -> bool:
    """Remove the credential that was kept; whether there was one."""
    with suppress(InvalidValue):
        held = _read()
        if held is None:
            return False
        ring = None if "token" in held else _keyring()
        if ring is not None:
            with suppress(Exception):
                ring.delete_password(KEYRING_SERVICE, held["url"])
    credentials_file().unlink(missing_ok=True)
    return True


def credentials_file() -> Path:
    """Where the kept address lies, and the key where there is no keyring."""
    from platformdirs import user_config_path

    return user_config_path("icosa", appauthor=False) / "credentials.json"


def _read() -> dict[str, str] | None:
    file = credentials_file()
    try:
        held = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        held = None
    if not isinstance(held, dict) or not all(isinstance(each, str) for each in held.values()) or "url" not in held:
        raise InvalidValue(str(file), "cannot be read as a kept credential; run icosa login again")
    return held


def _write(held: dict[str, str]) -> None:
    """Replace the file at once, so that a reader sees the old one or the new one; both are the owner's alone."""
    file = credentials_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    import tempfile  # here, because most runs write none

    handle, made = tempfile.mkstemp(prefix=".credentials-", dir=file.parent)  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(held, out, indent=2)
        Path(made).replace(file)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def _keyring() -> "KeyringBackend | None":
    """The system's keyring, where one is installed and keeps secrets well."""
    try:
        import keyring
    except ImportError:
        return None
    with suppress(Exception):
        ring = keyring.get_keyring()
        if ring.priority >= 1:  # what the library itself recommends; below it lie plain files and the one that always fails
            return ring
    return None
