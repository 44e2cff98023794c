"""The id of a workspace, by which tokens and messages of newer versions name it.  It is made when it is first asked for, and
stands beside the fingerprints of the tables; a copy gets one of its own."""

from typing import Final

from icosa.wire.identifiers import new_id
from icosa.workspace.store.statement import Statement, Statements

NAME: Final = "icosa_workspace"


def workspace_id() -> Statements[str]:
    """The id, as a part of a write."""
    yield Statement("INSERT INTO icosa_schema (name, fingerprint) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (NAME, new_id()))
    return (yield from known_workspace_id())


def known_workspace_id() -> Statements[str]:
    """The id, as a part of a read; "" where it was never asked for."""
    rows = yield Statement("SELECT fingerprint FROM icosa_schema WHERE name = ?", (NAME,))
    return str(rows[0][0]) if rows else ""
