"""A mistake of Icosa's own, which no request should meet: it is answered as readably as any other error."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from icosa.surfaces.testing.host import Host
from icosa.workspace import open_workspace
from icosa.workspace.http.app import App
from icosa.workspace.store.statement import Statements

SECRET = "a-refresh-token-that-nobody-may-see"

T = TypeVar("T")


def test_whoever_meets_it_gets_json_and_the_log_tells_where_and_nothing_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    workspace = open_workspace(f"sqlite:///{tmp_path}/crm.db")

    def mistaken(begin: Callable[[], Statements[T]]) -> T:
        raise LookupError(SECRET)

    monkeypatch.setattr(workspace.store, "read_at_once", mistaken)
    host = Host(App(lambda: workspace), lambda: datetime.now(UTC))
    try:
        with caplog.at_level(logging.ERROR, "icosa"), pytest.raises(HTTPError) as refused:
            urlopen(Request(f"{host.url}/rest/people%0AGET?token={SECRET}"))
    finally:
        host.close()
        workspace.close()
    answer = json.load(refused.value)
    assert (refused.value.code, answer["statusCode"], answer["error"]) == (500, 500, "INTERNAL_SERVER_ERROR")
    assert answer["messages"] == ["the workspace failed at this request, which is a mistake in Icosa; the server's log tells where"]
    assert "GET /rest/people\\nGET failed with LookupError" in caplog.text  # in one line
    assert "in mistaken" in caplog.text
    assert SECRET not in caplog.text + str(answer)
