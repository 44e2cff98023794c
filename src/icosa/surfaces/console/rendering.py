"""Templates made pages: whole ones, and the main part alone for a request of htmx that swaps it."""

import base64
import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from secrets import token_hex
from typing import Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from icosa.catalogue import naming
from icosa.forms import command_line
from icosa.surfaces.console import assets
from icosa.surfaces.console.controls.drawing import choices_of, meaning_of, part_label, parts_of
from icosa.surfaces.console.controls.entry import unsent_word
from icosa.surfaces.console.navigation import Navigation, navigation
from icosa.surfaces.console.packing import is_packed, packed
from icosa.surfaces.console.remembered import MADE_OF, MadeOf
from icosa.surfaces.console.site import Inquiry, Visitor

_SAID_COOKIE: Final = "icosa_said"
_SAID_SECONDS: Final = 60
_LONGEST_SAID: Final = 300
_HOLE: Final = f"<{token_hex(16)}>"
"""What stands around the name of a hole: nobody who writes a record knows it, and it would be escaped."""

TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


@cache
def drawn_icon(name: str) -> Markup:
    """An icon of static/icons.svg."""
    return Markup(f'<svg class="i" aria-hidden="true"><use href="{assets.address("icons.svg")}#i-{name}"/></svg>')


@cache
def dialogs() -> Markup:
    """What every page has for the script to open; it is the same on each."""
    made: Any = TEMPLATES.get_template("parts/dialogs.html").module
    return Markup(f"{made.palette()}\n{made.keys()}")


@lru_cache(maxsize=256)
def _side(nav: Navigation, path: str, visitor: Visitor, remote: bool) -> Markup:
    return Markup(TEMPLATES.get_template("nav.html").render(nav=nav, path=path, visitor=visitor, remote=remote))


TEMPLATES.filters["in_a_sentence"] = naming.in_a_sentence
TEMPLATES.globals["static"] = assets.address
TEMPLATES.globals.update({each.__name__: each for each in (choices_of, meaning_of, parts_of, part_label)})
TEMPLATES.globals.update(
    command_line=command_line,
    unsent_word=unsent_word,
    drawn_icon=drawn_icon,
    dialogs=dialogs,
    hole=lambda name: Markup(f"{_HOLE}{name}{_HOLE}"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same on many pages, with the markup that stands in its `holes` on one of them: the template leaves them by
    {{ hole("rows") }}.  `data` is asked for where there is no frame of this `key` yet, for the same template and visitor at the same
    path."""

    key: Hashable
    data: Callable[[], Mapping[str, Any]] = field(compare=False)
    holes: Mapping[str, str] = field(compare=False)


def _filled(template: str, own: Mapping[str, Any], frame: Frame) -> bytes:
    """A frame with its holes filled: the texts around them, and in between what each is filled with."""
    around = tuple((name, tuple(held) if isinstance(held, list) else held) for name, held in own.items() if name != "request")
    names, texts = _frame(template, around, frame)
    made = list(texts)
    made[1::2] = [frame.holes[each].encode() for each in names]
    return b"".join(made)


@lru_cache(maxsize=64)
def _frame(template: str, around: tuple[tuple[str, Any], ...], frame: Frame) -> tuple[Sequence[str], Sequence[bytes]]:
    """The names of its holes, and its texts, with one more for each hole."""
    texts = TEMPLATES.get_template(template).render({**dict(around), **frame.data()}).split(_HOLE)
    return texts[1::2], [each.encode() for each in texts]


class Toast(NamedTuple):
    """What was just done, at the edge of the page.  `undo` is the path that a POST puts it back at, "" for none."""

    text: str
    undo: str = ""
    bad: bool = False


def page(
    request: Request,
    template: str,
    status: int = 200,
    *,
    inquiries: Sequence[Inquiry] = (),
    frame: Frame | None = None,
    **data: Any,
) -> Response:
    """A page that extends `base.html`: all of it, or its main part where htmx asks for a part (`HX-Request-Type: partial`).

    One that is nothing but what its address asks for and the workspace answered to those `inquiries` may be sent again, as
    `remembered.py` says.

    One with a `frame` has its data there, and no `request` among it.

    Every template has `site`, `visitor`, `path` and `request` beside its data.  Raises jinja2.UndefinedError where it lacks one.
    """
    partial = is_partial(request)
    visitor = request.state.visitor
    toasts = list(data.pop("toasts", ()))
    toast = None if partial else _toast(request)
    own = _own(request) | {"whole": not partial, "toasts": [*([toast] if toast else []), *toasts]}
    if visitor is not None and not partial:
        nav = navigation(request.app.state, visitor, fresh=status < 500)
        own["side"] = _side(nav, own["path"], visitor, request.app.state.site.remote)
    answer = _answer(request, _rendered(template, own | data) if frame is None else _filled(template, own, frame), status)
    if toast:
        answer.delete_cookie(_SAID_COOKIE, path="/")
    elif inquiries and visitor is not None:
        request.scope[MADE_OF] = MadeOf(visitor, inquiries, None if partial else nav)
    return answer


def fragment(request: Request, template: str, status: int = 200, **data: Any) -> Response:
    """A template by itself: what htmx swaps in.  Several at once go into one template, the others in `<hx-partial hx-target=…>`."""
    return _answer(request, _rendered(template, _own(request) | data), status)


def is_partial(request: Request) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("hx-request-type") == "partial"


def go_to(path: str, toast: Toast | None = None) -> Response:
    """After a write: sends the browser on to a page (303), which says what was done, once."""
    answer = RedirectResponse(path, 303)
    if toast:
        content = json.dumps([toast.text[:_LONGEST_SAID], toast.undo, toast.bad]).encode()
        packed = base64.urlsafe_b64encode(content).decode()
        answer.set_cookie(_SAID_COOKIE, packed, max_age=_SAID_SECONDS, path="/", httponly=True, samesite="strict")
    return answer


def _rendered(template: str, data: Mapping[str, Any]) -> bytes:
    return TEMPLATES.get_template(template).render(data).encode()


def _answer(request: Request, body: bytes, status: int) -> Response:
    headers = {"Vary": "HX-Request-Type"}
    if is_packed(request, body):
        body = packed(body)
        headers = {"Vary": "HX-Request-Type, Accept-Encoding", "Content-Encoding": "gzip"}
    return HTMLResponse(body, status, headers=headers)


def _own(request: Request) -> dict[str, Any]:
    state = request.app.state
    return {"request": request, "site": state.site, "visitor": request.state.visitor, "path": request.scope["path"]}


def _toast(request: Request) -> Toast | None:
    """What the page before wanted said here.  The cookie may be anybody's: a path of ours is all that it can lead to."""
    carried = request.cookies.get(_SAID_COOKIE)
    if not carried:
        return None
    try:
        text, undo, bad = json.loads(base64.urlsafe_b64decode(carried))
    except (ValueError, TypeError):
        return None
    if not (isinstance(text, str) and isinstance(undo, str) and isinstance(bad, bool)):
        return None
    return Toast(text[:_LONGEST_SAID], undo if undo.startswith("/runs/") else "", bad)
