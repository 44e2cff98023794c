"""What the workspace of this process tells a table in the event loop, without a thread and without a client."""

from collections.abc import Awaitable, Coroutine, Mapping, Sequence
from hashlib import sha256
from operator import itemgetter
from typing import Final

import orjson

from icosa.catalogue.model import Catalogue, Object
from icosa.surfaces.console.showing.record import LONGEST_NAME, called
from icosa.surfaces.console.site import Inquiry, NamesAsked, Visitor, WouldWait
from icosa.wire.message import Answer, Request
from icosa.wire.openapi.reading import Offers, offers_of
from icosa.workspace.access.keys import IN_PROCESS, Principal
from icosa.workspace.in_process import InProcess
from icosa.workspace.store import store
from icosa.workspace.store.statement import Outdated
from icosa.workspace.workspace import Workspace

_NAMES: Final = frozenset({"FULL_NAME", "TEXT"})
"""Types of which a name is all columns of a field, one behind the other."""


class AnswersAtOnce:
    """An `AtOnce` of sites whose sessions look the key up with each request."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._many = InProcess(workspace, IN_PROCESS)
        self._known: tuple[Catalogue, Offers] | None = None

    @property
    def catalogue(self) -> Catalogue:
        return self._workspace.catalogue

    @property
    def offers(self) -> Offers:
        catalogue = self._workspace.catalogue
        if self._known is None or self._known[0] is not catalogue:
            self._known = catalogue, offers_of(self._workspace.version, catalogue)
        return self._known[1]

    def answer(self, visitor: Visitor, request: Request, asked: list[Inquiry]) -> Answer:
        begun = self._workspace.begin(request, principal_for(visitor))
        if not isinstance(begun, Answer):
            _leave(begun)
            raise WouldWait
        asked.append(Inquiry(request, digest_of(begun, self._workspace.store.holding.edition)))
        return begun

    def names(self, visitor: Visitor, of: Object, ids: Sequence[str], asked: list[Inquiry], *, waiting: bool = False) -> Mapping[str, str]:
        if of.label_identifier == "id":
            return {}
        field = of.field_by_name[of.label_identifier]
        if field.type_name not in _NAMES or field.secret or of.listed_by:
            raise WouldWait
        try:
            rows = self._many.labels(of, ids, at_once=not waiting)
        except (store.NotAtOnce, Outdated):
            raise WouldWait from None
        asked.append(Inquiry(NamesAsked(of.plural, ids), sha256(orjson.dumps(sorted(rows, key=itemgetter(0)))).digest()))
        return {id_: _name(parts) or called(of, {"id": id_}) for id_, *parts in rows}


def principal_for(visitor: Visitor) -> Principal:
    """Who asks for the pages of a visitor who has just been looked up."""
    return Principal(visitor.key_id, visitor.name, visitor.may_write)


def digest_of(answer: Answer, edition: str) -> bytes:
    """What an answer is known by, where it is compared with a later one; `edition` is that of the objects, in whose words it is shown."""
    return sha256(b"%d %b %b" % (answer.status, edition.encode(), answer.body)).digest()


def _name(parts: Sequence[str | None]) -> str:
    name = " ".join(filter(None, parts))
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def _leave(begun: Awaitable[Answer]) -> None:
    """Nobody awaits it: it has not begun, and never will."""
    if isinstance(begun, Coroutine):
        begun.close()
