"""What an Icosa server offers, told by the version that it speaks."""

from functools import lru_cache

import orjson

from icosa.catalogue.model import Catalogue
from icosa.wire.actions.operation import ON_SEVERAL
from icosa.wire.openapi.reading.offers import Offers, offers_beside
from icosa.wire.version import Version


def offers_of(version: Version, catalogue: Catalogue | None = None) -> Offers:
    """What an Icosa server offers that speaks a version, on the objects of a catalogue: of operations beside the seven
    nothing is known without it."""
    if catalogue is not None and any(each in version.operations for each in ON_SEVERAL):
        return _as_described(version, catalogue)
    return offers_beside(version)


@lru_cache(maxsize=8)
def _as_described(version: Version, catalogue: Catalogue) -> Offers:
    """What a document offers that is not sent to anybody."""
    # Here, with the next two: 1.0.3 has no such operations, and most commands need no document.
    from icosa.wire.openapi.document import document_bytes
    from icosa.wire.openapi.reading.offered import read_offers
    from icosa.wire.openapi.reading.parts import ServerDocument

    return read_offers(ServerDocument(orjson.loads(document_bytes(catalogue, version=version))), catalogue, ())
