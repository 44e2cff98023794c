"""The pages of runs."""

from starlette.routing import BaseRoute, Route

from icosa.surfaces.console.runs.listing import listing
from icosa.surfaces.console.runs.planning import plan, progress
from icosa.surfaces.console.runs.show import show
from icosa.surfaces.console.runs.undoing import undo
from icosa.surfaces.console.submitted import FormRoute

ROUTES: list[BaseRoute] = [
    Route("/runs", listing),
    Route("/runs/{id}", show),
    Route("/runs/{id}/undo", plan, methods=["GET"]),
    FormRoute("/runs/{id}/undo", undo),
    Route("/runs/{id}/undo/progress", progress),
]
