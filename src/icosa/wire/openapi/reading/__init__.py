"""From a workspace's OpenAPI document to its catalogue, and to what its server can do.

The document may be that of Twenty 1.0.3, of a newer Twenty, or our own.  Standard objects and fields keep their
definition in `icosa.catalogue.standard` where the document has them with the same type, so that what a document cannot
say (secrets, defaults, unique values, what makes duplicates) is not lost; the document of an untouched workspace of
1.0.3 gives exactly the standard catalogue.  What a document has and nobody knows is read as raw JSON, with a remark.
"""

from typing import Any

from icosa.catalogue.model import Catalogue
from icosa.errors import UnreadableAnswer
from icosa.wire.openapi.reading.more import more_actions
from icosa.wire.openapi.reading.of_version import offers_of
from icosa.wire.openapi.reading.offers import ICOSA, UNASKED, More, Offers

__all__ = ["ICOSA", "UNASKED", "More", "Offers", "more_actions", "offers_of", "read_document"]


def read_document(document: Any) -> tuple[Catalogue, Offers]:
    """The catalogue and the offers of a document, which is given as JSON values.

    Raises UnreadableAnswer for what is no OpenAPI document of a workspace, for one that lists no objects (what
    a server shows to who has no key), and for one that contradicts itself.
    """
    # Here, with the next two: what asks no server reads no document.
    from icosa.wire.openapi.reading.objects import read_objects
    from icosa.wire.openapi.reading.offered import read_offers
    from icosa.wire.openapi.reading.parts import ServerDocument, table

    if not isinstance(document, dict) or "openapi" not in document or not table(document.get("paths")):
        raise UnreadableAnswer("this is no OpenAPI document: it has no paths. A Twenty or Icosa workspace has one at /open-api/core")
    source = ServerDocument(document)
    catalogue, remarks = read_objects(source)
    if not catalogue.objects:
        raise UnreadableAnswer(
            "this OpenAPI document lists no objects, so it is not a workspace's own, or was read without a key that the workspace accepts"
        )
    return catalogue, read_offers(source, catalogue, remarks)
