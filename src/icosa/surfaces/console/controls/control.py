"""Which boxes edit a property.  It follows from the field's type, so that a new type needs nothing here."""

from enum import StrEnum

from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import BelongsTo, Field
from icosa.wire.actions.properties import Property


class Control(StrEnum):
    """What a template draws.  PARTS has boxes for each part, RICH one for a text in Markdown, POSITION takes a number or a
    word; of SHOWN values the workspace says what they are, and there is nothing to fill in."""

    TEXT = "text"
    NUMBER = "number"
    POSITION = "position"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    LINES = "lines"
    DATE = "date"
    MOMENT = "moment"
    PARTS = "parts"
    RICH = "rich"
    RELATION = "relation"
    RECORD = "record"
    SECRET = "secret"
    JSON = "json"
    SHOWN = "shown"


def control_of(property_: Property) -> Control:
    """The control of a property of an action."""
    if property_.place == "path":
        return Control.RECORD
    match property_.field:
        case Field() as field:
            return control_of_field(field)
        case BelongsTo():
            return Control.RELATION
    match property_.type:
        case "json":
            return Control.JSON
        case "boolean":
            return Control.FLAG
        case "options":
            return Control.CHOICE
        case "number":
            return Control.NUMBER
        case "string":
            return Control.TEXT


def control_of_field(field: Field) -> Control:
    about = field.type.about
    if field.secret:
        return Control.SECRET
    if field.type.retired or (about.kept and field.type.composite):
        return Control.SHOWN
    if about.keywords:
        return Control.POSITION
    if field.type.composite:
        return Control.RICH if about.prose else Control.PARTS
    return _of_kind(field.type.parts[0].kind)


def _of_kind(kind: Kind) -> Control:
    match kind:
        case Kind.TEXT | Kind.UUID:
            return Control.TEXT
        case Kind.NUMBER | Kind.NUMERIC:
            return Control.NUMBER
        case Kind.BOOLEAN:
            return Control.FLAG
        case Kind.OPTION:
            return Control.CHOICE
        case Kind.OPTIONS:
            return Control.CHOICES
        case Kind.TEXTS:
            return Control.LINES
        case Kind.DATE:
            return Control.DATE
        case Kind.DATE_TIME:
            return Control.MOMENT
        case Kind.JSON:
            return Control.JSON
