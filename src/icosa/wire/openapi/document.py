"""The OpenAPI document of a workspace: what it serves, said of itself.

It has the paths, operation ids, schema names, properties, options and required lists of the document of
Twenty 1.0.3, so that generated clients keep working.  Types in answers are those that are really sent,
which 1.0.3's are not: what can be null says so, amounts are decimal texts, cursors are plain texts.
Answers may hold more than is listed; whatever is not in 1.0.3's lists is described in words.
"""

from functools import lru_cache
from hashlib import sha256

import orjson

from icosa.catalogue.model import Catalogue
from icosa.wire.actions import Operation, method_of
from icosa.wire.actions.operation import restoring_template
from icosa.wire.openapi.components import SECURITY_SCHEMES, parameters, responses
from icosa.wire.openapi.paths import but_parts, open_api_path, paths
from icosa.wire.openapi.schemas import Schema, schemas
from icosa.wire.openapi.webhooks import webhooks
from icosa.wire.version import TWENTY_1_0_3, Spelling, Version


def _info(version: Version) -> Schema:
    restore = restoring_template(version.restores[0], None, version.prefix)
    return {
        "title": "Icosa",
        "version": version.name,
        "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        "description": _DESCRIPTION.replace("RESTORE", f"{method_of(Operation.RESTORE)} {restore}")
        .replace("DELETION", _deletion(version))
        .replace("PARTS", but_parts(version)),
    }


_DESCRIPTION = (
    "A CRM workspace: companies, people, deals, tasks, messages and all else it keeps, each kind of record with the same seven "
    "operations. It answers the REST API of Twenty, whose version stands above.\n\n"
    "**Values.** Beside the properties listed, a body may set `id`, `createdAt` and `updatedAt`. An empty text for "
    "a date, an id, a number or an option counts as not sent; null clearsPARTS. Parts of a composite property that are not sent stay "
    "as they are.\n\n"
    "**Deletion.** A deleted record is gone from every answer but is kept: `filter=deletedAt[is]:NOT_NULL` lists what was deleted and "
    "`RESTORE` brings a record back. DELETION\n\n"
    "**Errors.** The body says what was wrong, where, and how to mend it; the header `Icosa-Error` carries a code for programs."
)


def _deletion(version: Version) -> str:
    if version.keeps:
        return f"That is so where `DELETE` has `{version.keeps}=true`; else it destroys the record and what hangs on it."
    return f"`DELETE` with `{version.destroys}=true` destroys it and what hangs on it."


def document(catalogue: Catalogue, address: str = "", version: Version = TWENTY_1_0_3) -> Schema:
    """The document of a catalogue in a version, as JSON values.  `address` is where the workspace is reached; where it is
    not known, it is where the document is from."""
    return {
        "openapi": "3.1.1",
        "info": _info(version),
        "servers": _servers(address, version),
        "security": [{"bearerAuth": []}],
        "tags": [_GENERAL, *({"name": each.plural, "description": each.description} for each in catalogue)],
        "paths": paths(catalogue, version),
        "webhooks": webhooks(catalogue),
        "components": {
            "securitySchemes": SECURITY_SCHEMES,
            "schemas": schemas(catalogue),
            "parameters": parameters(version),
            "responses": responses(version),
        },
        "x-icosa": _beyond(version),
    }


def _beyond(version: Version) -> Schema:
    """What Icosa adds to the API, where that is, if it is not where Twenty has it, how it asks for records, if not as
    Icosa does, and the generation of its objects' types, if it is a later one."""
    restore = {
        "method": method_of(Operation.RESTORE),
        "path": restoring_template(version.restores[0], None, version.prefix),
        "answer": '{"data": {"restore<Object>": {...}}}, with the record as it is read',
        "description": f"Brings a deleted record back. It is listed here because the paths are those of Twenty {version.name}.",
    }
    elsewhere = {} if version.prefix == TWENTY_1_0_3.prefix else {"prefix": version.prefix}
    otherwise = {} if version.spelling is Spelling.ESCAPED else {"spelling": version.spelling}
    later = {} if version.generation == TWENTY_1_0_3.generation else {"generation": version.generation}
    return {"restore": restore, **elsewhere, **otherwise, **later}


def base_document(address: str = "", version: Version = TWENTY_1_0_3) -> Schema:
    """What a caller without a key sees: where the document is, and that a key opens the rest of it."""
    return {
        "openapi": "3.1.1",
        "info": _info(version),
        "servers": _servers(address, version),
        "tags": [_GENERAL],
        "paths": open_api_path(),
        "components": {"securitySchemes": SECURITY_SCHEMES, "responses": responses(version)},
    }


@lru_cache(maxsize=16)
def document_bytes(catalogue: Catalogue, address: str = "", version: Version = TWENTY_1_0_3) -> bytes:
    """The document as JSON text, made once for a catalogue, and put together anew for an address."""
    before, after = _around_address(catalogue, version)
    return b"".join((before, orjson.dumps(address)[1:-1], after))


@lru_cache(maxsize=16)
def document_etag(catalogue: Catalogue, address: str = "", version: Version = TWENTY_1_0_3) -> str:
    """What tells this document from any other, as the header ETag has it."""
    return f'"{sha256(document_bytes(catalogue, address, version)).hexdigest()[:32]}"'


def base_document_bytes(address: str = "", version: Version = TWENTY_1_0_3) -> bytes:
    """The document for callers without a key, as JSON text."""
    return orjson.dumps(base_document(address, version))


@lru_cache(maxsize=16)
def _around_address(catalogue: Catalogue, version: Version) -> tuple[bytes, bytes]:
    """The document's text before and after the address, which stands in it once, near its beginning."""
    before, _, after = orjson.dumps(document(catalogue, _ADDRESS, version)).partition(_ADDRESS.encode())
    return before, after


_ADDRESS = "https://address.invalid"
_GENERAL = {"name": "General", "description": "The workspace as a whole."}


def _servers(address: str, version: Version) -> list[Schema]:
    """Where paths begin.  Tools that are set up for Twenty have the address with the prefix behind it."""
    return [{"url": f"{address}{version.root}", "description": "This workspace"}]
