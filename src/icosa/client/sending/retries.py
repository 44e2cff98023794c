"""For how long a request goes again, and after what waits."""

import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from icosa.durations import span
from icosa.errors import InvalidValue

VARIABLE: Final = "ICOSA_RETRIES"

JITTER: Final = 0.5
"""How much of a wait is left to chance, so that those who failed together do not come back together."""

LONGEST_LIMITED_WAIT: Final = 30.0
"""Seconds between two tries where a server has refused for its limit and does not say for how long.  Limits are counted by the
minute, so half of one meets the next."""

MISTAKE_SECONDS: Final = 5.0
"""Seconds for which a 500 is tried again: it may be a deadlock or a process that was replaced, which is over by then; where it is a
mistake of the server, every try meets it.  A choice between the two."""

_LEAST: Final = 0.01
"""Seconds below which no further try is begun: no request is answered in so little time."""


class Trouble(Enum):
    """What a request is tried again after.  OUTAGE: nobody answered, or somebody on the way said that nobody would.
    LIMIT: it was refused for the number of requests (429).  MISTAKE: the server failed over it (500), which stays
    more often than it goes, and is tried for five seconds at most."""

    OUTAGE = "outage"
    LIMIT = "limit"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class Retries:
    """For how many seconds a request goes again, counted from when it first failed.

    `seconds` is for a server that does not answer, and outlasts its restart; `limited` for one that refuses a
    request for their number (429), where it is more: most limits are about a minute, and Twenty does not say when
    it is over.  With 0 for both, nothing goes again.

    The first wait is `first_wait` seconds, then twice that, and so on up to `longest_wait`, half of each by chance; so a
    server that is back is noticed within that time.  A wait that the server itself asks for (Retry-After) is obeyed
    instead, up to `asked` seconds; where it asks for more, the request is given up at once.
    """

    seconds: float = 60.0
    limited: float = 90.0
    asked: float = 300.0
    first_wait: float = 0.25
    longest_wait: float = 2.0

    def __post_init__(self) -> None:
        for name in ("seconds", "limited", "asked", "first_wait", "longest_wait"):
            if not getattr(self, name) >= 0:  # NaN too
                raise InvalidValue("retries", f"{name} is {getattr(self, name)}; give seconds, 0 or more")

    @classmethod
    def of(
        cls, given: "Retries | float | str | None", environ: Mapping[str, str] = os.environ, otherwise: "Retries | None" = None
    ) -> "Retries":
        """What `retries=` says: a policy, or the seconds that nothing is tried for longer than, as a number or a text such as
        "5 min", 0 for never; None leaves it to ICOSA_RETRIES, then to `otherwise`.  Raises InvalidValue."""
        if isinstance(given, Retries):
            return given
        if given is not None:
            return cls._within(given, "retries")
        setting = environ.get(VARIABLE, "").strip()
        return cls._within(setting, VARIABLE) if setting else otherwise or PATIENT

    @classmethod
    def _within(cls, given: object, called: str) -> "Retries":
        seconds = _seconds(given) if isinstance(given, str) else given
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not seconds >= 0:
            raise InvalidValue(called, f'{given!r} is no time; give seconds, 0 for never, or a text such as "5 min"')
        return cls(seconds, limited=seconds, asked=seconds)

    def lasts(self, trouble: Trouble) -> float:
        """For how many seconds a request goes again after such a failure; 0 for not at all."""
        match trouble:
            case Trouble.LIMIT:
                return max(self.seconds, self.limited)
            case Trouble.MISTAKE:
                return min(self.seconds, MISTAKE_SECONDS)
            case Trouble.OUTAGE:
                return self.seconds

    @property
    def once(self) -> bool:
        """Whether nothing goes again, whatever happens."""
        return self.lasts(Trouble.LIMIT) == 0


def _seconds(text: str) -> float | None:
    try:
        found = span(text, short=True)
    except OverflowError:
        return None
    return None if found is None else found.total_seconds()


PATIENT: Final = Retries()
"""What a client does unless told otherwise."""


class Patience:
    """What is left of a policy while one request is tried, and what tells whether it was done.  `clock` counts
    seconds, `chance` gives 0 to 1."""

    def __init__(self, policy: Retries, clock: Callable[[], float] = time.monotonic, chance: Callable[[], float] = random.random) -> None:
        self.policy = policy
        self.tried = 1
        self._clock = clock
        self._chance = chance
        self._begun = clock()
        self._failed: float | None = None
        self._refused = 0

    @property
    def spent(self) -> float:
        """Seconds since the request was first sent, or a little before."""
        return self._clock() - self._begun

    @property
    def failing(self) -> float:
        """Seconds since it first failed, without those that it waited for its place."""
        return 0.0 if self._failed is None else max(self._clock() - self._failed, 0.0)

    def hold(self, seconds: float) -> None:
        """It waits so long for its place, which is no fault of the server."""
        if self._failed is not None:
            self._failed += seconds

    def wait(self, trouble: Trouble, asked: float | None = None) -> float | None:
        """The seconds to wait before the next sending, or None where it is given up.  `asked` are those that the
        server asked for."""
        if self._failed is None:
            self._failed = self._clock()
        left = self.policy.lasts(trouble) - self.failing
        if left < _LEAST or (asked or 0.0) > self.policy.asked:
            return None
        wait = min(self._backoff(trouble), left) if asked is None else asked + self._chance() * min(asked, 1) * JITTER
        self.tried += 1
        self._refused += trouble is Trouble.LIMIT
        return wait

    def _backoff(self, trouble: Trouble) -> float:
        """A server that is down is looked for again and again; one that counts is left alone for longer and longer."""
        limited = trouble is Trouble.LIMIT
        longest = max(self.policy.longest_wait, LONGEST_LIMITED_WAIT) if limited else self.policy.longest_wait
        before = self._refused if limited else self.tried - 1
        doubled: float = min(self.policy.first_wait * 2.0 ** min(before, 60), longest)
        return doubled * (1 - JITTER * self._chance())
