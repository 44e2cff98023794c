"""The pace of one key to one server, kept together with every other process of this machine."""

import hashlib
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from icosa.client.sending.ledger import Ledger
from icosa.client.sending.rate import Rate, rate_of
from icosa.secret import Secret

LONGEST_CLOSED = 300.0
"""After so many seconds somebody asks a server again, although it wanted to be left alone for a day."""

_LATEST_SHARE = 0.1
"""How much the latest answer counts in the mean: a choice.  A tenth follows a server that becomes slow within some twenty answers,
and is not led astray by a single slow one."""


class Pace:
    """When the next request may go.  `rate` is None where the server has named no limit; a refusal (429)
    holds all who use the key, with or without one."""

    def __init__(self, ledger: Ledger, key: str, rate: Rate | None, clock: Callable[[], float] = time.time) -> None:
        self.rate = rate
        self._ledger = ledger
        self._key = key
        self._clock = clock
        self._mean: float | None = None

    @classmethod
    def of(cls, pace: str | float | None, address: str, token: Secret | None, environ: Mapping[str, str] = os.environ) -> "Pace":
        """What `pace=` says, for a server and a key.  Raises InvalidValue."""
        named = hashlib.sha256("\n".join((address, token.reveal() if token else "")).encode()).hexdigest()[:32]
        return cls(Ledger(ledger_file()), named, rate_of(pace, address, environ))

    def take(self) -> float:
        """Take the next place, and give the seconds to wait for it."""
        return self._ledger.take(self._key, self.rate, self._clock())

    def reason(self) -> str:
        """Why the next place is not free at once, for a log."""
        return self._ledger.reason(self._key, self.rate, self._clock())

    def refused(self, seconds: float) -> None:
        """The server refused a request, and wants to be left alone for so many seconds: by all who use the key."""
        self._ledger.refused(self._key, min(seconds, LONGEST_CLOSED), self._clock())

    def took(self, seconds: float) -> None:
        """A request was answered after so many seconds; forecasts reckon with it."""
        self._mean = seconds if self._mean is None else self._mean + (seconds - self._mean) * _LATEST_SHARE

    def estimate(self, requests: int, at_once: int = 1) -> float:
        """About how many seconds so many requests will take, where so many are under way at once."""
        answered = (self._mean or 0.0) * requests / at_once
        return max(answered, self._ledger.wait_for(self._key, self.rate, requests, self._clock()))


def ledger_file() -> Path:
    """Where the machine's ledger lies."""
    from platformdirs import user_state_path  # here: reading the directories of a system takes a while

    return user_state_path("icosa", appauthor=False) / "pace.db"
