"""What the page of a form shows: its properties, what it sends, the same call in its forms, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlencode

from starlette.requests import Request

import icosa
from icosa.call.page import Record
from icosa.catalogue.model import Object
from icosa.errors import IcosaError
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.surfaces.console.controls.drawing import parts_of
from icosa.surfaces.console.controls.editing import boxed
from icosa.surfaces.console.controls.entry import Entry, state_words
from icosa.surfaces.console.controls.looking_up import target_of
from icosa.surfaces.console.controls.moments import zone_named, zones
from icosa.surfaces.console.controls.values import is_uuid, picked
from icosa.surfaces.console.form_address import form_address
from icosa.surfaces.console.problems import kind_of
from icosa.surfaces.console.run.filled_form import FilledForm, copies, cut_json, reads, request_body, request_line
from icosa.surfaces.console.showing import looking, value
from icosa.surfaces.console.showing.looking import ZONE_COOKIE
from icosa.wire.actions import Action, Operation
from icosa.wire.actions.properties import Property
from icosa.wire.identifiers import new_id

_OF_A_RECORD: Final = (Operation.UPDATE_ONE, Operation.DELETE_ONE)
_LONGEST_HINT: Final = 60


class FormLine(NamedTuple):
    """A property as the form draws it: `words` are its states, `find` where records are looked for, `stays` what stays there
    where it is not sent, of a value in parts by their names."""

    entry: Entry
    words: Sequence[tuple[str, str]]
    find: str
    stays: str | Mapping[str, str]

    @property
    def hints(self) -> list[tuple[str, str]]:
        """The ids of its boxes, and what stays in each."""
        if isinstance(self.stays, str):
            return [(self.entry.name, self.stays)] if self.stays else []
        name = self.entry.name
        return [(f"{name}-{part}" if at else name, text) for at, (part, text) in enumerate(self.stays.items())]


class Summary(NamedTuple):
    """What is wrong, in one place: each line with the id of the box that it leads to."""

    title: str
    errors: Sequence[tuple[str, str]]
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """All that the templates of a form draw.

    `leading` are properties that are required or filled in, `rest` the others; `asked` is the request that is sent.  `shows` is
    the record of which the page says what stays where nothing is sent; `fresh` where it is another than before.
    """

    form: FilledForm
    leading: Sequence[FormLine]
    rest: Sequence[FormLine]
    summary: Summary | None
    call: tuple[str, str, str]
    asked: tuple[str, str]
    copies: Sequence[tuple[str, str, str]]
    address: str
    chain: str
    token: str
    tried: bool
    shows: str
    fresh: bool
    zone: str
    zones: Sequence[str]
    writes: bool
    destroys: bool

    @property
    def action(self) -> Action:
        return self.form.action

    @property
    def unfolded(self) -> bool:
        """Whether the others are shown at once: where none leads, and where a record is to be changed and nothing says how yet."""
        changes = any(each.entry.of.place == "body" for each in self.rest)
        return all(each.entry.of.place == "path" for each in self.leading) and (changes or not self.leading)

    @property
    def lines(self) -> Sequence[FormLine]:
        return [*self.leading, *self.rest]


def zone_of(request: Request) -> str:
    """The time zone in which somebody types moments."""
    return zone_named(request.cookies.get(ZONE_COOKIE, ""))


def form_page(
    request: Request,
    crm: icosa.Client,
    form: FilledForm,
    *,
    token: str = "",
    tried: bool = False,
    error: IcosaError | None = None,
    shows: str = "",
) -> FormPage:
    """The page of a form that was filled in; `tried` is whether it was to be run already, `error` what came of that, and `shows`
    the record of which the page says already what stays."""
    id_ = record_id(form)
    stays = stays_of(request, crm, form.action, id_) if id_ and id_ != shows else {}
    name = form.action.object.label_identifier if form.action.object else ""  # what a record is called by comes first
    lines = [_line(crm, form.action, each, stays) for each in form.entries]
    leading = sorted((each for each in lines if _leads(each.entry)), key=lambda each: not each.entry.of.required)
    rest = sorted((each for each in lines if not _leads(each.entry)), key=lambda each: (each.entry.name != name, each.entry.of.label))
    address = address_of(form)
    return FormPage(
        form, leading, rest, summary(form, error) if tried else None, request_line(form), asked(crm, form),
        copies(crm, form, request.app.state.site.address), address, _chain(form, address), token or new_id(), tried, id_, bool(stays),
        zone_of(request), zones() if any(each.control is Control.MOMENT for each in form.entries) else (),
        not reads(form.action), destroys_for_good(crm, form),
    )  # fmt: skip


def record_id(form: FilledForm) -> str:
    """The id of the record that the form is about, once it is known."""
    if form.action.operation not in _OF_A_RECORD:
        return ""
    id_ = next((picked(each) or each.box("?") for each in form.entries if each.control is Control.RECORD), "")
    return id_ if is_uuid(id_) else ""


def stays_of(request: Request, crm: icosa.Client, action: Action, id_: str) -> Mapping[str, str | Mapping[str, str]]:
    """What a record has now, by the names of the properties; nothing where it cannot be read."""
    assert action.object is not None
    try:
        record = crm[action.object.plural].find_one(id_, depth=1)
    except IcosaError:
        return {}
    look = looking(request).briefly
    return {each.name: _stays(crm, action.object, each, record, look) for each in action.properties if each.place == "body"}


def _stays(crm: icosa.Client, of: Object, held: Property, record: Record, look: Any) -> str | Mapping[str, str]:
    if control_of(held) is Control.PARTS:
        boxes = boxed(held, record.get(held.name))
        return {part.name: _briefly(boxes.box(f".{part.name}")) for part in parts_of(boxes)}
    shown = value(crm.catalogue, of, held.name, record, look)
    return _briefly(str(shown) if shown else "")


def _briefly(text: str) -> str:
    text = text or "empty"
    return text if len(text) <= _LONGEST_HINT else f"{text[:_LONGEST_HINT]}…"


def asked(crm: icosa.Client, form: FilledForm) -> tuple[str, str]:
    """The request that a form sends: its line, and its body on several lines; "" for what there is not."""
    if form.request is None:
        return "", ""
    query = f"?{form.request.query}" if form.request.query else ""
    body = request_body(crm.catalogue, form.request)
    return f"{form.request.method} {quote(form.request.path, safe='/-._~')}{query}", "" if body is None else cut_json(body)[0]


def summary(form: FilledForm, error: IcosaError | None) -> Summary | None:
    """What is wrong with a form that was to be run; None where nothing is."""
    wrong = [(box_of(each), f"{each.of.label}: {each.problem}") for each in form.wrong]
    problem = form.problem or error
    if not wrong and problem is None:
        return None
    if error is not None:
        return Summary(kind_of(error)[1], wrong, "" if wrong else error.message, error.code)
    count = len(wrong)
    title = "Nothing was sent" + (": one property needs mending" if count == 1 else f": {count} properties need mending" if count else "")
    return Summary(title, wrong, problem.message if problem else "", problem.code if problem else "")


def box_of(entry: Entry) -> str:
    """The id of the box that mends a property."""
    return f"{entry.name}-json" if entry.as_json else entry.name


def address_of(form: FilledForm, **more: str) -> str:
    """The address that opens the form as it is filled in, with what is no property: `show`, `run`."""
    at = form_address(form.action, form.given_so_far())
    query = urlencode([(f".{name}", text) for name, text in more.items() if text])
    return f"{at}{'&' if '?' in at else '?'}{query}" if query else at


def destroys_for_good(crm: icosa.Client, form: FilledForm) -> bool:
    """Whether what the form deletes cannot come back."""
    if form.action.method != "DELETE":
        return False
    return (crm.offers.icosa is None and not crm.offers.soft_delete) or bool(form.call and form.call.properties.get("permanent"))


def _chain(form: FilledForm, address: str) -> str:
    _, mark, query = address.partition("?")
    about = urlencode({"resource": form.action.resource, "operation": form.action.verb})
    return f"/chains/new?{about}{'&' if mark else ''}{query}"


def _leads(entry: Entry) -> bool:
    return entry.of.required or entry.state != "unsent" or entry.problem != ""


def _line(crm: icosa.Client, action: Action, entry: Entry, stays: Mapping[str, str | Mapping[str, str]]) -> FormLine:
    of = target_of(crm.catalogue, action, entry)
    find = f"/records?{urlencode({'object': of.plural, 'for': entry.name})}" if of else ""
    return FormLine(entry, state_words(action, entry), find, stays.get(entry.name, ""))
