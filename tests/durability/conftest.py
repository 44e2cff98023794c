"""Keys and data of whoever runs the tests are not touched, also by the programs that tests start."""

from pathlib import Path

import pytest

from tests.alone import alone


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    return alone(tmp_path_factory.mktemp("home"), monkeypatch)
