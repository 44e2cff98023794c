"""Tags of answers (ETag): the same answer has the same one, and another hardly ever.

A tag is a weak one, since who packs the body on its way may leave it.  It is Python's own hash, which is keyed by a secret of
the process, so that nobody can make two answers of one tag.  A long answer is made short first by a keyed code (GMAC), in half
the time that the hash would take; the code shows itself to nobody, so that it tells nothing of its key.  The hashes that are
the same everywhere take three times as long and more.  Another server gives the same answer another tag, which costs whoever
asks there no more than the answer once more.

Whoever has a use for tags asks for the same again, and to see that a page is the one of before takes a third of coding it.
"""

import os
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_SHORT: Final = 4 * 1024
"""Bytes up to which to hash is the quickest."""

_KEPT_LENGTH: Final = 128 * 1024
_KEPT: Final = 64
"""So many answers are remembered, of no more bytes each."""

_CODE: Final = AESGCM(os.urandom(32))
_NONCE: Final = bytes(12)

_given: dict[int, tuple[bytes, str]] = {}
"""By its length an answer that was given, and its tag."""


def tag(body: bytes) -> str:
    """The tag of an answer, by its body."""
    length = len(body)
    if length <= _SHORT:
        return f'W/"{hash(body)}"'
    given = _given.get(length)
    if given is not None and given[0] == body:
        return given[1]
    made = f'W/"{hash(_CODE.encrypt(_NONCE, b"", body))}"'
    if length <= _KEPT_LENGTH:
        if len(_given) >= _KEPT:
            _given.clear()
        _given[length] = body, made
    return made
