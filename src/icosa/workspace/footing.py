"""What a workspace answers from for as long as its objects are the same.

Objects are made and changed while requests are answered.  A request is planned, run and answered on one footing; the
edition that its key was read with says whether that is still the latest one, and a write looks again at its end.
"""

from typing import NamedTuple

from icosa.catalogue.model import Catalogue, Object
from icosa.wire.rest.routes import Router
from icosa.wire.version import Version
from icosa.workspace.access.sealing import Sealing
from icosa.workspace.access.secrets import Secrets
from icosa.workspace.store.keys import key_object
from icosa.workspace.store.reads import PreparedPage, Reads
from icosa.workspace.store.stored_catalogue import Holding

TRIES = 4
"""How often a request is planned anew because the objects were changed under it."""


class Footing(NamedTuple):
    """All that is made of one catalogue.  `keys` is the object whose records are the API keys; `pages` are plans that are
    kept by their query."""

    edition: str
    catalogue: Catalogue
    reads: Reads
    router: Router
    secrets: Secrets
    keys: Object
    pages: dict[tuple[str, str], PreparedPage]


def footing_on(holding: Holding, version: Version, sealing: Sealing) -> Footing:
    catalogue = holding.catalogue
    return Footing(
        holding.edition, catalogue, holding.reads, Router(catalogue, version), Secrets(catalogue, sealing), key_object(catalogue), {}
    )
