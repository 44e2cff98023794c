"""Serves a workspace over HTTP with Granian until SIGTERM or SIGINT; requests that are being answered are
finished first."""

from collections.abc import Callable
from functools import partial

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from icosa.workspace import open_workspace
from icosa.workspace.http.app import App

STOP_SECONDS = 30


def serve(database: str, host: str, port: int, listening: Callable[[str], None]) -> None:
    """Blocks until stopped.  `listening` is called with the address once connections are accepted.

    Raises InvalidInput or Overloaded before anything is served where the database cannot be used.
    """
    open_workspace(database).close()
    server = Granian(
        "icosa",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        log_level=LogLevels.warning,
        websockets=False,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.on_startup(lambda: listening(f"http://{f'[{host}]' if ':' in host else host}:{port}"))
    server.serve(target_loader=partial(_load, database), wrap_loader=False)


def _load(database: str) -> App:
    return App(partial(open_workspace, database))
