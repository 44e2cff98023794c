"""How a request reaches a workspace: over HTTP, or by a call in this process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlsplit

from icosa.catalogue.model import Catalogue
from icosa.client.credentials import Target
from icosa.errors import InvalidValue, NetworkFailure, TimedOut, Unreachable, UnreadableAnswer
from icosa.secret import Secret
from icosa.wire.message import Answer, Request

if TYPE_CHECKING:
    from icosa.workspace import Workspace

TIMEOUT_SECONDS = 30.0
MAX_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_KEEPS_METHOD = (307, 308)


class Transport(Protocol):
    """Carries one request to its workspace and brings the answer, whatever its status.

    Raises NetworkFailure where no answer came, and UnreadableAnswer where it broke off.
    """

    def send(self, request: Request) -> Answer: ...

    def close(self) -> None: ...


def transport_to(target: Target, catalogue: Catalogue, timeout: float = TIMEOUT_SECONDS) -> Transport:
    """The way to a workspace.  `timeout` is in seconds, for the whole of one request over HTTP."""
    if target.embedded:
        return EmbeddedTransport(target.url, catalogue, target.token)
    if target.token is None:
        raise AssertionError("a server is resolved with its key")
    return HttpTransport(target.url, target.token, timeout)


class EmbeddedTransport:
    """A workspace in this process.  Without a token its owner acts; with one, that key."""

    def __init__(self, url: str, catalogue: Catalogue, token: Secret | None = None) -> None:
        # The one place where a client knows the workspace: who only calls servers never loads a database.
        from icosa.workspace import IN_PROCESS, open_workspace

        self._workspace: Workspace = open_workspace(url, catalogue)
        self._owner = None if token else IN_PROCESS
        self._token = token

    def send(self, request: Request) -> Answer:
        return self._workspace.answer(request._replace(token=self._token.reveal() if self._token else None), self._owner)

    def close(self) -> None:
        self._workspace.close()


class HttpTransport:
    """A server.  Connections are kept and reused; may be called from several threads."""

    def __init__(self, address: str, token: Secret, timeout: float = TIMEOUT_SECONDS) -> None:
        import httpx2  # here, because it takes longer to load than all of a workspace in a file

        if not timeout > 0:  # NaN too
            raise InvalidValue("timeout", f"{timeout!r} is not a time to wait; give seconds above 0, such as {TIMEOUT_SECONDS:g}")
        self._address = address
        self._token = token
        self._timeout = float(timeout)
        self._httpx = httpx2
        self._client = httpx2.Client(timeout=self._timeout, follow_redirects=False)

    def send(self, request: Request) -> Answer:
        url = self._address + quote(request.path, safe="/-._~") + (f"?{request.query}" if request.query else "")
        deadline = time.monotonic() + self._timeout
        for _ in range(MAX_REDIRECTS):
            answer = self._exchange(request, url, deadline)
            if answer.status not in _REDIRECTS:
                return answer
            url = self._next(request, url, answer)
        raise UnreadableAnswer(f"{self._address} sends {request.method} {request.path} round in circles; check the server's address")

    def close(self) -> None:
        self._client.close()

    def _exchange(self, request: Request, url: str, deadline: float) -> Answer:
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._token.reveal()}",
            "User-Agent": request.user_agent,
        }
        received = bytearray()
        try:
            with self._client.stream(request.method, url, headers=headers, content=request.body or None) as response:
                # A time limit of the library is one for each read: a server that drips bytes would pass it for ever.
                for chunk in response.iter_bytes():
                    received += chunk
                    if time.monotonic() > deadline:
                        raise self._timed_out(request)
                return Answer(response.status_code, bytes(received), tuple(response.headers.items()))
        except self._httpx.TimeoutException:
            # `from None`, here and below: the library's exceptions carry the request, and the key with it.
            raise self._timed_out(request) from None
        except (self._httpx.RemoteProtocolError, self._httpx.ReadError, self._httpx.DecodingError) as error:
            raise self._broken_off(request, error, len(received)) from None
        except (self._httpx.TransportError, self._httpx.InvalidURL) as error:
            raise self._unreachable(request, error) from None

    def _next(self, request: Request, url: str, answer: Answer) -> str:
        """Where a redirect leads, if the key may go there and the request would stay what it is."""
        location = dict(answer.headers).get("location", "")
        try:
            there = str(self._httpx.URL(url).join(location))
            origin, wanted = urlsplit(url), urlsplit(there)
            place = f"{wanted.scheme}://{(wanted.netloc or '').rpartition('@')[2]}"
            same = wanted.hostname == origin.hostname and (wanted.scheme, wanted.port) in {
                (origin.scheme, origin.port),
                ("https", None),
                ("https", 443),
            }
        except (ValueError, self._httpx.InvalidURL):
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

    def _timed_out(self, request: Request) -> TimedOut:
        return TimedOut(
            f"{self._address} did not answer {request.method} {request.path} within {self._timeout:g} seconds. "
            f"{_again(request)} Give a longer timeout where the server is slow by nature"
        )

    def _broken_off(self, request: Request, error: Exception, received: int) -> NetworkFailure | UnreadableAnswer:
        if isinstance(error, self._httpx.DecodingError):
            return UnreadableAnswer(f"{self._address} sent an answer whose compression cannot be undone; something between may damage it")
        if received or "without sending complete" in str(error):
            return UnreadableAnswer(f"the answer of {self._address} broke off after {received} bytes. {_again(request)}")
        return Unreachable(f"{self._address} closed the connection without an answer. {_again(request)} If it goes on, look at the server")

    def _unreachable(self, request: Request, error: Exception) -> Unreachable:
        reason = str(error)
        for known, text in _REASONS:
            if known.lower() in reason.lower():
                return Unreachable(f"{self._address} cannot be reached: {text}")
        return Unreachable(
            f"{self._address} cannot be reached ({self._token.scrub(reason) or type(error).__name__}); check address and network"
        )


_REASONS = (
    ("refused", "nobody listens there. Check that the server runs, and the port in its address"),
    ("name or service not known", "its name is not known. Check how the host is spelled, and the network"),
    ("nodename nor servname", "its name is not known. Check how the host is spelled, and the network"),
    ("getaddrinfo", "its name is not known. Check how the host is spelled, and the network"),
    ("name resolution", "its name could not be looked up. Check how the host is spelled, and the network"),
    ("no address associated", "its name is not known. Check how the host is spelled, and the network"),
    ("wrong version number", "it does not speak TLS there. If it serves plain HTTP, write http:// in its address"),
    ("record layer failure", "it does not speak TLS there. If it serves plain HTTP, write http:// in its address"),
    ("certificate", "its certificate is not trusted. Check the host's name; for an authority of your own set SSL_CERT_FILE"),
    ("unreachable", "there is no way to its network. Check the connection"),
)


def _again(request: Request) -> str:
    if request.method == "GET":
        return "Try again."
    return "It may have done what was asked all the same: look before you send it again."
