"""Objects as tables: looked through, filtered, edited cell by cell, and changed many at a time."""

from typing import Final

from starlette.routing import BaseRoute, Route

from icosa.surfaces.console.browse.cells import cell, save
from icosa.surfaces.console.browse.changing import change, export, plan_change, plan_delete, use
from icosa.surfaces.console.browse.choosing import columns, condition
from icosa.surfaces.console.browse.plan_pages import apply_plan, show_plan
from icosa.surfaces.console.browse.tables import objects, table
from icosa.surfaces.console.browse.together import merge, restore
from icosa.surfaces.console.submitted import FormRoute

ROUTES: Final[list[BaseRoute]] = [
    Route("/browse/{objects}", table),
    Route("/browse", objects),
    Route("/browse/{objects}/columns", columns),
    Route("/browse/{objects}/condition", condition),
    Route("/browse/{objects}/change", change),
    FormRoute("/browse/{objects}/change", plan_change),
    FormRoute("/browse/{objects}/delete", plan_delete),
    Route("/browse/{objects}/export", export),
    Route("/browse/{objects}/use", use),
    Route("/browse/{objects}/merge", merge),
    FormRoute("/browse/{objects}/restore", restore),
    Route("/browse/{objects}/plan/{plan}", show_plan),
    FormRoute("/browse/{objects}/plan/{plan}", apply_plan),
    Route("/browse/{objects}/{id}/cell/{name}", cell),
    FormRoute("/browse/{objects}/{id}/cell/{name}", save, methods=["PUT"]),
]
