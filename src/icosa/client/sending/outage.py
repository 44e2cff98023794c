"""Says that a server does not answer, once for all requests of a client that wait for it."""

import threading
import time
from collections.abc import Callable
from typing import Final

from icosa.client.sending.outcome import Outcome
from icosa.client.sending.retries import Patience
from icosa.errors import Unreachable

TOLD_AFTER: Final = 1.0
"""Seconds for which a request stands still before somebody notices."""

QUIET_SECONDS: Final = 60.0
"""Seconds until the same outage is said again, as long as a client tries by itself: a choice, so that a log has a line a minute and
not one for each request."""


class Outage:
    """What was told of it lately.  May be used from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._quiet_until: float | None = None

    def waits(self, outcome: Outcome, patience: Patience, wait: float) -> None:
        """A request failed, and goes again after so many seconds."""
        if patience.failing + wait < TOLD_AFTER:
            return
        with self._lock:
            now = self._clock()
            if self._quiet_until is not None and now < self._quiet_until:
                return
            self._quiet_until = now + QUIET_SECONDS
        from icosa.client.sending.log import LOG  # here: most clients say nothing

        LOG.warning("%s; trying again for %.0f s", _why(outcome), patience.policy.lasts(outcome.trouble))


def _why(outcome: Outcome) -> str:
    """In the words of an error only where nothing had been sent: it names the server then, and nothing that was asked."""
    if type(outcome.error) is Unreachable and not outcome.error.sent:
        return outcome.error.message
    return f"the server does not do what it is asked ({outcome.kind})" if outcome.status else f"the server does not answer ({outcome.kind})"
