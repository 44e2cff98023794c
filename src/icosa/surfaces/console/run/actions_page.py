"""GET /run?q=…: an action found by typing, grouped by what it is about; POST /run: a pasted call leads to its form."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from icosa.call.finding import find_actions
from icosa.errors import IcosaError
from icosa.surfaces.console.form_address import form_address
from icosa.surfaces.console.pasted_call import pasted_call
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.run.filled_form import reads
from icosa.surfaces.console.submitted import submitted
from icosa.wire.actions import Action, find_object

_TITLE: Final = "Run an action"
_LONGEST_WORDS: Final = 200


class ListedAction(NamedTuple):
    """`short` is its operation alone: "Create one"."""

    label: str
    short: str
    href: str
    reads: bool


class ListedResource(NamedTuple):
    resource: str
    browse: str
    actions: Sequence[ListedAction]


def find(request: Request) -> Response:
    """All actions, those that the words are about, or those of one resource (`/run/companies`)."""
    sought = request.query_params.get("q", "")[:_LONGEST_WORDS].strip()
    resource = request.path_params.get("resource", "")
    with request.app.state.site.client(request.state.visitor) as crm:
        catalogue, offers = crm.ready()
        found = find_actions(catalogue, sought, offers)
        title = _TITLE
        if resource:
            of = find_object(catalogue, resource)
            found, title = [each for each in found if each.object == of], of.resource
    return _listed(request, found, sought, title)


def paste(request: Request) -> Response:
    """The form of a call that was pasted.  A secret in it comes from nowhere, and is typed anew."""
    text = str(submitted(request).get("call", ""))
    with request.app.state.site.client(request.state.visitor) as crm:
        try:
            return RedirectResponse(pasted_call(crm, text)[1], 303)
        except IcosaError as error:
            catalogue, offers = crm.ready()
            return _listed(request, find_actions(catalogue, "", offers), "", _TITLE, text, error)


def _listed(
    request: Request, found: Sequence[Action], sought: str, title: str, pasted: str = "", error: IcosaError | None = None
) -> Response:
    grouped: dict[str, list[Action]] = {}
    for each in found:
        grouped.setdefault(each.resource, []).append(each)
    groups = [ListedResource(name, _browse(each[0]), [_action(one) for one in each]) for name, each in grouped.items()]
    status = 422 if error else 200
    own = [each.label for each in found if each.object is None]
    return page(
        request, "run/actions.html", status, title=title, groups=groups, count=len(found), own=own, sought=sought, pasted=pasted,
        problem=error.message if error else "", some=bool(sought) or title != _TITLE,
    )  # fmt: skip


def _browse(action: Action) -> str:
    return f"/browse/{action.object.plural}" if action.object else ""


def _action(action: Action) -> ListedAction:
    return ListedAction(action.label, action.verb.replace("_", " ").capitalize(), form_address(action), reads(action))
