"""A client of a workspace in this process, whose time and faults are in a test's hands."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from icosa import Client
from icosa.catalogue.model import Catalogue
from icosa.client.sending.retries import PATIENT
from icosa.client.sending.sender import Sender
from icosa.client.transport.flow import Flow, T, drive
from icosa.surfaces.testing.clock import Clock
from icosa.surfaces.testing.direct import ADDRESS, calls_of
from icosa.surfaces.testing.faults import Faults
from icosa.surfaces.testing.rules import AnyRule
from icosa.surfaces.testing.seeds import Seed
from icosa.surfaces.testing.stage import Stage
from icosa.surfaces.testing.transport import FaultyTransport
from icosa.wire.version import TWENTY_1_0_3


class Workspace(Client):
    """A client like any other, that meets the `faults` of its test.

    It tries again, and settles what got lost, as a client of a server does.  `faultless` is another client of
    the same workspace, which meets none: to set the scene, and to look what became of it.  Nothing waits here:
    where an answer is late, or a client waits before it tries again, `clock` is moved on.
    """

    clock: Clock
    faults: Faults
    faultless: Client

    def __init__(self, stage: Stage) -> None:
        self.clock, self.faults, self.faultless = stage.clock, stage.faults, stage.faultless
        sender = Sender(retries=PATIENT, clock=lambda: stage.clock.now().timestamp())
        transport = FaultyTransport(stage.transport(), stage.faults, self._wait)
        super().__init__(transport, calls_of(stage.catalogue, stage.version, sender), address=ADDRESS)

    def _wait(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)

    def _drive(self, flow: Flow[T]) -> T:
        return drive(flow, self._transport.send, self._wait)


@contextmanager
def workspace(
    seed: Seed | None = None,
    *,
    catalogue: Catalogue | None = None,
    api: str = TWENTY_1_0_3.name,
    faults: Faults | Iterable[AnyRule] = (),
    now: str | datetime | None = None,
) -> Iterator[Workspace]:
    """A workspace of one's own until the end of the block, empty or with the records of `seed`.

    Its objects are those of `catalogue`, else the standard ones of `api`, the version of Twenty that it answers as.  `now`
    is where its clock stands; without it, time is the system's.  Raises UnknownObject and InvalidValue for rules, a seed, an
    `api` or a time that cannot be.
    """
    with Stage(catalogue, api) as stage:
        stage.prepare(seed, faults, now)
        yield Workspace(stage)
