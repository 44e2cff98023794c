"""The console as one application: the pages of all its rooms behind one guard."""

from inspect import signature
from typing import Any, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute

from icosa.surfaces.console.assets import ROUTES as ASSETS
from icosa.surfaces.console.board.pages import ROUTES as BOARD
from icosa.surfaces.console.browse import ROUTES as BROWSE
from icosa.surfaces.console.chains.pages import ROUTES as CHAINS
from icosa.surfaces.console.controls.records import ROUTES as RECORDS
from icosa.surfaces.console.exports.pages import ROUTES as EXPORTS
from icosa.surfaces.console.guard import Guard, SafeHeaders
from icosa.surfaces.console.health.pages import ROUTES as HEALTH
from icosa.surfaces.console.home import ROUTES as HOME
from icosa.surfaces.console.imports.pages import ROUTES as IMPORTS
from icosa.surfaces.console.keys.pages import ROUTES as KEYS
from icosa.surfaces.console.longest_body import LongestBody
from icosa.surfaces.console.objects.pages import ROUTES as OBJECTS
from icosa.surfaces.console.packing import LONGEST, SHORTEST
from icosa.surfaces.console.palette import ROUTES as PALETTE
from icosa.surfaces.console.problems import HANDLERS, Problems
from icosa.surfaces.console.record.pages import ROUTES as RECORD
from icosa.surfaces.console.remembered import Remembered
from icosa.surfaces.console.run.routes import ROUTES as RUN
from icosa.surfaces.console.runs.pages import ROUTES as RUNS
from icosa.surfaces.console.searching import ROUTES as SEARCHING
from icosa.surfaces.console.signing_in.pages import ROUTES as SIGNING_IN
from icosa.surfaces.console.site import Site

ROOMS: list[list[BaseRoute]] = [
    BROWSE,  # before all others, for paths are tried one after the other, and before records, whose paths are wider
    ASSETS,
    SIGNING_IN,
    HOME,
    PALETTE,
    SEARCHING,
    RUN,
    RECORDS,
    CHAINS,
    RECORD,
    BOARD,
    IMPORTS,
    EXPORTS,
    RUNS,
    KEYS,
    HEALTH,
    OBJECTS,
]
"""The pages, room by room: each has a list ROUTES, and a line here."""

FORM_BYTES = 1024 * 1024
"""How long what a form sends may be; a route that takes more has a `LongestBody` of its own among its middleware."""

_PACKING: Final[dict[str, Any]] = {"minimum_size": SHORTEST, "compresslevel": 3}
if "thread_minimum_size" in signature(GZipMiddleware).parameters:
    _PACKING["thread_minimum_size"] = LONGEST  # Starlette before 1.4 packs all where it is made


def console(site: Site) -> Starlette:
    """The pages of a site.  Pages find it in `request.app.state.site`, and who asks in `request.state.visitor`."""
    app = Starlette(
        routes=[route for room in ROOMS for route in room],
        middleware=[
            Middleware(Remembered, site=site),
            Middleware(GZipMiddleware, **_PACKING),
            Middleware(SafeHeaders),
            Middleware(Problems),
            Middleware(Guard, site=site),
            Middleware(LongestBody, size=FORM_BYTES),
        ],
        exception_handlers=HANDLERS,
    )
    app.state.site = site
    return app
