"""Templates made pages."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def page(request: Request, template: str, status: int = 200, **data: Any) -> Response:
    """A whole page."""
    own = {"request": request, "site": request.app.state.site, "visitor": request.state.visitor}
    return HTMLResponse(_TEMPLATES.get_template(template).render(**own, **data), status)
