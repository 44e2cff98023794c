"""A record deleted, and brought back."""

from starlette.requests import Request
from starlette.responses import Response

from icosa.surfaces.console.navigation import forget
from icosa.surfaces.console.record.subject import subject
from icosa.surfaces.console.record.writing import refuse_reader, toast
from icosa.surfaces.console.rendering import go_to, page
from icosa.surfaces.console.submitted import submitted


def ask(request: Request) -> Response:
    """GET …/delete: what deleting would do."""
    refuse_reader(request)
    with subject(request) as about:
        return page(request, "record/delete.html", about=about)


def delete(request: Request) -> Response:
    """POST …/delete: into the bin; a server that has none is asked to destroy only by who has read that it does."""
    refuse_reader(request)
    sure = submitted(request).get("sure") == "yes"
    with subject(request, deleted=True) as about:
        keeps = about.keeps
        if about.is_deleted:  # by a second click, or by somebody else
            return go_to(about.path)
        if not keeps and not sure:
            return page(request, "record/delete.html", 422, about=about)
        with request.app.state.site.client(request.state.visitor, f"Delete {about.name}") as crm:
            crm[about.of.plural].delete_one(about.id)
            message = toast(crm, f"{'Deleted' if keeps else 'Destroyed'}: {about.name}")
    forget(request.app.state)
    return go_to(about.path if keeps else f"/browse/{about.of.plural}", message)


def restore(request: Request) -> Response:
    """POST …/restore: back out of the bin."""
    refuse_reader(request)
    with subject(request, deleted=True) as about:
        if not about.is_deleted:
            return go_to(about.path)
        with request.app.state.site.client(request.state.visitor, f"Restore {about.name}") as crm:
            crm[about.of.plural].restore_one(about.id)
            message = toast(crm, f"Brought back: {about.name}")
    forget(request.app.state)
    return go_to(about.path, message)
