"""What a client is made of, whether it blocks or is awaited."""

import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icosa.catalogue.model import Catalogue
from icosa.client.calls import Calls
from icosa.client.credentials.resolving import Destination
from icosa.client.schema import read_schema
from icosa.client.sending.retries import Retries
from icosa.client.sending.sender import Sender
from icosa.client.transport.blocking import EmbeddedTransport
from icosa.secret import Secret
from icosa.wire.openapi.reading import UNASKED, offers_of

if TYPE_CHECKING:
    from icosa.journal.protocol import Journal


class ConnectionSettings(NamedTuple):
    """What `connect` is told besides where and with which key; see there."""

    catalogue: Catalogue | None
    retries: Retries | float | str | None
    pace: str | float | None
    journal: "Journal | bool | None"


def calls_to(target: Destination, settings: ConnectionSettings) -> Calls:
    """The calls of a server.  Where a catalogue is given, the server is not asked what it offers."""
    from icosa.client.sending.pace import Pace  # here: a workspace in this process is asked at any pace

    sender = Sender(target.token, Retries.of(settings.retries), Pace.of(settings.pace, target.url, target.token))
    known = None if settings.catalogue is None else (settings.catalogue, UNASKED)
    return Calls(sender, lambda: read_schema(target.url, target.token), known, _journal(target, settings), identify=True)


def embedded(target: Destination, settings: ConnectionSettings) -> tuple[EmbeddedTransport, Calls]:
    """A workspace in this process and its calls: it is asked once, at any pace, and makes its own ids."""
    transport = EmbeddedTransport(target.url, settings.catalogue, target.token)
    calls = Calls(
        Sender(target.token),
        lambda: read_schema(target.url),  # never called: it is known
        (transport.catalogue, offers_of(transport.version, transport.catalogue)),
        _journal(target, settings),
        identify=False,
        now=partial(datetime.now, UTC),
    )
    return transport, calls


def _journal(target: Destination, settings: ConnectionSettings) -> "Journal | None":
    """What is called with each write: True is a journal of this run's own, for `icosa undo`."""
    if settings.journal is True:
        from icosa.journal.journal_file import Run  # here, with the next: most calls are in no journal
        from icosa.journal.recording import Recorder

        return Recorder(Run(target.url, Path(sys.argv[0]).name or "a script"))
    return settings.journal or None


def key_of(target: Destination) -> Secret:
    """The key to a server."""
    if target.token is None:
        raise AssertionError("a server is resolved with its key")
    return target.token
