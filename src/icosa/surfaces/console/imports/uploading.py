"""The first page: what was uploaded so far, and a form for one more."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from icosa.catalogue.model import Catalogue
from icosa.errors import IcosaError, InvalidValue
from icosa.imports.column_map import guess
from icosa.imports.recipes.drafting import draft
from icosa.imports.rows import SEPARATED, SHEETS, SUFFIXES, suffix_of
from icosa.surfaces.console.imports.looking_in import LOOKED_AT, look_in
from icosa.surfaces.console.imports.mapping import MOST_COLUMNS
from icosa.surfaces.console.imports.stages import ImportStage, standing
from icosa.surfaces.console.imports.upload import KEPT_DAYS, Upload, new_upload, remove_old, uploads
from icosa.surfaces.console.imports.visiting import about, for_writers
from icosa.surfaces.console.navigation import navigation
from icosa.surfaces.console.rendering import Toast, go_to, page
from icosa.surfaces.console.showing.looking import looking
from icosa.surfaces.console.showing.moments import ago
from icosa.surfaces.console.submitted import submitted
from icosa.wire.actions import find_object

UPLOAD_BYTES: Final = 200 * 1024 * 1024
SEVERAL: Final = "several"
"""In the place of an object: a recipe says of which the rows are."""
OFFERED: Final = (*SUFFIXES, ".gz")
_GUESSED: Final = "By its columns, each row is one of {}. Choose otherwise where that is wrong."
_RECIPE_BYTES: Final = 512 * 1024
_READ_OTHERWISE: Final = frozenset({*SEPARATED, *SHEETS})
"""Files that can be read otherwise where they cannot be read at first."""


@for_writers
def listed(request: Request) -> Response:
    """GET /imports"""
    remove_old()
    return _page(request)


@for_writers
def uploaded(request: Request) -> Response:
    """POST /imports"""
    remove_old()
    form = submitted(request)
    with request.app.state.site.client(request.state.visitor) as crm:
        try:
            upload = _new(request, form, crm.address, crm.catalogue)
        except InvalidValue as error:
            return _page(request, 422, form, error.path if error.path in ("file", "resource", "recipe") else "file", error.problem)
        except IcosaError as error:
            return _page(request, 422, form, "file", error.message)
    guessed = upload.resource and not form.get("resource") and not _named(crm.catalogue, upload.name)
    return go_to(f"{upload.path}/map", Toast(_GUESSED.format(crm.catalogue.by_plural[upload.resource].resource)) if guessed else None)


@for_writers
def removed(request: Request) -> Response:
    """POST /imports/{id}/remove"""
    upload = about(request)
    if standing(upload).stage in (ImportStage.PLANNING, ImportStage.APPLYING):
        return go_to("/imports", Toast(f"{upload.name} is being worked at; wait until that is through", bad=True))
    upload.remove()
    return go_to("/imports", Toast(f"{upload.name} was removed from the server; what was imported of it stays"))


def _new(request: Request, form: FormData, workspace: str, catalogue: Catalogue) -> Upload:
    """Keeps the file that a form sends, and looks into it.  Raises InvalidValue, about a box of the form."""
    file, resource = form.get("file"), str(form.get("resource") or "")
    if not isinstance(file, UploadFile) or not file.filename:
        raise InvalidValue("file", "is missing; choose one, or drag it here")
    recipe = _recipe(form) if resource == SEVERAL else ""
    plural = "" if resource == SEVERAL else _object(catalogue, resource) if resource else _named(catalogue, file.filename)
    upload = new_upload(workspace, request.state.visitor, file.filename, file.file, resource=plural, recipe=recipe)
    try:
        seen = look_in(upload)
        if seen.problem and suffix_of(upload.source) not in _READ_OTHERWISE:
            raise InvalidValue("file", seen.problem.removeprefix("source: "))
        if not plural and resource != SEVERAL:
            upload = replace(upload, resource=_by_columns(catalogue, seen.columns, upload.name)).keep()
        elif not plural and not recipe and not seen.problem:
            upload = replace(upload, recipe=draft(catalogue, upload.source, glance=LOOKED_AT)).keep()
    except BaseException:
        upload.remove()
        raise
    return upload


def _object(catalogue: Catalogue, resource: str) -> str:
    """The plural of the object that is chosen."""
    try:
        return find_object(catalogue, resource).plural
    except IcosaError as error:
        raise InvalidValue("resource", error.message) from None


def _named(catalogue: Catalogue, file: str) -> str:
    """The plural of the object that a file is called after, "" where it is called after none."""
    try:
        return find_object(catalogue, file.rpartition("/")[2].partition(".")[0]).plural
    except IcosaError:
        return ""


def _by_columns(catalogue: Catalogue, columns: Sequence[str], file: str) -> str:
    """The plural of the object into which most columns go by their names; the next page shows it, to be changed there.  Raises
    InvalidValue where none goes anywhere, and where as much goes into several."""
    shown = columns[:MOST_COLUMNS]
    found = {
        of.plural: sum(each.score for each in guess(catalogue, of, shown).columns if each.path) for of in catalogue.objects if not of.system
    }
    most = max(found.values(), default=0)
    best = [each for each in found if found[each] == most] if most else []
    if len(best) == 1:
        return best[0]
    what = f"neither the name of {file[:60]} nor its columns say it"
    if best:
        what = f"the columns of {file[:60]} may be those of {' or '.join(catalogue.by_plural[each].resource for each in best[:4])}"
    raise InvalidValue("resource", f"choose what each row is: {what}. Then choose the file again")


def _recipe(form: FormData) -> str:
    """The text of a recipe that was sent along, "" for none."""
    sent = form.get("recipe")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return ""
    try:
        return sent.file.read(_RECIPE_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidValue("recipe", "is no text in UTF-8; icosa plan FILE --save-recipe writes one") from None


def _page(request: Request, status: int = 200, form: FormData | None = None, wrong: str = "", error: str = "") -> Response:
    now = looking(request).now
    with request.app.state.site.client(request.state.visitor) as crm:
        mine = [(each, standing(each), ago(each.begun, now)) for each in uploads(crm.address, request.state.visitor)]
    known = navigation(request.app.state, request.state.visitor)
    return page(
        request,
        "imports/list.html",
        status,
        uploads=mine,
        objects=known.counted,
        resource=str(form.get("resource", "") if form else request.query_params.get("object", "")),
        several=SEVERAL,
        suffixes=",".join(OFFERED),
        days=KEPT_DAYS,
        megabytes=UPLOAD_BYTES // (1024 * 1024),
        errors={wrong: error} if wrong else {},
    )
