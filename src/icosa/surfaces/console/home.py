"""GET /: what is there, what was done last, and where to begin."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from icosa.journal.reading import runs
from icosa.surfaces.console.navigation import navigation
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.runs.own import is_seen
from icosa.surfaces.console.runs.titles import title_of
from icosa.surfaces.console.showing import looking
from icosa.surfaces.console.showing.moments import ago, read_moment
from icosa.wire.actions import OPEN_API_SCHEMA

_RUNS: Final = 8


def home(request: Request) -> Response:
    """The start page."""
    state, visitor = request.app.state, request.state.visitor
    known = navigation(state, visitor)
    with state.site.client(visitor) as crm:
        every = runs(workspace=crm.address)
    now, by_name = looking(request).now, {run.id: run for run in every}
    newest = [run for run in every if is_seen(run, visitor)][:_RUNS]
    listed = [(run, title_of(run, by_name), ago(at, now) if (at := read_moment(run.made_at)) else "") for run in newest]
    records = sum(each.records or 0 for each in known.counted)
    return page(request, "home.html", runs=listed, known=known, records=records, counted=not state.site.remote, schema=OPEN_API_SCHEMA)


ROUTES: list[BaseRoute] = [Route("/", home, name="home")]
