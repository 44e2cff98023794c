"""The addresses of a record's page and of all that is done there."""

from starlette.routing import BaseRoute, Route

from icosa.surfaces.console.record import attaching, duplicates, editing, neighbours, removing, showing_page
from icosa.surfaces.console.submitted import FormRoute

_AT = "/browse/{objects}/{id}"

ROUTES: list[BaseRoute] = [
    Route(_AT, showing_page.show),
    Route(f"{_AT}/facts/{{name}}", editing.show, methods=["GET"]),
    FormRoute(f"{_AT}/facts/{{name}}", editing.save),
    Route(f"{_AT}/facts/{{name}}/edit", editing.edit),
    FormRoute(f"{_AT}/attached/{{kind}}", attaching.add),
    FormRoute(f"{_AT}/done/{{kind}}/{{other}}", attaching.finish),
    Route(f"{_AT}/next", neighbours.after),
    Route(f"{_AT}/previous", neighbours.before),
    Route(f"{_AT}/duplicates", duplicates.show),
    Route(f"{_AT}/delete", removing.ask, methods=["GET"]),
    FormRoute(f"{_AT}/delete", removing.delete),
    FormRoute(f"{_AT}/restore", removing.restore),
]
