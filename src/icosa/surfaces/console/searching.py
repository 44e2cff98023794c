"""GET /search?q=…: the records of all objects in which each word is found, object by object."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

import icosa
from icosa.call.searching import search, searched_paths
from icosa.catalogue.model import Object
from icosa.errors import IcosaError
from icosa.surfaces.console.navigation import Counted, navigation
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.showing import Looking, Shown, link, looking, telling
from icosa.wire.actions import Operation
from icosa.wire.actions.operation import template_of

_SHOWN: Final = 5
_FACTS: Final = 3
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class FoundObject:
    """The records of one object that were found: how many, the first of them with what is telling, and the table of all.
    `problem` says why an object could not be searched."""

    label: str
    total: int
    lines: Sequence[tuple[Shown, Sequence[Shown]]]
    all: str
    problem: str = ""


def show(request: Request) -> Response:
    """The page; of objects in which nothing was found it says nothing."""
    sought = request.query_params.get("q", "").strip()[:_LONGEST]
    known = navigation(request.app.state, request.state.visitor)
    with request.app.state.site.client(request.state.visitor) as crm:
        searched = [each for each in known.counted if _is_searched(each)]
        found = list(_found(crm, searched, sought, looking(request))) if sought else []
        asked = template_of(Operation.FIND_MANY, searched[0].object, crm.offers.prefix) if searched else ""
        query = f"?filter={search(searched[0].object, sought)}" if searched and sought else ""
    return page(request, "search/page.html", sought=sought, found=found, count=len(searched), asked=asked, query=query)


def path(sought: str) -> str:
    """Where all records are that have a text in them."""
    return f"/search?{urlencode({'q': sought})}"


def _is_searched(each: Counted) -> bool:
    of = each.object
    return not of.system and of.label_identifier != "id" and bool(searched_paths(of)) and each.records != 0


def _found(crm: icosa.Client, objects: Sequence[Counted], sought: str, look: Looking) -> Iterator[FoundObject]:
    for each in objects:
        of = each.object
        try:
            filter_ = str(search(of, sought))
            records = crm[of.plural].find_many(filter=filter_, limit=_SHOWN, depth=0)
        except IcosaError as error:  # one that is too slow to search, or may not be read, hides nothing of the others
            yield FoundObject(each.label, 0, (), "", error.message)
            continue
        if records.total_count:
            lines = [(_name(of, record), telling(of, record, look, _FACTS)) for record in records]
            yield FoundObject(each.label, records.total_count, lines, f"/browse/{of.plural}?{urlencode({'filter': filter_})}")


def _name(of: Object, record: dict[str, object]) -> Shown:
    return Shown((link(of, record),), True)


ROUTES: list[BaseRoute] = [Route("/search", show)]
