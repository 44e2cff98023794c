"""Serves a workspace over HTTP until SIGTERM or SIGINT; requests that have arrived are answered first."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any

from icosa.workspace.http.front import Front
from icosa.workspace.http.listening import listen, url
from icosa.workspace.http.workers import serve_many
from icosa.workspace.opening import open_workspace

if sys.platform != "win32":
    import resource

    import uvloop

GARBAGE_OBJECTS = 50_000
_FILES_WANTED = 8192


def serve(database: str, host: str, port: int, listening: Callable[[str], None], workers: int = 1) -> None:
    """Blocks until stopped.  `listening` is called with the address once connections are accepted.

    One worker is this process; several are processes of their own, and one that dies is replaced.  Raises InvalidInput
    or Overloaded before anything is served where the database or the address cannot be used.
    """
    sockets = listen(host, port, workers)

    def tell() -> None:
        listening(url(host, port))

    if workers == 1:
        _serve_here(database, sockets[0], tell)
    else:
        serve_many(sockets, partial(_open_once, database), partial(_serve_here, database, listening=lambda: None), tell)


def _open_once(database: str) -> None:
    """Makes what is missing in the database."""
    open_workspace(database).close()


def _serve_here(database: str, at: socket.socket, listening: Callable[[], None]) -> None:
    """Opens the workspace and serves it in this process."""
    workspace = open_workspace(database)
    try:
        _allow_many_files()
        # Requests leave no circles behind; looking for some after every few hundred objects costs a tenth of the time.
        gc.freeze()
        gc.set_threshold(GARBAGE_OBJECTS)
        _run(_serve(Front(workspace), at, listening))
    finally:
        workspace.close()


async def _serve(front: Front, at: socket.socket, listening: Callable[[], None]) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(each, stopped.set)
        except NotImplementedError:  # on Windows
            signal.signal(each, lambda *_: loop.call_soon_threadsafe(stopped.set))
    await front.start([at])
    listening()
    await stopped.wait()
    await front.stop()


def _run(main: Coroutine[Any, Any, None]) -> None:
    """Runs it in the fastest loop that there is."""
    if sys.platform != "win32":
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(main)
    else:
        asyncio.run(main)


def _allow_many_files() -> None:
    """A connection is a file to the system, which allows 1,024 unless asked for more."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES_WANTED if hard == resource.RLIM_INFINITY else min(_FILES_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
