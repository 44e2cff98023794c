"""The salt of a masked mirror.  It lies beside the database: whoever has both can try whom a made-up value
stands for, so whoever is given the one is not given the other."""

import os
from pathlib import Path

from icosa.errors import InvalidInput

_BYTES = 32
"""256 bits, as long as the digests that are made with it: nobody tries them all."""


def salt_at(path: Path, *, make: bool) -> bytes:
    """The salt in a file; `make` makes it where it is missing.  Raises InvalidInput where there is none."""
    if not path.exists():
        if not make:
            raise InvalidInput(f"the salt {path} is gone, and other made-up values would not match those that are there; put it back")
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(os.urandom(_BYTES).hex().encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())
    try:
        salt = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError):
        salt = b""
    if len(salt) != _BYTES:
        raise InvalidInput(f"{path} holds no salt; put the one back that the mirror was made with")
    return salt
