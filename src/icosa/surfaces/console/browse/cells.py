"""One cell of a table, edited where it stands, by the script: GET its editor, PUT it."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import icosa
from icosa.call.extensions import offered
from icosa.call.page import Record
from icosa.call.where import F, both
from icosa.catalogue.field_types import UNSENT
from icosa.catalogue.model import BelongsTo, Object
from icosa.errors import Conflict, IcosaError, InvalidInput, NotFound, UnknownField
from icosa.surfaces.console.browse.related import with_related
from icosa.surfaces.console.browse.writers import refuse_readers
from icosa.surfaces.console.came_from import path_of
from icosa.surfaces.console.controls.checking import checked, placed
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.surfaces.console.controls.editing import boxed, saved
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.looking_up import looked_up
from icosa.surfaces.console.controls.reading import entries
from icosa.surfaces.console.rendering import Toast, fragment, is_partial
from icosa.surfaces.console.showing import Cell, address, called, label, looking, value
from icosa.surfaces.console.submitted import submitted
from icosa.surfaces.console.turns import in_turn
from icosa.surfaces.console.written_run import run_of
from icosa.wire.actions import Action, Operation, find_object
from icosa.wire.actions.properties import Property

_HEAD: Final = "?head=1"
_SHOWN: Final = 60
"""Characters of a value in a sentence."""
_ONE_LINE: Final = (Control.TEXT, Control.NUMBER, Control.POSITION, Control.DATE, Control.FLAG, Control.CHOICE)


@dataclass(frozen=True, slots=True)
class CellAt:
    """A property of a record, as it is now; `back` is the page that it is edited on, and `head` whether it is first in its row."""

    of: Object
    record: Record
    action: Action
    of_action: Property
    name: str
    back: str
    head: bool = False

    @property
    def id(self) -> str:
        return cell_id(self.record["id"], self.name)

    @property
    def path(self) -> str:
        return f"{address(self.of, self.record['id'])}/cell/{self.name}" + (_HEAD if self.head else "")

    @property
    def held(self) -> Any:
        return self.record.get(self.of_action.name)

    @property
    def was(self) -> str:
        """Its value now, short enough for a form: whoever changes it changes this."""
        return hashlib.sha256(json.dumps(self.held, sort_keys=True).encode()).hexdigest()[:16]


def is_edited(of: Object, name: str) -> bool:
    """Whether a property is edited in a table: all that somebody may say and see again."""
    if name in of.relation_by_name:
        return True
    property_ = _property(of, name)
    return property_ is not None and control_of(property_) not in (Control.SHOWN, Control.SECRET)


def cell_id(id_: str, name: str) -> str:
    """The id of a cell on its page."""
    return f"c-{id_}-{name}"


def cell(request: Request) -> Response:
    """The editor of a cell; with `?shown` the cell as it is.  Who follows the address gets to the record."""
    if not is_partial(request):
        return RedirectResponse(request.url.path.partition("/cell/")[0], 303)
    with request.app.state.site.client(request.state.visitor) as crm:
        at = _at(request, crm)
        if "shown" in request.query_params:
            return _cell(request, crm, at)
        refuse_readers(request)
        names = called_there(crm, at)
        entry = boxed(at.of_action, at.held, str(looking(request).zone), names)
    return _editor(request, crm, at, entry)


@in_turn
def save(request: Request) -> Response:
    """Writes what stands in the boxes, unless somebody changed the value since: then it says so, and takes it when it is sent again."""
    refuse_readers(request)
    form = submitted(request)
    site, visitor = request.app.state.site, request.state.visitor
    with site.client(visitor) as crm:
        at = _at(request, crm)
    title = f"change {label(at.of, at.name)} of {called(at.of, at.record)}"
    with site.client(visitor, title[:200]) as crm:
        entry = looked_up(crm, at.action, [each for each in entries(at.action, form) if each.name == at.of_action.name])[0]
        if not entry.problem:
            entry = _checked(crm, at, entry)
        if entry.problem:
            return _editor(request, crm, at, entry)
        if form.get("was") != at.was:
            return _editor(request, crm, at, entry, moved=True)
        try:
            after = _written(crm, at, entry)
        except (InvalidInput, Conflict, NotFound) as error:
            found = placed([entry], error)[0]
            return _editor(request, crm, at, found if found.problem else replace(entry, problem=error.message))
        return _done(request, crm, at, after)


def called_there(crm: icosa.Client, at: CellAt) -> str:
    """What the record is called that a relation points at."""
    relation = at.of_action.field
    if not isinstance(relation, BelongsTo):
        return ""
    there = with_related(crm, at.of, [at.record], [relation.name])[0].get(relation.name)
    return called(crm.catalogue.by_singular[relation.target], there) if there else ""


def _at(request: Request, crm: icosa.Client) -> CellAt:
    of = find_object(crm.catalogue, request.path_params["objects"])
    name = request.path_params["name"]
    if not is_edited(of, name):
        raise UnknownField(f"{of.resource} have no {name!r} that is edited in a table")
    action = offered(of, crm.offers)[Operation.UPDATE_ONE]
    property_ = _property(of, name)
    assert property_ is not None, "it is edited"
    record = crm[of.plural].find_one(request.path_params["id"], depth=0)
    return CellAt(of, record, action, property_, name, path_of(request.headers.get("hx-current-url", "")), "head" in request.query_params)


def _property(of: Object, name: str) -> Property | None:
    relation = of.relation_by_name.get(name)
    wanted = {name, relation.foreign_key} if relation else {name}
    action = offered(of)[Operation.UPDATE_ONE]
    return next((each for each in action.properties if each.place == "body" and each.name in wanted), None)


def _checked(crm: icosa.Client, at: CellAt, entry: Entry) -> Entry:
    try:
        sent = saved(entry)
    except InvalidInput as error:
        return placed([entry], error)[0]
    if sent in (None, "", [], UNSENT):
        return entry
    return checked(crm.catalogue, at.action, [replace(entry, state="sent")])[0]


def _written(crm: icosa.Client, at: CellAt, entry: Entry) -> Record:
    sent = saved(entry)
    if sent == at.held or (sent in (None, "") and at.held in (None, "")):
        return at.record
    after: Record = crm[at.of.plural].update_one(at.record["id"], {at.of_action.name: sent}, depth=0)
    return after


def _done(request: Request, crm: icosa.Client, at: CellAt, after: Record) -> Response:
    """The cell as it is now, and what was done: with its row where it is, even where the record fits the filter no more."""
    run = run_of(crm)
    before, now = (_text(request, crm, at, each) for each in (at.record, after))
    text = f"{label(at.of, at.name)} of {called(at.of, after)}: {before} → {now}"
    at = replace(at, record=after)
    left = bool(run) and _left_filter(crm, at)
    if left:
        text += ". It fits the filter no more, and stays here until the page is loaded anew"
    toast = Toast(text, f"/runs/{run}/undo" if run else "")
    return _cell(request, crm, at, toast if run else None, left=left)


def _cell(request: Request, crm: icosa.Client, at: CellAt, toast: Toast | None = None, *, left: bool = False) -> Response:
    record = with_related(crm, at.of, [at.record], [at.name])[0]
    shown = value(crm.catalogue, at.of, at.name, record, looking(request).briefly)
    field = at.of.field_by_name.get(at.name)
    made = Cell(shown, at.id, changed=toast is not None)
    href = address(at.of, record["id"]) if at.head else ""
    return fragment(
        request,
        "browse/cell.html",
        of=made,
        href=href,
        right=bool(field and field.type.about.look.right),
        toasts=[toast] if toast else [],
        left=left,
    )


def _text(request: Request, crm: icosa.Client, at: CellAt, record: Record) -> str:
    record = with_related(crm, at.of, [record], [at.name])[0]
    text = str(value(crm.catalogue, at.of, at.name, record, looking(request)))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _editor(request: Request, crm: icosa.Client, at: CellAt, entry: Entry, *, moved: bool = False) -> Response:
    """The boxes, in the cell, or on a page without script.  A value that somebody changed meanwhile is told with what it is now."""
    now = _text(request, crm, at, at.record)
    if moved:
        entry = replace(entry, problem=f"Somebody changed it meanwhile: it is {now} now. Save yours all the same, or leave it as it is.")
    relation = at.of_action.field
    find = f"/records?object={crm.catalogue.by_singular[relation.target].plural}" if isinstance(relation, BelongsTo) else ""
    shown = {
        "at": at, "entry": entry, "moved": moved, "now": now, "find": find, "zone": str(looking(request).zone),
        "slim": entry.control in _ONE_LINE and "\n" not in entry.box(), "name": called(at.of, at.record),
        "label": label(at.of, at.name),
    }  # fmt: skip
    return fragment(request, "browse/editor.html", status=409 if moved else 422 if entry.problem else 200, **shown)


def _left_filter(crm: icosa.Client, at: CellAt) -> bool:
    """Whether the record is not among those of the table's filter any more."""
    asked = parse_qs(urlsplit(at.back).query).get("filter", [""])[0]
    if not asked:
        return False
    try:
        return not crm[at.of.plural].find_many(where=both(asked, F.id == at.record["id"]), limit=1, depth=0).records
    except IcosaError:
        return False
