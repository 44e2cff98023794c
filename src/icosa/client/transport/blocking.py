"""How a request reaches a workspace: what carries it, and what does so by a call in this process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from icosa.catalogue.model import Catalogue
from icosa.secret import Secret
from icosa.wire.message import Answer, Request

if TYPE_CHECKING:
    from icosa.wire.language.filter_tree import Filter
    from icosa.workspace import InProcess, Workspace
    from icosa.workspace.store.rows import LinePage, RowPage

Place = tuple[Any, ...]
"""Where a record stands in an order."""


class Transport(Protocol):
    """Carries one request to its workspace and brings the answer, whatever its status.

    Raises NetworkFailure where no answer came, and UnreadableAnswer where it broke off.  It carries a request
    once: trying again is not its matter.
    """

    def send(self, request: Request) -> Answer: ...

    def close(self) -> None: ...


class EmbeddedTransport:
    """A workspace in this process, with the `catalogue` that it keeps unless it gets another one.  Without a
    token its owner acts; with one, that key."""

    def __init__(self, url: str, catalogue: Catalogue | None = None, token: Secret | None = None) -> None:
        # The one place where a client knows the workspace: who only calls servers never loads a database.
        from icosa.workspace import IN_PROCESS, open_workspace

        self._workspace: Workspace = open_workspace(url, catalogue)
        self.catalogue, self.version = self._workspace.catalogue, self._workspace.version
        self._owner = None if token else IN_PROCESS
        self._token = token

    @cached_property
    def _many(self) -> InProcess:
        from icosa.workspace import InProcess  # here: see __init__, and who asks for a page needs nothing of it

        return InProcess(self._workspace, self._owner, self._token.reveal() if self._token else None)

    def rows(self, request: Request, paths: Sequence[str], limit: int, after: Place | None) -> RowPage | None:
        """Records past their JSON: see `workspace.in_process`."""
        return self._many.rows(request, paths, limit, after)

    def lines(self, request: Request, paths: Sequence[str], mask: str, limit: int, after: Place | None) -> LinePage | None:
        """The same as lines of JSON."""
        return self._many.lines(request, paths, mask, limit, after)

    def found(self, plural: str, tree: Filter) -> bytes:
        """All live records that a filter finds, as a JSON list."""
        return self._many.found(plural, tree)

    def columns(self, plural: str, tree: Filter, paths: Sequence[str]) -> list[Sequence[Any]] | None:
        """The values at these paths of all live records that a filter finds, by path; None where they cannot be read so."""
        return self._many.columns(plural, tree, paths)

    def create(self, plural: str, records: Sequence[dict[str, Any]]) -> list[bytes]:
        """Creates records in one transaction, all or none; their JSON, in which secrets are as they are stored."""
        return self._many.create(plural, records)

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to writes of single records, done in one transaction, all or none."""
        return self._many.together(requests)

    def send(self, request: Request) -> Answer:
        return self._workspace.answer(request._replace(token=self._token.reveal() if self._token else None), self._owner)

    def close(self) -> None:
        self._workspace.close()
