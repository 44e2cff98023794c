"""A library that is not installed, for modules that need it."""

import sys

import pytest


def lacks(monkeypatch: pytest.MonkeyPatch, module: str, library: str) -> None:
    """Lets a module of Icosa be found no more, until the end of the test: a library that it imports is not there."""
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setattr(sys, "meta_path", [_Finder(module, library), *sys.meta_path])


class _Finder:
    def __init__(self, module: str, library: str) -> None:
        self._module, self._library = module, library

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == self._module:
            raise ModuleNotFoundError(f"No module named '{self._library}'", name=self._library)
