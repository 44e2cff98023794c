"""What is done with the few records that are ticked, at once: merging them, and bringing back those that lie in the bin."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import icosa
from icosa.call.extensions import offered
from icosa.catalogue.model import Object
from icosa.errors import InvalidQuery
from icosa.surfaces.console.browse.selecting import selection
from icosa.surfaces.console.browse.view import view_of
from icosa.surfaces.console.browse.writers import refuse_readers
from icosa.surfaces.console.form_address import form_address
from icosa.surfaces.console.navigation import forget
from icosa.surfaces.console.rendering import Toast, go_to
from icosa.surfaces.console.runs.undoing import undo_of
from icosa.surfaces.console.submitted import submitted
from icosa.surfaces.console.written_run import run_of
from icosa.wire.actions import Action, Operation
from icosa.wire.openapi.reading import Offers

MOST_MERGED: Final = 9
"""So many records Twenty merges at once."""


def merge_action(offers: Offers, of: Object) -> Action | None:
    """What merges records of an object; None where their server has no such action, or nothing by which it could say that two
    are the same."""
    return offered(of, offers).get(Operation.MERGE) if of.duplicate_criteria else None


def merging(crm: icosa.Client, of: Object, ids: list[str]) -> str:
    """The address of the form that merges these records into the first of them; "" where nothing does."""
    action = merge_action(crm.offers, of)
    return form_address(action, {"body": {"ids": ids[:MOST_MERGED], "conflictPriorityIndex": 0}}) if action else ""


def merge(request: Request) -> Response:
    """GET /browse/{objects}/merge: to the form that merges what is ticked."""
    with request.app.state.site.client(request.state.visitor) as crm:
        view = view_of(crm.catalogue, request)
        ids = list(selection(request, view).ids)
        if not 2 <= len(ids) <= MOST_MERGED:
            some = f"{len(ids) or 'all'} records are selected"
            raise InvalidQuery(f"id: {some}; tick those that are to become one, 2 to {MOST_MERGED} of them")
        where = merging(crm, view.of, ids)
    if not where:
        raise InvalidQuery(f"{view.of.resource} of this workspace are not merged")
    return RedirectResponse(where, 303)


def restore(request: Request) -> Response:
    """POST /browse/{objects}/restore: what is ticked comes back out of the bin, as one run."""
    refuse_readers(request)
    form = submitted(request)
    site, visitor = request.app.state.site, request.state.visitor
    with site.client(visitor) as crm:
        view = view_of(crm.catalogue, request, form)
        ids = selection(request, view, form).ids
    if not ids:
        raise InvalidQuery("all: records are brought back as they are ticked, a page of them at a time")
    count = f"{len(ids)} {'record' if len(ids) == 1 else 'records'}"
    with site.client(visitor, f"Restore {count} of {view.of.resource}") as crm:
        for each in ids:
            crm[view.of.plural].restore_one(each, depth=0)
        run = run_of(crm) or None
    forget(request.app.state)
    return go_to(view.href(after="", before="", at=1), Toast(f"Brought back: {count}", undo_of(run)))
