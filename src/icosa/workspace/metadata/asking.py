"""What is asked of a part of metadata, and what such a part answers to."""

from collections.abc import Callable
from typing import NamedTuple

from icosa.catalogue.field_types import Values
from icosa.catalogue.model import Catalogue
from icosa.wire.message import Answer, Request
from icosa.wire.version import Version
from icosa.workspace.access.keys import Principal
from icosa.workspace.access.secrets import Secrets
from icosa.workspace.metadata.kept import Json
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.statement import Statements
from icosa.workspace.store.write import Writing


class Asking(NamedTuple):
    """A request, who makes it and when, and what there is to ask about; `address` is where the workspace is reached."""

    request: Request
    principal: Principal
    catalogue: Catalogue
    reads: Reads
    secrets: Secrets
    version: Version
    now: str
    address: str

    def writing(self) -> Writing:
        actor: Values = {"source": "API", "workspaceMemberId": None, "name": self.principal.name, "context": {}}
        return Writing(self.catalogue, self.reads.dialect, self.secrets.sealing, actor, self.now, [], self.version)


class RecordRoom(NamedTuple):
    """The five operations of what is kept as records: each is the statements of one transaction, and raises MetadataRefusal."""

    find_many: Callable[[Asking], Statements[Answer]]
    find_one: Callable[[Asking, str], Statements[Answer]]
    create: Callable[[Asking, Json], Statements[Answer]]
    update: Callable[[Asking, str, Json], Statements[Answer]]
    delete: Callable[[Asking, str], Statements[Answer]]
