"""Carries requests over HTTP, and blocks meanwhile."""

import time

from icosa.client.transport.http import Http
from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.client.transport.unlogged import unlogged
from icosa.secret import Secret
from icosa.wire.message import Answer, Request


class HttpTransport:
    """A server.  Connections are kept and reused; may be called from several threads."""

    def __init__(self, address: str, token: Secret, timeout: float = TIMEOUT_SECONDS, max_answer: int | str | None = None) -> None:
        self._http = Http(address, token, timeout, max_answer)
        self._client = self._http.library.Client(timeout=self._http.timeout, follow_redirects=False)

    def send(self, request: Request) -> Answer:
        with unlogged():
            return self._follow(request, time.monotonic() + self._http.timeout)

    def close(self) -> None:
        with unlogged():
            self._client.close()

    def _follow(self, request: Request, deadline: float) -> Answer:
        way = self._http.way(request)
        url = next(way)
        while True:
            try:
                url = way.send(self._exchange(request, url, deadline))
            except StopIteration as end:
                answer: Answer = end.value
                return answer

    def _exchange(self, request: Request, url: str, deadline: float) -> Answer:
        received = bytearray()
        try:
            with self._client.stream(request.method, url, headers=self._http.headers(request), content=request.body or None) as response:
                # A time limit of the library is one for each read: a server that drips bytes would pass it for ever.
                for chunk in response.iter_bytes():
                    received += chunk
                    if len(received) > self._http.max_answer:
                        raise self._http.too_long(request)
                    if time.monotonic() > deadline:
                        raise self._http.timed_out(request)
                return Answer(response.status_code, bytes(received), tuple(response.headers.items()))
        except self._http.failures as error:
            raise self._http.failed(request, error, len(received)) from None
