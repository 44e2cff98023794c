"""What a form sends, for pages, which are plain functions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FORM = "icosa.form"
"""Where it is kept until it is closed, with the files that came in it."""


class FormRoute(Route):
    """A page that forms are sent to.  The form is read before the page takes a thread: there are few of those for all visitors,
    and somebody who sends slowly, for which nobody needs to sign in, would hold one for as long."""

    def __init__(self, path: str, page: Callable[[Request], Response], **more: Any) -> None:
        @wraps(page)
        async def read_first(request: Request) -> Response:
            request.scope[FORM] = await request.form()
            return await run_in_threadpool(page, request)

        super().__init__(path, read_first, **{"methods": ["POST"]} | more)


def submitted(request: Request) -> FormData:
    """The fields of the form that was sent to a `FormRoute`, none where the page is only looked at.  An uploaded file of more than
    a megabyte lies on disk, until the request has ended: who wants it for longer copies it."""
    form: FormData = request.scope[FORM] if request.method in ("POST", "PUT") else FormData()
    return form
