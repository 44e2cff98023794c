"""A home of one's own for a test: no credential, setting, database or keyring of whoever runs it is touched."""

import os
from pathlib import Path

import pytest

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
_COLOURS = ("NO_COLOR", "FORCE_COLOR")


def alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home, in which this test and the programs that it starts live from now on."""
    ours = [name for name in os.environ if name.startswith(("ICOSA_", "TWENTY_"))]
    for name in (*ours, *_PROXIES, *_COLOURS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    return home
