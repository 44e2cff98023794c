"""GET and POST /browse/{objects}/change, POST /delete: from what is selected to a plan of it.  Nothing is written but the plan."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import icosa
from icosa.call.extensions import offered
from icosa.call.record import record
from icosa.errors import InvalidInput, InvalidQuery
from icosa.surfaces.console.browse.jobs import PlanJob, jobs
from icosa.surfaces.console.browse.planning import Making, new_plan, write_change, write_deletion
from icosa.surfaces.console.browse.selecting import Selected, selection
from icosa.surfaces.console.browse.view import TableView, view_of
from icosa.surfaces.console.browse.writers import refuse_readers
from icosa.surfaces.console.controls.checking import checked, placed, sent_values
from icosa.surfaces.console.controls.control import Control
from icosa.surfaces.console.controls.entry import Entry, state_words
from icosa.surfaces.console.controls.looking_up import looked_up, target_of
from icosa.surfaces.console.controls.moments import zones
from icosa.surfaces.console.controls.reading import entries
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.showing import looking
from icosa.surfaces.console.submitted import submitted
from icosa.wire.actions import Action, Operation

_NOT_OF_MANY = (Control.SHOWN, Control.SECRET, Control.POSITION)
"""What is never the same for several records, or is in no plan."""


def change(request: Request) -> Response:
    """The properties that the selected records are to get."""
    refuse_readers(request)
    with request.app.state.site.client(request.state.visitor) as crm:
        view = view_of(crm.catalogue, request)
        action = offered(view.of, crm.offers)[Operation.UPDATE_ONE]
        return _form(request, crm, view, selection(request, view), action, _entries(action, request.query_params))


def plan_change(request: Request) -> Response:
    """Makes the plan that gives them these values, and leads to it."""
    refuse_readers(request)
    form = submitted(request)
    visitor = request.state.visitor
    with request.app.state.site.client(visitor) as crm:
        view = view_of(crm.catalogue, request)
        chosen = selection(request, view)
        action = offered(view.of, crm.offers)[Operation.UPDATE_ONE]
        filled = looked_up(crm, action, checked(crm.catalogue, action, _entries(action, form)))
        try:
            sent = {} if any(each.problem for each in filled) else sent_values(filled)
            made = record(crm.catalogue, view.of, sent, creating=False, owner=action.label, lenient=True)
        except InvalidInput as error:
            return _form(request, crm, view, chosen, action, placed(filled, error), error.message)
        if any(each.problem for each in filled) or not made:
            return _form(
                request, crm, view, chosen, action, filled, "" if any(each.problem for each in filled) else "Nothing is filled in."
            )
    return _made(request, view, chosen, lambda crm, making, job: write_change(crm, making, made, job))


def plan_delete(request: Request) -> Response:
    """Makes the plan that deletes what is ticked, and leads to it."""
    refuse_readers(request)
    form = submitted(request)
    with request.app.state.site.client(request.state.visitor) as crm:
        view = view_of(crm.catalogue, request, form)
        chosen = selection(request, view, form)
    return _made(request, view, chosen, write_deletion)


def export(request: Request) -> Response:
    """To the export of what is selected."""
    with request.app.state.site.client(request.state.visitor) as crm:
        view = view_of(crm.catalogue, request)
        asked = {"object": view.of.plural, "format": "csv", "filter": selection(request, view).text}
    more = {"order_by": view.order_by, "columns": view.columns}
    return RedirectResponse(f"/exports?{urlencode({name: each for name, each in (asked | more).items() if each})}", 303)


def use(request: Request) -> Response:
    """To a new chain whose items are what is selected."""
    with request.app.state.site.client(request.state.visitor) as crm:
        view = view_of(crm.catalogue, request)
        asked = {"items": view.of.plural, "filter": selection(request, view).text}
    return RedirectResponse(f"/chains/new?{urlencode({name: each for name, each in asked.items() if each})}", 303)


def _made(request: Request, view: TableView, chosen: Selected, write: Callable[[icosa.Client, Making, PlanJob], None]) -> Response:
    """Has a plan made, and leads to it, whether it is whole by then or not."""
    site, visitor, name = request.app.state.site, request.state.visitor, new_plan()
    making = Making(view.of, name, visitor, chosen.text, view.href(after="", before="", at=1))

    def work(job: PlanJob) -> None:
        with site.client(visitor) as crm:
            write(crm, making, job)

    jobs(request.app.state).start(name, "Reading the records", work)
    return RedirectResponse(f"/browse/{view.of.plural}/plan/{name}", 303)


def _entries(action: Action, sent: Any) -> tuple[Entry, ...]:
    found = (each for each in entries(action, sent) if each.of.place == "body" and each.of.field is not None)
    return tuple(each for each in found if each.control not in _NOT_OF_MANY)


def _form(
    request: Request, crm: icosa.Client, view: TableView, chosen: Selected, action: Action, filled: Sequence[Entry], problem: str = ""
) -> Response:
    count = crm[view.of.plural].find_many(filter=chosen.text or None, limit=1, depth=0).total_count
    if not count:
        raise InvalidQuery("id: none of the selected records is there any more; go back, and load the table anew")
    shown = {view.of.relation_by_name[each].foreign_key if each in view.of.relation_by_name else each for each in view.names}
    targets = {each.name: target_of(crm.catalogue, action, each) for each in filled}
    finds = {name: f"/records?object={target.plural}&for={name}" if target else "" for name, target in targets.items()}
    first = [each for each in filled if each.name in shown or each.state != "unsent" or each.problem]
    wrong = [(each.name, f"{each.of.label} {each.problem}") for each in filled if each.problem]
    rest = [each for each in filled if each not in first]
    return page(
        request, "browse/change.html", status=422 if wrong or problem else 200, count=count, first=first, rest=rest,
        words={each.name: state_words(action, each) for each in filled}, finds=finds, zone=str(looking(request).zone), zones=zones(),
        problem=problem, wrong=wrong, **_about(view, chosen),
    )  # fmt: skip


def _about(view: TableView, chosen: Selected) -> dict[str, Any]:
    of = view.of
    return {
        "view": view, "chosen": chosen, "title": of.label_plural or of.resource, "back": view.href(),
        "again": urlencode([*view.query().items(), *chosen.query()]),
    }  # fmt: skip
