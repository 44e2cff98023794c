"""From the schema of a property to the type of its field.

A schema says less than a type: a text may be TEXT or RICH_TEXT, a number NUMBER, NUMERIC or POSITION.  The first of
the types it may be is taken, unless the standard field of that name has another of them.
"""

from dataclasses import dataclass

from icosa.catalogue.field_types import FIELD_TYPES, GENERATIONS
from icosa.catalogue.field_types.choice import RATINGS
from icosa.catalogue.model import Field
from icosa.wire.openapi.reading.parts import Json, listed, table

_WORDS = frozenset(("description", "title", "example", "examples"))
_BY_FORMAT = {"uuid": "UUID", "date-time": "DATE_TIME", "date": "DATE"}
_COMPOSITE = {
    each.name: frozenset(part.name for part in each.parts if not (part.response_only or part.hidden))
    for each in FIELD_TYPES.values()
    if each.composite
}

_FILE = {"fileId", "label"}
"""What is said of each file in a list of them."""


@dataclass(frozen=True, slots=True)
class PossibleTypes:
    """The types that a property may have, the likeliest first; the options that it names; what was not understood."""

    types: tuple[str, ...]
    options: tuple[str, ...] = ()
    remark: str = ""


def is_written_for(field: Field, sent: Json) -> bool:
    """Whether a property is described just as Icosa describes that field."""
    return {name: each for name, each in sent.items() if name not in _WORDS} == field.type.schema(field)


def found_type(name: str, sent: Json, answered: Json, generation: int = 1) -> PossibleTypes:
    """The type of a property, from its schemas in what is sent and in what is answered (empty where unknown).  A type of a
    later generation is one that Icosa would describe so."""
    found = _first_generation(name, sent, answered)
    if generation == 1:
        return found
    made = {each: Field(name, each, "", options=found.options, generation=generation) for each in GENERATIONS[generation]}
    alike = [each for each, field in made.items() if is_written_for(field, sent)]
    likely = [each for each in found.types if each in alike] or alike
    return PossibleTypes(tuple(likely), found.options) if likely else found


def _first_generation(name: str, sent: Json, answered: Json) -> PossibleTypes:
    options = _options(sent)
    match _type(sent):
        case "string" if "enum" in sent:
            if not options:
                return PossibleTypes(("TEXT",), remark="it has no options, and is read as text")
            return PossibleTypes(("RATING", "SELECT") if options == RATINGS else ("SELECT", "RATING"), options)
        case "string":
            written = _BY_FORMAT.get(str(sent.get("format")))
            return PossibleTypes((written,) if written else ("TEXT", "RICH_TEXT"))
        case "integer":
            return PossibleTypes(("NUMBER",))
        case "number":
            # Only our own documents say that decimals are answered as texts; 1.0.3's call every number a number.
            likely = "NUMERIC" if _type(answered) == "string" else "POSITION" if name == "position" else "NUMBER"
            return PossibleTypes(tuple(dict.fromkeys((likely, "NUMBER", "NUMERIC", "POSITION"))))
        case "boolean":
            return PossibleTypes(("BOOLEAN",))
        case "array":
            return _list(table(sent.get("items")))
        case "object" if "properties" not in sent:
            return PossibleTypes(("RAW_JSON",))
        case "object":
            return _composite(frozenset(table(sent["properties"])))
        case "" if not set(sent) - {"description", "title", "example", "examples", "default", "nullable"}:
            return PossibleTypes(("RAW_JSON",))
        case other:
            return _unknown(f"its type is {other or 'not said'}")


def may_be_null(answered: Json) -> bool:
    """Whether a schema says that null is answered."""
    return "null" in listed(answered.get("type")) or None in listed(answered.get("enum")) or answered.get("nullable") is True


def is_secret(schema: Json) -> bool:
    """Whether a schema says that its value is not to be shown."""
    return schema.get("format") == "password" or schema.get("writeOnly") is True


def _list(items: Json) -> PossibleTypes:
    options = _options(items)
    if options:
        return PossibleTypes(("MULTI_SELECT",), options)
    if _type(items) == "string":
        return PossibleTypes(("ARRAY",), remark="it has no options, and is read as a list of texts" if "enum" in items else "")
    if table(items.get("properties")).keys() >= _FILE:
        return PossibleTypes(("RAW_JSON",))
    return _unknown("it is a list of something else than texts")


def _composite(names: frozenset[str]) -> PossibleTypes:
    """The composite type that shares most parts; a server newer or older than 1.0.3 may have some more or fewer."""
    best = max(_COMPOSITE, key=lambda each: len(_COMPOSITE[each] & names))
    parts = _COMPOSITE[best]
    if not parts & names or not (parts <= names or names <= parts):
        return _unknown(f"it has the parts {', '.join(sorted(names)[:5]) or '(none)'}")
    more = sorted(names - parts - {part.name for part in FIELD_TYPES[best].parts})
    return PossibleTypes((best,), remark=f"its parts {', '.join(more)} are not known" if more else "")


def _unknown(reason: str) -> PossibleTypes:
    return PossibleTypes(("RAW_JSON",), remark=f"{reason}, which no known type has, and it is read as raw JSON")


def _type(schema: Json) -> str:
    """The type, with null left aside; "" where none or several are named."""
    named = schema.get("type")
    if isinstance(named, list):
        named = [each for each in named if each != "null"]
        return str(named[0]) if len(named) == 1 else ""
    if named is None:
        return "object" if "properties" in schema else "string" if "enum" in schema else "array" if "items" in schema else ""
    return named if isinstance(named, str) else ""


def _options(schema: Json) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in listed(schema.get("enum")) if isinstance(each, str)))
