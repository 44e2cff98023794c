"""Serves a workspace over HTTP with Granian until SIGTERM or SIGINT; requests that are being answered are
finished first."""

import gc
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

if TYPE_CHECKING:
    from icosa.workspace.http.app import App

STOP_SECONDS = 30
_BY = "fork" if hasattr(os, "fork") else "spawn"  # a spawned one costs start-up and leaves a process behind
GARBAGE_OBJECTS = 50_000


def serve(database: str, host: str, port: int, listening: Callable[[str], None], workers: int = 1) -> None:
    """Blocks until stopped.  `listening` is called with the address once connections are accepted.

    Each worker is a process with the workspace open; one that dies is replaced.  Raises InvalidInput or
    Overloaded before anything is served where the database cannot be used.
    """
    # In another process, so that this one, which only watches over workers, never holds a workspace in memory.
    with ProcessPoolExecutor(1, get_context(_BY)) as other:
        other.submit(_try, database).result()
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


def _try(database: str) -> None:
    """Opens the workspace once, which makes what is missing in its database."""
    from icosa.workspace.opening import open_workspace

    open_workspace(database).close()


def _load(database: str) -> "App":
    from icosa.workspace.http.app import App
    from icosa.workspace.opening import open_workspace

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
