"""GET /objects and /objects/{object}: what the workspace has, in the words of people and of the wire."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

import icosa
from icosa.catalogue import naming
from icosa.catalogue.model import BASE_FIELDS, BelongsTo, Catalogue, Field, Object
from icosa.errors import IcosaError
from icosa.surfaces.console.navigation import navigation
from icosa.surfaces.console.objects.field_pages import ROUTES as FIELD_PAGES
from icosa.surfaces.console.objects.known import MetadataField, MetadataObject, known_objects, takes_changes
from icosa.surfaces.console.objects.object_pages import ROUTES as OBJECT_PAGES
from icosa.surfaces.console.objects.reshaping import object_at
from icosa.surfaces.console.rendering import page
from icosa.wire.actions import OPEN_API_SCHEMA

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """An object in the list; `found` are the fields that have what was looked for."""

    object: Object
    label: str
    count: str
    found: Sequence[str]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field as it is written: `marks` are "required", "unique", "secret"; `target` is the object that a relation leads to.
    `known` is what metadata has of it, where that was asked."""

    label: str
    wire: str
    type: str
    description: str
    marks: Sequence[str]
    options: Sequence[str]
    target: Object | None = None
    inverse: str = ""
    name: str = ""
    known: MetadataField | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """Records of another object that point here."""

    name: str
    source: Object
    key: str


def objects(request: Request) -> Response:
    """All objects, or those that have what is looked for with `q` in a name, a field or a description."""
    words = request.query_params.get("q", "")[:_LONGEST]
    with request.app.state.site.client(request.state.visitor) as crm:  # before what is counted, which goes by the objects that are known
        total = len(crm.catalogue.objects)
    known = navigation(request.app.state, request.state.visitor).counted
    shown = [found for each in known if (found := _listed(each.object, each.label, each.count, words.casefold().split()))]
    return page(
        request, "objects/list.html", shown=shown, q=words, total=total, counted=any(each.count for each in shown), schema=OPEN_API_SCHEMA
    )


def one(request: Request) -> Response:
    """An object with its fields, relations and what points at it."""
    with request.app.state.site.client(request.state.visitor) as crm:
        catalogue, of = crm.catalogue, object_at(request, crm)
        here = _known(request, crm).get(of.singular)
    rows = [_field(of, each) if isinstance(each, Field) else _relation(catalogue, each) for each in (*of.members, *BASE_FIELDS)]
    fields = [_as_known(each, here.members.get(each.name)) if here else each for each in rows]
    pointing = [Inbound(each.name, catalogue.by_singular[each.source], each.foreign_key) for each in catalogue.has_many(of)]
    indexed = list(dict.fromkeys(["id", *of.indexed]))
    return page(
        request, "objects/object.html", of=of, label=label_of(of), fields=fields, pointing=pointing, labels=label_of,
        known_by=_label_of(of, of.label_identifier), searched=[_label_of(of, each) for each in of.searchable], indexed=indexed,
        together=of.unique_together, resource=naming.kebab_case(of.plural),
        here=here,
    )  # fmt: skip


def _known(request: Request, crm: icosa.Client) -> Mapping[str, MetadataObject]:
    """What metadata has, for who may change it; nothing where that cannot be done, or not be asked."""
    if not request.state.visitor.may_write or not takes_changes(crm):
        return {}
    try:
        return known_objects(crm)
    except IcosaError:  # a key may be good for records, and for nothing beside them
        return {}


def _as_known(row: FieldRow, known: MetadataField | None) -> FieldRow:
    return replace(row, known=known, label=known.label or row.label) if known else row


def label_of(of: Object) -> str:
    """What records of an object are called."""
    return of.label_plural or of.resource


def _listed(of: Object, label: str, count: str, words: Sequence[str]) -> Listed | None:
    about = f"{label} {of.plural} {of.singular} {of.description}".casefold()
    if all(word in about for word in words):
        return Listed(of, label, count, ())
    found = [name for name, text in _texts(of) if all(word in f"{text} {about}" for word in words)]
    return Listed(of, label, count, found) if found else None


def _texts(of: Object) -> Iterator[tuple[str, str]]:
    for each in of.members:
        yield each.name, f"{each.name} {each.label} {each.description}".casefold()


def _field(of: Object, field: Field) -> FieldRow:
    alone = field.unique or (field.name,) in of.unique_together
    marks = [word for word, is_so in (("required", field.required), ("unique", alone), ("secret", field.secret)) if is_so]
    return FieldRow(
        field.label or naming.label(field.name), field.name, field.type_name, field.description, marks, field.options, name=field.name
    )


def _relation(catalogue: Catalogue, relation: BelongsTo) -> FieldRow:
    target = catalogue.by_singular[relation.target]
    label = relation.label or naming.label(relation.name)
    return FieldRow(label, relation.foreign_key, "RELATION", relation.description, (), (), target, relation.inverse, relation.name)


def _label_of(of: Object, name: str) -> str:
    field = of.field_by_name.get(name.partition(".")[0])
    return (field.label if field else "") or naming.label(name)


ROUTES: list[BaseRoute] = [Route("/objects", objects), *OBJECT_PAGES, *FIELD_PAGES, Route("/objects/{object}", one)]
