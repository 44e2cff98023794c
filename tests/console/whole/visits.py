"""Every address of the console, filled in for a workspace whose texts try everything: what is held of all pages is held of new ones too.

A route that is not in `VISITS` fails `test_every_route_is_visited`: it gets a line here, which says where it can be asked for.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass
class World:
    """A console over such a workspace.  `browser` is its owner's, `reader` that of a key that only reads."""

    app: Starlette
    site: Served
    browser: TestClient
    reader: TestClient
    records: Mapping[str, Sequence[str]]
    """Ids by the plural of their object."""
    url: str
    """The address of the database."""
    folders: Sequence[Path]
    """Where the user's own files are."""
    ids: Mapping[str, str]
    """What else stands in paths: by the beginning of the path, such as "/runs"."""

    def filled(self, route: str) -> str:
        """An address of a route that leads to something."""
        if route in VISITS:
            return next(iter(VISITS[route](self))).partition("?")[0]
        first = f"/{route.split('/')[1]}"
        said = {"objects": "companies", "id": self.ids.get(first, self.records["companies"][0])}
        return re.sub(r"\{(\w+)\}", lambda found: said.get(found[1], self.ids.get(first, "x")), route)


Addresses = Callable[[World], Iterable[str]]


def _of_each(pattern: str) -> Addresses:
    """An address for each of the objects that are visited, and for two of its records where the pattern has an id."""

    def addresses(world: World) -> Iterator[str]:
        for of in hostile.OBJECTS:
            ids = world.records[of][:2] if "{id}" in pattern else [""]
            yield from (pattern.replace("{objects}", of).replace("{id}", each) for each in ids)

    return addresses


def _asking(path: str, **said: str) -> Addresses:
    return lambda _: [path, f"{path}?{urlencode(said)}"]


VISITS: Final[dict[str, Addresses]] = {
    "/": _asking("/"),
    "/find": lambda _: [f"/find?{urlencode({'q': each})}" for each in ("a", "", "xq", hostile.TEXT[:190], f"curl {hostile.TEXT}")],
    "/sign-in": _asking("/sign-in", next="/<b>"),
    "/sign-in/{code}": lambda _: [f"/sign-in/{quote(hostile.TEXT, safe='')[:200]}"],
    "/static/{digest}/{name}": lambda _: [address("icosa.css"), f"/static/0/{quote(hostile.TEXT, safe='')}"],
}
"""Where each route that answers a GET can be asked for."""

WRITES_NOTHING: Final = frozenset({"/sign-in", "/sign-in/{code}", "/sign-out"})
"""Routes that take a POST, and which a visitor who only reads may send one to."""


PARTS: Final = frozenset({"/static/{digest}/{name}"})
"""Routes that answer with a part of a page, or with a file."""

_FAILING: Final[dict[str, Sequence[str]]] = {"/find": ["/find?q=icosa+companies+create-one+--nme+x"]}
"""Where a page can be asked for so that it says what is wrong, other than by what stands in its path."""


def failing(route: str) -> list[str]:
    """Addresses of a route at which something is wrong: nothing is there that its path names, or what is asked cannot be read."""
    return [*([re.sub(r"\{\w+\}", "nothing", route)] if "{" in route else []), *_FAILING.get(route, ())]


def routes(app: Starlette, *methods: str) -> list[str]:
    """The paths that answer one of some methods."""
    found: Sequence[BaseRoute] = app.routes
    return sorted({each.path for each in found if isinstance(each, Route) and set(methods) & (each.methods or set(methods))})
