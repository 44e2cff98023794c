"""A new dashboard has a page layout: one that names none gets the id of a new one, and so does one that an upsert finds."""

from icosa.wire.identifiers import new_id
from icosa.workspace.store.write_plan import Create, Write

DASHBOARD, _LAYOUT = "dashboard", "pageLayoutId"


def with_layouts(plan: Write) -> Write:
    """The creation of dashboards with a layout for each; any other write as it is."""
    if not isinstance(plan, Create) or plan.of.singular != DASHBOARD or _LAYOUT not in plan.of.field_by_name:
        return plan
    return plan._replace(records=tuple({_LAYOUT: {"": new_id()}, **each} for each in plan.records))
