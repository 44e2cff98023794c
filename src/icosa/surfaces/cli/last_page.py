"""The page that a terminal showed last, so that the next one is a short command.

What was asked for is kept in the user's state directory, in a file for each terminal, workspace, key and resource: two
terminals never go on from each other's pages.  Only its owner may read it, since filters and cursors hold values.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import click

from icosa.catalogue.model import Object
from icosa.client.credentials.resolving import Destination

_FORM: Final = 1
KEPT_FOR: Final = 24 * 60 * 60
"""Seconds for which a page is gone on from: a terminal of yesterday's name may be another one today."""


def remember_page(target: Destination, of: Object, query: Mapping[str, Any] | None) -> bool:
    """Keep what the next page is asked for by, or that there is none.  Says whether it is kept: not where no terminal is,
    nor where nothing can be written."""
    file = _file(target, of)
    if file is None:
        return False
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_old(file.parent)
        handle, made = tempfile.mkstemp(prefix=".page-", dir=file.parent)  # mkstemp makes it 0600
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump({"form": _FORM, "query": query}, out)
        Path(made).replace(file)
    except OSError:
        return False
    return True


def kept(target: Destination, of: Object) -> dict[str, Any]:
    """What the next page is asked for by.  Raises UsageError where no page was shown here, or none comes after it."""
    file = _file(target, of)
    if file is None:
        raise click.UsageError(
            "--next goes on from the page that this terminal showed last, and there is no terminal here; "
            "--starting-after takes the endCursor of a page"
        )
    held: Any = None
    with suppress(OSError, ValueError):
        if time.time() - file.stat().st_mtime <= KEPT_FOR:
            held = json.loads(file.read_text("utf-8"))
    if not isinstance(held, dict) or held.get("form") != _FORM:
        raise click.UsageError(
            f"--next: this terminal showed no page of {of.resource} of this workspace in the last day; leave --next out to see the first"
        )
    if not isinstance(held["query"], dict):
        raise click.UsageError(f"--next: the page of {of.resource} that was shown here was the last one; leave --next out to begin anew")
    return dict(held["query"])


def _file(target: Destination, of: Object) -> Path | None:
    terminal = _terminal()
    if terminal is None:
        return None
    # Here, because reading the directories of a system takes longer than all else that is done here.
    from platformdirs import user_state_path

    key = target.token.reveal() if target.token else ""
    named = json.dumps([terminal, target.url, sha256(key.encode()).hexdigest(), of.plural])
    return user_state_path("icosa", appauthor=False) / "pages" / f"{sha256(named.encode()).hexdigest()[:32]}.json"


def _terminal() -> str | None:
    """The terminal that this is, and the session in it: its name alone goes to another window once this one is closed."""
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        with suppress(OSError, ValueError, AttributeError):
            if stream is not None:
                return f"{os.ttyname(stream.fileno())} {os.getsid(0)}"
    return None


def _forget_old(folder: Path) -> None:
    for each in folder.glob("*.json"):
        with suppress(OSError):
            if time.time() - each.stat().st_mtime > KEPT_FOR:
                each.unlink()
