"""Sockets that a server listens at.  What is wrong with an address is said in a sentence."""

import errno
import os
import socket

from icosa.errors import InvalidInput


def listen(host: str, port: int, count: int = 1) -> list[socket.socket]:
    """`count` sockets at one address, among which the system divides connections; none listens yet.

    Raises InvalidInput where another program listens there, or where this machine has no such address.
    """
    found = _address(host, port)
    if count == 1:
        return [_bound(found, host, port)]
    # Sockets that share a port are also had by another server that shares its own; one that shares nothing is not.
    _bound(found, host, port).close()
    return [_bound(found, host, port, shared=True) for _ in range(count)]


def url(host: str, port: int) -> str:
    """The address as people write it."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


_Address = tuple[socket.AddressFamily, tuple[str, int]]


def _address(host: str, port: int) -> _Address:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        raise InvalidInput(
            f"--host {host}: no such name is known here; give an address of this machine, such as 127.0.0.1, "
            "or 0.0.0.0 to listen at all of them"
        ) from None
    first = min(found, key=lambda each: each[0] is not socket.AF_INET)  # a name with both is meant as browsers try it
    return first[0], (str(first[4][0]), port)


def _bound(found: _Address, host: str, port: int, shared: bool = False) -> socket.socket:
    family, address = found
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind(address)
    except OSError as error:
        made.close()
        raise InvalidInput(_refusal(error, host, port)) from None
    made.setblocking(False)
    return made


def _refusal(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken: another program listens at {url(host, port)}; stop it, or give another with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"--host {host}: this machine has no such address; give one that it has, or 0.0.0.0 to listen at all of them"
    if error.errno == errno.EACCES:
        return f"port {port} may not be listened at by this user; give one above 1023 with --port"
    return f"{url(host, port)} cannot be listened at: {error.strerror}"
