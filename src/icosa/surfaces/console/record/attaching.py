"""A note or a task written on a record, and a task done."""

from dataclasses import replace
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from icosa.catalogue.junctions import Junction
from icosa.client.related import with_related
from icosa.errors import InvalidInput, InvalidValue
from icosa.surfaces.console.controls.moments import moment, zone_named
from icosa.surfaces.console.record.hanging import DONE, SHOWN, Section, attachable, attached_section, body_field, due_field, state_field
from icosa.surfaces.console.record.showing_page import record_page
from icosa.surfaces.console.record.subject import Subject, found, subject
from icosa.surfaces.console.record.writing import refuse_reader, toast
from icosa.surfaces.console.rendering import Toast, fragment, go_to, is_partial
from icosa.surfaces.console.submitted import submitted


def add(request: Request) -> Response:
    """POST …/attached/{kind}: a new note or task on the record."""
    refuse_reader(request)
    form = submitted(request)
    with subject(request) as about:
        joined = _joined(about, request.path_params["kind"])
        try:
            message = _added(request, about, joined, form)
        except InvalidInput as error:
            return _refused(request, about, joined, form, str(error.message))
        return _after(request, about, joined, message)


def finish(request: Request) -> Response:
    """POST …/done/{kind}/{other}: a task is done."""
    refuse_reader(request)
    with subject(request) as about:
        joined = _joined(about, request.path_params["kind"])
        state = state_field(joined.of)
        if state is None:
            raise HTTPException(404, f"Nothing says of {joined.of.resource.lower()} whether they are done.")
        before = found(about.crm, joined.of, request.path_params["other"])
        title = before.get(joined.of.label_identifier) or "a task"
        with request.app.state.site.client(request.state.visitor, f"Done: {title}") as crm:
            crm[joined.of.plural].update_one(before["id"], {state.name: DONE}, depth=0)
            message = toast(crm, f"Done: {title}")
        return _after(request, about, joined, message)


def _added(request: Request, about: Subject, joined: Junction, form: FormData) -> Toast:
    """Raises InvalidInput for what cannot be written."""
    written = _record(about, joined, form)
    title = written[joined.of.label_identifier]
    with request.app.state.site.client(request.state.visitor, f"{title}, on {about.name}") as crm:
        made = crm[joined.of.plural].create_one(written, depth=0)
        crm[joined.of.plural].attach(made, **{about.of.plural: about.id})
        return toast(crm, f"Added: {title}")


def _record(about: Subject, joined: Junction, form: FormData) -> dict[str, Any]:
    of, body, due = joined.of, body_field(joined.of), due_field(joined.of)
    texts = {name: str(form.get(name) or "").replace("\r\n", "\n").strip() for name in ("title", "text", "due")}
    if not texts["title"]:
        if not texts["text"]:
            raise InvalidValue("Title", "is missing: say in a few words what it is about")
        texts["title"] = texts["text"].splitlines()[0][:80]
    record: dict[str, Any] = {of.label_identifier: texts["title"]}
    if body and texts["text"]:
        record[body.name] = {body.type.about.primary: texts["text"]} if body.type.composite else texts["text"]
    if due and texts["due"]:
        record[due.name] = moment(texts["due"], zone_named(str(about.look.zone)), due.label or due.name)
    return record


def _joined(about: Subject, kind: str) -> Junction:
    found = next((each for each in attachable(about) if each.of.plural == kind), None)
    if found is None:
        raise HTTPException(404, f"Nothing of that kind hangs on {about.of.resource.lower()}.")
    return found


def _section(about: Subject, joined: Junction) -> Section:
    """The section as it is now."""
    now = about.with_record(found(about.crm, about.of, about.id))
    return attached_section(now, with_related(now.crm, now.of, now.record, SHOWN), joined)


def _after(request: Request, about: Subject, joined: Junction, message: Toast) -> Response:
    if not is_partial(request):
        return go_to(f"{about.path}#h-{joined.of.plural}", message)
    return fragment(request, "record/section.html", section=_section(about, joined), toasts=[message])


def _refused(request: Request, about: Subject, joined: Junction, form: FormData, problem: str) -> Response:
    given = {name: str(form.get(name) or "") for name in ("title", "text", "due")}
    section = replace(_section(about, joined), given=given, problem=problem)
    if is_partial(request):
        return fragment(request, "record/section.html", 422, section=section, toasts=[])
    return record_page(request, about, status=422, instead=section)
