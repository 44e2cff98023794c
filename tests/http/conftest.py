"""One real server for the tests of this folder, and a caller that speaks HTTP to it."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.serving import Server, serving


@dataclass(frozen=True)
class Http:
    server: Server

    def send(
        self, method: str, path: str, body: Any = None, /, headers: dict[str, str] | None = None, **query: Any
    ) -> tuple[int, Any, dict[str, str]]:
        """(status, JSON, headers); a header given as "" is left out."""
        url = self.server.url + path + (f"?{urlencode(query)}" if query else "")
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        given = {"Authorization": f"Bearer {self.server.token}", "Content-Type": "application/json", **(headers or {})}
        request = urllib.request.Request(url, content, {name: value for name, value in given.items() if value}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, text, got = answer.status, answer.read(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            status, text, got = error.code, error.read(), dict(error.headers)
        return status, json.loads(text) if text else None, {name.lower(): value for name, value in got.items()}

    def good(self, method: str, path: str, body: Any = None, /, **query: Any) -> Any:
        status, answer, _ = self.send(method, path, body, **query)
        assert status in (200, 201), answer
        return next(iter(answer["data"].values())) if isinstance(answer["data"], dict) else answer["data"]


@pytest.fixture(scope="session")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Http]:
    with serving(tmp_path_factory.mktemp("http")) as server:
        yield Http(server)
