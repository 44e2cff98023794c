"""A field made, called otherwise, hidden and deleted: /objects/{object}/new-field and /objects/{object}/fields/{field}."""

from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from icosa.call.where import F, Where
from icosa.catalogue.columns import columns_of_field
from icosa.client.metadata import ChangeRefused, change, make, take_away
from icosa.errors import IcosaError
from icosa.surfaces.console.objects import typed_default, typed_options
from icosa.surfaces.console.objects.field_form import NAMES, NEW, FieldForm, changed_field, kind_of, new_field
from icosa.surfaces.console.objects.kinds import CHOICES, KINDS, RATINGS
from icosa.surfaces.console.objects.known import MetadataField
from icosa.surfaces.console.objects.reshaping import Reshaped, misplaced, reshaping, switched
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.submitted import FormRoute


@reshaping
def new(on: Reshaped) -> Response:
    """The types to choose from; then the form of one; then the field."""
    kind = KINDS.get(on.request.query_params.get("type", ""))
    of = on.here
    if kind is None:
        return page(on.request, "objects/types.html", of=on.of, label=of.label_plural, kinds=KINDS.values())
    sent = on.sent(**NEW)
    form = FieldForm(kind, sent)
    if on.request.method == "POST":
        form = new_field(kind, of, on.known, sent)
        if not form.wrong:
            made = on.tried(lambda: make(on.crm, "fields", form.body))
            if not isinstance(made, ChangeRefused):
                return on.done(on.path, f"{sent['label']} is a field of {of.label_plural} now.")
            form.wrong = misplaced(made, sent | {"name": form.body["name"]}, NAMES)
    return _page(on, "objects/new_field.html", form, targets=[each for each in on.known.values() if each.active])


@reshaping
def edit(on: Reshaped) -> Response:
    """Its words, its options and its default, with the ways to hide and to delete it."""
    member = on.member
    kind = kind_of(member.type)
    sent = on.sent(**_as_it_is(member))
    form = FieldForm(kind, sent)
    if on.request.method == "POST":
        form = changed_field(kind, member, sent)
        if not form.wrong:
            made = on.tried(lambda: change(on.crm, "fields", member.id, form.body)) if form.body else {}
            if not isinstance(made, ChangeRefused):
                return on.done(on.path, f"{sent['label']} is changed." if form.body else "Nothing was changed.")
            form.wrong = misplaced(made, sent, NAMES)
    return _page(on, "objects/edit_field.html", form, member=member)


@reshaping
def show_or_hide(on: Reshaped) -> Response:
    """POST active=yes or no"""
    done = switched(on, "fields", on.member.id, f"{on.member.label} is")
    return _refused(on, done) if isinstance(done, ChangeRefused) else done


@reshaping
def delete(on: Reshaped) -> Response:
    """What is lost with it; then it is gone."""
    member = on.member
    if on.request.method == "POST":
        gone = on.tried(lambda: take_away(on.crm, "fields", member.id))
        if isinstance(gone, ChangeRefused):
            return _refused(on, gone)
        return on.done(on.path, f"{member.label} is no field of {on.here.label_plural} any more.")
    return page(on.request, "objects/delete_field.html", of=on.of, label=on.here.label_plural, member=member, holding=_holding(on))


def _page(on: Reshaped, template: str, form: FieldForm, **more: Any) -> Response:
    return page(
        on.request, template, 422 if form.wrong else 200, of=on.of, label=on.here.label_plural, path=on.path, form=form, kind=form.kind,
        sent=form.sent, wrong=form.wrong, chooses=form.kind.type in CHOICES, ratings=RATINGS, **more,
    )  # fmt: skip


def _refused(on: Reshaped, refused: ChangeRefused) -> Response:
    """The form of the field with what the server says."""
    member = on.member
    wrong = {"": "; ".join(each.text for each in refused.wrong)}
    return _page(on, "objects/edit_field.html", FieldForm(kind_of(member.type), _as_it_is(member), wrong=wrong), member=member)


def _as_it_is(member: MetadataField) -> dict[str, str]:
    """What the boxes of its form have before anybody types."""
    return {
        "label": member.label, "description": member.description, "options": typed_options.as_text(member.options),
        "default": typed_default.as_text(member.default),
    }  # fmt: skip


def _holding(on: Reshaped) -> int | None:
    """How many records have something in the field, deleted ones apart; None where that cannot be asked."""
    where: Where | None = None
    relation = on.of.relation_by_name.get(on.member.name)
    for column in columns_of_field(on.of, relation.foreign_key if relation else on.member.name):
        held = F[column.path].is_not_null()
        where = held if where is None else where | held
    try:
        return None if where is None else on.crm[on.of.plural].find_many(where=where, limit=1, depth=0).total_count
    except IcosaError:  # not every type takes that question
        return None


ROUTES: list[BaseRoute] = [
    Route("/objects/{object}/new-field", new),
    FormRoute("/objects/{object}/new-field", new),
    Route("/objects/{object}/fields/{field}", edit),
    FormRoute("/objects/{object}/fields/{field}", edit),
    FormRoute("/objects/{object}/fields/{field}/active", show_or_hide),
    Route("/objects/{object}/fields/{field}/delete", delete),
    FormRoute("/objects/{object}/fields/{field}/delete", delete),
]
