"""GET /browse/{objects}/columns and /condition: what a table shows, chosen in boxes rather than typed."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import icosa
from icosa.catalogue.columns import Column, column_by_path
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Object
from icosa.errors import IcosaError, InvalidValue
from icosa.surfaces.console.browse.conditions import (
    EMPTY,
    SET,
    choices,
    comparison,
    in_units,
    items,
    joined,
    path_label,
    way_of,
    ways,
    word,
)  # fmt: skip
from icosa.surfaces.console.browse.related import names_of
from icosa.surfaces.console.browse.view import TableView, choosable, view_of, with_columns
from icosa.surfaces.console.controls.moments import local, moment
from icosa.surfaces.console.controls.values import is_uuid, micros
from icosa.surfaces.console.controls.writing import units
from icosa.surfaces.console.rendering import fragment, is_partial, page
from icosa.surfaces.console.showing import label, looking
from icosa.surfaces.console.showing.simple import option_label
from icosa.wire.language.condition import bind
from icosa.wire.language.filter_tree import Comparison


def columns(request: Request) -> Response:
    """Which columns a table has, and in which order.  `show` leads to the table with those that are ticked."""
    query = request.query_params
    with request.app.state.site.client(request.state.visitor) as crm:
        view = with_columns(view_of(crm.catalogue, request))
    known = choosable(view.of)
    ticked = [each for each in query.getlist("column") if each in known] if "column" in query else list(view.names)
    if "show" in query:
        return RedirectResponse(view.href(columns=",".join(ticked)), 303)
    _move(ticked, query.get("up", ""), -1)
    _move(ticked, query.get("down", ""), 1)
    rows = [(each, label(view.of, each), each in ticked) for each in (*ticked, *(one for one in known if one not in ticked))]
    return page(request, "browse/columns.html", view=view, rows=rows, title=view.of.label_plural or view.of.resource)


def condition(request: Request) -> Response:
    """A condition put together: of which property, how it compares, and with what.  `add` leads to the table with it; `of` is the
    place of the one in the filter that it stands for."""
    query = request.query_params
    with request.app.state.site.client(request.state.visitor) as crm:
        view = view_of(crm.catalogue, request)
        there = list(items(view.filter))
        at = int(asked) if (asked := query.get("of", "")).isdigit() and int(asked) < len(there) else None
        old = there[at] if at is not None else None
        chosen = column_by_path(view.of).get(query.get("path") or (old.path if isinstance(old, Comparison) else ""))
        found = _Condition(request, view, chosen, old if isinstance(old, Comparison) and chosen and old.path == chosen.path else None)
        problem = ""
        if "add" in query and chosen is not None:
            try:
                made = found.comparison(crm)
                bind(made, view.of)
            except IcosaError as error:
                problem = error.message.removeprefix("filter: ")
            else:
                there[at if at is not None else len(there) :] = [made, *there[at + 1 :]] if at is not None else [made]
                return _to(request, view.href(filter=joined(there), at=1))
        shown = found.shown(crm) | {
            "view": view,
            "of": query.get("of", ""),
            "problem": problem,
            "title": view.of.label_plural or view.of.resource,
        }
    show = fragment if is_partial(request) else page
    template = "browse/condition.html" if is_partial(request) else "browse/condition_page.html"
    return show(request, template, status=422 if problem else 200, **shown)


class _Condition:
    """A condition while it is put together."""

    def __init__(self, request: Request, view: TableView, column: Column | None, old: Comparison | None) -> None:
        self._query, self._view, self._column = request.query_params, view, column
        self._look = looking(request)
        way, values = way_of(old) if old else ("", ())
        self._ways = ways(column) if column else []
        if column and way and way not in dict(self._ways):
            self._ways = [*self._ways, (way, word(column, way))]
        given = self._query.getlist("value")
        self.way = self._query.get("way") or way
        self.way = self.way if self.way in dict(self._ways) else next(iter(dict(self._ways)), "")
        self.values = [each.replace("\r\n", "\n") for each in given] if "way" in self._query else [self._boxed(each) for each in values]

    def comparison(self, crm: icosa.Client) -> Comparison:
        """Raises InvalidInput for a value that is none of the column's kind, or is missing."""
        column = self._column
        assert column is not None, "it was chosen"
        if self.way in (EMPTY, SET):
            return comparison(column.path, self.way, ())
        several = self.way in ("in", "containsAny") or column.kind in (Kind.OPTION, Kind.OPTIONS)
        values = [line for each in self.values for line in (each.split("\n") if several else [each])]
        if column.target and not any(values):
            values = [self._query.get("value?", "")]
        texts = [self._text(crm, each) for each in values if each.strip()]
        if not texts:
            raise InvalidValue(path_label(self._view.of, column), "there is nothing to compare with; say a value, or ask for empty ones")
        if len(texts) > 1 and self.way == "neq":
            raise InvalidValue(path_label(self._view.of, column), "can differ from one value only in one condition; add another for each")
        return comparison(column.path, self.way, texts)

    def shown(self, crm: icosa.Client) -> dict[str, Any]:
        column, of = self._column, self._view.of
        names = names_of(crm, {column.target: [each for each in self.values if is_uuid(each)]}) if column and column.target else {}
        value = "\n".join(self.values)
        return {
            "choices": choices(of),
            "column": column,
            "way": self.way,
            "ways": self._ways,
            "values": self.values,
            "value": value,
            "named": self._query.get("value?", "") or names.get(value, value),
            "options": [(each, option_label(each)) for each in column.options] if column else [],
            "control": self._control() if column else "",
            "find": f"/records?object={crm.catalogue.by_singular[column.target].plural}" if column and column.target else "",
            "zone": str(self._look.zone),
        }

    def _control(self) -> str:
        """The control of a value."""
        column = self._column
        assert column is not None, "it was chosen"
        if self.way in (EMPTY, SET):
            return ""
        if column.options and self.way in ("eq", "neq", "in", "containsAny"):
            return "ticks"
        if column.target:
            return "record"
        if self.way in ("in", "containsAny"):
            return "lines"
        return {Kind.BOOLEAN: "flag", Kind.DATE: "date", Kind.DATE_TIME: "moment"}.get(column.kind, "text")

    def _boxed(self, value: str) -> str:
        """A value of a filter as its box has it."""
        column = self._column
        if column and in_units(self._view.of, column) and value.lstrip("-").isdigit():
            return units(value)
        if column and column.kind is Kind.DATE_TIME:
            try:
                return local(value, str(self._look.zone))
            except ValueError:
                return value
        return value

    def _text(self, crm: icosa.Client, value: str) -> str:
        """What stands in a box as a filter has it."""
        column = self._column
        assert column is not None, "it was chosen"
        path = path_label(self._view.of, column)
        if in_units(self._view.of, column):
            return str(micros(value, path))
        if column.kind is Kind.DATE_TIME:
            return moment(value, self._query.get("zone", ""), path)
        if column.target:
            return self._record(crm, crm.catalogue.by_singular[column.target], value)
        return value if column.kind is Kind.TEXT else value.strip()

    def _record(self, crm: icosa.Client, of: Object, value: str) -> str:
        """The id that was picked, as long as its name stands beside it; else the record that goes by the name."""
        id_, _, name = value.strip().partition(" ")
        typed = self._query.get("value?", "").strip()
        if is_uuid(id_) and (not typed or typed in (name.strip(), id_)):
            return id_
        return str(crm[of.plural].look_up(typed or value, depth=0)["id"])


def _move(names: list[str], name: str, by: int) -> None:
    if name in names:
        at = names.index(name)
        to = min(max(at + by, 0), len(names) - 1)
        names[at], names[to] = names[to], names[at]


def _to(request: Request, path: str) -> Response:
    """Another page; htmx is told to go there as a whole."""
    return Response(status_code=204, headers={"HX-Redirect": path}) if is_partial(request) else RedirectResponse(path, 303)
