"""The way from a client to a workspace under test in the same process, without any fault."""

from collections.abc import Callable

from icosa.catalogue.model import Catalogue
from icosa.client.calls import Calls
from icosa.client.schema import Schema
from icosa.client.sending.sender import Sender
from icosa.client.transport.flow import Flow
from icosa.wire.message import Answer, Request
from icosa.wire.openapi.reading import offers_of
from icosa.wire.version import Version
from icosa.workspace import IN_PROCESS, Workspace

ADDRESS = "a workspace under test"


class Direct:
    """A Transport to a workspace, as its owner.  `shown` is asked for it before every request."""

    def __init__(self, shown: Callable[[], Workspace]) -> None:
        self._shown = shown

    def send(self, request: Request) -> Answer:
        return self._shown().answer(request._replace(token=None), IN_PROCESS)

    def close(self) -> None:
        """The workspace is another's: a script that closes its client closes nothing."""


def calls_of(catalogue: Catalogue, version: Version, sender: Sender) -> Calls:
    """The calls of a workspace that has this catalogue, and can do all that Icosa can in this version."""
    return Calls(sender, _known, (catalogue, offers_of(version, catalogue)), identify=not sender.retries.once)


def _known() -> Flow[Schema]:
    raise AssertionError("what a workspace under test has is known")
