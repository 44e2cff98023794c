"""Where one goes on to after an undo."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from icosa.journal.journal_file import Run
from icosa.surfaces.console.came_from import path_of
from icosa.surfaces.console.guard import local_path
from icosa.surfaces.console.rendering import Toast, go_to
from icosa.surfaces.console.submitted import submitted


def answer(request: Request, path: str, toast: Toast | None = None) -> Response:
    """Goes on to a page; what htmx asked for makes the browser go there, since more than a part of the page is otherwise now."""
    found = go_to(path, toast)
    if "hx-request" in request.headers:
        found.status_code = 200
        found.headers["HX-Redirect"] = path
        del found.headers["location"]
    return found


def back(request: Request, run: Run, gone: Iterable[str] = ()) -> str:
    """The page that one came from.  That of a record which is gone now is that of all of its kind."""
    here = path_of(request.headers.get("referer", ""), request.headers["host"])
    path = local_path(sent(request, "next") or here or f"/runs/{run.id}")
    at = path.partition("?")[0].split("/")
    lost = next((place for place, part in enumerate(at) if part in set(gone)), None)
    return path if lost is None else "/".join(at[:lost]) or "/"


def sent(request: Request, name: str) -> str:
    """What a form or a query says under a name, "" for nothing."""
    found = submitted(request).get(name) or request.query_params.get(name, "")
    return found if isinstance(found, str) else ""
