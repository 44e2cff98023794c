"""A request and an answer of the REST API, whatever carries them: a socket, or a call in the process."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """`path` is decoded, `query` is the raw query string, `token` the bearer token or None."""

    method: str
    path: str
    query: str = ""
    body: bytes = field(default=b"", repr=False)  # it and the token may be secret
    token: str | None = field(default=None, repr=False)
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is JSON text; `headers` come beside Content-Type."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
