"""Somebody who looks at pages of the console: signs in, asks for pages, and does so twice a second while others are measured."""

import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http import HTTPStatus

from bench.load import NotMeasured
from bench.servers import START_SECONDS, Server

SECONDS_BETWEEN = 0.5
_OWN = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def signed_in(server: Server, key: str) -> str:
    """The cookie of who signs in with a key: "name=value".  Raises NotMeasured where the key is refused."""
    return _sent(server, "/sign-in", {}, {"key": key}).get("set-cookie", "").partition(";")[0]


def posted(server: Server, path: str, cookie: str, **boxes: str) -> str:
    """The path that a form leads to.  Raises NotMeasured where it is refused."""
    return urllib.parse.urlsplit(_sent(server, path, {"Cookie": cookie}, boxes).get("location", "")).path


def _sent(server: Server, path: str, headers: dict[str, str], boxes: dict[str, str]) -> Message:
    request = urllib.request.Request(f"{server.url}{path}", urllib.parse.urlencode(boxes).encode(), {**_OWN, **headers}, method="POST")
    try:
        _OPENER.open(request, timeout=START_SECONDS).close()
    except urllib.error.HTTPError as error:
        if error.code == HTTPStatus.SEE_OTHER:
            return error.headers
        raise NotMeasured(f"POST {path} was refused with {error.code}") from None
    raise NotMeasured(f"POST {path} led nowhere")


def page(server: Server, path: str, cookie: str) -> bytes:
    """A page as it is, not packed.  Raises NotMeasured where it is refused."""
    request = urllib.request.Request(f"{server.url}{path}", headers={**_OWN, "Cookie": cookie})
    try:
        with _OPENER.open(request, timeout=START_SECONDS) as answer:
            sent: bytes = answer.read()
            return sent
    except urllib.error.HTTPError as error:
        raise NotMeasured(f"{path} was refused with {error.code}") from None


@contextmanager
def looking(server: Server, paths: Iterator[str], cookie: str) -> Iterator[None]:
    """While the block lasts, somebody looks at one page after the other, two a second."""
    ended = threading.Event()

    def look() -> None:
        for path in paths:
            page(server, path, cookie)
            if ended.wait(SECONDS_BETWEEN):
                break

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
