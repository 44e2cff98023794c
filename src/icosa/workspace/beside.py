"""What is asked of a workspace beside its records: documents, metadata, and what agents ask.

Most requests are for records, and a short command or the start of a server does nothing else: this is loaded by the first
request that is for anything of it.
"""

from icosa.wire.message import Answer, Request
from icosa.wire.openapi.document import document_bytes, document_etag
from icosa.wire.openapi.open_documents import open_document
from icosa.wire.version import Version
from icosa.workspace.access.keys import Principal
from icosa.workspace.agents import answering as agents
from icosa.workspace.agents.answering import Agent, unknown_caller
from icosa.workspace.footing import Footing
from icosa.workspace.metadata.answering import carry_out, carry_out_soon, look, plan
from icosa.workspace.metadata.asked import MetadataRead, MetadataReshape, MetadataWrite
from icosa.workspace.metadata.asking import Asking
from icosa.workspace.metadata.views import check_view

__all__ = ["Agent", "answer_agent", "carry_out", "carry_out_soon", "check_view", "document", "look", "open_document", "unknown_caller"]

answer_agent = agents.answer


def document(footing: Footing, address: str, version: Version) -> Answer:
    """The OpenAPI document of a workspace that is reached at an address."""
    return Answer(200, document_bytes(footing.catalogue, address, version), (("ETag", document_etag(footing.catalogue, address, version)),))


def metadata(
    request: Request, principal: Principal, footing: Footing, version: Version, now: str, address: str
) -> Answer | MetadataRead | MetadataReshape | MetadataWrite:
    """What a request asks of metadata, or the answer where no database is needed for it."""
    return plan(Asking(request, principal, footing.catalogue, footing.reads, footing.secrets, version, now, address))
