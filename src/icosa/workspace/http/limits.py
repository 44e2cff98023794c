"""What callers may use of a server before it defends itself, and of whom it takes memory back first."""

from dataclasses import dataclass

MB = 1024 * 1024
MAX_BODY_BYTES = 10 * MB


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds.

    A body that is too small for `free_bytes` is taken without asking; longer ones share `bodies_bytes`, and answers
    that wait for their readers share `answers_bytes`.  Whoever has held on for longest is cut off when others need
    the room.  A body or an answer has `patience` and a second more for each `slowest` bytes of it.
    """

    connections: int = 2_000
    head_bytes: int = 64 * 1024
    body_bytes: int = MAX_BODY_BYTES
    free_bytes: int = 64 * 1024
    bodies_bytes: int = 48 * MB
    upload_bytes: int = 200 * MB
    """How long a body for pages is thought to be that does not say it."""
    answers_bytes: int = 64 * MB
    first_seconds: float = 10.0
    """From a connection's first moment, or a request's first byte, to the end of the request's head."""
    idle_seconds: float = 75.0
    patience: float = 20.0
    slowest: int = 64 * 1024
    room_seconds: float = 10.0
    """How long a body waits for room before it is refused."""
    linger_seconds: float = 2.0
    """How long the rest of a refused request is listened to, so that the refusal is not lost on the way."""
    grace_seconds: float = 20.0
    """From the word to stop to the end of the last answer."""
    half_sent_seconds: float = 2.0
    """How long a stop waits for requests that have not arrived whole."""
    tick_seconds: float = 0.5

    def time_for(self, size: int) -> float:
        """How many seconds a body or an answer of so many bytes may take."""
        return self.patience + size / self.slowest
