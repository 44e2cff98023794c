"""Time in a test's hands."""

from datetime import UTC, datetime, timedelta
from threading import Lock

from icosa.catalogue.kinds import moment, wire_moment


class Clock:
    """What a workspace under test takes for the time: createdAt, updatedAt and deletedAt follow it, and keys
    expire by it.  It runs with the system's clock until it is told otherwise.

    Ids follow the system's clock all the same, so that their order stays the order of creation.  May be used
    from several threads.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._ahead = timedelta()
        self._still: datetime | None = None

    def __call__(self) -> str:
        """The moment it is, as the API writes it: "2026-02-03T09:00:00.000Z"."""
        return wire_moment(self.now())

    def now(self) -> datetime:
        """The moment it is, in UTC."""
        with self._lock:
            return self._still or datetime.now(UTC) + self._ahead

    def set(self, when: str | datetime) -> None:
        """It is `when` from now on, until it is moved: a moment in ISO 8601 (UTC where it names no zone), or a
        datetime.  Raises InvalidValue for what is neither."""
        text = when.replace(tzinfo=when.tzinfo or UTC).isoformat() if isinstance(when, datetime) else when
        still = datetime.fromisoformat(moment(text, "when"))
        with self._lock:
            self._still = still

    def freeze(self) -> None:
        """Time stands still at what it is."""
        now = self.now()
        with self._lock:
            self._still = now

    def advance(self, *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """So much time passes at once; a negative amount goes back."""
        passed = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        with self._lock:
            if self._still is None:
                self._ahead += passed
            else:
                self._still += passed

    def run(self) -> None:
        """Time that stood still goes on from where it stands."""
        with self._lock:
            if self._still is not None:
                self._ahead = self._still - datetime.now(UTC)
                self._still = None

    def reset(self) -> None:
        """It is the system's time again."""
        with self._lock:
            self._ahead, self._still = timedelta(), None

    def __repr__(self) -> str:
        return f"<Clock at {self()}{'' if self._still is None else ', standing still'}>"
