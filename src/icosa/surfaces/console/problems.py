"""What went wrong, as a page: what it was, why, what to do, and its code."""

import logging
import traceback
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icosa import errors
from icosa.errors import IcosaError
from icosa.surfaces.console.rendering import is_partial, page

_log = logging.getLogger("icosa")

_BY_KIND: tuple[tuple[type[IcosaError], int, str], ...] = (
    (errors.NotFound, 404, "There is no such record"),
    (errors.UnknownObject, 404, "There is no such object"),
    (errors.UnknownAction, 404, "There is no such action"),
    (errors.Forbidden, 403, "This key may not do that"),
    (errors.AccessDenied, 401, "The key is not accepted"),
    (errors.Conflict, 409, "That is taken, or points at nothing"),
    (errors.InvalidInput, 422, "Something in it is wrong"),
    (errors.RateLimited, 429, "Too many requests"),
    (errors.TimedOut, 504, "The workspace did not answer in time"),
    (errors.NetworkFailure, 502, "The workspace cannot be reached"),
    (errors.ReadOnly, 503, "The workspace is only read"),
    (errors.Overloaded, 503, "The workspace is busy"),
    (errors.ServerFailure, 502, "The workspace failed"),
    (IcosaError, 500, "That did not work"),
)


class NotThere(HTTPException):
    """404 for `what` an address names, in a word: a record, a run."""

    def __init__(self, what: str, message: str) -> None:
        super().__init__(404, message)
        self.what = what


def problem(request: Request, status: int, heading: str, message: str, code: str) -> Response:
    """The page of a problem; `message` says why, and what to do.  Where only a part of a page was asked for, it goes to the top
    of that page, and not into the place of the part."""
    answer = page(request, "problem.html", status=status, heading=heading, message=message, code=code)
    if is_partial(request):
        answer.headers.update({"HX-Retarget": "#problem", "HX-Reswap": "innerHTML"})
    return answer


def of_error(request: Request, error: Exception) -> Response:
    """The page of an error of Icosa's."""
    assert isinstance(error, IcosaError)
    status, heading = kind_of(error)
    return problem(request, status, heading, error.message, error.code)


def kind_of(error: IcosaError) -> tuple[int, str]:
    """The status of the page that tells of an error, and its heading."""
    return next((status, heading) for kind, status, heading in _BY_KIND if isinstance(error, kind))


def of_status(request: Request, error: Exception) -> Response:
    """The page of a status that Starlette answers with."""
    assert isinstance(error, HTTPException)
    found = HTTPStatus(error.status_code)
    message = error.detail if error.detail != found.phrase else _MESSAGES.get(error.status_code, found.description)
    what = error.what if isinstance(error, NotThere) else "page"
    heading = f"There is no such {what}" if error.status_code == HTTPStatus.NOT_FOUND else _HEADINGS.get(error.status_code, found.phrase)
    answer = problem(request, error.status_code, heading, message, f"http_{error.status_code}")
    answer.headers.update(error.headers or {})
    return answer


_HEADINGS = {405: "That is not done here", 413: "That is too long"}
_MESSAGES = {
    404: "The address leads to nothing. Look whether it was copied whole, or begin at the start page.",
    405: "The address is there, and takes another kind of request. Begin at the start page.",
}

HANDLERS: Mapping[Any, Any] = {IcosaError: of_error, HTTPException: of_status}


class Problems:
    """Answers where a page failed that should not have, with no word of why: the log has where."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except ClientDisconnect:  # nobody is there any more to be told anything
            return
        except IcosaError as error:  # of the guard's, such as that the database is busy: those of pages have their handler
            if begun:
                raise
            await of_error(Request(scope), error)(scope, receive, send)
        except Exception as error:
            _tell(scope, error)
            if begun:
                raise
            message = "This is a mistake in Icosa, and nothing that you did wrong. The server's log tells where it is. Try it once more."
            await problem(Request(scope), 500, "The page failed", message, "console_failed")(scope, receive, send)


def _tell(scope: Scope, error: Exception) -> None:
    """Says in the log where a page failed; the error's own words may hold what was sent."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s %s failed with %s at\n%s", scope["method"], _pattern(scope), type(error).__name__, where)


def _pattern(scope: Scope) -> str:
    """The address as its route has it: what stands in its place in a request may be a value."""
    route, endpoint = scope.get("route"), scope.get("endpoint")
    if route is None and endpoint is not None:  # Starlette's older versions tell of a route only what answers there
        route = next((each for each in scope["app"].routes if getattr(each, "endpoint", None) is endpoint), None)
    return getattr(route, "path", "a page")
