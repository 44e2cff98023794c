"""A form as somebody filled it in: what it would send, or what is wrong with it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import unquote

import orjson

import icosa
from icosa.call.asking import asked_of
from icosa.call.masking import masked
from icosa.call.request import build
from icosa.catalogue.field_types import UNSENT
from icosa.catalogue.model import Catalogue
from icosa.errors import IcosaError, InvalidInput
from icosa.forms import Call, Form, call_of, written
from icosa.surfaces.console.controls.checking import checked, placed
from icosa.surfaces.console.controls.control import Control
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.values import is_uuid, value
from icosa.wire.actions import Action, Operation
from icosa.wire.message import Request

COPIED: Final[tuple[tuple[Form, str], ...]] = (
    ("python", "Python"), ("python-async", "async"), ("cli", "Shell"), ("curl", "curl"), ("json", "Agent"),
)  # fmt: skip
"""The forms in which a call is copied, and their words."""


CHARACTERS: Final = 200_000
"""As much JSON as a page shows."""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """`entries` have what is wrong at each, and `problem` is what is wrong with none of them alone.  `call` and `request` are what
    is sent, None while anything is wrong."""

    action: Action
    entries: tuple[Entry, ...]
    call: Call | None = None
    request: Request | None = field(default=None, repr=False)  # it may hold secrets
    problem: IcosaError | None = None

    @property
    def wrong(self) -> Sequence[Entry]:
        return [each for each in self.entries if each.problem]

    @property
    def sends(self) -> int:
        """How many properties are sent, beside which record it is about."""
        return sum(each.state != "unsent" and each.of.place != "path" for each in self.entries)

    def given_so_far(self) -> dict[str, Any]:
        """What is sent, by the properties' names, of what can be already."""
        found: dict[str, Any] = {}
        for each in self.entries:
            with suppress(InvalidInput):
                if (sent := value(each)) is not UNSENT:
                    found[each.name] = sent
        return found


def _given(entries: Iterable[Entry]) -> dict[str, Any]:
    found = ((each.name, value(each)) for each in entries)
    return {name: sent for name, sent in found if sent is not UNSENT}


def filled_form(crm: icosa.Client, action: Action, entries: Sequence[Entry], *, missing: bool = True) -> FilledForm:
    """Checks what was filled in, as the client does before it sends anything.  Without `missing` nothing is said of what may still
    be typed: what is required, and the names of records."""
    catalogue, offers = crm.ready()
    found = [
        replace(seen, problem=was.problem or seen.problem) for was, seen in zip(entries, checked(catalogue, action, entries), strict=True)
    ]
    if not missing:
        found = [replace(each, problem="") if each.state == "unsent" else each for each in found]
        if any(each.of.required and each.state == "unsent" for each in found) or any(map(_is_only_named, found)):
            return FilledForm(action, tuple(found))
    if not any(each.problem for each in found):
        try:
            given = _given(found)
            request = build(catalogue, action, given)
            call = call_of(catalogue, action, given, offers)
        except InvalidInput as error:
            at = placed(found, error)
            if not missing and any(each.problem and each.state == "unsent" for each in at):
                return FilledForm(action, tuple(found), problem=error)  # of a box in which nobody has typed yet
            return FilledForm(action, at, problem=None if any(each.problem for each in at) else error)
        return FilledForm(action, tuple(found), call, request if offers.icosa else asked_of(offers, request))
    return FilledForm(action, tuple(found))


def _is_only_named(entry: Entry) -> bool:
    return entry.control in (Control.RECORD, Control.RELATION) and entry.state == "sent" and not is_uuid(value(entry))


def failed(form: FilledForm, error: IcosaError) -> FilledForm:
    """The form after its action ended in an error: at the property that caused it, where it says which."""
    at = placed(form.entries, error)
    return replace(form, entries=at, problem=None if any(each.problem for each in at) else error)


def without_fields(form: FilledForm, names: Sequence[str]) -> FilledForm:
    """The form where these were filled in, and nothing has them any more."""
    listed = ", ".join(names)
    text = f"{listed}: {form.action.label} has no such property any more; nothing was sent. Send the form again to go on without"
    return replace(form, call=None, problem=InvalidInput(text)) if names else form


def request_line(form: FilledForm) -> tuple[str, str, str]:
    """The method, the path and what else a form sends, as the call line has them; with what is filled in so far where not all is."""
    if form.request is not None:
        body = orjson.loads(form.request.body) if form.request.body else None
        return form.request.method, form.request.path, f"{_query(form.request)}{_outline(body)}"
    sent = form.given_so_far()
    id_ = sent.get("id")
    path = form.action.path.replace("{id}", str(id_)) if is_uuid(id_) else form.action.path
    body = {each.name: sent[each.name] for each in form.entries if each.of.place == "body" and each.name in sent}
    return form.action.method, path, _outline(body)


def _query(request: Request) -> str:
    return f"?{unquote(request.query)}" if request.query else ""


def _outline(body: Any) -> str:
    """The names in a body; the null ones say so."""
    match body:
        case Mapping() if body:
            return f"  {{ {', '.join(f'{name}: null' if each is None else str(name) for name, each in body.items())} }}"
        case list() if body:
            return f"  [ {len(body)} record{'' if len(body) == 1 else 's'} ]"
    return ""


def request_body(catalogue: Catalogue, request: Request) -> Any:
    """The JSON that a request sends, its secrets masked; None for none."""
    return masked(catalogue, orjson.loads(request.body)) if request.body else None


def copies(crm: icosa.Client, form: FilledForm, address: str) -> list[tuple[str, str, str]]:
    """The same call in its forms; what it lacks, where it is not whole."""
    if form.call is None:
        text = f"# Not yet a call: {_lacking(form)}"
        return [(name, word, text) for name, word in COPIED]
    catalogue, offers = crm.ready()
    return [(name, word, written(name, catalogue, form.call, address, offers=offers)) for name, word in COPIED]


def _lacking(form: FilledForm) -> str:
    for each in form.entries:
        if each.problem:
            return f"{each.of.label}: {each.problem}"
        if each.of.required and each.state == "unsent":
            return f"{each.of.label} is missing"
    return form.problem.message if form.problem else "pick a record"


def reads(action: Action) -> bool:
    """Whether an action changes nothing."""
    return action.method == "GET" or action.operation is Operation.FIND_DUPLICATES


def cut_json(answer: Any) -> tuple[str, bool]:
    """JSON on several lines, and whether all of it is there."""
    text = json.dumps(answer, ensure_ascii=False, indent=2)
    return text[:CHARACTERS], len(text) <= CHARACTERS
