"""A fact edited in place: its boxes, and saving what stands in them."""

import hashlib
from dataclasses import replace
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from icosa.call.paths import differing, values, wanted
from icosa.catalogue.field_types import UNSENT
from icosa.catalogue.model import BelongsTo, Field
from icosa.errors import Conflict, IcosaError, InvalidInput, NotFound
from icosa.forms.text import json_text
from icosa.surfaces.console.controls.control import Control
from icosa.surfaces.console.controls.editing import boxed, cleared, saved
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.moments import zone_named, zones
from icosa.surfaces.console.controls.reading import entries
from icosa.surfaces.console.controls.values import typed_name
from icosa.surfaces.console.controls.writing import written
from icosa.surfaces.console.problems import NotThere
from icosa.surfaces.console.record.facts import fact
from icosa.surfaces.console.record.subject import Subject, subject
from icosa.surfaces.console.record.timeline import timeline
from icosa.surfaces.console.record.writing import refuse_reader, toast
from icosa.surfaces.console.rendering import Toast, fragment, go_to, is_partial, page
from icosa.surfaces.console.showing import called, value
from icosa.surfaces.console.submitted import submitted
from icosa.surfaces.console.turns import in_turn
from icosa.wire.actions import Operation
from icosa.wire.actions.properties import Property


def show(request: Request) -> Response:
    """GET /browse/{objects}/{id}/facts/{name}: the fact as it is, for who gave up editing it."""
    with subject(request) as about:
        return _after(request, about, _property(about, request), None)


def edit(request: Request) -> Response:
    """GET …/facts/{name}/edit: its boxes."""
    refuse_reader(request)
    with subject(request) as about:
        of = _property(about, request)
        return _editor(request, about, boxed(of, about.record.get(of.name), _zone(about), _called(about, of)))


@in_turn
def save(request: Request) -> Response:
    """POST …/facts/{name}: saves it, where it is still as the one who edits it saw it."""
    refuse_reader(request)
    form = submitted(request)
    with subject(request) as about:
        of = _property(about, request)
        entry = _entry(about, of, form)
        held = about.record.get(of.name)
        if form.get("was") not in ("", None, mark(of, held)):
            theirs = value(about.catalogue, about.of, _member(of), about.record, about.look.briefly)
            entry = replace(entry, problem=f"Somebody made it “{theirs}” meanwhile. Save again to put yours in its place, or cancel.")
            return _editor(request, about, entry, 409)
        try:
            sent = cleared(entry) if form.get("clear") and of.secret else saved(_looked_up(about, of, entry))
            return _saved(request, about, of, sent)
        except (InvalidInput, Conflict, NotFound) as error:
            return _editor(request, about, replace(entry, problem=_words(of, error)), 422)


def mark(of: Property, held: Any) -> str:
    """What tells a value from another one without saying it; nothing for a secret."""
    return "" if of.secret else hashlib.sha256(json_text(held).encode()).hexdigest()[:16]


def _saved(request: Request, about: Subject, of: Property, sent: Any) -> Response:
    if sent is UNSENT or not differing(values(about.of, about.record), wanted(about.catalogue, about.of, {of.name: sent})):
        return _after(request, about, of, None)
    site, visitor = request.app.state.site, request.state.visitor
    with site.client(visitor, f"Change {fact(about, of.name).label} of {about.name}") as crm:
        record = crm[about.of.plural].update_one(about.id, {of.name: sent}, depth=1)
        now = about.with_record(record)
        before, after = (value(each.catalogue, each.of, _member(of), each.record, each.look.briefly) for each in (about, now))
        return _after(request, now, of, toast(crm, f"{fact(about, of.name).label} of {about.name}: {before} → {after}"))


def _after(request: Request, about: Subject, of: Property, message: Toast | None) -> Response:
    if not is_partial(request):
        return go_to(about.path, message)
    name = about.name if of.name == about.of.label_identifier else ""
    toasts = [message] if message else []
    happenings = timeline(about, request.state.visitor) if message else []
    now = fact(about, of.name, changed=bool(message))
    return fragment(request, "record/fact.html", about=about, fact=now, toasts=toasts, name=name, happenings=happenings)


def _editor(request: Request, about: Subject, entry: Entry, status: int = 200) -> Response:
    relation = entry.of.field
    find = ""
    if isinstance(relation, BelongsTo):
        find = f"/records?object={about.catalogue.by_singular[relation.target].plural}&for=edit-{entry.name}"
    data: dict[str, Any] = {
        "about": about, "fact": fact(about, entry.name), "entry": entry, "was": mark(entry.of, about.record.get(entry.name)), "find": find,
        "zone": _zone(about), "zones": zones() if entry.control is Control.MOMENT else (),
        "held": bool(about.record.get(entry.name)),
    }  # fmt: skip
    if is_partial(request):
        return fragment(request, "record/editor.html", status, **data)
    return page(request, "record/edit.html", status, **data)


def _property(about: Subject, request: Request) -> Property:
    found = about.editable.get(request.path_params["name"])
    if found is None or not fact(about, found.name).edit:
        raise NotThere("value", "There is no such value of this record, or nobody changes it by hand.")
    no_choice = isinstance(found.field, Field) and not found.field.nullable
    return found._replace(required=no_choice)


def _entry(about: Subject, of: Property, form: FormData) -> Entry:
    return entries(about.action(Operation.UPDATE_ONE)._replace(properties=(of,)), form)[0]


def _looked_up(about: Subject, of: Property, entry: Entry) -> Entry:
    """The entry with the record of a name that was typed.  Raises NotFound, and Conflict where several go by it."""
    if not isinstance(of.field, BelongsTo) or not typed_name(entry):
        return entry
    target = about.catalogue.by_singular[of.field.target]
    record = about.crm[target.plural].look_up(typed_name(entry), depth=0)
    return written(of, record["id"], called=called(target, record))


def _called(about: Subject, of: Property) -> str:
    """What the record is called that a relation leads to."""
    if not isinstance(of.field, BelongsTo):
        return ""
    end = about.record.get(of.field.name)
    return called(about.catalogue.by_singular[of.field.target], end) if isinstance(end, dict) else str(about.record.get(of.name) or "")


def _member(of: Property) -> str:
    return of.field.name if isinstance(of.field, BelongsTo) else of.name


def _words(of: Property, error: IcosaError) -> str:
    return str(error.message).removeprefix(f"{of.label}: ").removeprefix(f"{of.name}: ")


def _zone(about: Subject) -> str:
    return zone_named(str(about.look.zone))
