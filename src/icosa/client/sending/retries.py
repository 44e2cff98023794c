"""When a request goes again, and after how long."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from icosa.errors import InvalidValue

JITTER: Final = 0.5
"""How much of a wait is left to chance, so that those who failed together do not come back together."""


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a request is sent, and how long it may take in all.

    `attempts` counts every sending, the first one too.  The wait before the next one is `first_wait`
    seconds, then twice that, and so on up to `longest_wait`, half of it by chance; a server's Retry-After
    is obeyed instead.  After `total` seconds, or where the next wait would end later, it is given up.

    A server that refuses a request for their number (429) takes it later: whatever `attempts` says, such a one
    goes again for `limited` seconds.  Most limits are about a minute, and Twenty does not say when it is over.
    With one attempt nothing goes again.
    """

    attempts: int = 5
    first_wait: float = 0.25
    longest_wait: float = 30.0
    total: float = 300.0
    limited: float = 90.0

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise InvalidValue("retries", f"{self.attempts} attempts are none; give 1 or more")
        for name in ("first_wait", "longest_wait", "total", "limited"):
            if not getattr(self, name) >= 0:  # NaN too
                raise InvalidValue("retries", f"{name} is {getattr(self, name)}; give seconds, 0 or more")

    @classmethod
    def of(cls, given: "Retries | int | None") -> "Retries":
        """What `retries=` says: a policy, so many tries more than the first, or none for 0 and None.  Raises
        InvalidValue."""
        if isinstance(given, Retries):
            return given
        tries: object = given or 0
        if isinstance(tries, bool) or not isinstance(tries, int) or tries < 0:
            raise InvalidValue("retries", f"{given!r} is no count of tries; give 0 or more, or a Retries")
        return cls(attempts=1 + tries)


PATIENT: Final = Retries()
"""What a client does unless told otherwise."""


class Patience:
    """What is left of a policy while one request is tried.  `clock` counts seconds, `chance` gives 0 to 1;
    `held` are seconds that it waited for its place, which are no fault of the server."""

    def __init__(self, policy: Retries, clock: Callable[[], float] = time.monotonic, chance: Callable[[], float] = random.random) -> None:
        self._policy = policy
        self._clock = clock
        self._chance = chance
        self.begun = clock()
        self.tried = 1
        self.held = 0.0

    @property
    def spent(self) -> float:
        """Seconds since the request was first sent, or a little before."""
        return self._clock() - self.begun

    def wait(self, retry_after: float | None = None, *, limited: bool = False) -> float | None:
        """The seconds to wait before the next sending, or None where it is given up.  `limited` is whether it was
        refused for the number of requests."""
        if self.tried >= self._policy.attempts and not (limited and self._may_outlast()):
            return None
        wait = self._backoff() if retry_after is None else retry_after + self._chance() * min(retry_after, 1) * JITTER
        if self.spent - self.held + wait > self._policy.total:
            return None
        self.tried += 1
        return wait

    def _may_outlast(self) -> bool:
        """Whether a limit of the server's may still be waited for."""
        return self._policy.attempts > 1 and self.spent - self.held < self._policy.limited

    def _backoff(self) -> float:
        longest: float = min(self._policy.first_wait * 2.0 ** min(self.tried - 1, 60), self._policy.longest_wait)
        return longest * (1 - JITTER * self._chance())
