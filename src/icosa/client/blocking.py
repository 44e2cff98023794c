"""The blocking client: any action by name over one set of properties or many, and resources with methods."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from icosa.catalogue.model import Catalogue
from icosa.client.calls import Calls, Item, OnError
from icosa.client.credentials.resolving import resolve
from icosa.client.methods import Resources, blocking
from icosa.client.sending.retries import Retries
from icosa.client.settings import ConnectionSettings, calls_to, embedded, key_of
from icosa.client.transport.blocking import EmbeddedTransport, Transport
from icosa.client.transport.flow import Flow, T, drive
from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.journal.protocol import Author, Journal
from icosa.secret import Secret
from icosa.wire.openapi.reading import Offers

if TYPE_CHECKING:
    from icosa.client.resource import Resource

NOBODY = Author()
"""Where one person has the journals, none of them says whose they are."""

__all__ = ["Client", "Item", "OnError", "connect"]


class Client(Resources["Resource"]):
    """A workspace, and every action of it.

        with icosa.connect() as crm:
            company = crm.companies.create_one(name="Analytical Engines")
            crm.run("Companies", "Find One Company", {"Id": company["id"], "Depth": 0})

    Resources are attributes in snake_case (`crm.connected_accounts`), and items by any of their names
    (`crm["connectedAccounts"]`).  May be used from several threads.  `author` is who does with it what journals tell.
    """

    def __init__(self, transport: Transport, calls: Calls, *, address: str = "", author: Author = NOBODY) -> None:
        self.author = author
        self._transport = transport
        super().__init__(calls, address)

    ready = blocking(Calls.ready)
    run = blocking(Calls.run)
    run_action = blocking(Calls.run_action)

    @property
    def catalogue(self) -> Catalogue:
        """What the workspace has; read from the server when it is first needed."""
        return self.ready()[0]

    @property
    def offers(self) -> Offers:
        """What its server can do beyond the actions of 1.0.3."""
        return self.ready()[1]

    @property
    def journal(self) -> Journal | None:
        """What is told of every write, as it was given; None where nothing is."""
        return self._flows.journal

    def estimate(self, requests: int, *, at_once: int = 1) -> float:
        """About how many seconds so many requests will take, with so many under way at once: what the pace
        allows, by all that this machine sends with the key, and how long answers have taken so far."""
        return self._flows.estimate(requests, at_once=at_once)

    def unrecorded(self) -> Client:
        """The same without its journal, over the same connection: for who keeps a journal of all that a run writes."""
        return Client(self._transport, self._flows.unrecorded(), address=self.address, author=self.author)

    def close(self) -> None:
        """Let go of connections, or of the embedded workspace, and of a journal that is a file."""
        self._flows.close()
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _make(self, name: str) -> Resource:
        from icosa.client.operations import Operations  # here: an action that is run by its name needs neither
        from icosa.client.resource import Resource

        return Resource(Operations(self._flows, name), self._drive)

    def _drive(self, flow: Flow[T]) -> T:
        return drive(flow, self._transport.send)

    def _unread(self, name: str) -> None:
        self.ready()


def in_process(client: Client) -> EmbeddedTransport | None:
    """The workspace of a client, where it is in this process: what it answers many records with past their JSON."""
    return client._transport if isinstance(client._transport, EmbeddedTransport) else None


def through(client: Client, of: Callable[[Calls], Flow[T]]) -> T:
    """What comes of a flow over the connection of a client."""
    return client._drive(of(client._flows))


def connect(
    url: str | os.PathLike[str] | None = None,
    token: str | Secret | None = None,
    *,
    timeout: float = TIMEOUT_SECONDS,
    max_answer: int | str | None = None,
    catalogue: Catalogue | None = None,
    retries: Retries | float | str | None = None,
    pace: str | float | None = None,
    journal: Journal | bool | None = None,
    transport: Transport | None = None,
) -> Client:
    """A workspace to work with.

    `connect()` is the workspace that the environment names (ICOSA_URL with ICOSA_TOKEN), else the one
    that `icosa login` kept, else the embedded one: a file in the user's data directory, or ICOSA_DATABASE.
    `connect("https://crm.example.com", token="…")` is any Twenty or Icosa server, and
    `connect("sqlite:///crm.db")` an embedded workspace in that file, as is `connect(Path("crm.db"))`.  Whoever has no
    key to an embedded workspace is its owner; a key that is given, or is in ICOSA_TOKEN, is acted with, and `token=""` is
    the owner all the same.

    `timeout` is how many seconds one request may take over HTTP, and `max_answer` how many bytes one answer may
    unfold to ("500 MB"); without it ICOSA_MAX_ANSWER holds, then 100 MB.  `catalogue` is what the workspace has; a
    server's own is read from it when it is first needed, and none is taken for it where one is given.
    `retries` says for how many seconds a request that fails is tried again ("5 min"), 0 for never; without it
    ICOSA_RETRIES holds, then 60.  A write is never done twice.  `pace` is what the server takes ("100/minute"),
    counted over all processes that use the key; without it ICOSA_PACE holds, then what is known of the host.
    `journal` is called with every write; True keeps them for `icosa undo`.  `transport` carries the requests to the
    server in place of HTTP.  None of the four last but `journal` means anything to an embedded workspace.

    Nothing is sent yet.  Raises InvalidValue for an address that is none, MissingKey or InvalidKey where a
    server is named without a key, or with what cannot be one.
    """
    target = resolve(url, token)
    settings = ConnectionSettings(catalogue, retries, pace, journal)
    if target.embedded:
        carrier, calls = embedded(target, settings)
        return Client(carrier, calls, address=target.url)
    if transport is None:
        from icosa.client.transport.over_http import HttpTransport  # here: a workspace in this process needs nothing of it

        transport = HttpTransport(target.url, key_of(target), timeout, max_answer)
    return Client(transport, calls_to(target, settings), address=target.url)
