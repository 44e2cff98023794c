"""The floor of a console's page: the same bytes from Starlette, kept whole, or put together by Jinja2 cell by cell.

    python -m bench.floor.pages FILE PORT

It stands behind the same front as the console, and packs as it does; it knows nobody, asks for no record and makes no value a text.
"""

import re
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from icosa.workspace.http.listening import Address, bind
from icosa.workspace.http.serve import serve_pages

_MADE = Environment(autoescape=True).from_string(
    "{{ head }}{% for row in rows %}{{ row[0] }}{% for cell in row[1:] %}<td{{ cell }}</td>{% endfor %}</tr>{% endfor %}{{ tail }}"
)
_PARTS = re.compile(r"(.*<tbody>)(.*)(</tbody>.*)", re.DOTALL)


def pages(text: str) -> Starlette:
    """The page at /, as it is kept, and at /made."""
    found = _PARTS.fullmatch(text)
    head, body, tail = found.groups() if found else (text, "", "")
    rows = [[Markup(cell.removesuffix("</td>")) for cell in row.split("<td")] for row in body.split("</tr>")[:-1]]
    made: dict[str, object] = {"head": Markup(head), "rows": rows, "tail": Markup(body.rpartition("</tr>")[2] + tail)}
    return Starlette(
        routes=[Route("/", partial(_kept, text)), Route("/made", partial(_put_together, made))],
        middleware=[Middleware(GZipMiddleware, minimum_size=1024, compresslevel=3, thread_minimum_size=256 * 1024)],
    )


def _kept(text: str, _: Request) -> Response:
    return HTMLResponse(text)


def _put_together(made: Mapping[str, object], _: Request) -> Response:
    return HTMLResponse(_MADE.render(made))


def main(file: str, port: int) -> None:
    """Serves until SIGTERM."""
    at = Address("127.0.0.1", port, None, secure=False)
    serve_pages(pages(Path(file).read_text("utf-8")), bind(at, 1)[0], at, lambda: None)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
