"""Where a server listens.  What is wrong with an address is said in a sentence."""

import errno
import os
import socket
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from icosa.errors import InvalidInput

if sys.platform != "win32":
    import fcntl

SOCKET_MODE = 0o660
"""Of a socket in the file system: a proxy comes in by its group."""


class Address(NamedTuple):
    """A host and a port, or a socket in the file system; `secure` where TLS is spoken there."""

    host: str = "127.0.0.1"
    port: int = 3000
    path: Path | None = None
    secure: bool = False

    def __str__(self) -> str:
        """As people write it."""
        if self.path is not None:
            return f"unix:{self.path}"
        return f"http{'s' if self.secure else ''}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def bind(address: Address, count: int = 1) -> list[socket.socket]:
    """`count` sockets at one address, among which the system divides connections.  None at a port listens yet (`listen`);
    one in the file system does, which is how others know that it is taken: who connects waits.

    Raises InvalidInput where another program listens there, or where this machine has no such address.
    """
    if address.path is not None:
        first = _at_path(address.path)
        return [first, *(first.dup() for _ in range(count - 1))]
    first = _at_port(address)
    if count == 1:
        return [first]
    _share(first, True)
    return [first, *(_at_port(address, shared=True) for _ in range(count - 1))]


def listen(sockets: list[socket.socket], address: Address) -> None:
    """Has them listen.  Raises InvalidInput where another program has begun to, since they were bound.

    Sockets that share a port share it with those of another server that shares its own, so the first of them shares
    nothing while it begins: of servers that are started at once, one has the port, and the others are told.
    """
    first, *others = sockets
    shares = bool(others) and address.path is None
    try:
        if shares:
            _share(first, False)
        first.listen()
        if shares:
            _share(first, True)
        for each in others:
            each.listen()
    except OSError as error:
        raise InvalidInput(_refusal(error, address)) from None


def close(sockets: list[socket.socket], address: Address) -> None:
    """Leaves nothing behind of them: a socket in the file system goes, unless another server has made its own there since."""
    for each in sockets:
        each.close()
    if address.path is not None:
        with suppress(OSError), _alone_in(address.path.parent):
            if not _is_listened_to(address.path):
                address.path.unlink()


def _at_port(address: Address, shared: bool = False) -> socket.socket:
    family, found = _resolved(address)
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            _share(made, True)
        made.bind(found)
    except OSError as error:
        made.close()
        raise InvalidInput(_refusal(error, address)) from None
    made.setblocking(False)
    return made


def _share(at: socket.socket, shared: bool) -> None:
    at.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, shared)


def _resolved(address: Address) -> tuple[socket.AddressFamily, tuple[str, int]]:
    try:
        # A name in ASCII is what it is; of a text Python would load the tables of all other letters first.
        host = address.host.encode("ascii") if address.host.isascii() else address.host
        found = socket.getaddrinfo(host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        raise InvalidInput(
            f"--host {address.host}: no such name is known here; give an address of this machine, such as 127.0.0.1, "
            "or 0.0.0.0 to listen at all of them"
        ) from None
    first = min(found, key=lambda each: each[0] is not socket.AF_INET)  # a name with both is meant as most clients try it
    return first[0], (str(first[4][0]), address.port)


def _at_path(path: Path) -> socket.socket:
    if not hasattr(socket, "AF_UNIX"):
        raise InvalidInput("--socket: this system has no sockets in its file system; give --host and --port")
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _alone_in(path.parent):
            _make_way(path)
            made.bind(str(path))
            path.chmod(SOCKET_MODE)
            made.listen()
    except OSError as error:
        made.close()
        raise InvalidInput(f"--socket {path}: cannot be made: {error.strerror or error}") from None
    except InvalidInput:
        made.close()
        raise
    made.setblocking(False)
    return made


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """No other Icosa makes or removes a socket there meanwhile: of two that find one that nobody listens at, the later would
    remove what the earlier has just made."""
    with ExitStack() as held:
        if sys.platform != "win32":
            with suppress(OSError):  # a folder that may not be read, or a file system without locks
                folder_file = os.open(folder, os.O_RDONLY)
                held.callback(os.close, folder_file)
                fcntl.flock(folder_file, fcntl.LOCK_EX)
        yield


def _make_way(path: Path) -> None:
    """Removes a socket that a server left behind which was killed.  Raises InvalidInput where somebody listens there, or
    where something else stands there."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise InvalidInput(f"--socket {path}: a file of another kind is there; remove it, or give another path")
    if _is_listened_to(path):
        raise InvalidInput(f"--socket {path}: another program listens there; stop it, or give another path")
    path.unlink()


def _is_listened_to(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def _refusal(error: OSError, address: Address) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {address.port} is taken: another program listens at {address}; stop it, or give another with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"--host {address.host}: this machine has no such address; give one that it has, or 0.0.0.0 to listen at all of them"
    if error.errno == errno.EACCES:
        return f"port {address.port} may not be listened at by this user; give one above 1023 with --port"
    return f"{address} cannot be listened at: {error.strerror}"
