"""Secrets at rest: AES-256-GCM under a key that lies outside the database.

A sealed text is "sealed:" + base64 of nonce and ciphertext, tied to its object, field and record, so
that it opens nowhere else.  The key is ICOSA_SECRET_KEY (base64 of 32 bytes) or a file beside the
database that only its owner can read.
"""

import base64
import binascii
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from icosa.errors import InvalidInput

KEY_VARIABLE = "ICOSA_SECRET_KEY"
PREFIX = "sealed:"
_KEY_BYTES = 32
_NONCE_BYTES = 12


class Sealing:
    """Seals and opens texts with one key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, text: str, place: str) -> str:
        nonce = os.urandom(_NONCE_BYTES)
        return PREFIX + base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), place.encode())).decode()

    def open(self, sealed: str, place: str) -> str:
        """The text, or the sealed text itself where it was sealed for another place or with another key."""
        if not sealed.startswith(PREFIX):
            return sealed
        try:
            raw = base64.b64decode(sealed[len(PREFIX) :], validate=True)
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError):
            return sealed


def key_of(database: str) -> bytes:
    """The key for a database file: from the environment, else from `<database>.key`, which is made with
    owner-only rights where it is missing.  Raises InvalidInput where it is no key."""
    given = os.environ.get(KEY_VARIABLE)
    if given:
        return _decoded(given, f"the variable {KEY_VARIABLE}")
    path = Path(f"{database}.key")
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _decoded(path.read_text(), f"the file {path}")
    with os.fdopen(handle, "w") as file:
        file.write(base64.b64encode(os.urandom(_KEY_BYTES)).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return _decoded(path.read_text(), f"the file {path}")


def _decoded(text: str, source: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise InvalidInput(f"{source} holds no key; it must be base64 of {_KEY_BYTES} bytes, as `openssl rand -base64 32` prints it")
    return key
