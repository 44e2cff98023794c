"""What became of one sending, and what may follow from it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any

from icosa.errors import IcosaError, InvalidInput, NetworkFailure, RateLimited, UnreadableAnswer

Headers = tuple[tuple[str, str], ...]

LONGEST_RETRY_AFTER = 86_400.0

_UNTOLD = (408,)  # what a proxy answers that lost patience: nobody knows what its server did
_NEVER = (501, 505)  # what will not change


class Verdict(Enum):
    """DONE: an answer came.  REFUSED: an answer came that says no, and would again.  UNTOUCHED: nothing was
    done, and it may go again.  UNKNOWN: it may have been done."""

    DONE = "done"
    REFUSED = "refused"
    UNTOUCHED = "untouched"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`payload` is the JSON of an answer, where one came; `error` is what it told of otherwise.  `status` is 0
    where there was none, and `headers` are as they came."""

    payload: Any = None
    error: IcosaError | None = None
    status: int = 0
    headers: Headers = field(default=(), repr=False)

    @property
    def verdict(self) -> Verdict:
        match self.error:
            case None:
                return Verdict.DONE
            case NetworkFailure(lasting=True):
                return Verdict.REFUSED
            case NetworkFailure(sent=False) | RateLimited():
                return Verdict.UNTOUCHED
            case NetworkFailure() | UnreadableAnswer(broken_off=True) | UnreadableAnswer(lost=True):
                return Verdict.UNKNOWN
            # An answer that says it was done, and not what: a gateway put something of its own in its place.
            case UnreadableAnswer() if 200 <= self.status < 300:
                return Verdict.UNKNOWN
            case InvalidInput() if self.status >= 500:
                return Verdict.REFUSED  # though some servers say so with 500
            case _ if self.status in _UNTOLD or (self.status >= 500 and self.status not in _NEVER):
                return Verdict.UNKNOWN
            case _:
                return Verdict.REFUSED

    @property
    def readable_again(self) -> bool:
        """Whether a read may go again, which changes nothing whatever became of it."""
        untrue = isinstance(self.error, UnreadableAnswer) and not self.error.broken_off and self.status < 500
        return self.verdict in (Verdict.UNTOUCHED, Verdict.UNKNOWN) and not untrue

    @property
    def date(self) -> datetime | None:
        """The server's clock, to the second."""
        return _moment(_header(self.headers, "date"))

    @property
    def retry_after(self) -> float | None:
        """How many seconds the server wants to be left alone: a number, or a moment by its own clock."""
        text = _header(self.headers, "retry-after").strip()
        if text.replace(".", "", 1).isdigit() and text.isascii():
            seconds = float(text)
        elif (moment := _moment(text)) is not None:
            seconds = (moment - (self.date or datetime.now(UTC))).total_seconds()
        else:
            return None
        return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def _header(headers: Headers, wanted: str) -> str:
    return next((value for name, value in headers if name.lower() == wanted), "")


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
