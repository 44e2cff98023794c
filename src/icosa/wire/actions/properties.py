"""The properties of actions: what a form asks for, where each value goes, and what it has to look like."""

from typing import Literal, NamedTuple

from icosa.catalogue import naming
from icosa.catalogue.examples import ID, example, example_text
from icosa.catalogue.model import BelongsTo, Field, Object
from icosa.wire.version import TWENTY_1_0_3

Location = Literal["path", "query", "body", "whole body"]
Control = Literal["string", "number", "boolean", "options", "json"]


class Property(NamedTuple):
    """One value that an action takes.

    `label` is what a form shows, `name` what the wire calls it, `place` where it goes, `type` the control
    that edits it.  `choices` are all values that an "options" property can have.  `secret` values are
    masked in output.  `field` is the field or relation that it sets, None where it sets none.  `switch` is what
    a switch in the query sends where it is on and where it is off, "" for nothing; None stands for `name=true` and nothing.
    """

    label: str
    name: str
    place: Location
    type: Control
    description: str
    choices: tuple[str | int, ...] = ()
    required: bool = False
    secret: bool = False
    field: Field | BelongsTo | None = None
    switch: tuple[str, str] | None = None


def _query(name: str, type_: Control, description: str, choices: tuple[int, ...] = ()) -> Property:
    return Property(naming.label(name), name, "query", type_, description, choices)


RECORD_ID = Property("Id", "id", "path", "string", f"The id of the record: a UUID, such as {ID}.", required=True)
_FOLLOWED = ("0 gives the record alone", "1 adds the records it is directly related to", "2 adds theirs too")


def depth(depths: tuple[int, ...]) -> Property:
    """The choice of how far relations are followed, where a server follows them so far."""
    text = ", ".join(_FOLLOWED[each] if each < len(_FOLLOWED) else f"{each} one more" for each in depths)
    return _query("depth", "options", f"How far relations are followed: {text}.", depths)


def limit(page: int, most: int) -> Property:
    """The size of a page: what comes where nothing is said, and the most that can be asked for."""
    return _query("limit", "number", f"How many records come at most, up to {most}. Left out, {page}.")


DEPTH = depth(TWENTY_1_0_3.depths)
ORDER_BY = _query(
    "order_by",
    "string",
    "What the records are sorted by: fields separated by commas, each with AscNullsFirst (taken where nothing is said), AscNullsLast, "
    "DescNullsFirst or DescNullsLast in brackets, such as createdAt[DescNullsLast],name.lastName. Left out, by id.",
)
FILTER = _query(
    "filter",
    "string",
    "Which records are wanted: field[comparator]:value, several separated by commas, grouped by and(), or() and not(), such as "
    'or(stage[eq]:NEW,createdAt[gte]:"2026-02-03"). Comparators are eq, neq, in, containsAny, is, gt, gte, lt, lte, startsWith, '
    "endsWith, like and ilike; a part of a field is written field.part; is takes NULL or NOT_NULL.",
)
LIMIT = limit(TWENTY_1_0_3.page, TWENTY_1_0_3.max_page)
STARTING_AFTER = _query(
    "starting_after", "string", "Gives the page after this cursor: send the endCursor of the page before it, and the same order and filter."
)
ENDING_BEFORE = _query(
    "ending_before",
    "string",
    "Gives the page before this cursor: send the startCursor of the page after it, and the same order and filter.",
)
BODY = Property(
    "Body",
    "body",
    "whole body",
    "json",
    'The records to create, as a JSON list of objects, such as [{"name": "First"}, {"name": "Second"}]. All are created, or none.',
)
DATA = Property(
    "Data",
    "data",
    "body",
    "json",
    'Records that need not exist yet, to look for others like them: a JSON list, such as [{"name": "Acme"}]. Send these or Ids, not both.',
)
IDS = Property(
    "Ids",
    "ids",
    "body",
    "json",
    f'Records that exist, to look for others like them: a JSON list of their ids, such as ["{ID}"]. Send these or Data, not both.',
)


KEEP, DESTROY = "soft_delete", "permanent"
"""What a deletion is told in the query: a newer Twenty destroys unless it hears the one, Icosa keeps unless it hears
the other."""


def permanent(*, keeps: bool, destroys: bool) -> Property:
    """The switch of a deletion on a server that takes the one word or the other.  Off is the default, and keeps
    the record wherever a server can."""
    return Property(
        "Permanent",
        "permanent",
        "query",
        "boolean",
        "Destroy for good, deleted before or not, instead of putting out of sight. Twenty 1.0.3 always does.",
        switch=(f"{DESTROY}=true" if destroys else "", f"{KEEP}=true" if keeps else ""),
    )


def body_properties(of: Object, *, creating: bool) -> tuple[Property, ...]:
    """One property for each field and foreign key; only who creates a record has to send what is required."""
    return tuple(
        _of_relation(member) if isinstance(member, BelongsTo) else _of_field(member, required=creating and member.required)
        for member in of.members
    )


def _of_field(field: Field, *, required: bool) -> Property:
    control: Control = field.type.control  # type: ignore[assignment]
    return Property(
        naming.label(field.name),
        field.name,
        "body",
        control,
        " ".join(filter(None, (field.description, hint(field)))),
        field.options if control == "options" else (),
        required,
        field.secret,
        field,
    )


def _of_relation(relation: BelongsTo) -> Property:
    text = f"{relation.description} The id of a record of {naming.label(relation.target)}: a UUID, or null for none."
    return Property(naming.label(relation.foreign_key), relation.foreign_key, "body", "string", text, field=relation)


def hint(field: Field) -> str:
    """What a value of the field has to look like, as a sentence; "" where any text will do."""
    if field.type.retired:
        return "Retired: it is read, and can no longer be written."
    known = example(field)
    text = known if isinstance(known, str) else example_text(field)
    return field.type.about.hint.format(example=text, options=", ".join(field.options))
