"""Running an action: the list of all, the form of each, its checks, and what came of it.

A form is at /run/{resource}/{operation}?{property}=….  What is no property begins with a point, as no property's name does:
`.show` is how a result is shown, and has an action run that only reads; `.run` is the run that the result is of; in a form
`.token` names the sending of it, `.dry` asks only what would be sent, `.sure` destroys what cannot come back.
"""

from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

import icosa
from icosa.errors import IcosaError
from icosa.forms import action_named
from icosa.surfaces.console.controls.linking import linked
from icosa.surfaces.console.controls.looking_up import looked_up, with_names
from icosa.surfaces.console.controls.reading import entries, of_no_property
from icosa.surfaces.console.form_address import is_whole
from icosa.surfaces.console.navigation import forget
from icosa.surfaces.console.problems import kind_of
from icosa.surfaces.console.rendering import Toast, fragment, go_to, is_partial, page
from icosa.surfaces.console.run.actions_page import find, paste
from icosa.surfaces.console.run.filled_form import FilledForm, failed, filled_form, reads, without_fields
from icosa.surfaces.console.run.form_page import FormPage, address_of, destroys_for_good, form_page, zone_of
from icosa.surfaces.console.run.result_pane import ResultPane, result_pane
from icosa.surfaces.console.run.running import ActionRun, in_journal, run_action
from icosa.surfaces.console.run.shown_run import VIEWS, View, first_view, headline
from icosa.surfaces.console.submitted import FormRoute, submitted
from icosa.surfaces.console.written_run import call_run
from icosa.wire.actions import Action

_RESULTS: Final = ("table", "record", "json")


def show(request: Request) -> Response:
    """The form as its address fills it in, and what the address says that came of it."""
    with _client(request) as crm:
        action = _action(request, crm)
        filled = with_names(crm, action, looked_up(crm, action, linked(action, request.query_params, zone_of(request))))
        form = filled_form(crm, action, filled, missing=False)
        view, name = _view(request.query_params.get(".show", "")), request.query_params.get(".run", "")
        run, error = in_journal(crm, request.state.visitor, action, name) if name else None, None
        if run is None and reads(action) and view in _RESULTS and form.call is not None:
            try:
                run = run_action(crm, action, form.call.properties, "")
            except IcosaError as failure:
                error, form = failure, failed(form, failure)
        made = form_page(request, crm, form, tried=error is not None, error=error)
        pane = result_pane(request, crm, form, view, run)
    return page(request, "run/form.html", _status(error) if error else 200, form=made, pane=pane)


def check(request: Request) -> Response:
    """What is wrong so far, the call line, the copies and how much is sent: all that changes while somebody types, and no box."""
    sent = submitted(request)
    with _client(request) as crm:
        action = _action(request, crm)
        tried = bool(sent.get(".tried"))
        form = filled_form(crm, action, looked_up(crm, action, entries(action, sent), missing=tried), missing=tried)
        made = form_page(request, crm, form, token=str(sent.get(".token", "")), tried=tried, shows=str(sent.get(".shows", "")))
    return _changed(request, made, address_of(form))


def run(request: Request) -> Response:
    """Runs the action; or says what is wrong (422), or only what would be sent."""
    sent = submitted(request)
    dry, token = ".dry" in sent, str(sent.get(".token", ""))
    with _client(request) as crm:
        action = _action(request, crm)
        if not (dry or reads(action) or request.state.visitor.may_write):
            raise HTTPException(403, "This key may only read, and the action writes. Nothing was sent. Ask for a key that may write.")
        form = filled_form(crm, action, looked_up(crm, action, entries(action, sent)))
        form = without_fields(form, of_no_property(action, sent))
        if form.call is None:
            return _refused(request, crm, form, token, None)
        if dry or (destroys_for_good(crm, form) and not sent.get(".sure")):
            return _answered(request, crm, form, result_pane(request, crm, form, "request", None, dry=dry), token=token)
        try:
            call_run(crm, action.label)
            done = run_action(crm, action, form.call.properties, token)
        except IcosaError as error:
            return _refused(request, crm, failed(form, error), token, error)
        return _done(request, crm, form, done, _view(str(sent.get(".show", ""))))


def download(request: Request) -> Response:
    """The whole answer of an action that only reads, as a file of JSON."""
    with _client(request) as crm:
        action = _action(request, crm)
        if not reads(action):
            raise HTTPException(404)
        form = filled_form(crm, action, linked(action, request.query_params))
        if form.call is None:
            return _refused(request, crm, form, "", None)
        done = run_action(crm, action, form.call.properties, "")
    name = quote(f"{action.label}.json".lower().replace(" ", "-"))
    return JSONResponse(done.json, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _client(request: Request) -> icosa.Client:
    client: icosa.Client = request.app.state.site.client(request.state.visitor)
    return client


def _action(request: Request, crm: icosa.Client) -> Action:
    catalogue, offers = crm.ready()
    return action_named(catalogue, request.path_params["resource"], request.path_params["operation"], offers)


def _view(asked: str) -> View | None:
    return asked if asked in VIEWS else None


def _status(error: IcosaError) -> int:
    """The status of a form that failed: 401 would send the browser to sign in, which mends no key of a server elsewhere."""
    status, _ = kind_of(error)
    return 403 if status == 401 else status


def _done(request: Request, crm: icosa.Client, form: FilledForm, done: ActionRun, open_view: View | None) -> Response:
    """The result, in the view that was open; without script by way of its address, so that a reload sends nothing again."""
    view = open_view if open_view in _RESULTS and (done.groups or done.groupings) else first_view(done)
    pane = result_pane(request, crm, form, view, done)
    toast = None
    if not reads(form.action):
        forget(request.app.state)
        toast = Toast(f"{form.action.label}: {headline(done)}", f"/runs/{done.run}/undo" if done.run else "")
    if toast and not is_partial(request):
        return go_to(address_of(form, show=view, run=done.run), toast)
    return _answered(request, crm, form, pane, toast, show=view, run=done.run)


def _answered(
    request: Request, crm: icosa.Client, form: FilledForm, pane: ResultPane, toast: Toast | None = None, *, token: str = "", **more: str
) -> Response:
    made = form_page(request, crm, form, token=token)
    if is_partial(request):
        answer = fragment(request, "run/answered.html", form=made, pane=pane, toast=toast, check=False)
        answer.headers["HX-Replace-Url"] = address_of(form, **more)
        return answer
    if more and reads(form.action) and is_whole(form.action, form.given_so_far()):
        return go_to(address_of(form, **more))
    return page(request, "run/form.html", form=made, pane=pane, toasts=[toast] if toast else [])


def _refused(request: Request, crm: icosa.Client, form: FilledForm, token: str, error: IcosaError | None) -> Response:
    """The form with what is wrong.  Where the answer was lost, the token stays, so that nothing is made twice."""
    status = _status(error) if error else 422
    made = form_page(request, crm, form, token=token, tried=True, error=error)
    if is_partial(request):
        return fragment(request, "run/refused.html", status, form=made, check=False)
    return page(request, "run/form.html", status, form=made, pane=result_pane(request, crm, form, None, None))


def _changed(request: Request, made: FormPage, address: str) -> Response:
    answer = fragment(request, "run/checked.html", form=made, check=True)
    answer.headers["HX-Replace-Url"] = address
    return answer


ROUTES: list[BaseRoute] = [
    Route("/run", find),
    FormRoute("/run", paste),
    Route("/run/{resource}", find),
    Route("/run/{resource}/{operation}", show),
    FormRoute("/run/{resource}/{operation}", run),
    FormRoute("/run/{resource}/{operation}/check", check),
    Route("/run/{resource}/{operation}/download", download),
]
