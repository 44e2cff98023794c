"""GET /find?q=…: actions, objects, records and pages by what they are called; a call that is pasted leads to its form.

The box of Ctrl K swaps in what is found; without script it is a page.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

import icosa
from icosa.call.finding import find_actions
from icosa.call.searching import search, searched_paths
from icosa.catalogue.naming import in_a_sentence, words
from icosa.errors import IcosaError
from icosa.surfaces.console.board.lanes import board_path, fields_of
from icosa.surfaces.console.form_address import form_address
from icosa.surfaces.console.navigation import Counted, Navigation, navigation
from icosa.surfaces.console.pasted_call import pasted_call
from icosa.surfaces.console.rendering import fragment, is_partial, page
from icosa.surfaces.console.searching import path as searching_path
from icosa.surfaces.console.showing import address, called

_ACTIONS: Final = 8
_OBJECTS: Final = 5
_BOARDS: Final = 2
_SEARCHED: Final = 6
"""Objects in which records are looked for: each is a request."""
_RECORDS: Final = 4
_SHORTEST: Final = 2
_LONGEST_WORDS: Final = 200
_CALL: Final = re.compile(r"\s*(\$ )?(curl\s|icosa\s|\{|import\s|from\s|with\s|(\w+\s*=\s*)?(await\s+)?\w+\.\w+[.(])")


class Hit(NamedTuple):
    """`more` is what it is, beside its name."""

    text: str
    href: str
    picture: str
    more: str = ""


class Group(NamedTuple):
    title: str
    hits: Sequence[Hit]


PAGES: Final = (
    Hit("Run an action", "/run", "play", "g r"),
    Hit("Chains", "/chains", "chain", "g c"),
    Hit("Browse all objects", "/browse", "table", "g b"),
    Hit("Import a file", "/imports", "in", "g i"),
    Hit("Runs and undo", "/runs", "undo", "g u"),
    Hit("API keys", "/keys", "key", "g k"),
    Hit("Health", "/health", "pulse", "g h"),
    Hit("Objects and fields", "/objects", "objects", "g o"),
    Hit("Start page", "/", "home"),
)


def find(request: Request) -> Response:
    """What is found; `q` is words, or a call in any of its forms."""
    sought = request.query_params.get("q", "").strip()
    problem = ""
    with request.app.state.site.client(request.state.visitor) as crm:
        try:
            groups = _call(crm, sought) if _CALL.match(sought) else ()
        except IcosaError as error:
            groups, problem = (), error.message
        groups = groups or [each for each in _found(crm, sought[:_LONGEST_WORDS], _known(request)) if each.hits]
    if is_partial(request):
        return fragment(request, "find/found.html", groups=groups, sought=sought, problem=problem)
    return page(request, "find/page.html", groups=groups, sought=sought, problem=problem)


def _known(request: Request) -> Navigation:
    return navigation(request.app.state, request.state.visitor)


def _call(crm: icosa.Client, text: str) -> Sequence[Group]:
    """The form of a call.  Raises what reading it raises."""
    label, href = pasted_call(crm, text)
    return [Group("This call", [Hit(label, href, "play", "opens its form")])]


def _found(crm: icosa.Client, sought: str, known: Navigation) -> Iterator[Group]:
    catalogue, offers = crm.ready()
    wanted = [each.lower() for each in words(sought)]
    objects = [each for each in known.counted if _is_about(f"{each.label} {each.plural}", wanted)] if wanted else known.objects
    boards = [Hit(f"Board of {in_a_sentence(each.label)}", board_path(each.object), "board") for each in objects if fields_of(each.object)]
    yield Group("Objects", [*(_object(each) for each in objects[:_OBJECTS]), *(boards[:_BOARDS] if wanted else ())])
    records = list(_records(crm, sought, known)) if len(sought) >= _SHORTEST else []
    every = Hit(f"All records with “{sought}”", searching_path(sought), "search")
    if records:
        yield Group("Records", [*records, every])
    if wanted:
        found = find_actions(catalogue, sought, offers)[:_ACTIONS]
        yield Group("Actions", [Hit(each.label, form_address(each), "play", each.resource) for each in found])
    yield Group("Pages", [each for each in PAGES if _is_about(each.text, wanted)])
    if len(sought) >= _SHORTEST and not records:  # last, so that Enter takes the action that was meant
        yield Group("Records", [every])


def _object(of: Counted) -> Hit:
    return Hit(of.label, f"/browse/{of.plural}", "table", f"{of.count} record{'' if of.records == 1 else 's'}" if of.count else "")


def _records(crm: icosa.Client, sought: str, known: Navigation) -> Iterator[Hit]:
    """Records in which each word is found, of the objects that people have most to do with."""
    named_ones = [each.object for each in known.objects if each.object.label_identifier != "id" and searched_paths(each.object)]
    for of in named_ones[:_SEARCHED]:
        try:
            found = crm[of.plural].find_many(filter=str(search(of, sought)), limit=_RECORDS, depth=0)
        except IcosaError:  # one that is too slow to search, or may not be read, hides nothing of the others
            continue
        yield from (Hit(called(of, each), address(of, each["id"]), "right", of.label or of.resource) for each in found)


def _is_about(text: str, wanted: Sequence[str]) -> bool:
    there = [each.lower() for each in words(text)]
    return all(any(each.startswith(word) for each in there) for word in wanted)


ROUTES: list[BaseRoute] = [Route("/find", find, name="find")]
