"""Several processes that serve one workspace, and one that watches over them and holds no workspace itself."""

import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from icosa.errors import IcosaError, InvalidInput, ServerBroken
from icosa.workspace.http import systemd
from icosa.workspace.http.limits import Limits

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Serve = Callable[[int, socket.socket], None]

STOP_SECONDS = Limits().grace_seconds + 10
_AGAIN_SECONDS = 1.0
"""How long after its start a worker is replaced at the earliest."""
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_HEARD = (*_SIGNALS, signal.SIGHUP, signal.SIGCHLD) if hasattr(signal, "SIGHUP") else _SIGNALS


def serve_many(
    sockets: list[socket.socket], open_once: Callable[[], str], listen: Callable[[], None], serve: Serve, listening: Callable[[str], None]
) -> None:
    """A worker for each socket, until this process is told to stop.  `open_once` is done before them, in a process of
    its own, so that this one never holds a workspace, and `listening` hears what it returns; `listen` has the sockets
    listen, once all is open; `serve` is what each worker does, by its number and its socket.

    Sockets stay here when a worker dies: who connects meanwhile waits for the one that replaces it.  Raises what
    `open_once` and `listen` raise, and ServerBroken where a worker had to be killed.
    """
    if not hasattr(os, "fork"):
        raise InvalidInput("--workers: on this system processes cannot share a port; serve with one")
    with _caught_signals() as signals:
        opened = _try_apart(open_once)
        if not signals.stop:
            listen()
            _Workers(sockets, serve, signals).watch(partial(listening, opened))


class _Signals:
    """What signals have said to this process: to stop, to read again what was renewed, or that a worker has ended."""

    def __init__(self, pipe: int) -> None:
        self.stop = False
        self.again = False
        self._pipe = pipe

    def wait(self, seconds: float) -> None:
        """Until a signal comes, or so many seconds have passed."""
        if select.select([self._pipe], [], [], seconds)[0]:
            received = os.read(self._pipe, 4096)
            self.stop = self.stop or any(each in received for each in _SIGNALS)
            self.again = self.again or signal.SIGHUP in received

    def look(self) -> bool:
        """Whether to stop."""
        self.wait(0)
        return self.stop


@contextmanager
def _caught_signals() -> Iterator[_Signals]:
    """Has signals written into a pipe, so that none comes between a look and a wait."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing)
    handlers = {each: signal.signal(each, lambda *_: None) for each in _HEARD}
    try:
        yield _Signals(reading)
    finally:
        signal.set_wakeup_fd(before)
        for each, handler in handlers.items():
            signal.signal(each, handler)
        os.close(reading)
        os.close(writing)


class _Workers:
    def __init__(self, sockets: list[socket.socket], serve: Serve, signals: _Signals) -> None:
        self._sockets = sockets
        self._serve = serve
        self._signals = signals
        self._running: dict[int, tuple[int, float]] = {}  # by process: which socket it serves, and since when
        self._alive = os.pipe()  # nobody writes into it: it ends with this process

    def watch(self, listening: Callable[[], None]) -> None:
        for at in range(len(self._sockets)):
            self._start(at)
        listening()
        while not self._signals.look():
            self._signals.wait(_AGAIN_SECONDS)
            if self._signals.again:
                self._signals.again = False
                self._tell_workers(signal.SIGHUP)
            for at, since in self._ended():
                time.sleep(max(0.0, since + _AGAIN_SECONDS - time.monotonic()))
                self._start(at)
        self._stop()

    def _start(self, at: int) -> None:
        # A signal that comes meanwhile is heard after: by the new process once it has none of this one's handlers.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        process = os.fork()
        if process == 0:
            self._work(at, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self._running[process] = at, time.monotonic()

    def _work(self, at: int, mask: Iterable[int]) -> None:
        """Serves in the process that has just been made, and never returns."""
        code = 1
        try:
            systemd.leave_it_to_others()
            signal.set_wakeup_fd(-1)
            for each in _HEARD:
                signal.signal(each, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            os.close(self._alive[1])
            threading.Thread(target=_end_with, args=(self._alive[0],), name="icosa-parent", daemon=True).start()
            for other in self._sockets[:at] + self._sockets[at + 1 :]:
                other.close()
            self._serve(at, self._sockets[at])
            code = 0
        except IcosaError as error:
            print(f"error: {error}", file=sys.stderr)
        finally:
            with suppress(OSError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)  # what the process was copied from is not to be finished here

    def _ended(self) -> Iterator[tuple[int, float]]:
        """The sockets whose workers have ended."""
        for process in list(self._running):
            if os.waitpid(process, os.WNOHANG)[0]:
                yield self._running.pop(process)

    def _tell_workers(self, word: signal.Signals) -> None:
        for process in self._running:
            with suppress(ProcessLookupError):
                os.kill(process, word)

    def _stop(self) -> None:
        systemd.tell(systemd.STOPPING)
        self._tell_workers(signal.SIGTERM)
        ends = time.monotonic() + STOP_SECONDS
        while self._running and time.monotonic() < ends:
            self._signals.wait(0.1)
            for _ in self._ended():
                pass
        if self._running:
            for process in self._running:
                os.kill(process, signal.SIGKILL)
            raise ServerBroken("a worker did not end in time and was killed; what it had acknowledged is kept")


def _end_with(pipe: int) -> None:
    """Ends this worker when the process that started it was killed: nobody would ever stop it, and it would keep the port
    from the server that is started next."""
    os.read(pipe, 1)
    os._exit(1)


def _try_apart(work: Callable[[], str]) -> str:
    """What it returns when it is done in another process; raises what it raises."""
    from multiprocessing import get_context  # here, because a server of one process needs nothing of it

    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    other = context.Process(target=_try, args=(work, sending))
    other.start()
    sending.close()
    found: Exception | str
    try:
        found = receiving.recv()
    except EOFError:
        found = ServerBroken("the process that opened the database ended before it was done; its last words stand above")
    other.join()
    if isinstance(found, Exception):
        raise found
    return found


def _try(work: Callable[[], str], tell: "Connection[Exception | str, Any]") -> None:
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_DFL)
    try:
        tell.send(work())
    except Exception as error:
        tell.send(error)
