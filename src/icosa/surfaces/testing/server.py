"""The same workspace over HTTP, for clients in any language."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from icosa import Client, connect
from icosa.catalogue.model import Catalogue
from icosa.surfaces.testing.app import FaultyApp, Message, Receive, Send
from icosa.surfaces.testing.clock import Clock
from icosa.surfaces.testing.faults import Faults
from icosa.surfaces.testing.host import Host
from icosa.surfaces.testing.keys import Keys, admit, standing_token
from icosa.surfaces.testing.rules import AnyRule
from icosa.surfaces.testing.seeds import Seed
from icosa.surfaces.testing.stage import Stage
from icosa.wire.openapi.reading import offers_of
from icosa.wire.version import TWENTY_1_0_3
from icosa.workspace import Workspace
from icosa.workspace.http.app import App


class Server:
    """A workspace at `url`, to which `token` is a key that does not expire.

    Both stay the same from test to test.  Its answers meet the `faults` of the test; `faultless` is a client
    that goes round them, in the process itself: to set the scene, and to look what became of it.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._shown: tuple[Workspace, App] | None = None
        self._clients: list[Client] = []
        self._host = Host(FaultyApp(self._app, lambda: stage.faults), stage.clock.now)
        self.url = self._host.url
        self.token = standing_token()
        self.keys = Keys(stage)
        self.faultless = stage.faultless

    @property
    def clock(self) -> Clock:
        """The time by which the workspace goes."""
        return self._stage.clock

    @property
    def faults(self) -> Faults:
        """What goes wrong, and what did."""
        return self._stage.faults

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead Icosa, and other tools of Twenty, to this server."""
        return {"ICOSA_URL": self.url, "ICOSA_TOKEN": self.token, "TWENTY_BASE_URL": self.url, "TWENTY_API_KEY": self.token}

    def client(self, token: str | None = None, **options: Any) -> Client:
        """A client over HTTP; `options` are those of `icosa.connect`.  It is closed when the test ends."""
        client = connect(self.url, token or self.token, **{"catalogue": self._stage.catalogue, **options})
        if self._stage.version is not TWENTY_1_0_3 and "catalogue" not in options:
            # Its document would say this too, but asking for it would meet the faults of the test, and be counted by them.
            client._flows.known = self._stage.catalogue, offers_of(self._stage.version, self._stage.catalogue)
        self._clients.append(client)
        return client

    def prepare(self) -> None:
        """Lets the key in, which `Stage.prepare` has taken away with all else."""
        admit(self._stage, self.token)

    def settle(self) -> None:
        """Ends what a test has left open: its clients, and requests that are being answered."""
        while self._clients:
            self._clients.pop().close()
        self._host.settle()

    def close(self) -> None:
        self.settle()
        self._host.close()

    async def _app(self, scope: Message, receive: Receive, send: Send) -> None:
        workspace = self._stage.workspace
        if self._shown is None or self._shown[0] is not workspace:
            self._shown = workspace, App(lambda: workspace)
        await self._shown[1](scope, receive, send)

    def __repr__(self) -> str:
        return f"<Server at {self.url}>"


@contextmanager
def server(
    seed: Seed | None = None,
    *,
    catalogue: Catalogue | None = None,
    api: str = TWENTY_1_0_3.name,
    faults: Faults | Iterable[AnyRule] = (),
    now: str | datetime | None = None,
) -> Iterator[Server]:
    """A workspace of one's own over HTTP until the end of the block; all else is as for `workspace`."""
    with Stage(catalogue, api) as stage:
        served = Server(stage)
        try:
            stage.prepare(seed, faults, now)
            served.prepare()
            yield served
        finally:
            served.close()
