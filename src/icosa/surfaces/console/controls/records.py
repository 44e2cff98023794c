"""GET /records?object=people&for=companyId&q=…: records by their names, for the boxes that pick one.

What was typed comes as `q`, or under the box's own name, which ends with "?".
"""

from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

import icosa
from icosa.call.searching import search, searched_paths
from icosa.catalogue.model import Object
from icosa.errors import IcosaError
from icosa.surfaces.console.rendering import fragment
from icosa.surfaces.console.showing import called
from icosa.wire.actions import find_object

_FOUND: Final = 20
_LONGEST: Final = 200


class FoundRecord(NamedTuple):
    id: str
    name: str
    more: str


def records(request: Request) -> Response:
    """The records that are found, as options of the box.  Nothing, where nothing was typed."""
    query = request.query_params
    box = next((name for name in query if name.endswith("?")), "?")
    words = (query.get("q") or query.get(box, "")).strip()[:_LONGEST]
    with request.app.state.site.client(request.state.visitor) as crm:
        of = find_object(crm.catalogue, query.get("object", ""))
        found = _found(crm, of, words) if words else []
    return fragment(request, "parts/found_records.html", id=query.get("for") or box[:-1], found=found, words=words)


def _found(crm: icosa.Client, of: Object, words: str) -> list[FoundRecord]:
    if not searched_paths(of):
        return []
    try:
        page = crm[of.plural].find_many(filter=str(search(of, words)), limit=_FOUND, depth=0)
    except IcosaError:  # the name can be typed in full all the same, and is looked up when the form is sent
        return []
    return [FoundRecord(each["id"], called(of, each), each["id"][:8]) for each in page]


ROUTES: list[BaseRoute] = [Route("/records", records)]
