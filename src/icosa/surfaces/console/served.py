"""The workspace of this process as a site: what `icosa serve` shows."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import NoReturn

import icosa
from icosa.client.calls import Calls
from icosa.client.credentials.text_address import without_password
from icosa.client.sending.sender import Sender
from icosa.errors import AccessDenied, IcosaError
from icosa.journal.journal_file import Run
from icosa.journal.protocol import Author
from icosa.journal.recording import Recorder
from icosa.surfaces.console.at_once import AnswersAtOnce, digest_of, principal_for
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.keys.stored import StoredAccess
from icosa.surfaces.console.signing_in.held import HeldSessions
from icosa.surfaces.console.signing_in.stored import StoredSessions
from icosa.surfaces.console.site import Access, AtOnce, Inquiry, NamesAsked, Sessions, Visitor, Vitals, WouldWait
from icosa.wire.message import Answer, Request
from icosa.wire.openapi.reading import offers_of
from icosa.wire.rest.faults import write_fault
from icosa.workspace.access.keys import IN_PROCESS, Principal, principal_of
from icosa.workspace.footing import Footing
from icosa.workspace.store.keys import key_object
from icosa.workspace.store.stored_catalogue import Holding
from icosa.workspace.workspace import Workspace

_SIZES = {"icosa_database_bytes": "Database", "icosa_log_bytes": "Write-ahead log"}
"""Facts of the store that are sizes on disk, by what people call them."""
_NOTHING = Request("GET", "")


class Served:
    """`url` is the address of its database, by which journals know it; `metrics` tells what its server has counted.  `only` is who
    alone looks at it, by a link of this process; else whoever signs in.  With a key of theirs that is looked up at each request, and
    so by clients alone."""

    remote = False

    def __init__(
        self, workspace: Workspace, url: str, door: Door, only: Visitor | None = None, metrics: Callable[[], str] | None = None
    ) -> None:
        self.workspace = workspace
        self._metrics = metrics
        self.door = door
        self.name = _name(url)
        self.address = door.public_url or (door.listens if door.listens.startswith("http") else "http://localhost")
        self.sessions: Sessions = HeldSessions(only) if only else StoredSessions(workspace)
        self.keys_open = only is None
        self.access: Access = StoredAccess(workspace)
        self.at_once: AtOnce | None = None if only else AnswersAtOnce(workspace)
        self._url = url
        self._only = only

    def vitals(self) -> Vitals:
        """As `Site` has it."""
        sizes = [(_SIZES[name], int(value)) for name, _, value in self.workspace.store.facts() if name in _SIZES]
        return Vitals(self.workspace.unwritable(), sizes, self._metrics() if self._metrics else None)

    def client(self, visitor: Visitor, title: str = "console", asked: list[Inquiry] | None = None) -> icosa.Client:
        """As `Site` has it."""
        author = Author(visitor.name, visitor.key_id)
        journal = Recorder(Run(self._url, title, by=author.name, key_id=author.key_id))
        holding = self._latest()
        known = holding.catalogue, offers_of(self.workspace.version, holding.catalogue)
        calls = Calls(Sender(), _never, known, journal, identify=False, now=partial(datetime.now, UTC))
        return icosa.Client(_Inside(self.workspace, visitor.key_id, holding.edition, asked), calls, address=self._url, author=author)

    def reshaped(self) -> None:
        """As `Site` has it; the workspace knows of it already."""

    def shape(self) -> object:
        """As `Site` has it."""
        return self.workspace.catalogue

    def commits(self) -> object:
        """As `Site` has it."""
        return self.workspace.store.commits()

    async def answers_alike(self, visitor: Visitor, asked: Sequence[Inquiry]) -> bool:
        """As `Site` has it."""
        if self._only is not None:
            return False
        for question, digest in asked:
            if isinstance(question, Request):
                begun = self.workspace.begin(question, principal_for(visitor))
                answer = begun if isinstance(begun, Answer) else await begun
                now = digest_of(answer, self.workspace.store.holding.edition)
            else:
                now = self._names_asked(visitor, question)
            if now != digest:
                return False
        return True

    def _latest(self) -> Holding | Footing:
        """What the workspace holds, whoever made or changed it; what it last held where that cannot be asked, of which a page tells."""
        with suppress(IcosaError):
            return self.workspace.store.read(lambda: self.workspace.known(_NOTHING, IN_PROCESS))[1]
        return self.workspace.store.holding

    def _names_asked(self, visitor: Visitor, question: NamesAsked) -> bytes:
        """The digest of what records are called now; of nothing where that is not told at once."""
        asked: list[Inquiry] = []
        of = self.workspace.catalogue.by_plural.get(question.plural)
        with suppress(WouldWait):
            if of is not None and self.at_once is not None:
                self.at_once.names(visitor, of, question.ids, asked)
        return asked[0].digest if asked else b""


class _Inside:
    """Has the workspace answer as a key's holder, whom it looks up anew each time, or as the owner.  `edition` is that of the objects by
    which the answers are read."""

    def __init__(self, workspace: Workspace, key_id: str | None, edition: str, asked: list[Inquiry] | None) -> None:
        self._workspace = workspace
        self._key_id = key_id
        self._edition = edition
        self._asked = asked

    def send(self, request: Request) -> Answer:
        workspace = self._workspace
        try:
            principal = IN_PROCESS if self._key_id is None else self._principal(self._key_id)
        except AccessDenied as error:
            return write_fault(error, workspace.version)
        answer = workspace.answer(request, principal)
        if self._asked is not None:
            self._asked.append(Inquiry(request, digest_of(answer, self._edition)))
        return answer

    def close(self) -> None:
        """The workspace stays open: others are answered from it."""

    def _principal(self, key_id: str) -> Principal:
        workspace = self._workspace
        return workspace.store.read(lambda: principal_of(key_id, workspace.now(), key_object(workspace.catalogue)))


def _name(url: str) -> str:
    """What people call a database: the last part of its address."""
    return without_password(url).rstrip("/").rpartition("/")[2] or "Icosa"


def _never() -> NoReturn:
    raise AssertionError("what the workspace has is known")
