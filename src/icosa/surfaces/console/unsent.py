"""A form that was sent after its session had ended: its page keeps what was filled in, to be sent again once one is signed in."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from icosa.surfaces.console.rendering import page

_KEPT_BYTES: Final = 256 * 1024
"""A longer form, which has a file in it, is not read from somebody whom nobody knows."""

_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


async def unsent(request: Request) -> Response | None:
    """The page that says that nothing was done, with the fields of the form; None where none was sent that can be kept.  It shows
    them to the browser that sent them alone, and a page of ours has sent them: another's is refused before."""
    length = request.headers.get("content-length", "")
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind not in _FORMS or not length.isdigit() or int(length) > _KEPT_BYTES:
        return None
    async with request.form() as form:
        fields = [(name, held) for name, held in form.multi_items() if isinstance(held, str)]
        files = [held.filename for _, held in form.multi_items() if not isinstance(held, str) and held.filename]
    if not fields:
        return None
    return page(request, "signing_in/unsent.html", 401, fields=fields, files=files)
