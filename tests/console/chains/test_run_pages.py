"""The page of a run of a chain: while it goes on, and where something of it is lost."""

import json
import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from icosa.errors import Conflict
from tests.console.chains.filled_form import send
from tests.console.chains.test_chains import READER, brought_in, outcome, words
from tests.console.conftest import signed_in
from tests.console.site import Local


def kept_of(address: str, name: str) -> Path:
    """A file of a run."""
    return next(Path(os.environ["XDG_DATA_HOME"]).rglob(f"{address.rpartition('/')[2]}/{name}"))


def test_a_run_of_another_process_is_followed_and_stopped(maya: TestClient, own: Local) -> None:
    address, _ = outcome(maya, send(maya, brought_in(maya), do="run"))
    progress, partial = kept_of(address, "progress.json"), {"HX-Request": "true", "HX-Request-Type": "partial"}
    held = progress.read_text()
    progress.write_text(json.dumps(json.loads(held) | {"ended": False, "process": os.getppid()}))
    assert "Look again" in words(maya.get(address))
    assert "Stop" in maya.get(f"{address}?poll=1", headers=partial).text
    with signed_in(own, READER) as reader:
        assert reader.post(f"{address}/stop").status_code == 403
    assert not (progress.parent / "stop").exists()
    maya.post(f"{address}/stop")
    assert (progress.parent / "stop").exists()
    progress.write_text(held)
    assert "Call Alder" in maya.get(f"{address}?poll=1", headers=partial).text


def test_what_of_a_run_was_not_kept_is_said(maya: TestClient) -> None:
    path = brought_in(maya)
    address, _ = outcome(maya, send(maya, path, do="run"))
    assert maya.get(f"{address}x").status_code == 404
    kept_of(address, "items.jsonl").unlink()
    assert maya.get(f"{address}/items").content == b""
    kept_of(address, "progress.json").unlink()
    assert "What this run did was not kept" in words(maya.get(address))
    kept_of(address, "run.json").write_text("{")
    assert maya.get(address).status_code == 404


@pytest.mark.parametrize(
    ("error", "said"),
    [(RuntimeError("Alder & Finch"), "This is a mistake in Icosa"), (Conflict("somebody else is at it"), "somebody else")],
)
def test_a_run_that_fails_as_a_whole_says_why(maya: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    path = brought_in(maya)
    shown = maya.get(path).text
    monkeypatch.setattr("icosa.chains.run", fail)
    _, text = outcome(maya, send(maya, path, shown, do="run"))
    assert said in text
    assert "Alder" not in text


def test_a_run_whose_server_was_stopped_says_so(maya: TestClient) -> None:
    address, _ = outcome(maya, send(maya, brought_in(maya), do="run"))
    path = kept_of(address, "progress.json")
    held = json.loads(path.read_text())
    path.write_text(json.dumps(held | {"ended": False, "process": 2**22 + 1}))
    text = words(maya.get(address))
    assert "The server was stopped in the midst of it" in text
    assert "Call Alder & Finch" in text
