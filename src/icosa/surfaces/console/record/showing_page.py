"""The page of a record, which a refused form on it is shown on as well."""

from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from icosa.call.request import build
from icosa.call.where import DELETED, F
from icosa.forms import call_of, written
from icosa.forms.names import Form
from icosa.surfaces.console.record.choosing_action import actions_on
from icosa.surfaces.console.record.facts import facts_of
from icosa.surfaces.console.record.hanging import Section, sections_of
from icosa.surfaces.console.record.neighbours import list_of
from icosa.surfaces.console.record.subject import Subject, subject
from icosa.surfaces.console.record.timeline import timeline
from icosa.surfaces.console.rendering import page
from icosa.wire.actions import Action, Operation

_FORMS: tuple[tuple[Form, str], ...] = (("python", "Python"), ("cli", "Shell"), ("curl", "curl"), ("json", "Agent"))


def show(request: Request) -> Response:
    """GET /browse/{objects}/{id}"""
    with subject(request, deleted=True) as about:
        return record_page(request, about)


def record_page(request: Request, about: Subject, status: int = 200, instead: Section | None = None) -> Response:
    """The page; one section of it may be another one, with what was wrong in its form."""
    action, given = _finding(about)
    asked = build(about.catalogue, action, {**given, "depth": 1})
    call = call_of(about.catalogue, action, given, about.crm.offers)
    address = request.app.state.site.address
    sections = [] if about.is_deleted else sections_of(about)
    return page(
        request,
        "record/page.html",
        status,
        about=about,
        facts=facts_of(about),
        sections=[instead if instead and each.name == instead.name else each for each in sections],
        happenings=timeline(about, request.state.visitor),
        asked=asked,
        query=unquote(asked.query),
        copies=[(form, word, written(form, about.catalogue, call, address, offers=about.crm.offers)) for form, word in _FORMS],
        actions=actions_on(about, request.state.visitor),
        listed=list_of(request).query,
        table=f"/browse/{about.of.plural}?{urlencode({'filter': str(F['id'] == about.id)})}",
    )


def _finding(about: Subject) -> tuple[Action, dict[str, str]]:
    """The call that gives the record: one that lies in the bin is found by naming that it does."""
    if about.is_deleted:
        return about.action(Operation.FIND_MANY), {"filter": str((F["id"] == about.id) & DELETED)}
    return about.action(Operation.FIND_ONE), {"id": about.id}
