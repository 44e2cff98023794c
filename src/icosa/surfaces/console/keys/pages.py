"""GET /keys and what is done there: the owner makes and revokes API keys, and ends sessions."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from icosa.errors import InvalidValue
from icosa.surfaces.console.keys.expiries import AFTER, DEFAULT, expiry
from icosa.surfaces.console.problems import NotThere, problem
from icosa.surfaces.console.rendering import Toast, go_to, page
from icosa.surfaces.console.showing import columns_of, looking, rows_of
from icosa.surfaces.console.showing.moments import ago, read_moment
from icosa.surfaces.console.site import Access, ApiKey
from icosa.surfaces.console.submitted import FormRoute, submitted

_SHOWN: Final = 60
_LONGEST_NAME: Final = 200
_ELSEWHERE: Final = ("name", "createdAt", "expiresAt", "revokedAt")
_OWNER_ONLY: Final = (
    "Only the owner of the workspace makes and revokes keys, so that no key can make another that outlives it or may do more. The owner "
    "signs in by the link that icosa serve prints, and makes keys with icosa keys create, too."
)

Page = Callable[[Request, Access], Response]


def owned(show: Page) -> Callable[[Request], Response]:
    """A page for the owner alone, where keys are made here at all."""

    def shown(request: Request) -> Response:
        access: Access | None = request.app.state.site.access
        if request.state.visitor.key_id is not None:
            return problem(request, 403, "Keys are the owner’s", _OWNER_ONLY, "owner_only")
        if access is None:
            raise HTTPException(404, "Keys are made where the workspace is served, not over its API.")
        return show(request, access)

    return shown


def keys(request: Request) -> Response:
    """The list, with the form for a new key."""
    if request.app.state.site.access is None and request.state.visitor.key_id is None:
        return _elsewhere(request)
    return _list(request)


@owned
def _list(request: Request, access: Access) -> Response:
    return _page(request, access)


@owned
def create(request: Request, access: Access) -> Response:
    """POST /keys: name, after, day, reads.  The page that answers shows the token, and no other ever does."""
    sent = {name: str(value) for name, value in submitted(request).items()}
    name = sent.get("name", "").strip()[:_LONGEST_NAME]
    read_only = sent.get("reads") == "only"
    wrong: dict[str, str] = {}
    token = ""
    if not name:
        wrong["name"] = "Say which program or person the key is for"
    try:
        expires_at = expiry(sent.get("after", DEFAULT), sent.get("day", ""), datetime.now(UTC))
        token = "" if wrong else access.create(name, expires_at, read_only=read_only)
    except InvalidValue as error:
        wrong["day" if error.path == "day" else "name"] = error.problem
    if wrong:
        return _page(request, access, wrong=wrong, sent=sent)
    return page(request, "keys/made.html", name=name, token=token, read_only=read_only, expires=_when(request, expires_at))


@owned
def confirm(request: Request, access: Access) -> Response:
    """GET /keys/{id}/revoke: what is over with it, since it cannot be undone."""
    key = _key(request, access)
    there = [each for each in access.sessions() if each.key_id == key.id]
    return page(request, "keys/revoke.html", key=key, sessions=len(there), used=_when(request, key.last_used_at))


@owned
def revoke(request: Request, access: Access) -> Response:
    """POST /keys/{id}/revoke"""
    revoked = access.revoke(_key(request, access).id)
    return go_to("/keys", Toast(f"{revoked.name} is refused from now on."))


@owned
def end(request: Request, access: Access) -> Response:
    """POST /keys/sessions/{id}/end"""
    access.end(request.path_params["id"])
    return go_to("/keys", Toast("The session has ended."))


def _key(request: Request, access: Access) -> ApiKey:
    found = next((each for each in access.all_keys() if each.id == request.path_params["id"]), None)
    if found is None:
        raise NotThere("key", "There is no such key; somebody may have deleted its record.")
    return found


def _page(request: Request, access: Access, wrong: dict[str, str] | None = None, sent: dict[str, str] | None = None) -> Response:
    values = {"name": "", "after": DEFAULT, "day": "", "reads": "", **(sent or {})}
    listed = sorted(access.all_keys(), key=lambda each: (each.state == "active", each.created_at), reverse=True)
    today = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    return page(
        request, "keys/list.html", status=422 if wrong else 200, listed=listed, sessions=access.sessions(), afters=AFTER, sent=values,
        wrong=wrong or {}, when=lambda moment: _when(request, moment), today=today,
    )  # fmt: skip


def _when(request: Request, moment: str | None) -> str:
    """How long ago a moment was, or in how long it will be; "" for none, and what is as good as never."""
    at = read_moment(moment) if moment else None
    if at is None:
        return ""
    return "never" if at.year >= 9000 else ago(at, looking(request).now)


def _elsewhere(request: Request) -> Response:
    """The records of keys on a server elsewhere, where it shows them."""
    data: dict[str, Any] = {"columns": [], "rows": [], "total": 0}
    with request.app.state.site.client(request.state.visitor) as crm:
        of = crm.catalogue.by_plural.get("apiKeys")
        if of is not None:
            found, look = crm[of.plural].find_many(limit=_SHOWN), looking(request)
            names = [each for each in _ELSEWHERE if each in of.field_by_name]
            data = {"columns": columns_of(of, names), "rows": rows_of(crm.catalogue, of, found, names, look), "total": found.total_count}
    return page(request, "keys/elsewhere.html", **data)


ROUTES: list[BaseRoute] = [
    Route("/keys", keys, methods=["GET"]),
    FormRoute("/keys", create),
    Route("/keys/{id}/revoke", confirm, methods=["GET"]),
    FormRoute("/keys/{id}/revoke", revoke),
    FormRoute("/keys/sessions/{id}/end", end),
]
