"""Libraries that not everybody has installed, loaded when something needs them."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from icosa.errors import InvalidInput


def library(module: str, needed_for: str, extra: str = "bulk") -> Any:
    """A module of an extra.  Raises InvalidInput, which says what to install, where it is not there."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise _lacking(needed_for, extra) from None


def needed(module: str, needed_for: str, extra: str = "bulk") -> None:
    """Raises as `library` does, and loads nothing: another process will."""
    if find_spec(module) is None:
        raise _lacking(needed_for, extra)


def _lacking(needed_for: str, extra: str) -> InvalidInput:
    return InvalidInput(f"{needed_for} need a library that is not installed; install it with: pip install 'icosa[{extra}]'")
