"""A server elsewhere as a site: what `icosa console` shows, with a credential that stays in this process."""

import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import icosa
from icosa.catalogue.model import Catalogue
from icosa.client.calls import Calls
from icosa.client.credentials.resolving import Destination
from icosa.client.schema import FRESH_SECONDS, read_schema
from icosa.client.settings import ConnectionSettings, calls_to, key_of
from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.client.transport.over_http import HttpTransport
from icosa.errors import IcosaError, ReadOnlyKey
from icosa.journal.journal_file import Run
from icosa.journal.recording import Recorder
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.signing_in.held import HeldSessions
from icosa.surfaces.console.site import Inquiry, Sessions, Visitor
from icosa.wire.identifiers import new_id
from icosa.wire.message import Answer, Request
from icosa.wire.openapi.reading import Offers
from icosa.wire.rest.faults import CODE_HEADER

_KNOWN_SECONDS = 60.0
"""How long it stands what the server said that it has: somebody may add a field while the console is open."""

_YOU = Visitor(None, "you")


class RemoteSite:
    """`target` is a server and the key to it."""

    remote = True
    at_once = None
    access = None
    keys_open = False

    def __init__(self, target: Destination, door: Door, timeout: float = TIMEOUT_SECONDS) -> None:
        self.door = door
        self.name = urlsplit(target.url).netloc
        self.address = target.url
        self.sessions: Sessions = _Yours(self._may_write)
        self._target = target
        self._carrier = HttpTransport(target.url, key_of(target), timeout)
        self._transport = _Shared(self._carrier)
        self._sender = calls_to(target, ConnectionSettings(None, None, None, None)).sender
        self._known: tuple[Catalogue, Offers] | None = None
        self._since = 0.0

    def close(self) -> None:
        """Lets go of its connections; nobody looks at it any more."""
        self._carrier.close()

    def vitals(self) -> None:
        """As `Site` has it."""
        return None

    def client(self, visitor: Visitor, title: str = "console", asked: list[Inquiry] | None = None) -> icosa.Client:
        """As `Site` has it; raises what reading the server's schema raises."""
        if self._known is None or time.monotonic() - self._since > _KNOWN_SECONDS:
            self._known, self._since = self._client(None).ready(), time.monotonic()
        return self._client(Recorder(Run(self._target.url, title)), self._known)

    def reshaped(self) -> None:
        """As `Site` has it."""
        self._known, self._since = self._client(None, fresh_for=0).ready(), time.monotonic()

    def shape(self) -> object:
        """As `Site` has it."""
        return self._known[0] if self._known else None

    def commits(self) -> object:
        """As `Site` has it."""
        return object()

    async def answers_alike(self, visitor: Visitor, asked: Sequence[Inquiry]) -> bool:
        """As `Site` has it: a server elsewhere would have to be asked, which is what takes the time."""
        return False

    def _may_write(self) -> bool:
        """Whether the key may write, as far as its server tells: Icosa refuses one that only reads before it looks at what is to be
        written, which is nothing, of a record that is not there.  Other servers say it of each write alone."""
        try:
            with self.client(_YOU) as crm:
                path = f"{crm.offers.prefix}/{crm.catalogue.objects[0].plural}/{new_id()}"
                if not crm.offers.icosa:
                    return True
            answer = self._transport.send(Request("PATCH", path, body=b"{}"))
        except IcosaError:  # the pages say what is wrong
            return True
        return {name.lower(): value for name, value in answer.headers}.get(CODE_HEADER.lower()) != ReadOnlyKey.code

    def _client(
        self, journal: Recorder | None, known: tuple[Catalogue, Offers] | None = None, fresh_for: float = FRESH_SECONDS
    ) -> icosa.Client:
        target = self._target
        calls = Calls(self._sender, lambda: read_schema(target.url, target.token, fresh_for=fresh_for), known, journal, identify=True)
        return icosa.Client(self._transport, calls, address=target.url)


class _Yours(HeldSessions):
    """Yours alone; whether your key may write is asked when you come."""

    def __init__(self, may_write: Callable[[], bool]) -> None:
        super().__init__(_YOU)
        self._may_write = may_write

    def spend(self, code: str, agent: str) -> str | None:
        token = super().spend(code, agent)
        if token is not None:
            self._owner = _YOU._replace(may_write=self._may_write())
        return token


class _Shared:
    """Connections that all clients use, and none of them closes."""

    def __init__(self, transport: HttpTransport) -> None:
        self._transport = transport

    def send(self, request: Request) -> Answer:
        return self._transport.send(request)

    def close(self) -> None:
        """They stay for the next client."""
