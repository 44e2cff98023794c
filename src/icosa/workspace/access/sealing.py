"""Secrets at rest: AES-256-GCM under a key that lies outside the database.

A sealed text is "sealed:" + base64 of nonce and ciphertext, tied to its object, field and record, so
that it opens nowhere else.  The key is ICOSA_SECRET_KEY (base64 of 32 bytes), or a file that only its
owner can read: beside a database file, or in the user's data directory for a database on a server.
Servers that share a database must share its key.
"""

import base64
import binascii
import errno
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from icosa.errors import InvalidInput, ReadOnly

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_VARIABLE = "ICOSA_SECRET_KEY"
PREFIX = "sealed:"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_UNWRITABLE = (errno.EROFS, errno.EACCES, errno.EPERM)


class Sealing:
    """Seals and opens texts with one key, which may be one that is still to be made."""

    def __init__(self, key: bytes | Callable[[], bytes]) -> None:
        self._key = key

    @cached_property
    def _cipher(self) -> "AESGCM":
        # Here, because most runs neither seal nor open anything.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._key() if callable(self._key) else self._key)

    def seal(self, text: str, place: str) -> str:
        nonce = os.urandom(_NONCE_BYTES)
        return PREFIX + base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), place.encode())).decode()

    def open(self, sealed: str, place: str) -> str:
        """The text, or the sealed text itself where it was sealed for another place or with another key."""
        if not sealed.startswith(PREFIX):
            return sealed
        from cryptography.exceptions import InvalidTag  # here: see _cipher

        try:
            raw = base64.b64decode(sealed[len(PREFIX) :], validate=True)
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError):
            return sealed


def key_path(database: str) -> Path:
    """Where the key for a database file lies, unless the environment holds it."""
    return Path(f"{database}.key")


def key_path_of_server(name: str) -> Path:
    from platformdirs import user_data_path  # here, as wherever a folder of the user's is asked for

    return user_data_path("icosa", appauthor=False) / "keys" / f"{quote(name, safe='')}.key"


def key_source(path: Path) -> str:
    """What holds the key, as errors name it."""
    return f"the variable {KEY_VARIABLE}" if os.environ.get(KEY_VARIABLE) else f"the file {path}"


def held_key(path: Path) -> bytes | None:
    """The key from the environment, else from this file; None where neither is there.  Raises InvalidInput where what
    is there is no key."""
    given = os.environ.get(KEY_VARIABLE)
    if given:
        return _decoded(given, f"the variable {KEY_VARIABLE}")
    return read_key(path) if path.exists() else None


def key_at(path: Path) -> bytes:
    """The key from the environment, else from this file, which is made where it is missing.  Raises ReadOnly where it
    cannot be made now, InvalidInput where what is there is no key."""
    key = held_key(path)
    if key is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_key(path, os.urandom(_KEY_BYTES))
        key = read_key(path)
    return key


def read_key(path: Path) -> bytes:
    """The key in a file.  Raises InvalidInput where it holds none."""
    try:
        text = path.read_text("ascii")
    except OSError as error:
        raise InvalidInput(f"the file {path} cannot be read: {error.strerror}; it holds the key to the secrets of the database") from None
    except UnicodeDecodeError:
        text = ""
    return _decoded(text, f"the file {path}")


def write_key(path: Path, key: bytes) -> None:
    """Keeps a key where there is none yet, with owner-only rights: the whole file or, whatever happens, none.  Raises
    ReadOnly or InvalidInput."""
    draft = path.with_name(f"{path.name}.{os.urandom(4).hex()}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(base64.b64encode(key).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first; its key is the one
            os.link(draft, path)
    except OSError as error:
        kind = ReadOnly if error.errno in _UNWRITABLE else InvalidInput
        raise kind(
            f"cannot make the file {path}: {error.strerror}; it is to hold the key to the secrets of the database, "
            f"unless {KEY_VARIABLE} does"
        ) from None
    finally:
        with suppress(OSError):
            draft.unlink()


def _decoded(text: str, source: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise InvalidInput(f"{source} holds no key; it must be base64 of {_KEY_BYTES} bytes, as `openssl rand -base64 32` prints it")
    return key
