"""A new workflow begins with a version that is a draft, and its statuses are those of its versions."""

from collections.abc import Sequence

from icosa.catalogue.columns import column_by_name
from icosa.catalogue.model import Object
from icosa.workspace.store.statement import Statements
from icosa.workspace.store.system import by_system
from icosa.workspace.store.write import Writing
from icosa.workspace.store.writes import change, insert

WORKFLOW, _VERSION = "workflow", "workflowVersion"
_FIRST, _DRAFT = "v1", "DRAFT"
_NEEDED = {"name", "status", "workflowId"}


def begun(writing: Writing, of: Object, ids: Sequence[str]) -> Statements[None]:
    """Workflows were created."""
    versions = writing.catalogue.by_singular.get(_VERSION)
    if versions is None or not ids or not column_by_name(versions).keys() >= _NEEDED or "statuses" not in column_by_name(of):
        return
    drafts = [{"name": {"": _FIRST}, "status": {"": _DRAFT}, "workflowId": {"": id_}} for id_ in ids]
    yield from insert(by_system(writing), versions, drafts, linked=True)
    for id_ in ids:
        yield from change(writing, of, id_, {"statuses": {"": [_DRAFT]}})
