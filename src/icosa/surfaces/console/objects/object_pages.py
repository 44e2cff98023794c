"""An object made, called otherwise, hidden and deleted: /objects/new-object and /objects/{object}/change."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from icosa.catalogue import naming
from icosa.client.metadata import ChangeRefused, Json, change, make, take_away
from icosa.errors import IcosaError
from icosa.surfaces.console.objects.field_form import name_problem
from icosa.surfaces.console.objects.known import MetadataObject
from icosa.surfaces.console.objects.reshaping import Reshaped, misplaced, reshaping, switched
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.submitted import FormRoute

_NEW: Final = {"singular": "", "plural": "", "name": "", "names": "", "description": ""}
_NAMES: Final = {
    "singular": "labelSingular", "plural": "labelPlural", "name": "nameSingular", "names": "namePlural", "description": "description",
}  # fmt: skip
_LABELS: Final = {"singular": "Say what one of them is called", "plural": "Say what many of them are called"}


@reshaping
def new(on: Reshaped) -> Response:
    """The form, and then the object."""
    sent = on.sent(**_NEW)
    wrong: dict[str, str] = {}
    if on.request.method == "POST":
        body = _body(sent)
        wrong = _problems(sent, body)
        if not wrong:
            made = on.tried(lambda: make(on.crm, "objects", body))
            if not isinstance(made, ChangeRefused):
                return on.done(f"/objects/{body['namePlural']}", f"{sent['plural']} are there now, with actions, tables and boards.")
            wrong = misplaced(made, sent | {"name": body["nameSingular"], "names": body["namePlural"]}, _NAMES)
    return page(on.request, "objects/new_object.html", 422 if wrong else 200, sent=sent, wrong=wrong)


@reshaping
def edit(on: Reshaped) -> Response:
    """Its words, with the ways to hide and to delete it."""
    was = on.here
    sent = on.sent(**_as_it_is(was))
    wrong: dict[str, str] = {}
    if on.request.method == "POST":
        wrong = {box: text for box, text in _LABELS.items() if not sent[box]}
        before = {"labelSingular": was.label, "labelPlural": was.label_plural, "description": was.description}
        body = {name: sent[box] for box, name in _NAMES.items() if box in sent and sent[box] != before[name]}
        if not wrong:
            made = on.tried(lambda: change(on.crm, "objects", was.id, body)) if body else {}
            if not isinstance(made, ChangeRefused):
                return on.done(on.path, f"{sent['plural']} are changed." if body else "Nothing was changed.")
            wrong = misplaced(made, sent, _NAMES)
    return _page(on, sent, wrong)


@reshaping
def show_or_hide(on: Reshaped) -> Response:
    """POST active=yes or no"""
    done = switched(on, "objects", on.here.id, f"{on.here.label_plural} are")
    return _refused(on, done) if isinstance(done, ChangeRefused) else done


@reshaping
def delete(on: Reshaped) -> Response:
    """What is lost with it; then it is gone."""
    was = on.here
    if on.request.method == "POST":
        gone = on.tried(lambda: take_away(on.crm, "objects", was.id))
        return _refused(on, gone) if isinstance(gone, ChangeRefused) else on.done("/objects", f"{was.label_plural} are gone.")
    pointing = [on.crm.catalogue.by_singular[each.source] for each in on.crm.catalogue.has_many(on.of)]
    return page(on.request, "objects/delete_object.html", of=on.of, here=was, records=_records(on), pointing=pointing)


def _page(on: Reshaped, sent: Mapping[str, str], wrong: Mapping[str, str]) -> Response:
    return page(on.request, "objects/edit_object.html", 422 if wrong else 200, of=on.of, here=on.here, path=on.path, sent=sent, wrong=wrong)


def _refused(on: Reshaped, refused: ChangeRefused) -> Response:
    return _page(on, _as_it_is(on.here), {"": "; ".join(each.text for each in refused.wrong)})


def _as_it_is(of: MetadataObject) -> dict[str, str]:
    """What the boxes of its form have before anybody types."""
    return {"singular": of.label, "plural": of.label_plural, "description": of.description}


def _body(sent: Mapping[str, str]) -> Json:
    body: dict[str, Any] = {
        "labelSingular": sent["singular"], "labelPlural": sent["plural"],
        "nameSingular": sent["name"] or naming.name_of(sent["singular"]), "namePlural": sent["names"] or naming.name_of(sent["plural"]),
    }  # fmt: skip
    return body | ({"description": sent["description"]} if sent["description"] else {})


def _problems(sent: Mapping[str, str], body: Json) -> dict[str, str]:
    wrong = {box: text for box, text in _LABELS.items() if not sent[box]}
    for box, label in (("name", "singular"), ("names", "plural")):
        if label not in wrong and (problem := name_problem(body[_NAMES[box]])):
            wrong[box] = problem
    if not wrong and body["nameSingular"] == body["namePlural"]:
        wrong["names"] = "One and many cannot have the same name: programs tell by it whether one record is meant"
    return wrong


def _records(on: Reshaped) -> int | None:
    try:
        return on.crm[on.of.plural].find_many(limit=1, depth=0).total_count
    except IcosaError:
        return None


ROUTES: list[BaseRoute] = [
    Route("/objects/new-object", new),
    FormRoute("/objects/new-object", new),
    Route("/objects/{object}/change", edit),
    FormRoute("/objects/{object}/change", edit),
    FormRoute("/objects/{object}/active", show_or_hide),
    Route("/objects/{object}/delete", delete),
    FormRoute("/objects/{object}/delete", delete),
]
