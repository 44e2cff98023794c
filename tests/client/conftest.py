"""Every test here has a home of its own: no credential, database or keyring of whoever runs it is touched."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import icosa
from tests.alone import alone
from tests.copies import Copies


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return alone(tmp_path / "home", monkeypatch)


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/crm.db"


@pytest.fixture
def crm(database: str, copies: Copies) -> Iterator[icosa.Client]:
    """The embedded workspace, empty."""
    file = Path(database.removeprefix("sqlite:///"))
    if not file.exists():
        copies(file)
    with icosa.connect(database) as client:
        yield client
