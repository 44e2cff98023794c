"""What an answer shows of a record, held against what was sent: a server may take a write and store something else.

What servers rightly do to a value is no difference: a number in another notation, a text without the blanks around
it, an address in lower case, a phone number in its parts, nothing as "", null or an empty list.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from icosa.call.page import Record
from icosa.call.paths import says_nothing
from icosa.catalogue.columns import Column, columns_of_field
from icosa.catalogue.kinds import Kind, moment, shown
from icosa.catalogue.model import BASE_FIELDS, Catalogue, Object
from icosa.client.sending.composites import COMPARED
from icosa.errors import InvalidInput
from icosa.wire.rest.body import read_record

Difference = tuple[str, Any, Any]
"""The path of a value, what was meant, and what is there."""

_BASE: Final = frozenset(each.name for each in BASE_FIELDS)
_SIGNED: Final = re.compile(r"[?&]token=|/files?/")


def unmet(catalogue: Catalogue, of: Object, sent: Record, found: Record) -> list[Difference]:
    """The values that were sent and are not there, by the names that were sent; without secrets, places in an order
    and stamps.  What the answer does not show is not looked at."""
    return [
        each
        for name, expected in sent.items()
        if name in found and not _is_plainly(expected, found[name])
        for each in _of_member(catalogue, of, name, expected, found[name])
    ]


def described(of: Object, id_: object, found: list[Difference]) -> str:
    """The differences of one record in a sentence."""
    parts = (f"{path} was to be {_or_nothing(expected)} and is {_or_nothing(there)}" for path, expected, there in found)
    return f"{of.singular} {id_}: {'; '.join(parts)}"


def _or_nothing(value: Any) -> str:
    return "empty" if is_nothing(value) else shown(value)


def is_nothing(value: Any) -> bool:
    return says_nothing(value) or (isinstance(value, str) and not value.strip())


def _is_plainly(expected: Any, there: Any) -> bool:
    """Whether a value is there as it was sent, which most are."""
    if isinstance(expected, dict) and isinstance(there, dict):
        return all(name in there and there[name] == each for name, each in expected.items())
    return bool(expected == there)


def _of_member(catalogue: Catalogue, of: Object, name: str, expected: Any, there: Any) -> Iterator[Difference]:
    field = of.field_by_name.get(name)
    if name in _BASE or (field is not None and (field.secret or field.type.retired or field.type.about.kept)):
        return
    try:
        sent = next(iter(read_record(catalogue, of, {name: expected}, retired=True).values()), {})
    except InvalidInput:
        return  # a spelling of this server's own
    columns = columns_of_field(of, of.relation_by_name[name].foreign_key if name in of.relation_by_name else name)
    compared = COMPARED.get(field.type.name) if field else None
    if compared is not None and isinstance(there, Mapping):
        yield from ((f"{name}.{part}", sent.get(part), there.get(part)) for part in compared(sent, there))
        return
    for column in columns:
        if column.part in sent:
            held = there.get(column.part, sent[column.part]) if isinstance(there, Mapping) and column.part else there
            if not _is_same(column, sent[column.part], held):
                yield column.path, sent[column.part], held


def _is_same(column: Column, expected: Any, there: Any) -> bool:
    if is_nothing(expected) or is_nothing(there):
        return is_nothing(expected) and is_nothing(there)
    match column.kind:
        case Kind.NUMBER | Kind.NUMERIC:
            return _is_same_number(expected, there, loose=column.part == "amountMicros")
        case Kind.OPTIONS:
            return isinstance(there, list) and set(expected) == set(map(str, there))
        case Kind.JSON | Kind.TEXTS:
            return covers(expected, there)
        case Kind.DATE_TIME | Kind.DATE:
            return _is_same_moment(column.kind, expected, there)
        case Kind.UUID:
            return bool(expected == str(there).lower())
        case _:
            return is_same_text(expected, there)


def _is_same_number(expected: Any, there: Any, *, loose: bool) -> bool:
    """`loose` lets go of a fraction: servers keep amounts in whole millionths."""
    try:
        one, other = float(expected), float(there)
    except (TypeError, ValueError):
        return False
    return math.isclose(one, other, rel_tol=1e-12) or (loose and abs(one - other) < 1)


def _is_same_moment(kind: Kind, expected: str, there: Any) -> bool:
    try:
        return str(there)[:10] == expected if kind is Kind.DATE else moment(str(there), "") == expected
    except InvalidInput:
        return False


def is_same_text(expected: Any, there: Any) -> bool:
    one, other = (unicodedata.normalize("NFC", str(each)).strip() for each in (expected, there))
    if one == other:
        return True
    # The link to a file is signed anew with each answer, and the name in it is spelled as links have it.
    return bool(_SIGNED.search(other)) and unquote(one.partition("?")[0]).rpartition("/")[2] in unquote(other)


def covers(expected: Any, there: Any) -> bool:
    """Whether JSON holds all that was meant; a server may add to it."""
    if isinstance(expected, dict) and (isinstance(there, dict) or is_nothing(there)):
        return all(covers(each, (there or {}).get(name)) for name, each in expected.items())
    if is_nothing(expected) or is_nothing(there):
        return is_nothing(expected) and is_nothing(there)
    match expected:
        case list():
            return isinstance(there, list) and len(expected) == len(there) and all(map(covers, expected, there))
        case bool():
            return expected is there
        case int() | float():
            return isinstance(there, int | float) and not isinstance(there, bool) and math.isclose(expected, there, rel_tol=1e-12)
        case _:
            return isinstance(there, str) and is_same_text(expected, there)
