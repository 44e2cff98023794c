"""GET /browse: what there is; GET /browse/{objects}: a page of it."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from icosa.call.page import Page
from icosa.catalogue import naming
from icosa.errors import IcosaError, InvalidInput
from icosa.surfaces.console.board.lanes import board_path, fields_of
from icosa.surfaces.console.browse.cells import is_edited
from icosa.surfaces.console.browse.conditions import Chip, chips, items, joined, related, without
from icosa.surfaces.console.browse.related import pointed_at
from icosa.surfaces.console.browse.rows import drawing, drawn
from icosa.surfaces.console.browse.sources import ByClient, TableSource, WithoutWaiting
from icosa.surfaces.console.browse.together import merge_action
from icosa.surfaces.console.browse.view import TableView, choosable, direction, ordered_by, turned, view_of, with_columns
from icosa.surfaces.console.navigation import is_counted, navigation
from icosa.surfaces.console.record.neighbours import RecordList
from icosa.surfaces.console.rendering import Frame, page
from icosa.surfaces.console.showing import ShownColumn, columns_of, label, looking, one_of
from icosa.surfaces.console.showing.shown import escaped
from icosa.surfaces.console.site import Inquiry, WouldWait
from icosa.wire.language.filter_tree import Comparator, Comparison
from icosa.wire.language.order import parse

SLOW_MILLISECONDS: Final = 100.0
"""From here on somebody may notice, and is told."""
DELETED: Final = Comparison("deletedAt", Comparator.IS, "NOT_NULL")


@dataclass(frozen=True, slots=True)
class TimedPage:
    """A page, and how long the workspace took for it."""

    page: Page
    milliseconds: float

    @property
    def is_slow(self) -> bool:
        """Whether its page says so."""
        return self.milliseconds >= SLOW_MILLISECONDS


def objects(request: Request) -> Response:
    """All objects with how many records each has."""
    known = navigation(request.app.state, request.state.visitor)
    own = [each for each in known.counted if not each.object.system]
    system = [each for each in known.counted if each.object.system]
    return page(request, "browse/objects.html", groups=[("Records", own), ("The system’s own", system)])


async def table(request: Request) -> Response:
    """A page of the records of an object: made at once where all that it asks for is there at once, else in a thread, which takes a
    page of sixty rows longer than all of its rows."""
    site = request.app.state.site
    if site.at_once is not None and is_counted(request.app.state):
        asked: list[Inquiry] = []
        source = WithoutWaiting(site.at_once, request.state.visitor, asked, site.at_once.catalogue)
        with suppress(WouldWait, IcosaError):  # the thread tells what is wrong
            return _table(request, with_columns(view_of(source.catalogue, request)), source, asked)
    return await run_in_threadpool(_by_client, request)


def _by_client(request: Request) -> Response:
    asked: list[Inquiry] = []
    site, visitor = request.app.state.site, request.state.visitor
    with site.client(visitor, asked=asked) as crm:
        view = view_of(crm.catalogue, request)
        try:
            view = with_columns(view)
            return _table(request, view, ByClient(crm, site.at_once, visitor, asked), asked)
        except InvalidInput as error:
            return _refused(request, view, error)


def _table(request: Request, view: TableView, source: TableSource, asked: list[Inquiry]) -> Response:
    """Raises InvalidInput for what cannot be asked for."""
    look, found = looking(request), _timed(source, view)
    pointed = source.names(pointed_at(view.of, found.page, view.names))
    made, more = chips(view.of, view.filter, source.names(related(view.of, view.filter)), look)
    listed = RecordList(view.filter, view.order_by).query
    rows = drawn(drawing(source.catalogue, view.of, view.names, look.zone, "rows", listed), found.page.records, pointed)
    if found.is_slow:
        asked.clear()  # its page says how slow, which is another time each time
    merges = merge_action(source.offers, view.of) is not None
    return _framed(request, view, _Shown(tuple(made), more, rows, found, merges), inquiries=asked)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What stands in a table: the chips of its filter and how many conditions have none, the markup of its rows, and what was found,
    None where nothing was asked for, with whether such records can be merged; else `errors` are properties and what is wrong with
    them, and `code` is that of the error."""

    chips: tuple[Chip, ...] = ()
    more: int = 0
    rows: str = ""
    found: TimedPage | None = None
    merges: bool = False
    errors: tuple[tuple[str, str], ...] = ()
    code: str = ""


def _framed(request: Request, view: TableView, shown: _Shown, status: int = 200, inquiries: Sequence[Inquiry] = ()) -> Response:
    """The page: all that is the same on each page of a table is made once."""
    first = view.first
    count, total = (len(shown.found.page), shown.found.page.total_count) if shown.found else (0, 0)
    place, before, after = _pages(view, shown.found) if shown.found else ("", "", "")
    holes = {"columns": view.href("/columns"), "place": place, "before": before, "after": after}
    about = _About(
        first, shown.chips, shown.more, shown.merges, shown.errors, shown.code, shown.found is not None, count > 0,
        view.begun and not count, total if total > count else 0, bool(before), bool(after),
    )  # fmt: skip
    made = {name: escaped(text) for name, text in holes.items()}
    made["rows"] = shown.rows
    return page(request, "browse/table.html", status, inquiries=inquiries, frame=Frame(about, about.data, made))


def _timed(source: TableSource, view: TableView) -> TimedPage:
    begun = time.perf_counter()
    found = source.page(view)
    return TimedPage(found, (time.perf_counter() - begun) * 1000)


def _refused(request: Request, view: TableView, error: InvalidInput) -> Response:
    """The table without records, with what is wrong with what was asked."""
    about = next((name for name in ("filter", "order_by", "columns") if error.message.lower().replace(" ", "_").startswith(name)), "filter")
    try:
        made, more = chips(view.of, view.filter, {}, looking(request))
    except InvalidInput:
        made, more = [], 0
    return _framed(request, view, _Shown(tuple(made), more, errors=((about, error.message),), code=error.code), 422)


class _About(NamedTuple):
    """What a table has on each of its pages, and what is on many of them: whether it was asked for, has some records, has begun and
    none are left, how many there are beyond the page, and whether there are pages before and after."""

    first: TableView
    chips: tuple[Chip, ...]
    more: int
    merges: bool
    errors: tuple[tuple[str, str], ...]
    code: str
    asked: bool
    some: bool
    begun: bool
    beyond: int
    earlier: bool
    later: bool

    def data(self) -> dict[str, Any]:
        """For its template."""
        first, of = self.first, self.first.of
        wrong = self.errors[0][0] if self.errors else ""
        view = replace(first, columns="", order_by="" if wrong == "order_by" else first.order_by) if wrong else first
        asked = {"filter": view.filter, "order_by": view.order_by, "columns": view.columns}
        condition = first.href("/condition")
        return self._asdict() | {
            "of": of,
            "view": first,
            "title": of.label_plural or of.resource,
            "one": one_of(of),
            "columns": tuple(_columns(view)),
            "all_columns": len(choosable(of)),
            "ordered": _ordered(view),
            "with_deleted": "" if _mentions_deleted(view.filter) else view.href(filter=_with_deleted(view.filter)),
            "export": _query("/exports", {"object": of.plural, "format": "csv"} | asked),
            "board": board_path(of, "", view.filter) if fields_of(of) else "",
            "wire": _query("", {"filter": view.filter, "order_by": view.order_by, "limit": view.limit, "depth": 0}),
            "form": f"/run/{naming.kebab_case(of.plural)}/create-one",
            "chips": [(each, f"{condition}&of={each.at}", first.href(filter=without(first.filter, each.at))) for each in self.chips],
            "binned": self.asked and DELETED in _conditions(first.filter),
            "pages": (self.earlier, self.later),
        }


def _columns(view: TableView) -> list[ShownColumn]:
    try:
        parse(view.order_by or None, view.of)
    except InvalidInput:
        view = replace(view, order_by="")
    made = [replace(each, edited=is_edited(view.of, each.name)) for each in columns_of(view.of, view.names)]
    return [
        replace(each, href=view.href(order_by=turned(view, each.name)), order=direction(view, each.name))
        if ordered_by(view.of, each.name)
        else each
        for each in made
    ]


def _ordered(view: TableView) -> str:
    """The order in words, "" where there is none, or where it cannot be read."""
    if not view.order_by:
        return ""
    try:
        keys = parse(view.order_by, view.of)
    except InvalidInput:
        return ""
    first = keys[0]
    more = len(view.order_by.split(",")) - 1
    way = "downwards" if first.descending else "upwards"
    return f"{label(view.of, first.column.field)}, {way}" + (f", and {more} more" if more else "")


def _pages(view: TableView, timed: TimedPage) -> tuple[str, str, str]:
    """What is told of a page, and where the one before and the next one are."""
    found = timed.page
    count = len(found)
    at = view.at if view.begun else 1
    earlier = bool(view.after) or found.has_previous_page  # a server tells what lies before only where it was asked for that
    before = view.href(before=found.start_cursor, after="", at=max(1, at - view.limit)) if earlier and count else ""
    after = view.href(after=found.end_cursor, before="", at=at + count) if found.has_next_page else ""
    if not earlier:
        at = 1
    place = f"{at:,} to {at + count - 1:,} of {found.total_count:,}" if count else f"none of {found.total_count:,}"
    return f"{place}, in {timed.milliseconds:.0f} ms" if timed.is_slow else place, before, after


def _conditions(text: str) -> list[object]:
    """What a filter asks for, of which all has to hold."""
    return list(items(text)) if _is_filter(text) else []


def _mentions_deleted(text: str) -> bool:
    return "deletedAt" in text


def _with_deleted(text: str) -> str:
    return joined([*items(text), DELETED]) if _is_filter(text) else ""


def _is_filter(text: str) -> bool:
    try:
        items(text)
    except InvalidInput:
        return False
    return True


def _query(path: str, asked: dict[str, Any]) -> str:
    return f"{path}?{urlencode({name: value for name, value in asked.items() if value != ''}, safe='[]:,()')}"
