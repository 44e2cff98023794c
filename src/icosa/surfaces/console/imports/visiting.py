"""Who may import, and which import a page is about."""

from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from icosa.surfaces.console.imports.stages import ImportStage, ImportStanding, standing
from icosa.surfaces.console.imports.upload import Upload, find_upload
from icosa.surfaces.console.problems import NotThere, problem
from icosa.surfaces.console.rendering import Toast, go_to

Page = Callable[[Request], Response]

_GONE = "It was removed, or was uploaded by somebody else, or longer than seven days ago. Upload the file again."
_READS = "Your key only reads. To import, sign in with a key that may write; whoever keeps the server makes one with icosa keys create."


def for_writers(made: Page) -> Page:
    """A page that who may only read does not get."""

    @wraps(made)
    def page(request: Request) -> Response:
        if not request.state.visitor.may_write:
            return problem(request, 403, "Importing writes", _READS, "read_only_key")
        return made(request)

    return page


def about(request: Request) -> Upload:
    """The import that the address names.  Raises NotThere where the visitor has none of that name."""
    state = request.app.state
    with state.site.client(request.state.visitor) as crm:
        found = find_upload(crm.address, request.state.visitor, request.path_params["id"])
    if found is None:
        raise NotThere("import", _GONE)
    return found


def to_its_page(upload: Upload, stands: ImportStanding, toast: Toast | None = None) -> Response:
    """Sends a browser to where an import is by now."""
    return go_to(upload.path + _PAGES[stands.stage], toast)


def where(upload: Upload) -> str:
    """The address of where an import is by now."""
    return upload.path + _PAGES[standing(upload).stage]


_PAGES = {
    ImportStage.MAP: "/map",
    ImportStage.PLANNING: "/plan",
    ImportStage.PLANNED: "/plan",
    ImportStage.APPLYING: "/apply",
    ImportStage.STOPPED: "/apply",
    ImportStage.DONE: "/result",
}
