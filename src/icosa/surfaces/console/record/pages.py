"""The addresses of a record's page and of all that is done there."""

from starlette.routing import BaseRoute, Route

from icosa.surfaces.console.record import attaching, duplicates, editing, removing, showing_page

_AT = "/browse/{objects}/{id}"

ROUTES: list[BaseRoute] = [
    Route(_AT, showing_page.show),
    Route(f"{_AT}/facts/{{name}}", editing.show, methods=["GET"]),
    Route(f"{_AT}/facts/{{name}}", editing.save, methods=["POST"]),
    Route(f"{_AT}/facts/{{name}}/edit", editing.edit),
    Route(f"{_AT}/attached/{{kind}}", attaching.add, methods=["POST"]),
    Route(f"{_AT}/done/{{kind}}/{{other}}", attaching.finish, methods=["POST"]),
    Route(f"{_AT}/duplicates", duplicates.show),
    Route(f"{_AT}/delete", removing.ask, methods=["GET"]),
    Route(f"{_AT}/delete", removing.delete, methods=["POST"]),
    Route(f"{_AT}/restore", removing.restore, methods=["POST"]),
]
