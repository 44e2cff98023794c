"""Where the columns of a file go, and how its values are written: the second page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

import icosa
from icosa.errors import IcosaError, InvalidInput, InvalidValue, UnknownField
from icosa.imports.importing import plan_import
from icosa.imports.preparing import NO_KEY, mapping_of, matching_key
from icosa.imports.recipes.drafting import draft
from icosa.imports.recipes.reading import recipe_of
from icosa.imports.rows.row import Rows
from icosa.plans.checkpoint import checkpoint_path
from icosa.surfaces.console.imports import choices
from icosa.surfaces.console.imports.choices import import_settings
from icosa.surfaces.console.imports.jobs import Report, start
from icosa.surfaces.console.imports.looking_in import LOOKED_AT, Contents, contents_of, look_in
from icosa.surfaces.console.imports.mapping import chosen_columns, map_form
from icosa.surfaces.console.imports.same_command import same_command
from icosa.surfaces.console.imports.stages import ImportStage, ImportStanding, standing
from icosa.surfaces.console.imports.steps import object_of
from icosa.surfaces.console.imports.upload import Upload, is_text
from icosa.surfaces.console.imports.visiting import about, for_writers, to_its_page
from icosa.surfaces.console.navigation import navigation
from icosa.surfaces.console.rendering import Toast, go_to, page
from icosa.surfaces.console.submitted import submitted

Errors = Mapping[str, str]

_LONGEST_RECIPE: Final = 500_000
_BEGUN: Final = "A part of it is written already: it goes on as it was planned. For other columns, upload the file again"


@for_writers
def shown(request: Request) -> Response:
    """GET /imports/{id}/map"""
    upload = about(request)
    stands = standing(upload)
    if stands.stage not in (ImportStage.MAP, ImportStage.PLANNED):
        return to_its_page(upload, stands)
    problem = stands.problem or ("The server was stopped while it planned this. Begin anew." if _was_cut(stands) else "")
    return _page(request, upload, {"": problem} if problem else {}, 200, stands.job.code if stands.problem and stands.job else "")


def _was_cut(stands: ImportStanding) -> bool:
    return stands.stage is ImportStage.MAP and stands.job is not None and not stands.job.problem


@for_writers
def sent(request: Request) -> Response:
    """POST /imports/{id}/map: keeps what was chosen, and begins to plan, or reads the file again."""
    upload, form = about(request), submitted(request)
    stands = standing(upload)
    if stands.stage not in (ImportStage.MAP, ImportStage.PLANNED):
        return to_its_page(upload, stands, Toast(_BEGUN, bad=True) if stands.stage is not ImportStage.PLANNING else None)
    upload, before = _chosen(upload, form), upload
    with request.app.state.site.client(request.state.visitor) as crm:
        try:
            if form.get("do") == "read" or _is_read_otherwise(before, upload):
                return _read_again(crm, upload)
            _check(crm, upload)
        except UnknownField as error:
            return _page(request, upload, {"columns": error.message}, 422, error.code)
        except InvalidValue as error:
            return _page(request, upload, {error.path: error.problem}, 422, error.code)
        except IcosaError as error:
            return _page(request, upload, {"": error.message}, 422, error.code)
    upload.keep()
    plan(request, upload)
    return to_its_page(upload, standing(upload))


def plan(request: Request, upload: Upload) -> None:
    """Begins to plan an import; what was planned before, and not begun, is forgotten."""
    site, visitor = request.app.state.site, request.state.visitor

    def work(report: Report) -> None:
        for each in (upload.plan, checkpoint_path(upload.plan)):
            each.unlink(missing_ok=True)
        rows = recipe_of(upload.recipe, "recipe") if upload.recipe else upload.resource
        settings = import_settings(*((upload.settings, upload.columns) if not upload.recipe else ({}, {})))
        with site.client(visitor) as crm:
            plan_import(crm, rows, upload.source, upload.plan, lambda _, done, total: report(done, total), **settings)

    start(upload, "planning", work)


def _chosen(upload: Upload, form: FormData) -> Upload:
    """The upload with what a form chose, right or wrong."""
    if upload.recipe:
        return replace(upload, recipe=_text(form, "recipe").replace("\r\n", "\n")[:_LONGEST_RECIPE] or upload.recipe)
    resource = _text(form, "resource") or upload.resource
    columns = chosen_columns(form, contents_of(upload)) if resource == upload.resource else {}
    return replace(upload, settings=choices.chosen(form), columns=columns, resource=resource)


def _is_read_otherwise(before: Upload, after: Upload) -> bool:
    """Whether there are other columns, or other places for them, than the form showed."""
    read = [{name: each.settings.get(name) for name in choices.READS} for each in (before, after)]
    return read[0] != read[1] or before.resource != after.resource


def _read_again(crm: icosa.Client, upload: Upload) -> Response:
    """Reads the file as it is told now.  Raises InvalidValue for a choice that does not exist."""
    choices.check(upload.settings)
    if upload.resource:
        object_of(crm.catalogue, upload.resource)
    contents = look_in(upload)
    upload = replace(upload, columns={name: path for name, path in upload.columns.items() if name in contents.columns})
    if not upload.resource and not contents.problem:
        upload = replace(upload, recipe=draft(crm.catalogue, upload.source, None, import_settings(upload.settings, {}), LOOKED_AT))
    upload.keep()
    bad = bool(contents.problem)
    return go_to(
        f"{upload.path}/map", Toast("It cannot be read so" if bad else "The file was read again: look where its columns go now", bad=bad)
    )


def _check(crm: icosa.Client, upload: Upload) -> None:
    """What can be said at once.  Raises InvalidValue, about a box of the form, and UnknownField for a column's place."""
    if upload.recipe:
        recipe_of(upload.recipe, "recipe")
        return
    choices.check(upload.settings)
    contents = contents_of(upload)
    if contents.problem:
        raise InvalidInput(contents.problem)
    of = object_of(crm.catalogue, upload.resource)
    try:
        mapping = mapping_of(crm.catalogue, of, Rows(tuple(contents.columns), iter(()), None), upload.columns)
    except InvalidValue as error:
        raise error.named("columns") from None
    matching_key(crm.catalogue, of, mapping, upload.settings.get(choices.KEY))


def _text(form: FormData, name: str) -> str:
    found = form.get(name)
    return found if isinstance(found, str) else ""


def _page(request: Request, upload: Upload, errors: Errors, status: int, code: str = "") -> Response:
    contents = contents_of(upload)
    if upload.recipe:
        return page(request, "imports/recipe.html", status, upload=upload, contents=contents, errors=errors, code=code)
    with request.app.state.site.client(request.state.visitor) as crm:
        catalogue = crm.catalogue
    of = object_of(catalogue, upload.resource) if upload.resource else None
    form = map_form(catalogue, of, contents, upload.columns) if of and not contents.problem else None
    text = is_text(upload)
    reading = [each for each in choices.READING if _applies(each.name, text, contents)]
    return page(
        request,
        "imports/map.html",
        status,
        upload=upload,
        command=same_command("plan", upload, catalogue),
        contents=contents,
        form=form,
        of=of,
        objects=navigation(request.app.state, request.state.visitor).counted,
        values=choices.VALUES,
        reading=reading,
        links=choices.LINKS if of and of.belongs_to else None,
        no_key=NO_KEY,
        errors=errors,
        places=[_place(name, text) for name, text in errors.items()],
        code=code,
    )


def _place(name: str, text: str) -> tuple[str, str]:
    """The box that an error is about, and what the summary says of it."""
    return "columns" if name == "map" else name, f"{_LABELS[name]}: {text}" if name in _LABELS else text


_LABELS: Final = {"key": "Matched by", **{each.name: each.label for each in choices.CHOICES}}


def _applies(name: str, text: bool, contents: Contents) -> bool:
    """Whether a choice says anything of this file."""
    if name == "sheet":
        return len(contents.sheets) > 1
    return text if name in ("delimiter", "encoding") else text or bool(contents.sheets)
