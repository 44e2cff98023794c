"""Records like one record."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from icosa.call.request import build
from icosa.catalogue.model import Object
from icosa.surfaces.console.browse.together import merging
from icosa.surfaces.console.record.subject import subject
from icosa.surfaces.console.rendering import fragment, is_partial, page
from icosa.surfaces.console.showing import columns_of, rows_of
from icosa.wire.actions import Operation

_COLUMNS = 6


def show(request: Request) -> Response:
    """GET …/duplicates: as a panel of the record's page, or a page."""
    with subject(request) as about:
        action = about.action(Operation.FIND_DUPLICATES)
        found = about.crm[about.of.plural].find_duplicates(ids=[about.id], depth=1)
        others = [record for each in found for record in each if record["id"] != about.id]
        names = _telling(about.of)
        data: dict[str, Any] = {
            "about": about, "columns": columns_of(about.of, names), "total": max((each.total_count for each in found), default=0),
            "rows": rows_of(about.catalogue, about.of, others, names, about.look),
            "asked": build(about.catalogue, action, {"ids": [about.id]}),
            "merge": merging(about.crm, about.of, [about.id, *(each["id"] for each in others)]) if about.may_write else "",
            "knows": bool(about.of.duplicate_criteria) or request.app.state.site.remote,
        }  # fmt: skip
        if is_partial(request):
            return fragment(request, "record/duplicates.html", **data)
        return page(request, "record/duplicates_page.html", **data)


def _telling(of: Object) -> list[str]:
    """What tells two records apart: the name, then how one is reached, then the rest in the order of its form."""
    there = [each for each in of.fields if each.name != of.label_identifier]
    shown = [each for each in there if each.type.about.look.worth in ("reach", "sought", "key", "plain")]
    ranked = sorted(shown, key=lambda each: each.type.about.look.worth != "reach")
    return [of.label_identifier, *(each.name for each in ranked[: _COLUMNS - 2]), "createdAt"]
