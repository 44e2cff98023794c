"""What every field type says about itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Protocol

import orjson

from icosa.catalogue.field_types.about import About
from icosa.catalogue.kinds import BLANK_SAYS_NOTHING, EXPECTED, LISTS, Kind, brief, coerce, shown
from icosa.errors import InvalidValue


class _Unsent:
    """The value of a property that was left out, or that says nothing (an empty box of a form)."""

    def __repr__(self) -> str:
        return "UNSENT"

    def __reduce__(self) -> str:
        return "UNSENT"  # the one there is, in a copy and in another process too


UNSENT: Final = _Unsent()

Schema = dict[str, Any]
"""A JSON schema."""

LONGEST_LIST = 500
"""How many more addresses, numbers or links one field holds: each is looked at by itself, and that takes time."""

PARTS_HINT: Final = "A JSON object, such as {example}; parts that are not sent stay as they are."
"""The hint of a type of several parts."""

Values = dict[str, Any]
"""Canonical values by part name; "" is the only part of a simple type."""


class Part(NamedTuple):
    """One stored value of a field.  A simple type has one part without a name; a composite type has
    several, each of which can be filtered and sorted by as `field.part`.

    `default` is the value in a record that was created without the field; `omitted` the value in one
    that was created with the field but without this part.  `unique` parts make a unique field unique.
    `options` are fixed choices of the part itself.  A part that is not `nullable` keeps its value where
    null is sent, unless the whole field may be null.

    `short` are short names, as people say them (`name.first`), the one that is shown first.  `words` are what headings
    call it, folded, and `further_words` what they call a further value that gives way to a first one; `label` is what
    Twenty's own exports call it, where that is not its name.  `in_units` names its value in whole units, where the part
    itself has millionths.  `absent` is what an answer has where none is stored; `bare` decimals are numbers in it, not texts.
    A `ranked` option is greater than those that are listed before it; others are compared as texts.
    """

    name: str
    kind: Kind
    default: Any = None
    omitted: Any = UNSENT
    unique: bool = False
    options: tuple[str, ...] = ()
    nullable: bool = True
    schema: Schema | None = None
    schema_out: Schema | None = None
    response_only: bool = False
    hidden: bool = False
    short: tuple[str, ...] = ()
    words: str = ""
    further_words: str = ""
    label: str = ""
    in_units: str = ""
    absent: Any = None
    bare: bool = False
    ranked: bool = False

    @property
    def lists(self) -> bool:
        """Whether its values are lists, as a form sends them."""
        return self.kind in LISTS or (self.schema is not None and self.schema["type"] == "array")

    @property
    def when_omitted(self) -> Any:
        return self.default if self.omitted is UNSENT else self.omitted


class FieldSettings(Protocol):
    """What a type asks of the field whose value it checks: all that it may know of `catalogue.model.Field`."""

    @property
    def options(self) -> tuple[str, ...]: ...

    @property
    def secret(self) -> bool: ...

    @property
    def nullable(self) -> bool: ...

    @property
    def most(self) -> int: ...


AsItStands = Callable[[Sequence[str]], bool]
"""Whether each of some texts, none of which is empty, comes out of a check as it went in; for who has many at once."""


def free_texts(texts: Sequence[str]) -> bool:
    """That of texts that are taken as they are.  What is printed holds no NUL and no half of a pair; what is not may be sound too."""
    return "".join(texts).isprintable()


@dataclass(frozen=True, slots=True)
class FieldType:
    """A type of field: its parts, the form control that edits it, its schemas, and its check.

    `control` is "string", "number", "boolean", "options" or "json".  `check` takes the field, a JSON
    value that is not None and the path to name in errors, and returns canonical values by part name:
    only the parts that were sent.  It raises InvalidValue.  `created` makes the parts of a new record
    of those that were sent; where it does no more than to add the others, `added` are what they are then.
    `together` are parts that are one value to a person, such as a number and its
    country: where one of them changes, all of them are sent.  `retired` is what is said to who still writes it.
    `aliases` are other names under which parts are read.  `about` is what others look up about it.  `as_they_stand` knows, by part,
    texts that `check` and `created` leave as they are, whatever the other parts are, so that many are looked at in one go.
    """

    name: str
    control: str
    parts: tuple[Part, ...]
    check: Callable[[FieldSettings, Any, str], Values]
    schema: Callable[[FieldSettings], Schema]
    created: Callable[[Values], Values] = lambda values: values
    added: Mapping[str, Any] | None = field(default=None, hash=False)
    retired: str | None = None
    together: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict, hash=False)
    about: About = field(default=About(), hash=False)
    as_they_stand: Mapping[str, AsItStands] = field(default_factory=dict, hash=False)

    @property
    def composite(self) -> bool:
        return self.parts[0].name != ""

    def part(self, name: str) -> Part | None:
        return next((each for each in self.parts if each.name == name), None)

    def words(self, name: str) -> str:
        """What headings call a part, or the field as a whole, whose part is ""."""
        part = self.part(name) if name else None
        return part.words if part else self.about.words

    def alias(self, name: str) -> str:
        """The name of the part that is read under a name."""
        return self.aliases.get(name, name)


def simple(name: str, control: str, kind: Kind, schema: Callable[[FieldSettings], Schema], about: About, default: Any = None) -> FieldType:
    """A type of one part, whose values are those of its kind."""

    def check(field: FieldSettings, value: Any, path: str) -> Values:
        value = without_blanks(kind, as_list(value) if kind in LISTS else value)
        if value is UNSENT:
            return {}
        if field.secret:
            value = undisclosed(kind, value, path)
        return {"": coerce(kind, value, path, field.options)}

    free = {"": free_texts} if kind is Kind.TEXT else {}
    return FieldType(name, control, (Part("", kind, default),), check, schema, about=about, as_they_stand=free)


def undisclosed(kind: Kind, value: Any, path: str) -> Any:
    """A secret value that its kind takes; where it does not, the error must not show it."""
    try:
        return coerce(kind, value, path)
    except InvalidValue:
        pass  # raised again below, outside: an error chained to this one would carry the secret along
    raise InvalidValue(path, f"what was sent (not shown, it is a secret) is not {EXPECTED[kind]}")


def _of_part(part: Part, item: Any, path: str, *, listed: bool) -> Any:
    """The canonical value of a part, which is one of lists or is not; None, or UNSENT where it says nothing.  Raises InvalidValue."""
    if listed:
        item = as_list(item)
        if isinstance(item, list) and len(item) > LONGEST_LIST:
            raise InvalidValue(path, f"holds {len(item)} values; send at most {LONGEST_LIST}")
    item = without_blanks(part.kind, item, lists=True)
    return item if item is None or item is UNSENT else coerce(part.kind, item, path, part.options)


def apart(values: Values, path: str) -> Values:
    """Parts that need not be looked at together."""
    return values


def as_sent(values: Values) -> Values:
    """The parts of a new record, which need not be looked at together."""
    return values


def composite(
    name: str,
    *parts: Part,
    about: About,
    read: Callable[[Values, str], Values] = apart,
    promote: Callable[[Values], Values] = as_sent,
    aliases: Mapping[str, str] = MappingProxyType({}),
    together: tuple[str, ...] = (),
    as_they_stand: Mapping[str, AsItStands] = MappingProxyType({}),
) -> FieldType:
    """A type of several parts, sent as one JSON object.

    Parts that were not sent stay as they are; null clears a part.  `read` looks at the parts together
    after each was checked by itself, `promote` at the parts of a new record; `aliases` are other names
    under which parts are read; `together` and `as_they_stand` are as FieldType has them.
    """

    omitted = {part.name: part.when_omitted for part in parts}
    added = omitted if promote is as_sent else None

    def created(values: Values) -> Values:
        return promote({**omitted, **values})

    by_name = {part.name: part for part in parts}
    listed = ", ".join(part.name for part in parts if not part.hidden)
    of_lists = frozenset(part.name for part in parts if part.lists)
    of_texts = frozenset(part.name for part in parts if part.kind is Kind.TEXT and not part.lists)

    def check(field: FieldSettings, value: Any, path: str) -> Values:
        if value == "":
            return {}
        if not isinstance(value, dict):
            raise InvalidValue(path, f"{shown(value)} is not an object; send one with any of {listed}")
        values: Values = {}
        for key, item in value.items():
            if item.__class__ is str and key in of_texts and item.isascii() and "\0" not in item:
                values[key] = item  # as all that follows would find it
                continue
            part = by_name.get(aliases.get(key, key))
            if part is None:
                raise InvalidValue(f"{path}.{brief(key)}", f"is no part of {name}; its parts are {listed}")
            item = _of_part(part, item, f"{path}.{key}", listed=part.name in of_lists)
            if item is not UNSENT:
                values[part.name] = item
        return read(values, path)

    def schema(field: FieldSettings) -> Schema:
        return {"type": "object", "properties": {p.name: part_schema(p) for p in parts if not (p.response_only or p.hidden)}}

    free = dict.fromkeys(of_texts, free_texts) if read is apart else as_they_stand
    return FieldType(
        name, "json", parts, check, schema, created, added, together=together, aliases=aliases, about=about, as_they_stand=free
    )


PART_SCHEMAS: dict[Kind, Schema] = {
    Kind.TEXT: {"type": "string"},
    Kind.UUID: {"type": "string", "format": "uuid"},
    Kind.NUMERIC: {"type": "number"},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.JSON: {"type": "object"},
}


def part_schema(part: Part) -> Schema:
    if part.schema is not None:
        return part.schema
    return {"type": "string", "enum": list(part.options)} if part.options else PART_SCHEMAS[part.kind]


def as_list(value: Any) -> Any:
    """A list that was sent as JSON text, as forms do whose boxes are texts; anything else as it is."""
    if not isinstance(value, str) or value.lstrip()[:1] != "[":
        return value
    try:
        return orjson.loads(value)
    except ValueError:
        return value


def without_blanks(kind: Kind, value: Any, *, lists: bool = False) -> Any:
    """A value without what a form sends for boxes that were left empty.

    An empty text counts as not sent where the kind has no empty value; null, {} and "" inside a list
    are dropped, and a list in which nothing else stood counts as not sent.  An empty list is a value.
    `lists` says that lists inside JSON are lists of a form too; free JSON is left as it is.
    """
    if value == "" and (kind in BLANK_SAYS_NOTHING or kind in LISTS or kind is Kind.JSON):
        return UNSENT
    if (lists or kind in LISTS) and isinstance(value, list) and value:
        return [item for item in value if item is not None and item != "" and item != {}] or UNSENT
    return value
