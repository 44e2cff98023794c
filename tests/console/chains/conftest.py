"""Somebody signed in to a sample workspace of the test's own, with chains that nobody else has."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.console.conftest import signed_in
from tests.console.site import Local


@pytest.fixture(autouse=True)
def chains_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def maya(own: Local) -> Iterator[TestClient]:
    with signed_in(own) as found:
        yield found
