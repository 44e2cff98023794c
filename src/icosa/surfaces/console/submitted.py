"""What a form sends, for pages, which are plain functions."""

from anyio.from_thread import run
from starlette.datastructures import FormData
from starlette.requests import Request

FORM = "icosa.form"
"""Where it is kept until it is closed, with the files that came in it."""


def submitted(request: Request) -> FormData:
    """The fields of the form.  An uploaded file of more than a megabyte lies on disk, until the request has ended: who wants
    it for longer copies it.  Only pages that are plain functions can call it: those run in threads."""

    async def read() -> FormData:
        return await request.form()

    form = request.scope[FORM] = run(read)
    return form
