"""What is kept of metadata beside the catalogue: JSON objects by their kind and id, in icosa_metadata.

Of an object or a field it is what no table depends on: its id, icon and moments, whether it is hidden, how its options are
called.  Views and webhooks are kept whole.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from icosa.workspace.store.statement import Statement, Statements

Json = dict[str, Any]

OBJECT, FIELD, VIEW, WEBHOOK = "object", "field", "view", "webhook"

_KEEP = "INSERT INTO icosa_metadata (kind, id, notes) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET notes = excluded.notes"


def read(kind: str) -> Statements[dict[str, Json]]:
    """All that is kept of a kind, by id."""
    rows = yield Statement("SELECT id, notes FROM icosa_metadata WHERE kind = ? ORDER BY id", (kind,))
    return {str(id_): orjson.loads(notes) for id_, notes in rows}


def keep(kind: str, id_: str, notes: Json) -> Statement:
    return Statement(_KEEP, (kind, id_, orjson.dumps(notes).decode()))


def forget(kind: str, ids: Sequence[str]) -> Statement:
    return Statement("DELETE FROM icosa_metadata WHERE kind = ? AND id = ?", [(kind, id_) for id_ in ids], many=True)
