"""What every request passes before it gets to a page: is the host ours, does a write come from our own pages, who is it."""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icosa.catalogue.kinds import brief
from icosa.surfaces.console.came_from import path_of
from icosa.surfaces.console.problems import problem
from icosa.surfaces.console.site import Site, Visitor
from icosa.surfaces.console.unsent import unsent
from icosa.wire.rest.faults import framework_fault

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_OF_FILES: Sequence[tuple[bytes, bytes]] = tuple((name.encode(), value.encode()) for name, value in HEADERS.items())
_OF_PAGES = (*_OF_FILES, (b"cache-control", b"no-store"))
SIGN_IN = "/sign-in"
JSON = "application/json"
_SAFE = frozenset({"GET", "HEAD"})


class SafeHeaders:
    """Has every answer say what its page may do, those among them that tell of a failure; nobody has signed in as yet."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.visitor = None
        await self._app(scope, receive, _with_headers(send, request))


class Guard:
    """Lets through who has signed in, and puts who it is into `request.state.visitor`: None on the pages that are open to
    everybody, which are those to sign in at, and what they are drawn with."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        answer = self._strange(request)
        if answer is None:
            scope["scheme"] = self._site.door.scheme(request.headers["host"])  # a proxy may speak another than is spoken here
            answer = await self._unknown(request)
        await (answer or self._app)(scope, receive, send)

    def _strange(self, request: Request) -> Response | None:
        """The answer where the host is none of ours, or where a page of somebody else's asks for a write."""
        host = request.headers.get("host", "")
        if not self._site.door.known(host):
            return problem(request, 421, "This is not an address of the console", _rebinding(self._site), "unknown_host")
        if request.method not in _SAFE and not _is_own(request, self._site.door.origin(host)):
            return problem(request, 403, "Another page asked for this", _FOREIGN, "cross_site")
        return None

    async def _unknown(self, request: Request) -> Response | None:
        """The answer to whom nobody knows; else the request says from now on who it is."""
        if _is_open(request.scope["path"]):
            return None
        token = request.cookies.get(self._site.door.cookie(request.headers["host"]))
        visitor: Visitor | None = await self._site.sessions.visitor(token) if token else None
        request.state.visitor = visitor
        if visitor is not None:
            return None
        if _is_program(request):
            return _nowhere(request)
        kept = None if request.method in _SAFE or "hx-request" in request.headers else await unsent(request)
        return kept or to_sign_in(request)


def _is_program(request: Request) -> bool:
    """Whether a program of the API asks, which has no use for a page: it takes JSON, and says so alone."""
    return request.headers.get("accept", "").partition(";")[0].strip().lower() == JSON


def _nowhere(request: Request) -> Response:
    """What the API answers where it has nothing."""
    answer = framework_fault(404, f"Cannot {request.method} {brief(request.url.path)}", "Not Found")
    return Response(answer.body, answer.status, media_type=JSON)


def to_sign_in(request: Request) -> Response:
    """Sends a browser to sign in and back; what htmx asked for, it is told where, and the script says it without leaving the page,
    on which somebody may be typing."""
    by_htmx = "hx-request" in request.headers
    shown = request.headers.get("hx-current-url", "") if by_htmx else str(request.url)
    back = local_path(path_of(shown)) if by_htmx or request.method in _SAFE else "/"
    where = SIGN_IN if back == "/" else f"{SIGN_IN}?next={quote(back, safe='/')}"
    return Response(status_code=401, headers={"HX-Redirect": where}) if by_htmx else RedirectResponse(where, 303)


def local_path(text: str) -> str:
    """A path of the console's own as it is, "/" for anything else: what a link says must lead nowhere else."""
    plain = text.startswith("/") and not text.startswith(("//", "/\\")) and not any(each <= " " or each == "\\" for each in text)
    return text if plain else "/"


def _is_open(path: str) -> bool:
    return path == SIGN_IN or path.startswith((f"{SIGN_IN}/", "/static/"))


def _is_own(request: Request, origin: str) -> bool:
    """Whether the browser says that a page of our own asks.  It does so by itself, and no page can have it say otherwise."""
    site = request.headers.get("sec-fetch-site")
    return site == "same-origin" if site is not None else request.headers.get("origin", "").lower() == origin


def _with_headers(send: Send, request: Request) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            wanted = _OF_FILES if request.scope["path"].startswith("/static/") else _OF_PAGES
            message["headers"] = [*message["headers"], *(each for each in wanted if each[0] not in present)]
        await send(message)

    return sent


_FOREIGN = (
    "A form or script of another site, or a browser that does not say where a form comes from, asked the console to change "
    "something. Nothing was done. Open the console itself and do it there."
)


def _rebinding(site: Site) -> str:
    return (
        "The browser asked for a host name that the console does not know, which is how a page elsewhere would reach into it. "
        f"Open it at {site.door.public_url or site.door.listens}. If it is meant to be reached under another name, start it with "
        "--public-url and the address that people type."
    )
