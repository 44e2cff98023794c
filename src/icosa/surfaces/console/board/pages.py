"""GET /board/{objects} and POST /board/{objects}/move."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

import icosa
from icosa.catalogue.model import Field, Object
from icosa.errors import IcosaError, InvalidQuery
from icosa.surfaces.console.board.lanes import Board, Lane, board_path, fields_of
from icosa.surfaces.console.record.writing import refuse_reader, toast
from icosa.surfaces.console.rendering import Toast, fragment, go_to, is_partial, page
from icosa.surfaces.console.showing import Looking, called, label, looking, of_field
from icosa.surfaces.console.submitted import FormRoute, submitted
from icosa.surfaces.console.turns import turn_of
from icosa.wire.actions import Operation, find_object
from icosa.wire.actions.operation import template_of


def show(request: Request) -> Response:
    """The board.  `by` is the field whose choices are the lanes, `filter` which records are on it."""
    query = request.query_params
    by, filter_ = query.get("by", ""), query.get("filter", "").strip()
    with request.app.state.site.client(request.state.visitor) as crm:
        of = find_object(crm.catalogue, request.path_params["objects"])
        fields = fields_of(of)
        field = next((each for each in fields if each.name == by), None) or (None if by or not fields else fields[0])
        if field is None:
            return _without_lanes(request, crm, of, fields, by)
        board, problem, lanes = Board(crm, of, field, filter_, looking(request)), "", list[Lane]()
        try:
            lanes = board.lanes()
        except InvalidQuery as error:
            problem = error.message
        data = {"board": board, "lanes": lanes, "problem": problem, **_around(crm, of, fields)}
        return page(request, "board/page.html", 422 if problem else 200, **data)


def move(request: Request) -> Response:
    """A card goes into another lane: the form says the record's `id`, `to` and the lane that it was seen in, `was`."""
    refuse_reader(request)
    form = {name: str(text) for name, text in submitted(request).items()}
    with request.app.state.site.client(request.state.visitor) as crm:
        of = find_object(crm.catalogue, request.path_params["objects"])
        field = next((each for each in fields_of(of) if each.name == form.get("by")), None)
        if field is None:
            return _without_lanes(request, crm, of, fields_of(of), form.get("by", ""))
        board = Board(crm, of, field, form.get("filter", ""), looking(request))
        message, status, at = _moved(request, board, form)
        if not is_partial(request):
            return go_to(board.path, message)
        lanes = [board.lane(each) for each in dict.fromkeys((form.get("was", ""), form.get("to", ""), at)) if each in board.options]
        return fragment(request, "board/moved.html", status, board=board, lanes=lanes, message=message, id=form.get("id", ""))


def _moved(request: Request, board: Board, form: dict[str, str]) -> tuple[Toast | None, int, str]:
    """What is said of a move, its status, and the lane that the card is in after it."""
    of, by, to, was = board.of, board.by, form.get("to", ""), form.get("was", "")
    if to == was:
        return None, 200, was
    if to not in board.options:
        return (
            Toast(f"There is no such choice of {label(of, by.name)} any more; load the board again.", bad=True),
            422,
            was,
        )
    try:
        with turn_of(form.get("id", "")):
            return _put(request, board, form.get("id", ""), was, to)
    except IcosaError as error:
        return Toast(f"It was not moved: {error.message}", bad=True), 422, was


def _put(request: Request, board: Board, id_: str, was: str, to: str) -> tuple[Toast | None, int, str]:
    of, by = board.of, board.by
    record = board.crm[of.plural].find_one(id_, depth=0)
    name, there = called(of, record), record.get(by.name) or ""
    if there != was:
        return Toast(f"{name} was moved to {_words(by, there)} meanwhile, and stays there.", bad=True), 409, there
    with request.app.state.site.client(request.state.visitor, f"Move {name} to {_words(by, to)}") as crm:
        crm[of.plural].update_one(record["id"], {by.name: to or None}, depth=0)
        return toast(crm, f"{name}: {_words(by, was)} → {_words(by, to)}"), 200, to


def _words(by: Field, option: str) -> str:
    return str(of_field(by, option, Looking(brief=True))) if option else "none"


def _without_lanes(request: Request, crm: icosa.Client, of: Object, fields: list[Field], by: str) -> Response:
    """The page of an object that has no board, or none by this field."""
    return page(request, "board/none.html", 404 if by else 200, by=by, **_around(crm, of, fields))


def _around(crm: icosa.Client, of: Object, fields: list[Field]) -> dict[str, Any]:
    return {
        "of": of, "fields": [(label(of, each.name), board_path(of, each.name)) for each in fields],
        "path_asked": template_of(Operation.FIND_MANY, of, crm.offers.prefix),
    }  # fmt: skip


ROUTES: list[BaseRoute] = [Route("/board/{objects}", show), FormRoute("/board/{objects}/move", move)]
