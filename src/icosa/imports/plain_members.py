"""Members of records whose cells hold texts with nothing odd about them, as nearly all do: what holds of a column is looked up
once, and not for each of its cells.  What is odd, refused or cleared is left to `shaping`, which says what each cell means.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from icosa.call.record import JsonRecord
from icosa.call.targets import Target
from icosa.call.values import plain
from icosa.catalogue.model import Catalogue, Field
from icosa.errors import InvalidInput, InvalidValue
from icosa.imports.further_values import Further
from icosa.imports.values import phones
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.lists import BETWEEN
from icosa.imports.values.reading import Read, says
from icosa.wire.rest.body import MANAGED

_ODD: Final = frozenset("=#")
"""How formulas, texts that were guarded from a spreadsheet, and its errors begin."""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation told by what its record is known by, to be found in the workspace.

    `relation` is the relation ("company"; its key is `companyId`), `object` the singular of the object it
    points at, `path` a field or part of that object and `value` what stands there, normalised;
    a dict of parts where `path` is a whole composite ("name": {"firstName": …}) or a phone number.
    `call.keys.comparable` says when two values mean the same.  `column` is where it was said.
    """

    relation: str
    object: str
    path: str
    value: Any
    column: str = ""


@dataclass(frozen=True, slots=True)
class CellReader:
    """A column, where its values go, and what reads them; `unknown` is what else says there that a value is not known."""

    column: str
    target: Target
    read: Read
    is_unknown: Callable[[str], bool]
    read_more: Read | None = None  # where it is the first of several, which one cell may hold
    unknown: Sequence[str] = ()


class Understood(NamedTuple):
    """What some cells say: members of a record, links, what is added to it, and at which places the members begin.  A tuple, because
    several are made of every row."""

    record: JsonRecord
    links: tuple[Link, ...] = ()
    further: tuple[Further, ...] = ()
    places: Sequence[int] = ()


NOTHING: Final = Understood({})

JOINED: Final = ("PHONES", "CURRENCY")
"""Types whose parts are looked at together: see `joined`."""

PlainReader = Callable[[Sequence[Any]], Understood | None]
"""What texts say, in the order of their cells; None where something is odd about one of them."""


def plain_reader(
    catalogue: Catalogue, cells: Sequence[CellReader], conventions: Conventions, place: Mapping[str, int]
) -> PlainReader | None:
    """What reads the cells of one member; None where they are never plain."""
    of = cells[0].target.field
    if of is None or is_never_plain(of, cells, conventions):
        return None
    return (
        _of_one(of, cells[0], place[cells[0].column])
        if len(cells) == 1 and not of.type.composite
        else _of_parts(of, cells, conventions, place)
    )


def is_never_plain(of: Field, cells: Sequence[CellReader], conventions: Conventions) -> bool:
    """Whether what cells of a field mean is not to be seen by their texts alone."""
    return (
        conventions.exact
        or conventions.clear is not None
        or of.secret
        or of.type.retired is not None
        or of.name in (*MANAGED, "id")
        or any(each.target.relation is not None for each in cells)
    )


def _of_one(of: Field, cell: CellReader, place: int) -> PlainReader | None:
    """One cell of a field that is one value."""
    if cell.target.adds:
        return None
    check, name, at, is_unknown, take = of.type.check, of.name, (place,), cell.is_unknown, cell.read

    def read(texts: Sequence[Any]) -> Understood | None:
        text = texts[0]
        if text is None or text == "":
            return NOTHING
        if text.__class__ is not str or text[0] in _ODD:
            return None
        if not _says(text) or is_unknown(text):
            return NOTHING
        try:
            value = take(text)
            values = check(of, value if value.__class__ is str else plain(value, name), name)
        except InvalidInput:
            return None
        value = values.get("")
        return None if value is None else Understood({name: value}, places=at)

    return read


def _of_parts(of: Field, cells: Sequence[CellReader], conventions: Conventions, place: Mapping[str, int]) -> PlainReader:
    """The cells of a composite, as a whole or by its parts."""
    check, name, type_name = of.type.check, of.name, of.type_name
    is_joined = type_name in JOINED
    columns = [(each.target.part, each.target.adds, each.read, each.is_unknown, each.read_more, place[each.column]) for each in cells]

    def read(texts: Sequence[Any]) -> Understood | None:
        whole: dict[str, Any] = {}
        parts: dict[str, Any] = {}
        first = -1
        try:
            for (part, adds, take, is_unknown, more, at), text in zip(columns, texts, strict=True):
                if text is None or text == "":
                    continue
                if adds or text.__class__ is not str or text[0] in _ODD or (more is not None and BETWEEN in text):
                    return None
                if not _says(text) or is_unknown(text):
                    continue
                value = take(text)
                if value.__class__ is not str and _is_empty(value) and (value != [] or not part):
                    return None  # it says nothing where no other part says anything
                if part:
                    parts[part] = value if value.__class__ is str else plain(value, name)
                else:
                    whole = value
                first = at if first < 0 else first
            if first < 0 or (not whole and all(each == [] for each in parts.values())):
                return NOTHING
            found = joined(type_name, name, whole, parts, conventions) if is_joined else {**whole, **parts} if whole else parts
            values = check(of, found, name)
        except InvalidInput:
            return None
        return Understood({name: values}, places=(first,)) if values else None

    return read


def _is_empty(value: Any) -> bool:
    """Whether it is a list without items, or an object of which a part is, or that has none."""
    return [] in value.values() or not value if isinstance(value, dict) else isinstance(value, list) and not value


def _says(text: str) -> bool:
    return not text.isspace() if text.isascii() else says(text)


def joined(type_name: str, path: str, whole: Mapping[str, Any], beside: Mapping[str, Any], conventions: Conventions) -> dict[str, Any]:
    """The parts of a composite field, looked at together: those of the `whole`, and those that stand `beside` it."""
    parts = {**whole, **beside}
    if conventions.exact:
        return parts
    if type_name == "PHONES":
        return phones.completed(parts, f"{path}.{phones.NUMBER}", conventions)
    if type_name == "CURRENCY" and parts.get("amountMicros") is not None:
        code = beside.get("currencyCode")
        if code and whole.get("currencyCode", code) != code:
            raise InvalidValue(
                f"{path}.currencyCode", f"the amount says {whole['currencyCode']}, and the currency is {code}; leave one of them out"
            )
        if not parts.get("currencyCode") and conventions.currency:
            return {**parts, "currencyCode": conventions.currency}
    return parts
