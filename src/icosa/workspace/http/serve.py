"""Serves a workspace over HTTP with Granian until SIGTERM or SIGINT; requests that are being answered are
finished first."""

import gc
import os
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing import parent_process
from multiprocessing.connection import wait

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from icosa.workspace import open_workspace
from icosa.workspace.http.app import App

STOP_SECONDS = 30
GARBAGE_OBJECTS = 50_000


def serve(database: str, host: str, port: int, listening: Callable[[str], None], workers: int = 1) -> None:
    """Blocks until stopped.  `listening` is called with the address once connections are accepted.

    Each worker is a process with the workspace open; one that dies is replaced.  Raises InvalidInput or
    Overloaded before anything is served where the database cannot be used.
    """
    open_workspace(database).close()
    server = Granian(
        "icosa",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        log_level=LogLevels.warning,
        websockets=False,
        workers=workers,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.on_startup(lambda: listening(f"http://{f'[{host}]' if ':' in host else host}:{port}"))
    server.serve(target_loader=partial(_load, database), wrap_loader=False)


def _load(database: str) -> App:
    threading.Thread(target=_end_with_parent, name="icosa-parent", daemon=True).start()
    # Requests leave no circles behind; looking for some after every few hundred objects costs a tenth of the time.
    gc.freeze()
    gc.set_threshold(GARBAGE_OBJECTS)
    return App(partial(open_workspace, database))


def _end_with_parent() -> None:
    """Ends this worker when the process that started it was killed: nobody would ever stop it, and it would
    keep the port from the server that is started next."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
