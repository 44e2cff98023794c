"""Every address of the console, filled in for a workspace: what is held of all pages is held of new ones too.

A route that is not in `VISITS` fails `test_every_route_is_visited`: it gets a line here, which says where it can be asked for.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route
from starlette.testclient import TestClient

from icosa.surfaces.console.assets import address
from icosa.surfaces.console.served import Served
from tests.console.whole import hostile

PARTIAL: Final = {"HX-Request": "true", "HX-Request-Type": "partial"}
NOBODY: Final = "20202020-0000-4000-8000-000000000000"
ODD: Final = quote(hostile.TEXT[:150], safe="")
"""What stands in a path that leads to nothing."""


@dataclass
class World:
    """A console over a workspace.  `browser` is its owner's, `reader` that of a key that only reads; `records` are ids by the plural of
    their object; `url` is the address of the database, and `folders` are where the user's own files lie.  `made` is what there is
    to be seen beside records, by what it is: the path of a plan, of a chain, of a run of it, of an import; the ids of a run and of a key.
    """

    app: Starlette
    site: Served
    browser: TestClient
    reader: TestClient
    records: Mapping[str, Sequence[str]]
    url: str
    folders: Sequence[Path]
    made: dict[str, str] = field(default_factory=dict)

    def filled(self, route: str) -> str:
        """An address of a route that leads to something."""
        if route in VISITS:
            return next(iter(VISITS[route](self))).partition("?")[0]
        beside = next((each for each in sorted(VISITS, reverse=True) if "{" in each and route.startswith(f"{each}/")), "")
        here = route if not beside else self.filled(beside) + route.removeprefix(beside)
        return re.sub(r"\{\w+\}", "tasks", here.replace("{objects}", "companies"))


Addresses = Callable[[World], Iterable[str]]


def _at(pattern: str, *queries: str) -> Addresses:
    """The addresses of a pattern: for each object that is visited, and two of its records where one is in it; with each query."""

    def addresses(world: World) -> Iterator[str]:
        for of in hostile.OBJECTS if "{objects}" in pattern else ("",):
            for id_ in world.records[of][:2] if "{id}" in pattern else ("",):
                yield from (f"{pattern}{query}".replace("{objects}", of).replace("{id}", id_) for query in (queries or ("",)))

    return addresses


def _made(what: str, pattern: str = "", *queries: str) -> Addresses:
    """The same where the path holds something that was made."""
    return lambda world: [f"{pattern.replace('{}', world.made[what]) or world.made[what]}{query}" for query in (queries or ("",))]


def _asking(**said: str) -> str:
    return f"?{urlencode(said)}"


_FILTER: Final = _asking(filter=f'name[ilike]:"%{hostile.ELEMENT}%"', limit="5", order_by="createdAt")
_BAD: Final = _asking(filter=hostile.TEXT, order_by=hostile.TEXT, columns=hostile.TEXT, after=hostile.TEXT)
_TEXT: Final = _asking(q=hostile.TEXT[:190])
_CELL: Final = "/browse/{objects}/{id}/cell/"


def _each_field(world: World) -> Iterator[str]:
    """The editors of some fields of each kind."""
    for name in ("name", "domainName", "employees", "address", "annualRecurringRevenue", "idealCustomerProfile"):
        yield from (f"/browse/companies/{each}/PLACE/{name}" for each in world.records["companies"][:2])
    for of, name in (("people", "emails"), ("people", "phones"), ("notes", "bodyV2"), ("tasks", "dueAt"), ("opportunities", "stage")):
        yield from (f"/browse/{of}/{each}/PLACE/{name}" for each in world.records[of][:2])


def _in(place: str, end: str = "") -> Addresses:
    return lambda world: [each.replace("PLACE", place) + end for each in _each_field(world)]


def _selected(world: World) -> str:
    return "&".join(f"id={each}" for each in world.records["companies"][:3])


VISITS: Final[dict[str, Addresses]] = {
    "/": _at("/"),
    "/board/{objects}": lambda _: [
        "/board/opportunities", "/board/tasks?by=status", f"/board/companies?by={ODD}", f"/board/opportunities{_FILTER}",
    ],
    "/browse": _at("/browse"),
    "/browse/{objects}": _at("/browse/{objects}", "?limit=10", "", _FILTER, _BAD, "?limit=60&columns=name,createdBy,updatedAt"),
    "/browse/{objects}/change": lambda world: [f"/browse/companies/change?{_selected(world)}", f"/browse/companies/change{_BAD}"],
    "/browse/{objects}/columns": _at("/browse/{objects}/columns"),
    "/browse/{objects}/condition": _at("/browse/{objects}/condition", "", "?column=name", f"?column={ODD}"),
    "/browse/{objects}/export": _at("/browse/{objects}/export", "?format=csv"),
    "/browse/{objects}/merge": lambda world: [f"/browse/companies/merge?{_selected(world)}", f"/browse/companies/merge{_BAD}"],
    "/browse/{objects}/plan/{plan}": _made("plan"),
    "/browse/{objects}/use": _at("/browse/{objects}/use", "?column=name", f"?column={ODD}&value={ODD}"),
    "/browse/{objects}/{id}": _at("/browse/{objects}/{id}", "", _FILTER),
    "/browse/{objects}/{id}/cell/{name}": _in("cell"),
    "/browse/{objects}/{id}/delete": _at("/browse/{objects}/{id}/delete"),
    "/browse/{objects}/{id}/duplicates": _at("/browse/{objects}/{id}/duplicates"),
    "/browse/{objects}/{id}/facts/{name}": _in("facts"),
    "/browse/{objects}/{id}/facts/{name}/edit": _in("facts", "/edit"),
    "/browse/{objects}/{id}/next": _at("/browse/{objects}/{id}/next", "", _FILTER, _BAD, f"?order_by={ODD}"),
    "/browse/{objects}/{id}/previous": _at("/browse/{objects}/{id}/previous", "", _FILTER),
    "/chains": _at("/chains"),
    "/chains/new": _at("/chains/new", "", "?items=companies", _asking(items="companies", filter=hostile.TEXT)),
    "/chains/new/actions": _at("/chains/new/actions", "?q=company", _TEXT),
    "/chains/{name}": _made("chain", "", "", "?as=toml"),
    "/chains/{name}/delete": _made("chain", "{}/delete"),
    "/chains/{name}/file": _made("chain", "{}/file"),
    "/chains/{name}/runs/{id}": _made("chain run", "", "", "?poll=1", "?as=json"),
    "/chains/{name}/runs/{id}/items": _made("chain run", "{}/items"),
    "/exports": _at("/exports", "?object=companies", _asking(object="companies", filter=hostile.TEXT), ""),
    "/exports/file": lambda _: [f"/exports/file?object={of}&format={kind}" for of in hostile.OBJECTS[:3] for kind in ("csv", "json")],
    "/imports": _at("/imports"),
    "/imports/{id}": _made("import"),
    "/imports/{id}/apply": _made("applied", "{}/apply"),
    "/imports/{id}/bad": _made("import", "{}/bad"),
    "/imports/{id}/map": _made("import", "{}/map"),
    "/imports/{id}/plan": _made("import", "{}/plan", "", "?kind=create", "?kind=bad"),
    "/imports/{id}/progress": _made("applied", "{}/progress"),
    "/imports/{id}/result": _made("applied", "{}/result"),
    "/find": _at("/find", "?q=a", "", "?q=xq", _TEXT, _asking(q=f"curl {hostile.TEXT}")),
    "/health": _at("/health"),
    "/keys": _at("/keys"),
    "/keys/{id}/revoke": _made("key", "/keys/{}/revoke"),
    "/objects": _at("/objects", "", _TEXT),
    "/objects/new-object": _at("/objects/new-object"),
    "/objects/{object}": lambda _: [f"/objects/{each}" for each in hostile.OBJECTS],
    "/objects/{object}/change": lambda _: ["/objects/companies/change"],
    "/objects/{object}/delete": lambda _: ["/objects/companies/delete"],
    "/objects/{object}/fields/{field}": lambda _: ["/objects/companies/fields/name"],
    "/objects/{object}/fields/{field}/delete": lambda _: ["/objects/companies/fields/name/delete"],
    "/objects/{object}/new-field": lambda _: ["/objects/companies/new-field", f"/objects/companies/new-field?type={ODD}"],
    "/records": _at("/records", *(_asking(object=each, q=hostile.TEXT[:40]) for each in ("companies", "company", "people"))),
    "/run": _at("/run", "?q=company", _TEXT),
    "/run/{resource}": _at("/run/companies"),
    "/run/{resource}/{operation}": lambda world: [
        f"/run/connected-accounts/update-one?id={world.records['connectedAccounts'][0]}", "/run/companies/create-one",
        f"/run/companies/create-one?{urlencode({'name': hostile.TEXT, 'address': hostile.TEXT, 'employees': hostile.TEXT})}",
        "/run/people/find-many?filter=" + ODD, "/run/notes/create-many", "/run/people/find-duplicates", "/run/tasks/delete-one",
    ],
    "/run/{resource}/{operation}/download": lambda _: ["/run/companies/find-many/download?limit=2"],
    "/runs": _at("/runs", "", _TEXT),
    "/runs/{id}": _made("run", "/runs/{}"),
    "/runs/{id}/undo": _made("run", "/runs/{}/undo"),
    "/runs/{id}/undo/progress": _made("run", "/runs/{}/undo/progress"),
    "/search": _at("/search", "?q=a", _TEXT, "?q=xq"),
    "/sign-in": _at("/sign-in", "", "?next=/%3Cb%3E"),
    "/sign-in/{code}": _at(f"/sign-in/{ODD.replace('%2F', '')}"),
    "/static/{digest}/{name}": lambda _: [address("icosa.css"), f"/static/0/{ODD}"],
}  # fmt: skip
"""Where each route that answers a GET can be asked for; what comes first is how it is seen most."""

PARTS: Final = frozenset(
    {
        "/browse/{objects}/condition",
        "/browse/{objects}/export",
        "/browse/{objects}/merge",
        "/browse/{objects}/use",
        "/browse/{objects}/{id}/cell/{name}",
        "/browse/{objects}/{id}/facts/{name}",
        "/browse/{objects}/{id}/next",
        "/browse/{objects}/{id}/previous",
        "/chains/new/actions",
        "/chains/{name}/file",
        "/chains/{name}/runs/{id}/items",
        "/exports/file",
        "/imports/{id}",
        "/imports/{id}/apply",
        "/imports/{id}/bad",
        "/imports/{id}/progress",
        "/records",
        "/run/{resource}/{operation}/download",
        "/runs/{id}/undo/progress",
        "/static/{digest}/{name}",
    }
)
"""Routes that answer with a part of a page, with a file, or by leading to another page."""

WRITES_NOTHING: Final = frozenset(
    {
        "/sign-in", "/sign-in/{code}", "/sign-out", "/run", "/run/{resource}/{operation}/check", "/chains/new/check",
        "/chains/{name}/dry-run", "/chains/{name}/runs/{id}/stop",
    }
)  # fmt: skip
"""Routes that take a POST, and which a visitor who only reads may send one to."""

_FAILING: Final[dict[str, Sequence[str]]] = {
    "/find": ["/find?q=icosa+companies+create-one+--nme+x"],
    "/browse/{objects}": [f"/browse/companies{_asking(filter='name[eq')}"],
    "/board/{objects}": [f"/board/opportunities{_asking(filter='name[eq')}"],
}
"""Where a page can be asked for so that it says what is wrong, other than by what stands in its path."""


def failing(route: str) -> list[str]:
    """Addresses of a route at which something is wrong: nothing is there that its path names, or what is asked cannot be read."""
    return [*([re.sub(r"\{\w+\}", "nothing", route)] if "{" in route else []), *_FAILING.get(route, ())]


def routes(app: Starlette, *methods: str) -> list[str]:
    """The paths that answer one of some methods."""
    found: Sequence[BaseRoute] = app.routes
    return sorted({each.path for each in found if isinstance(each, Route) and set(methods) & (each.methods or set(methods))})
