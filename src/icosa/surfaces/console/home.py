"""GET /: what is there, what was done last, and where to begin."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from icosa.journal.reading import runs
from icosa.surfaces.console.navigation import navigation
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.showing import looking
from icosa.surfaces.console.showing.moments import ago, read_moment
from icosa.wire.actions import OPEN_API_SCHEMA

_RUNS: Final = 8


def home(request: Request) -> Response:
    """The start page."""
    state, visitor = request.app.state, request.state.visitor
    known = navigation(state, visitor)
    with state.site.client(visitor) as crm:
        written = runs(workspace=crm.address, key_id=visitor.key_id)[:_RUNS]
    now = looking(request).now
    listed = [(run, ago(at, now) if (at := read_moment(run.made_at)) else "") for run in written]
    records = sum(each.records or 0 for each in known.counted)
    return page(request, "home.html", runs=listed, known=known, records=records, counted=not state.site.remote, schema=OPEN_API_SCHEMA)


ROUTES: list[BaseRoute] = [Route("/", home, name="home")]
