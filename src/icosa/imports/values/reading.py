"""Which reader makes a canonical value of what stands in a cell, for each type of field and part of one.

Reading what was read gives the same again.  What is told here is how people write values; whether a field
takes one is checked by the catalogue afterwards.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from icosa.catalogue.characters import visible
from icosa.catalogue.field_types import Part
from icosa.catalogue.kinds import LISTS, Kind
from icosa.catalogue.model import Field
from icosa.errors import InvalidInput
from icosa.imports.values import emails, links, phones
from icosa.imports.values.amounts import read_amount, read_currency, read_micros
from icosa.imports.values.booleans import read_boolean
from icosa.imports.values.choices import read_option, read_options, read_rating
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.countries import read_country
from icosa.imports.values.lists import is_object, read_items, read_json, read_texts
from icosa.imports.values.moments import read_date, read_moment
from icosa.imports.values.numbers import read_number
from icosa.imports.values.people import read_full_name
from icosa.imports.values.texts import read_text
from icosa.imports.values.unknown import is_unknown

Read = Callable[[Any], Any]
"""From what stands in a cell that says something, to a JSON value.  Raises InvalidValue."""


def reader(field: Field, part: str, path: str, conventions: Conventions) -> Read:
    """The reader for a field, a part of it, or a composite as a whole (`part` is ""), which is read to a
    dict of parts.  Errors name `path`."""
    if field.type.composite and not part:
        return _of_whole(field, path, conventions)
    if conventions.exact or field.secret:  # what reads a secret would show it in its errors
        return _exactly(field, part, path)
    found = _of_part(field.type_name, part, path, conventions)
    if found is not None:
        return found
    of = field.type.part(part)
    assert of is not None
    return _of_kind(of, of.options or field.options, path, conventions)


def _of_part(type_name: str, part: str, path: str, conventions: Conventions) -> Read | None:
    """Readers for what is more than its kind."""
    read = PARTS.get((type_name, part))
    return (lambda value: read(value, path, conventions)) if read else None


PARTS: Final[dict[tuple[str, str], Callable[[Any, str, Conventions], Any]]] = {
    ("EMAILS", "primaryEmail"): lambda value, path, conventions: emails.read_email(value, path),
    ("EMAILS", "additionalEmails"): lambda value, path, conventions: emails.read_emails(value, path, conventions.separator),
    ("PHONES", phones.COUNTRY): phones.read_country_code,
    ("PHONES", phones.CALLING): lambda value, path, conventions: phones.read_calling_code(value, path),
    ("PHONES", "additionalPhones"): phones.read_more,
    ("LINKS", "primaryLinkUrl"): lambda value, path, conventions: links.read_link(value, path),
    ("LINKS", "secondaryLinks"): lambda value, path, conventions: links.read_more(value, path, conventions.separator),
    ("ADDRESS", "addressCountry"): read_country,
    ("ADDRESS", "addressLat"): lambda value, path, conventions: read_number(value, path, conventions, 90),
    ("ADDRESS", "addressLng"): lambda value, path, conventions: read_number(value, path, conventions, 180),
    ("CURRENCY", "amountMicros"): read_micros,
    ("CURRENCY", "currencyCode"): read_currency,
}
"""By type and part: readers for what is more than its kind."""


def _of_kind(part: Part, options: tuple[str, ...], path: str, conventions: Conventions) -> Read:
    match part.kind:
        case Kind.TEXT | Kind.UUID:
            return lambda value: read_text(value, path)
        case Kind.NUMBER | Kind.NUMERIC:
            return lambda value: read_number(value, path, conventions)
        case Kind.BOOLEAN:
            return lambda value: read_boolean(value, path)
        case Kind.DATE_TIME:
            return lambda value: read_moment(value, path, conventions)
        case Kind.DATE:
            return lambda value: read_date(value, path, conventions)
        case Kind.OPTION if "RATING_1" in options:
            return lambda value: read_rating(value, path, options)
        case Kind.OPTION:
            return lambda value: read_option(value, path, options)
        case Kind.OPTIONS:
            return lambda value: read_options(value, path, conventions.separator, options)
        case Kind.TEXTS:
            return lambda value: read_texts(value, path, conventions.separator)
        case Kind.JSON:
            return lambda value: read_json(value, path)


def _of_whole(field: Field, path: str, conventions: Conventions) -> Read:
    """A composite field in one cell: a JSON object, or a text that says its most telling part."""
    written = replace(conventions, locale=None, decimal=None)  # what is JSON has numbers as JSON has them
    parts = {each.name: reader(field, each.name, f"{path}.{each.name}", written) for each in field.type.parts}
    text = _of_text(field, path, conventions)

    def read(value: Any) -> dict[str, Any]:
        if not is_object(value):
            return text(value)
        items = read_json(value, path).items()
        return {name: parts[name](each) if name in parts and says(each) else each for name, each in items}

    return read


def _of_text(field: Field, path: str, conventions: Conventions) -> Callable[[Any], dict[str, Any]]:
    read = WHOLES[field.type_name]
    return lambda value: read(value, path, conventions)


WHOLES: Final[dict[str, Callable[[Any, str, Conventions], dict[str, Any]]]] = {
    "FULL_NAME": lambda value, path, conventions: read_full_name(value, path),
    "EMAILS": lambda value, path, conventions: emails.read_primary_and_more(value, path, conventions.separator),
    "PHONES": phones.read_primary_and_more,
    "LINKS": lambda value, path, conventions: {"primaryLinkUrl": links.read_link(value, path)},
    "ADDRESS": lambda value, path, conventions: {"addressStreet1": read_text(value, path)},
    "CURRENCY": read_amount,
    "ACTOR": lambda value, path, conventions: {"name": read_text(value, path)},
    "RICH_TEXT_V2": lambda value, path, conventions: {"markdown": read_text(value, path)},
}
"""By the name of the field type, for each that has several parts: the parts that one text says.  Single values are read by
their kind."""


def _exactly(field: Field, part: str, path: str) -> Read:
    """What a cell says as it stands; lists and JSON have to be written as such where all is text."""
    of = field.type.part(part)
    assert of is not None
    if of.kind in LISTS:
        return lambda value: read_items(value, path, "\0") if isinstance(value, str) else value
    if of.kind is Kind.JSON:
        return lambda value: read_json(value, path)
    if of.kind is Kind.TEXT and not field.secret:
        return lambda value: value if isinstance(value, str) else read_text(value, path)
    if of.kind in (Kind.DATE, Kind.DATE_TIME):
        read, utc = (read_date if of.kind is Kind.DATE else read_moment), Conventions()
        return lambda value: value if isinstance(value, str) else read(value, path, utc)
    return lambda value: value


def unknown_in(field: Field | None, part: str, path: str, conventions: Conventions, *, links: bool = False) -> Callable[[str], bool]:
    """Whether a text says that a value is not known: "n/a".  A field that takes any text keeps it, since it may be
    meant, but for what was told; so does one that has an option of this name.  What `links` is the name of a record,
    and "n/a" is none."""
    more = conventions.unknown
    of = field.type.part(part) if field else None
    if conventions.exact or (field is not None and field.secret):
        return lambda text: False
    if field is None or links:
        return lambda text: is_unknown(text, more)
    if field.type.about.name and not part:
        return lambda text: is_unknown(text, more) and text.strip() not in _NAMES
    if of is None and not field.type.about.prose:
        return lambda text: is_unknown(text, more)
    if (field.type_name, part) == ("ADDRESS", "addressCountry"):
        return lambda text: is_unknown(text, more) and (text.strip() != "NA" or "NA" in more)
    if of is None or (field.type.about.any_text and of.kind not in (Kind.NUMERIC, Kind.UUID)):
        added = tuple(each for each in more if not is_unknown(each))
        return (lambda text: is_unknown(text, added) and not is_unknown(text)) if added else (lambda text: False)
    if of.kind in (Kind.OPTION, Kind.BOOLEAN):
        takes = reader(field, part, path, conventions)
        return lambda text: is_unknown(text, more) and not _is_taken(takes, text)
    return lambda text: is_unknown(text, more)


_NAMES = ("Na", "Nan", "Nat", "Nil", "Nessuno")
"""First names, written as such, that would say nothing elsewhere."""


def _is_taken(read: Read, text: str) -> bool:
    try:
        read(text)
    except InvalidInput:
        return False
    return True


def says(value: Any, exact: bool = False) -> bool:
    """Whether a cell says anything: not where it is empty, blank or invisible (which are texts of their own where values
    are `exact`), or no number."""
    if value is None or value == "":
        return False
    if isinstance(value, str):
        return exact or bool(visible(value).strip())
    return not (isinstance(value, float | Decimal) and value != value)
