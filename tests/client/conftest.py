"""Every test here has a home of its own: no credential, database or keyring of whoever runs it is touched."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import icosa


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = ("ICOSA_URL", "ICOSA_TOKEN", "ICOSA_DATABASE", "ICOSA_SECRET_KEY", "ICOSA_PACE", "ICOSA_RETRIES", "ICOSA_LOG", "ICOSA_MAX_ANSWER")
    for name in (*own, "TWENTY_BASE_URL", "TWENTY_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    for kind in ("config", "data", "state", "cache"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(home / kind))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    return home


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/crm.db"


@pytest.fixture
def crm(database: str) -> Iterator[icosa.Client]:
    """The embedded workspace, empty."""
    with icosa.connect(database) as client:
        yield client
