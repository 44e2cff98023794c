"""Serves a workspace over HTTP until SIGTERM or SIGINT; requests that have arrived are answered first."""

import asyncio
import ctypes
import gc
import logging
import signal
import socket
import ssl
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from icosa.errors import InvalidInput
from icosa.wire.version import Version
from icosa.workspace.http import systemd
from icosa.workspace.http.asgi import Application
from icosa.workspace.http.front import Front
from icosa.workspace.http.listening import Address, bind, close, listen
from icosa.workspace.http.tidying import keeping
from icosa.workspace.http.watch import Watch
from icosa.workspace.opening import open_workspace
from icosa.workspace.workspace import Workspace

if TYPE_CHECKING:  # what only those servers load that were told to have it
    from icosa.workspace.http.metrics import Metrics
    from icosa.workspace.http.tls import Certificate
    from icosa.workspace.rate_limit import Allowance, RateLimit

if sys.platform != "win32":
    import resource

    import uvloop

GARBAGE_OBJECTS = 50_000

SWITCH_SECONDS = 0.0001
"""How long a thread that checks a long body may go on while the event loop waits for the interpreter: a request comes to
it several times, and five milliseconds each time, as Python has it, are felt."""

_FILES_WANTED = 8192
LONG_TEXT_BYTES = 1024 * 1024
KEPT_BYTES = 4 * 1024 * 1024
"""What a heap keeps at its end for the next answer: to get its pages anew costs as much as the answer."""

_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1  # of malloc.h
_log = logging.getLogger("icosa")


class ServedPages(NamedTuple):
    """What answers beside the API: `make` gives the pages of a workspace, in each process that serves it, which may show the
    numbers that are kept, if any are; `greeting` what is told once it is open; `words` are those of their paths that an access
    log may show."""

    make: "Callable[[Workspace, Metrics | None], Application]"
    greeting: Callable[[Workspace], str]
    words: tuple[str, ...] = ()


class Serving(NamedTuple):
    """What to serve, where, and with how many processes; a certificate has TLS spoken, `access_log` is "text" or "json" for
    a line for each request, and `metrics` has numbers kept, and told at /metrics.  `version` is the one that a workspace
    which is made here speaks, and any other has to, `rate` how often keys may ask for records, and
    `public_url` where people reach it, if a proxy stands before it."""

    database: str
    address: Address
    workers: int = 1
    certificate: "Certificate | None" = None
    access_log: str | None = None
    metrics: bool = False
    pages: ServedPages | None = None
    version: Version | None = None
    rate: "Allowance | None" = None
    public_url: str | None = None


def serve(serving: Serving, listening: Callable[[str], None]) -> None:
    """Blocks until stopped.  `listening` is called once connections are accepted, with the greeting of the pages; a service
    manager is told too.

    One worker is this process; several are processes of their own, and one that dies is replaced.  Raises InvalidInput
    or Overloaded before anything is served where the database, the address or the certificate cannot be used.
    """
    if serving.certificate is not None:
        serving.certificate.context()
    sockets = bind(serving.address, serving.workers)

    metrics, limit = _metrics(serving), _limit(serving)

    def tell(greeting: str) -> None:
        listening(greeting)
        systemd.tell(systemd.READY)

    try:
        if serving.workers == 1:
            _serve_here(serving, metrics, limit, tell, 0, sockets[0])
        else:
            open_once, begin = partial(_open_once, serving), partial(listen, sockets, serving.address)
            from icosa.workspace.http.workers import serve_many  # here: most servers have one

            serve_many(sockets, open_once, begin, partial(_serve_here, serving, metrics, limit, _nobody), tell)
    finally:
        close(sockets, serving.address)


def _metrics(serving: Serving) -> "Metrics | None":
    if not serving.metrics:
        return None
    from icosa.workspace.http.metrics import Metrics  # here: most servers keep none

    return Metrics(serving.workers)


def _limit(serving: Serving) -> "RateLimit | None":
    if serving.rate is None:
        return None
    from icosa.workspace.rate_limit import RateLimit  # here: most servers have none

    return RateLimit(serving.rate)


def serve_pages(pages: Application, at: socket.socket, address: Address, listening: Callable[[], None]) -> None:
    """Serves pages alone, until stopped.  Raises InvalidInput where another program has begun to listen at the address."""
    listen([at], address)
    _run(_serve(Front(None, pages=pages), at, None, listening, None))


def _open_once(serving: Serving) -> str:
    """Makes what is missing in the database; the greeting of the pages."""
    workspace = open_workspace(serving.database, version=serving.version)
    try:
        return serving.pages.greeting(workspace) if serving.pages else ""
    finally:
        workspace.close()


def _nobody(_: str) -> None:
    """Whom a worker tells that it listens."""


def _serve_here(
    serving: Serving, metrics: "Metrics | None", limit: "RateLimit | None", listening: Callable[[str], None], number: int, at: socket.socket
) -> None:
    """Opens the workspace and serves it in this process, which is one of a number."""
    workspace = open_workspace(serving.database, version=serving.version)
    workspace.limit, workspace.address = limit, serving.public_url or ""
    if workspace.store.refusal():
        _log.warning("the workspace is only read: %s", workspace.store.refusal())
    watch = _watch(serving, metrics, number, workspace)
    try:
        _allow_many_files()
        _give_memory_back()
        # Requests leave no circles behind; looking for some after every few hundred objects costs a tenth of the time.
        gc.freeze()
        gc.set_threshold(GARBAGE_OBJECTS)
        sys.setswitchinterval(SWITCH_SECONDS)
        if serving.workers == 1:  # those of several listen already
            listen([at], serving.address)
        beside = keeping(workspace, tidies=number == 0)
        pages = serving.pages.make(workspace, metrics) if serving.pages else None
        greeting = serving.pages.greeting(workspace) if serving.pages and serving.workers == 1 else ""
        front = Front(workspace, watch=watch, pages=pages)
        _run(_serve(front, at, serving.certificate, partial(listening, greeting), beside))
    finally:
        if watch is not None:
            watch.close()
        workspace.close()


def _watch(serving: Serving, metrics: "Metrics | None", number: int, workspace: Workspace) -> Watch | None:
    if metrics is not None:
        metrics.count_in(number)
    if not serving.access_log:
        return Watch(metrics, None) if metrics else None
    from icosa.workspace.http.access_log import AccessLog  # here: most servers write none

    names = [*(each.plural for each in workspace.catalogue), *(serving.pages.words if serving.pages else ())]
    return Watch(metrics, AccessLog(serving.access_log == "json", names))


async def _serve(
    front: Front,
    at: socket.socket,
    certificate: "Certificate | None",
    listening: Callable[[], None],
    beside: Coroutine[Any, Any, None] | None,
) -> None:
    """Serves until it is stopped; `beside` is what goes on meanwhile."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    context = certificate.context() if certificate else None
    await front.start(at, context)
    for each in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(each, stopped.set)
        except NotImplementedError:  # on Windows
            signal.signal(each, lambda *_: loop.call_soon_threadsafe(stopped.set))
    if hasattr(signal, "SIGHUP"):
        loop.add_signal_handler(signal.SIGHUP, _renew, certificate, context)
    listening()
    going = asyncio.create_task(beside) if beside else None
    await stopped.wait()
    systemd.tell(systemd.STOPPING)
    if going:
        going.cancel()
    await front.stop()


def _renew(certificate: "Certificate | None", context: ssl.SSLContext | None) -> None:
    """Reads a certificate again that was renewed; the one at hand stays where it cannot be used."""
    if certificate is None or context is None:
        return
    try:
        certificate.context()
        certificate.load(context)
    except InvalidInput as error:
        _log.error("the certificate is not renewed: %s", error)


def _run(main: Coroutine[Any, Any, None]) -> None:
    """Runs it in the fastest loop that there is."""
    if sys.platform != "win32":
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(main)
    else:
        asyncio.run(main)


def _give_memory_back() -> None:
    """Has the system's allocator (glibc's) take long texts from the system each by itself, and give them back when they
    are let go.  Left alone it learns from the first of them to keep what they held, in a heap for each thread."""
    with suppress(OSError, AttributeError, TypeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, LONG_TEXT_BYTES)
        libc.mallopt(_TRIM_THRESHOLD, KEPT_BYTES)


def _allow_many_files() -> None:
    """A connection is a file to the system, which allows 1,024 unless asked for more."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES_WANTED if hard == resource.RLIM_INFINITY else min(_FILES_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
