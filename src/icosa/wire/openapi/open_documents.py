"""The documents that nobody needs a key for."""

from icosa.wire.message import Request
from icosa.wire.openapi.document import base_document_bytes
from icosa.wire.openapi.metadata import metadata_document_bytes
from icosa.wire.version import METADATA_DOCUMENT, OPEN_DOCUMENT, Version


def open_document(request: Request, address: str, version: Version, *, trusted: bool) -> bytes | None:
    """The document that a request is for, as JSON text; None where it is for none that everybody gets, as who is `trusted` or
    has a key gets the workspace's own instead of its base.  `address` is that of the workspace, "" for where it was asked."""
    address = address or request.asked_at
    if request.path == OPEN_DOCUMENT and not trusted and not request.token:
        return base_document_bytes(address, version)
    if request.path == METADATA_DOCUMENT and request.method == "GET":
        return metadata_document_bytes(address, version)
    return None
