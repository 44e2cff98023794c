"""Sessions in the memory of one process: those of `icosa console`, which end with it."""

import hashlib
import secrets
import time
from collections.abc import Callable
from threading import Lock

from icosa.errors import InvalidKey
from icosa.surfaces.console.site import Visitor

IDLE_SECONDS = 12 * 60 * 60.0
CODE_SECONDS = 10 * 60.0


class HeldSessions:
    """Everybody who comes by a code is `owner`; nobody comes by a key.  `clock` counts seconds."""

    def __init__(self, owner: Visitor, clock: Callable[[], float] = time.monotonic) -> None:
        self._owner = owner
        self._clock = clock
        self._lock = Lock()
        self._codes: dict[bytes, float] = {}  # by hash, until when
        self._sessions: dict[bytes, float] = {}  # by hash, when it was last used

    def enter(self, key: str, agent: str) -> str:
        raise InvalidKey("nobody signs in with a key here; open the link that the command printed")

    def invite(self) -> str:
        code = secrets.token_urlsafe(32)
        with self._lock:
            self._codes[_hash(code)] = self._clock() + CODE_SECONDS
        return code

    def spend(self, code: str, agent: str) -> str | None:
        with self._lock:
            if self._codes.pop(_hash(code), 0.0) <= self._clock():
                return None
            token = secrets.token_urlsafe(32)
            self._sessions[_hash(token)] = self._clock()
            return token

    async def visitor(self, token: str) -> Visitor | None:
        known = _hash(token)
        with self._lock:
            used = self._sessions.get(known)
            if used is None or used + IDLE_SECONDS <= self._clock():
                self._sessions.pop(known, None)
                return None
            self._sessions[known] = self._clock()
            return self._owner

    def leave(self, token: str) -> None:
        with self._lock:
            self._sessions.pop(_hash(token), None)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()
