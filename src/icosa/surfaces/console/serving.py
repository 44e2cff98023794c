"""The console as a part of a server.  What pages are made of is loaded when the first one is asked for."""

from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from icosa.errors import IcosaError
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.paths import WORDS
from icosa.workspace.access.sessions import new_code
from icosa.workspace.http.asgi import Application, Late
from icosa.workspace.http.serve import ServedPages
from icosa.workspace.workspace import Workspace

if TYPE_CHECKING:
    from icosa.workspace.http.metrics import Metrics

_LIBRARIES = ("starlette", "jinja2", "markdown_it", "python_multipart")
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


def missing() -> str:
    """What is to be said where the libraries of the console are not installed; "" where they are."""
    if all(find_spec(each) for each in _LIBRARIES):
        return ""
    return "The console is not installed, and left out; to have it: pip install 'icosa[console]'"


def mounted(url: str, listens: str, public_url: str | None, *, owner: bool) -> ServedPages:
    """The console of a workspace with that address, for a server that listens there.  Where the owner looks on, the greeting
    has a link that signs in once; where it may go into a log, it says how else one signs in."""
    door = Door(listens, public_url)
    return ServedPages(partial(_late, url, door), partial(_greeting, door, owner), WORDS)


def _late(url: str, door: Door, workspace: Workspace, metrics: "Metrics | None") -> Application:
    return Late(partial(_console, url, door, workspace, metrics))


def _console(url: str, door: Door, workspace: Workspace, metrics: "Metrics | None") -> Application:
    # Here, because a server that is asked for no page loads none of it.
    from icosa.surfaces.console.app import console
    from icosa.surfaces.console.served import Served

    return console(Served(workspace, url, door, metrics=metrics.text if metrics else None))


def _greeting(door: Door, owner: bool, workspace: Workspace) -> str:
    at = reached(door)
    if not at:
        return "The console is reached through a proxy: say under which address, with --public-url"
    if owner:
        try:
            return f"This signs you in to the console, once, within ten minutes:\n  {at}/sign-in/{new_code(workspace)}"
        except IcosaError:  # the database is only read
            pass
    return f"The console is at {at}/: sign in with an API key"


def reached(door: Door) -> str:
    """The address to type; "" where nothing but a proxy leads there."""
    if door.public_url or not door.listens.startswith("http"):
        return door.public_url or ""
    at = urlsplit(door.listens)
    name = _ANYWHERE.get(at.hostname or "")
    return f"{at.scheme}://{name}:{at.port}" if name else door.listens
