"""HTTP without a socket: what is sent where, which redirects are followed, and what a failure is called.

The blocking transport and the asynchronous one share all of it.
"""

from collections.abc import Generator
from typing import Any
from urllib.parse import quote, urlsplit

from icosa.client.transport.limit import TIMEOUT_SECONDS, VARIABLE, bytes_text, limit_of
from icosa.client.transport.unlogged import watch
from icosa.errors import IcosaError, InvalidValue, TimedOut, Unreachable, UnreadableAnswer
from icosa.secret import Secret
from icosa.wire.message import Answer, Request

MAX_REDIRECTS = 5
"""A choice: http to https, a host to its www., a path to another, and two to spare; more go round."""

_REDIRECTS = (301, 302, 303, 307, 308)
_KEEPS_METHOD = (307, 308)


class Http:
    """A server's address and the key to it.  `timeout` is in seconds, for the whole of one request; `max_answer` in
    bytes, for what one answer unfolds to."""

    def __init__(self, address: str, token: Secret, timeout: float = TIMEOUT_SECONDS, max_answer: int | str | None = None) -> None:
        import httpx2  # here, because it takes longer to load than all of a workspace in a file

        if not timeout > 0:  # NaN too
            raise InvalidValue("timeout", f"{timeout!r} is not a time to wait; give seconds above 0, such as {TIMEOUT_SECONDS:g}")
        watch()
        self.library = httpx2
        self.timeout = float(timeout)
        self.max_answer = limit_of(max_answer)
        self._address = address
        self._token = token

    def headers(self, request: Request) -> dict[str, str]:
        sent = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._token.reveal()}",
            "User-Agent": request.user_agent,
        }
        return {**sent, "If-None-Match": request.etag} if request.etag else sent

    def way(self, request: Request) -> Generator[str, Answer, Answer]:
        """The URLs to send a request to, one after the other; each wants the answer that came from it."""
        url = self._address + quote(request.path, safe="/-._~") + (f"?{request.query}" if request.query else "")
        for _ in range(MAX_REDIRECTS):
            answer = yield url
            if answer.status not in _REDIRECTS:
                return answer
            url = self._next(request, url, answer)
        raise UnreadableAnswer(f"{self._address} sends {request.method} {request.path} round in circles; check the server's address")

    def _next(self, request: Request, url: str, answer: Answer) -> str:
        """Where a redirect leads, if the key may go there and the request would stay what it is."""
        location = dict(answer.headers).get("location", "")
        try:
            there = str(self.library.URL(url).join(location))
            origin, wanted = urlsplit(url), urlsplit(there)
            place = f"{wanted.scheme}://{(wanted.netloc or '').rpartition('@')[2]}"
            same = wanted.hostname == origin.hostname and (wanted.scheme, wanted.port) in {
                (origin.scheme, origin.port),
                ("https", None),
                ("https", 443),
            }
        except (ValueError, self.library.InvalidURL):
            raise UnreadableAnswer(f"{self._address} answered {answer.status} and sends on to nowhere; check its address") from None
        if not location or not same:
            raise UnreadableAnswer(
                f"{self._address} answered {answer.status} and sends on to {place}; the API key was not sent there. "
                f"If that is where the workspace is now, connect to it with the key it gave you"
            )
        if request.method != "GET" and answer.status not in _KEEPS_METHOD:
            raise UnreadableAnswer(
                f"{self._address} answered {answer.status} and sends on to {place}, which would lose what was to be written. "
                f"Connect to the address it sends to"
            )
        return there

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """What the library raises where no whole answer came."""
        return (self.library.TransportError, self.library.DecodingError, self.library.InvalidURL)

    def failed(self, request: Request, error: Exception, received: int) -> IcosaError:
        """What a failure of the library is called here, after so many bytes of an answer.  Raise it `from
        None`: the library's exceptions carry the request, and the key with it."""
        library = self.library
        if isinstance(error, library.TimeoutException):
            return self.timed_out(request, sent=not isinstance(error, library.ConnectTimeout | library.PoolTimeout))
        if isinstance(error, library.DecodingError):
            return UnreadableAnswer(
                f"{self._address} sent an answer whose compression cannot be undone; something between may damage it", lost=True
            )
        if isinstance(error, library.RemoteProtocolError | library.ReadError | library.WriteError | library.CloseError):
            return self._broken_off(request, error, received)
        return self._unreachable(error)

    def timed_out(self, request: Request, *, sent: bool = True) -> TimedOut:
        return TimedOut(
            f"{self._address} did not answer {request.method} {request.path} within {self.timeout:g} seconds. "
            f"{_again(request)} Give a longer timeout where the server is slow by nature",
            sent=sent,
        )

    def too_long(self, request: Request) -> UnreadableAnswer:
        """What an answer is called that goes on after the limit; what came of it is let go of."""
        advice = "Ask for fewer records (limit), or for less of each (depth=0)." if request.method == "GET" else _again(request)
        return UnreadableAnswer(
            f"{self._address} answered {request.method} {request.path} with more than {bytes_text(self.max_answer)}, "
            f'and the rest was not read. {advice} Where so much is right, allow more: max_answer="1 GB" in Python, '
            f"{VARIABLE} in the environment",
            lost=True,
        )

    def _broken_off(self, request: Request, error: Exception, received: int) -> IcosaError:
        if received or "without sending complete" in str(error):
            text = f"the answer of {self._address} broke off after {received} bytes. {_again(request)}"
            return UnreadableAnswer(text, broken_off=True)
        return Unreachable(f"{self._address} closed the connection without an answer. {_again(request)} If it goes on, look at the server")

    def _unreachable(self, error: Any) -> Unreachable:
        reason = str(error)
        for known, text, lasting in _REASONS:
            if known.lower() in reason.lower():
                return Unreachable(f"{self._address} cannot be reached: {text}", sent=False, lasting=lasting)
        return Unreachable(
            f"{self._address} cannot be reached ({self._token.scrub(reason) or type(error).__name__}); check address and network",
            sent=False,
            lasting=isinstance(error, self.library.InvalidURL | self.library.UnsupportedProtocol | self.library.LocalProtocolError),
        )


_UNKNOWN_NAME = "its name is not known. Check how the host is spelled, and the network"
_NO_TLS = "it does not speak TLS there. If it serves plain HTTP, write http:// in its address"
_REASONS = (
    ("refused", "nobody listens there. Check that the server runs, and the port in its address", False),
    ("name or service not known", _UNKNOWN_NAME, True),
    ("nodename nor servname", _UNKNOWN_NAME, True),
    ("getaddrinfo", _UNKNOWN_NAME, True),
    ("name resolution", "its name could not be looked up. Check how the host is spelled, and the network", False),
    ("no address associated", _UNKNOWN_NAME, True),
    ("wrong version number", _NO_TLS, True),
    ("record layer failure", _NO_TLS, True),
    ("certificate", "its certificate is not trusted. Check the host's name; for an authority of your own set SSL_CERT_FILE", True),
    ("unreachable", "there is no way to its network. Check the connection", False),
)
"""Words in a library's error, how they are told, and whether the next try would end the same way."""


def _again(request: Request) -> str:
    if request.method == "GET":
        return "Try again."
    return "It may have done what was asked all the same: look before you send it again."
