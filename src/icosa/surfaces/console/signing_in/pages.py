"""The pages to sign in at."""

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from icosa.errors import AccessDenied
from icosa.surfaces.console.guard import SIGN_IN, local_path
from icosa.surfaces.console.longest_body import LongestBody
from icosa.surfaces.console.problems import problem
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.site import Site
from icosa.surfaces.console.submitted import FormRoute, submitted

_FORM_BYTES = 16 * 1024
"""A key and a path; whoever sends it is not known yet."""


def show(request: Request) -> Response:
    """GET /sign-in?next=/…"""
    return _form(request, local_path(request.query_params.get("next", "/")))


def with_key(request: Request) -> Response:
    """POST /sign-in: key, next."""
    site: Site = request.app.state.site
    sent = submitted(request)
    back = local_path(str(sent.get("next", "/")))
    if not site.keys_open:
        return _form(request, back, status=403)
    try:
        token = site.sessions.enter(str(sent.get("key", "")).strip(), _agent(request))
    except AccessDenied as error:
        return _form(request, back, error.message, 422)
    return _signed_in(request, token, back)


def show_link(request: Request) -> Response:
    """GET /sign-in/{code}: a button, so that who only looks at a link (a preview, a scanner of mail) does not spend it."""
    return page(request, "signing_in/link.html")


def spend_link(request: Request) -> Response:
    """POST /sign-in/{code}"""
    site: Site = request.app.state.site
    token = site.sessions.spend(request.path_params["code"], _agent(request))
    if token is None:
        return problem(request, 410, "This link is not good any more", _SPENT, "code_spent")
    return _signed_in(request, token, "/")


def out(request: Request) -> Response:
    """POST /sign-out"""
    site: Site = request.app.state.site
    name = site.door.cookie(request.headers["host"])
    if token := request.cookies.get(name):
        site.sessions.leave(token)
    answer = RedirectResponse(SIGN_IN, 303)
    _set(answer, request, "", age=0)
    return answer


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _form(request: Request, back: str, wrong: str = "", status: int = 200) -> Response:
    site: Site = request.app.state.site
    open_to_ears = site.door.is_open_to_ears(request.headers["host"])
    return page(request, "signing_in/sign_in.html", status=status, next=back, problem=wrong, open_to_ears=open_to_ears)


def _signed_in(request: Request, token: str, back: str) -> Response:
    answer = RedirectResponse(back, 303)
    _set(answer, request, token)
    return answer


def _set(answer: Response, request: Request, token: str, age: int | None = None) -> None:
    """Has the browser keep the session until it is closed; how long it is good, the server knows."""
    site: Site = request.app.state.site
    host = request.headers["host"]
    secure = site.door.scheme(host) == "https"
    answer.set_cookie(site.door.cookie(host), token, max_age=age, path="/", secure=secure, httponly=True, samesite="lax")


_SPENT = (
    "It was opened before, or is older than ten minutes. Sign in with an API key instead, or start the command that printed it again: "
    "it prints a new one."
)

ROUTES: list[BaseRoute] = [
    Route(SIGN_IN, show, name="sign_in"),
    FormRoute(SIGN_IN, with_key, middleware=[Middleware(LongestBody, size=_FORM_BYTES)]),
    Route(f"{SIGN_IN}/{{code}}", show_link),
    FormRoute(f"{SIGN_IN}/{{code}}", spend_link, middleware=[Middleware(LongestBody, size=_FORM_BYTES)]),
    FormRoute("/sign-out", out, name="sign_out"),
]
