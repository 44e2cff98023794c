"""What became of one sending, and what may follow from it."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any, NamedTuple

from icosa.client.sending.retries import Trouble
from icosa.errors import IcosaError, InvalidInput, NetworkFailure, RateLimited, ReadOnly, TimedOut, UnreadableAnswer

Headers = tuple[tuple[str, str], ...]

LONGEST_RETRY_AFTER = 86_400.0
"""Seconds.  A server that names more than a day has named a moment by a clock that goes wrong, or nothing that can be waited for."""

_UNTOLD = (408,)  # what a proxy answers that lost patience: nobody knows what its server did
_NEVER = (501, 505)  # what will not change
_MISTAKE = 500  # what a server answers that is there, and failed over this one request


class Verdict(Enum):
    """DONE: an answer came.  REFUSED: an answer came that says no, and would again.  UNTOUCHED: nothing was
    done, and it may go again.  UNKNOWN: it may have been done."""

    DONE = "done"
    REFUSED = "refused"
    UNTOUCHED = "untouched"
    UNKNOWN = "unknown"


class Outcome(NamedTuple):
    """`payload` is the JSON of an answer, where one came; `error` is what it told of otherwise.  `status` is 0
    where there was none, and `headers` are as they came."""

    payload: Any = None
    error: IcosaError | None = None
    status: int = 0
    headers: Headers = ()

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
            case ReadOnly():
                return Verdict.REFUSED
            case _ if self.status in _UNTOLD or (self.status >= 500 and self.status not in _NEVER):
                return Verdict.UNKNOWN
            case _:
                return Verdict.REFUSED

    @property
    def failed(self) -> bool:
        """Whether no answer came, or one that says neither yes nor no."""
        return self.verdict in (Verdict.UNTOUCHED, Verdict.UNKNOWN)

    @property
    def readable_again(self) -> bool:
        """Whether a read may go again, which changes nothing whatever became of it."""
        untrue = isinstance(self.error, UnreadableAnswer) and not self.error.broken_off and self.status < 500
        return self.failed and not untrue

    @property
    def trouble(self) -> Trouble:
        """What it would go again after."""
        if isinstance(self.error, RateLimited):
            return Trouble.LIMIT
        return Trouble.MISTAKE if self.status == _MISTAKE else Trouble.OUTAGE

    @property
    def kind(self) -> str:
        """What came of it, in words that hold nothing of what was asked or answered."""
        match self.error:
            case _ if self.status:
                broken = isinstance(self.error, UnreadableAnswer)
                return f"{self.status}, and its answer cannot be read" if broken else str(self.status)
            case NetworkFailure(sent=False):
                return "no connection"
            case TimedOut():
                return "no answer in time"
            case UnreadableAnswer():
                return "the answer broke off"
            case _:
                return "the connection was lost"

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
    from email.utils import parsedate_to_datetime  # here: it loads sockets and calendars, for what hardly any answer has

    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
