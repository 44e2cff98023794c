"""The console by itself: `icosa console`, for one person on this machine."""

import socket
from collections.abc import Callable

from icosa.client.credentials.resolving import resolve
from icosa.secret import Secret
from icosa.surfaces.console.app import console
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.remote import RemoteSite
from icosa.surfaces.console.served import Served
from icosa.surfaces.console.site import Site, Visitor
from icosa.workspace.access.keys import authenticate
from icosa.workspace.http.listening import Address, bind
from icosa.workspace.http.serve import serve_pages
from icosa.workspace.opening import open_workspace
from icosa.workspace.store.keys import key_object
from icosa.workspace.workspace import Workspace

Listening = Callable[[str, str], None]
"""Hears what is shown, and the link that signs in once."""


def open_console(url: str | None, token: Secret | None, port: int, listening: Listening) -> None:
    """Shows the workspace that every command goes to, or the one that is named, until it is stopped; `port` 0 is one that is
    free.  With a key to a database, that key is who looks at it.  Raises what `resolve` raises, InvalidInput where the port or
    the database cannot be used, and AccessDenied for a key that is not good there."""
    target = resolve(url, token)
    address = Address(port=port)
    (at,) = bind(address)
    listens = f"http://127.0.0.1:{at.getsockname()[1]}"
    if not target.embedded:
        site = RemoteSite(target, Door(listens))
        try:
            _show(site, at, address, listening)
        finally:
            site.close()
        return
    workspace = open_workspace(target.url)
    try:
        only = _holder(workspace, target.token) if target.token else None
        _show(Served(workspace, target.url, Door(listens), only), at, address, listening)
    finally:
        workspace.close()


def _holder(workspace: Workspace, token: Secret) -> Visitor:
    principal = workspace.store.read(
        lambda: authenticate(token.reveal(), workspace.now(), key_object(workspace.catalogue), workspace.version)
    )
    return Visitor(principal.id, principal.name, principal.may_write)


def _show(site: Site, at: socket.socket, address: Address, listening: Listening) -> None:
    link = f"{site.door.listens}/sign-in/{site.sessions.invite()}"
    serve_pages(console(site), at, address, lambda: listening(site.name, link))
