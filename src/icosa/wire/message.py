"""A request and an answer of the REST API, whatever carries them: a socket, or a call in the process.

They are tuples, not dataclasses: they are made for every request, and a tuple is made in a third of the time.
"""

from typing import NamedTuple


class Request(NamedTuple):
    """`path` is decoded, `query` is the raw query string, `token` the bearer token or None; `etag` is that of an
    answer at hand, for a server to say that nothing has changed (304).  `form`: the body says that it is what a web form
    sends.  `asked_at` is the address of the server as the caller wrote it ("https://crm.example.com"), where that may go
    into the answer."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    token: str | None = None
    user_agent: str = ""
    etag: str = ""
    form: bool = False
    asked_at: str = ""

    def __repr__(self) -> str:
        return f"Request({self.method} {self.path})"  # all else may hold secrets


class Answer(NamedTuple):
    """`body` is JSON text; `headers` come beside Content-Type."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
