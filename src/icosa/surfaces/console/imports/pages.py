"""The pages of an import, in their order."""

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from icosa.surfaces.console.imports import applying_page, mapping_page, planned_page, uploading
from icosa.surfaces.console.imports.stages import standing
from icosa.surfaces.console.imports.visiting import about, for_writers, to_its_page
from icosa.surfaces.console.longest_body import LongestBody
from icosa.surfaces.console.submitted import FormRoute


@for_writers
def going_on(request: Request) -> Response:
    """GET /imports/{id}: where it is by now."""
    upload = about(request)
    return to_its_page(upload, standing(upload))


_FORM_AROUND = 64 * 1024
"""Bytes of a form beside its file."""

ROUTES: list[BaseRoute] = [
    Route("/imports", uploading.listed),
    FormRoute("/imports", uploading.uploaded, middleware=[Middleware(LongestBody, size=uploading.UPLOAD_BYTES + _FORM_AROUND)]),
    Route("/imports/{id}", going_on),
    Route("/imports/{id}/map", mapping_page.shown),
    FormRoute("/imports/{id}/map", mapping_page.sent),
    Route("/imports/{id}/plan", planned_page.shown),
    Route("/imports/{id}/bad", planned_page.bad_rows),
    Route("/imports/{id}/apply", applying_page.shown),
    FormRoute("/imports/{id}/apply", applying_page.begun),
    Route("/imports/{id}/progress", applying_page.progress),
    Route("/imports/{id}/result", applying_page.result),
    FormRoute("/imports/{id}/remove", uploading.removed),
]
