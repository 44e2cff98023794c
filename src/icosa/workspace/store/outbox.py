"""The outbox: what happened, written in the transaction in which it happened.

One row a write and object.  `records` is a JSON list of {"before": …, "after": …}, each the depth-0
JSON of a record as its row holds it, so that what is sealed there is sealed here.
"""

from collections.abc import Sequence

import orjson

from icosa.catalogue.model import Object
from icosa.workspace.store.statement import Statement
from icosa.workspace.store.write import Writing


def event(
    writing: Writing, of: Object, action: str, docs: Sequence[tuple[str | None, str | None]], updated_fields: Sequence[str] | None = None
) -> Statement:
    """Records that `action` happened; `docs` are (before, after) without the opening brace."""
    records = ",".join(f'{{"before":{_record(before)},"after":{_record(after)}}}' for before, after in docs)
    fields = None if updated_fields is None else orjson.dumps(list(updated_fields)).decode()
    return Statement(
        "INSERT INTO icosa_outbox (at, object, action, actor, updated_fields, records) VALUES (?, ?, ?, ?, ?, ?)",
        (writing.now, of.singular, action, orjson.dumps(writing.actor).decode(), fields, f"[{records}]"),
    )


def _record(doc: str | None) -> str:
    return "null" if doc is None else "{" + doc
