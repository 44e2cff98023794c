"""Schemas are kept where platformdirs has the user's caches, whichever way that is found."""

import sys
from pathlib import Path

import platformdirs
import pytest

from icosa.client import schema

HOMES = ("/srv/ada", "/srv/ada/", "relative", "", None)
CACHES = ("/var/cache/ada", "/var/cache/ada/", " /var/cache/ada", "/var/cache/ada ", "relative", "~/caches", "", " ", None)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked itself")
@pytest.mark.parametrize("cache", CACHES)
@pytest.mark.parametrize("home", HOMES)
def test_the_folder_is_that_of_platformdirs(monkeypatch: pytest.MonkeyPatch, home: str | None, cache: str | None) -> None:
    for name, value in (("HOME", home), ("XDG_CACHE_HOME", cache)):
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    assert schema._folder(None) == platformdirs.user_cache_path("icosa", appauthor=False) / "schemas"


def test_a_folder_that_is_named_is_that_one(tmp_path: Path) -> None:
    assert schema._folder(tmp_path) == tmp_path
