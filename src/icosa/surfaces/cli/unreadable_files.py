"""Why a file cannot be read."""

import os
from pathlib import Path

_NEAR = 3


def wrong_with(path: Path, *, folders: bool = False, empty: bool = False) -> str:
    """Why a file cannot be read, "" where it can."""
    try:
        if path.is_dir():
            return "" if folders else f"{path} is a folder; give one of the files in it"
        if not path.exists():
            return _not_there(path)
        if not os.access(path, os.R_OK):
            return f"{path} cannot be read: you have no permission to; see to that with chmod, or ask whose file it is"
        return f"{path} is empty" if path.is_file() and not empty and path.stat().st_size == 0 else ""
    except (OSError, ValueError) as error:  # a name that is too long, or that no file can have
        return f"{path} cannot be read: {getattr(error, 'strerror', None) or error}"


def _not_there(path: Path) -> str:
    folder = path.parent.absolute()
    if not folder.is_dir():
        return f"there is no file {path.name} in {folder}, and no such folder either"
    near = _near(path.name, folder)
    return f"there is no file {path.name} in {folder}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def _near(name: str, folder: Path) -> list[str]:
    """Names of files in the folder that somebody may have meant."""
    try:
        there = {each.name.casefold(): each.name for each in folder.iterdir() if each.is_file()}
    except OSError:
        return []
    from difflib import get_close_matches  # here: most files are there

    return [there[each] for each in get_close_matches(name.casefold(), there, _NEAR, 0.75)]
