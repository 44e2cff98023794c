"""Records of the workspace's own objects, keys and webhooks, read whole; each says of which workspace it is."""

import orjson

from icosa.catalogue.model import Object
from icosa.workspace.metadata import identity
from icosa.workspace.metadata.asking import Asking
from icosa.workspace.metadata.kept import Json
from icosa.workspace.store.names import doc_column, quoted
from icosa.workspace.store.statement import Statement, Statements


def every(asking: Asking, of: Object) -> Statements[list[Json]]:
    """All that live, the newest last."""
    rows = yield Statement(f'SELECT {doc_column(of)} FROM {quoted(of.table)} WHERE "deletedAt" IS NULL ORDER BY "createdAt", "id"')
    workspace = yield from identity.workspace()
    return [_read(asking, of, str(row[0]), workspace) for row in rows]


def one(asking: Asking, of: Object, id_: str) -> Statements[Json | None]:
    rows = yield Statement(f'SELECT {doc_column(of)} FROM {quoted(of.table)} WHERE "id" = ? AND "deletedAt" IS NULL', (id_,))
    return _read(asking, of, str(rows[0][0]), (yield from identity.workspace())) if rows else None


def _read(asking: Asking, of: Object, doc: str, workspace: str) -> Json:
    read: Json = orjson.loads(b"".join(asking.secrets.open_records(of, 0, (f"{{{doc}".encode(),))))
    return read | {"workspaceId": workspace}
