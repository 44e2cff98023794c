"""When two natural keys mean the same."""

import json
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import product
from typing import Any

from icosa.call.paths import says_nothing, value_at
from icosa.catalogue.characters import visible
from icosa.catalogue.columns import column_by_path
from icosa.catalogue.field_types.phones import PRIMARY
from icosa.catalogue.kinds import Kind, coerce
from icosa.catalogue.model import Object
from icosa.errors import InvalidValue

NUMBER, _, CALLING = PRIMARY
_WEB = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]+)(.*)", re.IGNORECASE | re.DOTALL)
_SCHEMES = ("", "https://", "http://")
_HOSTS = ("", "www.")
_SLASHES = ("", "/")


def comparable(of: Object, path: str, value: Any) -> Hashable:
    """The form in which two values at a path of an object are equal where they mean the same, None where the
    value says nothing: web addresses without scheme, www. and the slash at the end, e-mails in lower case,
    texts without blanks around them and without what nobody sees.  `value` is what `key_at` finds there: of a
    phone number its parts, which are equal where calling code and digits are; of a composite field as a whole
    its parts too, equal where all of them are."""
    if part_of(of, path) == ("PHONES", NUMBER):
        return _dialled(value)
    if isinstance(value, dict):
        parts = {name: comparable(of, f"{path}.{name}", each) for name, each in value.items()}
        entries = tuple(sorted((name, each) for name, each in parts.items() if each is not None))
        return entries or None
    if value is None or (isinstance(value, str) and not visible(value).strip()):
        return None
    match part_of(of, path):
        case "LINKS", "primaryLinkUrl":
            return web_key(str(value))
        case "EMAILS", "primaryEmail":
            return visible(str(value)).strip().lower()
        case _:
            return _plain(of, path, value)


def comparer(of: Object, path: str) -> Callable[[Mapping[str, Any]], Hashable]:
    """What finds the comparable form of what a record holds at a path, None where that says nothing; for who asks it of many."""
    name, _, part = path.partition(".")
    is_number, compare_value = part_of(of, path) == ("PHONES", NUMBER), value_comparer(of, path)

    def compare(record: Mapping[str, Any]) -> Hashable:
        value = record.get(name)
        if part:
            value = value.get(part) if value.__class__ is dict else None
        return compare_value(value if value.__class__ is str and not is_number else key_at(of, path, record))

    return compare


def value_comparer(of: Object, path: str) -> Callable[[Any], Hashable]:
    """The same for values as `key_at` finds them at the path."""
    is_number, of_text = part_of(of, path) == ("PHONES", NUMBER), _of_text(of, path)

    def compare(value: Any) -> Hashable:
        if value.__class__ is str and not is_number:
            text = visible(value).strip()
            return of_text(text) if text else None
        return None if says_nothing(value) else comparable(of, path, value)

    return compare


def values_compared(of: Object, path: str, values: Sequence[Any]) -> Sequence[Hashable]:
    """The comparable form of each of many values at a path, None of one that says nothing."""
    return values if are_compared(of, path, values) else [*map(value_comparer(of, path), values)]


def several_compared(
    of: Object, path: str, records: Sequence[Mapping[str, Any]], compare: Callable[[Mapping[str, Any]], Hashable]
) -> list[Hashable]:
    """What `compare`, the comparer of a path, finds in each of many records."""
    values = _texts_at(path, records)
    return values if are_compared(of, path, values) else [compare(record) for record in records]


def keys_at(of: Object, path: str, records: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What each of many records is known by at a path, as `key_at` has it, of those that say anything there."""
    values = _texts_at(path, records)
    if are_compared(of, path, values):
        return values
    return [value for value in map(key_reader(of, path), records) if not says_nothing(value)]


def _texts_at(path: str, records: Sequence[Mapping[str, Any]]) -> list[Any]:
    name, _, part = path.partition(".")
    values = [record.get(name) for record in records]
    return [each.get(part) if each.__class__ is dict else None for each in values] if part else values


def are_compared(of: Object, path: str, values: Sequence[Any]) -> bool:
    """Whether all of these are texts that are their own comparable forms, and seen to be so at a glance."""
    if not {*map(type, values)} <= {str} or part_of(of, path) in (("LINKS", "primaryLinkUrl"), ("PHONES", NUMBER)):
        return False
    text = "".join(values)
    if "" in values or not text.isprintable():
        return False
    lines = "\n".join(("", *values, ""))
    if "\n " in lines or " \n" in lines:  # a blank at an edge
        return False
    return _of_text(of, path) is str or text == text.lower()


def _of_text(of: Object, path: str) -> Callable[[str], str]:
    """What makes the comparable form of a text at a path, of which all is visible and no blanks are around it."""
    match part_of(of, path):
        case "LINKS", "primaryLinkUrl":
            return web_key
        case "EMAILS", "primaryEmail":
            return str.lower
    column = column_by_path(of).get(path)
    return str.lower if column is not None and column.kind is Kind.UUID else str


def speller(of: Object, path: str) -> Callable[[Any], tuple[str, ...]]:
    """`spellings` of values at a path, for who asks it of many."""
    if part_of(of, path) in (("LINKS", "primaryLinkUrl"), ("PHONES", NUMBER)):
        return lambda value: spellings(of, path, value)
    of_text = _of_text(of, path)

    def spelt(value: Any) -> tuple[str, ...]:
        if value.__class__ is str and value.isascii() and (text := value.strip()):
            key = of_text(text)
            return (key,) if key == value else tuple(dict.fromkeys((key, text, value)))
        return spellings(of, path, value)

    return spelt


def spellings(of: Object, path: str, value: Any) -> tuple[str, ...]:
    """How a workspace may have stored what is the same by `comparable`: the texts to look for with `[in]`.
    What was stored with blanks around it, or an address without a scheme and in capitals, is among them only where `value` has
    them too."""
    if isinstance(value, dict):
        value = value.get(NUMBER)
    written = visible(str(value)).strip()
    match part_of(of, path):
        case "LINKS", "primaryLinkUrl":
            key = web_key(written)
            known = ("".join(each) for each in product(_SCHEMES, _HOSTS, (key,), _SLASHES))
            return tuple(dict.fromkeys((*known, written)))
        case "PHONES", "primaryPhoneNumber":
            return tuple(dict.fromkeys(("".join(filter(str.isdecimal, written)), written)))
        case _:
            return tuple(dict.fromkeys((str(comparable(of, path, value)), str(value).strip(), str(value))))


def web_key(address: str) -> str:
    """A web address by what is behind it: "https://www.Acme.example.com/" and "acme.example.com" are the same."""
    address = visible(address).strip()
    found = _WEB.fullmatch(address)
    if found is None:
        return address
    return found[1].lower() + found[2].removesuffix("/")


def part_of(of: Object, path: str) -> tuple[str, str]:
    """The type of the field that a path is of, and the part that it names; a foreign key is a UUID."""
    name, _, part = path.partition(".")
    field = of.field_by_name.get(name)
    return (field.type_name if field else "UUID", part)


def key_at(of: Object, path: str, record: Mapping[str, Any]) -> Any:
    """What a record is known by at a path: its value there, or, of a phone number, the parts that make it one.

    Of {"emails": {"primaryEmail": "ada@example.com"}} it is "ada@example.com" at "emails.primaryEmail"; at the number of
    "phones" it is {"primaryPhoneNumber": "612345678", "primaryPhoneCallingCode": "+33"}.
    """
    return key_reader(of, path)(record)


@lru_cache(maxsize=1024)
def key_reader(of: Object, path: str) -> Callable[[Mapping[str, Any]], Any]:
    """What finds `key_at` in a record, for who asks it of many."""
    name = path.partition(".")[0]

    def number(record: Mapping[str, Any]) -> Any:
        held = record.get(name)
        return {each: held.get(each) for each in (NUMBER, CALLING)} if isinstance(held, Mapping) and held.get(NUMBER) else None

    return number if part_of(of, path) == ("PHONES", NUMBER) else partial(value_at, path=path)


def _dialled(value: Any) -> str | None:
    """A whole number as it is dialled: "+33612345678"; without a calling code where none is known."""
    number, calling = (value.get(NUMBER), value.get(CALLING)) if isinstance(value, dict) else (value, None)
    digits, code = ("".join(filter(str.isdecimal, str(each or ""))) for each in (number, calling))
    return (f"+{code}{digits}" if code else digits) or None


def _plain(of: Object, path: str, value: Any) -> Hashable:
    if isinstance(value, list):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    column = column_by_path(of).get(path)
    if column is not None and column.kind is Kind.UUID:
        return visible(str(value)).strip().lower()
    if column is not None and column.kind is Kind.NUMERIC and isinstance(value, int | float):
        return _decimal(value, path)
    if isinstance(value, bool | int | float):
        return value
    return visible(str(value)).strip()


def _decimal(number: float, path: str) -> str:
    """As rows and servers of 1.0.3 say what servers of 2.19 answer as a number."""
    try:
        return str(coerce(Kind.NUMERIC, number, path))
    except InvalidValue:  # no row can say it
        return str(number)
