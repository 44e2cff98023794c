"""The console by itself: `icosa console`, for one person on this machine."""

import socket
from collections.abc import Callable

from icosa.client.credentials.resolving import resolve
from icosa.secret import Secret
from icosa.surfaces.console.app import console
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.remote import Remote
from icosa.surfaces.console.served import Served
from icosa.surfaces.console.site import Site
from icosa.workspace.http.listening import Address, bind
from icosa.workspace.http.serve import serve_pages
from icosa.workspace.opening import open_workspace

Listening = Callable[[str, str], None]
"""Hears what is shown, and the link that signs in once."""


def open_console(url: str | None, token: Secret | None, port: int, listening: Listening) -> None:
    """Shows the workspace that every command goes to, or the one that is named, until it is stopped; `port` 0 is one that is
    free.  Raises what `resolve` raises, and InvalidInput where the port or the database cannot be used."""
    target = resolve(url, token)
    address = Address(port=port)
    (at,) = bind(address)
    listens = f"http://127.0.0.1:{at.getsockname()[1]}"
    if not target.embedded:
        _show(Remote(target, Door(listens)), at, address, listening)
        return
    workspace = open_workspace(target.url)
    try:
        _show(Served(workspace, target.url, Door(listens)), at, address, listening)
    finally:
        workspace.close()


def _show(site: Site, at: socket.socket, address: Address, listening: Listening) -> None:
    link = f"{site.door.listens}/sign-in/{site.sessions.invite()}"
    serve_pages(console(site), at, address, lambda: listening(site.name, link))
