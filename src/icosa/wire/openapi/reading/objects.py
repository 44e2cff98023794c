"""From the schemas of a document to the objects of a catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from icosa.catalogue import naming
from icosa.catalogue.fields import Position
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import BASE_FIELDS, BelongsTo, Catalogue, Field, Object, misnamed, misnamed_object, stored_names
from icosa.catalogue.standard import STANDARD
from icosa.errors import UnreadableAnswer
from icosa.wire.openapi.reading.parts import Json, ServerDocument, body_of, listed, schema_names, table, text
from icosa.wire.openapi.reading.relations import Ends, Pointing, inverses
from icosa.wire.openapi.reading.types import found_type, is_secret, is_written_for, may_be_null
from icosa.wire.version import VERSIONS

_BASE = {each.name for each in BASE_FIELDS}
_ANSWER_SUFFIXES = ("ForResponse", " for Response", " with Relations")


@dataclass(frozen=True)
class DocumentedObject:
    """An object as the document has it: the properties of what is sent and of what is answered."""

    singular: str
    plural: str
    description: str
    sent: Json
    answered: Json
    required: frozenset[str]
    schemas: tuple[str, ...]
    standard: Object | None
    generation: int
    pointing: dict[str, Pointing] = field(default_factory=dict)  # by foreign key


def read_objects(source: ServerDocument) -> tuple[Catalogue, tuple[str, ...]]:
    """The catalogue of a document, and remarks about what was not understood.  Raises UnreadableAnswer where the
    document contradicts itself."""
    remarks: list[str] = []
    standard = _standard(source)
    objects = _named([each for plural in source.endpoints if (each := _found(source, plural, standard))], remarks)
    of_schema = {name: each.singular for each in reversed(objects) for name in each.schemas}
    for each in objects:
        each.pointing.update(_relations(each, of_schema))
    inverse = _inverses(objects, of_schema, standard)
    says_null = any(may_be_null(table(each.answered.get("deletedAt"))) for each in objects)
    try:
        return Catalogue(tuple(_object(each, inverse, says_null, remarks) for each in objects)), tuple(remarks)
    except ValueError as error:
        raise UnreadableAnswer(f"the workspace's OpenAPI document contradicts itself: {error}") from None


def _standard(source: ServerDocument) -> Catalogue:
    """The objects that the document is compared with: those of 1.0.3, unless an Icosa server says that its own are of a
    later generation."""
    wanted = table(source.document.get("x-icosa")).get("generation")
    return next((each.standard for each in VERSIONS.values() if each.generation == wanted), STANDARD)


def _named(objects: list[DocumentedObject], remarks: list[str]) -> list[DocumentedObject]:
    """The objects whose names can be names; a remark says which were left out."""
    tables: set[str] = set()
    kept: list[DocumentedObject] = []
    for each in objects:
        of = each.standard or Object(each.singular, each.plural, "", custom=True, generation=each.generation)
        twice = any(each.singular == other.singular for other in kept)  # which is a contradiction, and no matter of names
        wrong = "" if twice else misnamed_object(of, tables)
        if wrong:
            remarks.append(f"the object {shown(each.singular)} ({shown(each.plural)}) {wrong}; it was left out")
        else:
            tables.add(of.table.lower())
            kept.append(each)
    return kept


def _found(source: ServerDocument, plural: str, standard: Catalogue) -> DocumentedObject | None:
    """The object of a path, or None where the path is about none."""
    sent = next(schema_names(body_of(source, source.endpoint(plural, "POST", "{plural}"))), "")
    one = source.endpoint(plural, "GET", "{plural}/{id}") or source.endpoint(plural, "GET", "{plural}")
    answered = next(schema_names(table(one.get("responses")).get("200")), "")
    if sent and not answered:
        answered = next((sent + each for each in _ANSWER_SUFFIXES if sent + each in _schemas(source)), "")
    name = sent or next((answered.removesuffix(each) for each in _ANSWER_SUFFIXES if answered.endswith(each)), answered)
    schema = source.resolved(_schemas(source).get(name) or _schemas(source).get(answered))
    properties, answers = source.properties(_schemas(source).get(sent)), source.properties(_schemas(source).get(answered))
    if not name or not (properties or answers):
        return None
    known = standard.by_singular.get(naming.uncapitalised(name))
    return DocumentedObject(
        naming.uncapitalised(name),
        plural,
        text(schema.get("description")),
        properties,
        answers,
        frozenset(each for each in listed(schema.get("required")) if isinstance(each, str)),
        tuple(filter(None, {name: 0, answered: 0})),
        known if known is not None and known.plural == plural else None,
        standard.objects[0].generation,
    )


def _schemas(source: ServerDocument) -> Json:
    return table(table(source.document.get("components")).get("schemas"))


def _relations(of: DocumentedObject, of_schema: dict[str, str]) -> dict[str, Pointing]:
    """Its relations by foreign key: a property of the answer that is one record of another object, with its id beside it."""
    found = {}
    for name, schema in of.answered.items():
        key = f"{name}Id"
        target = next((of_schema[each] for each in schema_names(schema) if each in of_schema), None)
        if target and "items" not in table(schema) and (key in of.sent or key in of.answered):
            found[key] = Pointing(of.singular, name, target)
    return found


def _inverses(objects: list[DocumentedObject], of_schema: dict[str, str], standard: Catalogue) -> dict[Pointing, str]:
    collections: dict[Ends, list[str]] = {}
    taken: dict[str, set[str]] = {}
    for each in objects:
        taken[each.singular] = {*_BASE, *each.sent, *each.answered}
        for name, schema in each.answered.items():
            source = next((of_schema[one] for one in schema_names(table(schema).get("items")) if one in of_schema), None)
            if source is not None and naming.is_name(name):
                collections.setdefault((source, each.singular), []).append(name)
    return inverses(
        [pointing for each in objects for pointing in each.pointing.values()],
        collections,
        {(each.singular, relation.name): relation for each in standard for relation in each.belongs_to},
        {each.singular: each.plural for each in objects},
        taken,
    )


def _object(of: DocumentedObject, inverse: dict[Pointing, str], says_null: bool, remarks: list[str]) -> Object:
    related = {pointing.name for pointing in of.pointing.values()}
    members: list[Field | BelongsTo] = []
    columns = {name.lower() for name in _BASE}
    for name in dict.fromkeys((*of.sent, *of.answered)):
        if name in of.pointing:
            member: Field | BelongsTo = _relation(of, of.pointing[name], inverse[of.pointing[name]])
        elif name not in _BASE and name not in related and not _is_of_records(of, name):
            member = _field(of, name, says_null, remarks)
        else:
            continue
        wrong = misnamed(member, columns)
        if wrong:
            remarks.append(f"the field {shown(name)} of {of.singular} {wrong}; it was left out")
        else:
            columns.update(each.lower() for each in stored_names(member))
            members.append(member)
    if of.standard is not None:
        return _kept(of.standard, tuple(members))
    named = any(each.name == "name" for each in members if isinstance(each, Field))
    return Object(
        of.singular,
        of.plural,
        of.description or f"{naming.label(of.plural)}, which this workspace keeps.",
        tuple(members),
        label_identifier="name" if named else "id",
        custom=True,
        searchable=("name",) if named else (),
        generation=of.generation,
    )


def _is_of_records(of: DocumentedObject, name: str) -> bool:
    """Whether a property of the answer holds records: a collection, or a relation of which the key is not shown."""
    return name not in of.sent and next(schema_names(of.answered.get(name)), None) is not None


def _relation(of: DocumentedObject, pointing: Pointing, inverse: str) -> BelongsTo:
    known = of.standard.relation_by_name.get(pointing.name) if of.standard else None
    if known is not None and known.target == pointing.target:
        return known if known.inverse == inverse else replace(known, inverse=inverse)
    described = text(table(of.answered.get(pointing.name)).get("description"))
    return BelongsTo(pointing.name, pointing.target, inverse, described or f"The {naming.label(pointing.target).lower()} it belongs to.")


def _field(of: DocumentedObject, name: str, says_null: bool, remarks: list[str]) -> Field:
    sent, answered = table(of.sent.get(name, of.answered.get(name))), table(of.answered.get(name))
    known = of.standard.field_by_name.get(name) if of.standard else None
    if known is not None and is_written_for(known, sent):
        return known
    found = found_type(name, sent, answered, of.generation)
    if found.remark:
        remarks.append(f"{of.singular}.{name}: {found.remark}")
    if known is not None and known.type_name in found.types:
        return known if known.options == found.options else _with_options(known, found.options)
    described = text(sent.get("description")) or f"{naming.label(name)} of the {naming.label(of.singular).lower()}."
    if found.types[0] == "POSITION":
        return replace(Position(described), generation=of.generation)
    required = name in of.required
    return Field(
        name,
        found.types[0],
        described,
        nullable=not required and (may_be_null(answered) or not says_null),
        required=required,
        secret=found.types[0] == "TEXT" and (is_secret(sent) or is_secret(answered)),
        options=found.options,
        generation=of.generation,
    )


def _with_options(known: Field, options: tuple[str, ...]) -> Field:
    """A standard field whose options the workspace has changed."""
    defaults = known.default if isinstance(known.default, list) else [known.default]
    return replace(known, options=options, default=known.default if set(defaults) <= set(options) else None)


def _kept(known: Object, members: tuple[Field | BelongsTo, ...]) -> Object:
    """A standard object with the members that this workspace has, and the settings that still make sense."""
    bare = Object(known.singular, known.plural, known.description, members)
    columns = {each.name + naming.capitalised(part.name) for each in bare.field_by_name.values() for part in each.type.parts}
    columns |= bare.relation_by_key.keys()

    def whole(sets: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
        return tuple(each for each in sets if columns.issuperset(each))

    return replace(
        known,
        members=members,
        label_identifier=known.label_identifier if known.label_identifier in bare.field_by_name else "id",
        searchable=tuple(each for each in known.searchable if each in bare.field_by_name),
        duplicate_criteria=whole(known.duplicate_criteria),
        unique_together=whole(known.unique_together),
        indexed=tuple(each for each in known.indexed if each in columns),
    )
