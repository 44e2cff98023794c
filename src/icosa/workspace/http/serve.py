"""Serves a workspace over HTTP with Granian until SIGTERM or SIGINT; requests that are being answered are
finished first."""

import gc
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from icosa.errors import ServerBroken

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from icosa.workspace.http.app import App

STOP_SECONDS = 30
_BY = "fork" if hasattr(os, "fork") else "spawn"  # a spawned one costs start-up and leaves a process behind
GARBAGE_OBJECTS = 50_000


def serve(database: str, host: str, port: int, listening: Callable[[str], None], workers: int = 1) -> None:
    """Blocks until stopped.  `listening` is called with the address once connections are accepted.

    Each worker is a process with the workspace open; one that dies is replaced.  Raises InvalidInput or
    Overloaded before anything is served where the database cannot be used.
    """
    _try_apart(database)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_mind_signals)
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


def _try_apart(database: str) -> None:
    """Opens the workspace once, which makes what is missing in its database; raises what that raises.

    In another process, so that this one, which only watches over workers, never holds a workspace in memory.
    It ends by itself, also where this one was told to stop meanwhile.
    """
    context = get_context(_BY)
    told, tell = context.Pipe(duplex=False)
    other = context.Process(target=_try, args=(database, tell))  # type: ignore[attr-defined]
    other.start()
    tell.close()
    try:
        error = told.recv()
    except EOFError:
        error = ServerBroken("the process that opened the database ended before it was done; its last words stand above")
    other.join()
    if error is not None:
        raise error


def _try(database: str, tell: "Connection[Exception | None, Any]") -> None:
    from icosa.workspace.opening import open_workspace

    try:
        open_workspace(database).close()
    except Exception as error:
        tell.send(error)
    else:
        tell.send(None)


def _mind_signals() -> None:
    """A worker that is told to stop before it listens for that ends at once.  It would inherit the handlers of the
    process that watches over it, which only note that they were called, and be waited for in vain."""
    for each in (signal.SIGTERM, signal.SIGINT):
        with suppress(ValueError):  # only a main thread sets handlers
            signal.signal(each, signal.SIG_DFL)


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
