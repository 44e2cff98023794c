"""Phone numbers, read by libphonenumber."""

import re
from typing import Any

from icosa.catalogue.characters import visible
from icosa.catalogue.field_types.dialling import has_extension, number_in
from icosa.catalogue.field_types.phones import PRIMARY
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.extras import library
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.countries import code_of
from icosa.imports.values.lists import read_items
from icosa.imports.values.texts import read_text

_EXTENSION = "has an extension, which a phone field cannot hold; put it into a column of its own"
NUMBER, COUNTRY, CALLING = PRIMARY

_SECOND = re.compile(r"(?:[^0-9]*[0-9]){7,}\s*/\s*(?!0+$)[0-9]{1,3}")
"""A whole number, and behind a slash the last digits of another: 123 45 67 / 68.  A zero there is the way to who answers for all."""


def read_calling_code(value: Any, path: str) -> str:
    """ "+33" from "33", "0033" or the number 33."""
    return "+" + visible(read_text(value, path)).replace(" ", "").removesuffix(".0").removeprefix("+").removeprefix("00")


def read_country_code(value: Any, path: str, conventions: Conventions) -> str:
    """ "DE" from "DE", "DEU" or "Germany"."""
    text = visible(read_text(value, path))
    written = text.upper() if len(text) == 2 and text.islower() else text
    return code_of(written, conventions) or text


def completed(parts: dict[str, Any], path: str, conventions: Conventions) -> dict[str, Any]:
    """The parts of a number with the country and calling code that it has itself, or that of the region
    that was told.  Raises InvalidValue for what is no number of that country."""
    written, country, calling = (parts.get(name) or "" for name in (NUMBER, COUNTRY, CALLING))
    if NUMBER in parts and parts[NUMBER] is None:  # it is cleared, and its codes with it
        return {COUNTRY: None, CALLING: None, **parts}
    if written and (country or calling) and has_extension(str(written)):
        raise InvalidValue(path, f"{shown(written)} {_EXTENSION}")
    if not written or country or calling:
        return parts
    number, country, calling = _whole(written, path, conventions)
    return {**parts, NUMBER: number, COUNTRY: country, CALLING: calling}


def read_more(value: Any, path: str, conventions: Conventions) -> list[Any]:
    """Further numbers; those that JSON gives with their codes stay as they are."""
    more = []
    for each in read_items(value, path, conventions.separator):
        if isinstance(each, dict):
            more.append(each)
        else:
            number, country, calling = _whole(read_text(each, path), path, conventions)
            more.append({"number": number, "countryCode": country, "callingCode": calling})
    return more


def read_primary_and_more(value: Any, path: str, conventions: Conventions) -> dict[str, Any]:
    """A first number, and more of them where there are."""
    first, *more = read_items(value, path, conventions.separator) or [""]
    parts: dict[str, Any] = {NUMBER: read_text(first, path)}
    return {**parts, "additionalPhones": read_more(more, path, conventions)} if more else parts


def _whole(written: str, path: str, conventions: Conventions) -> tuple[str, str, str]:
    phonenumbers = library("phonenumbers", "phone numbers")
    if has_extension(written):
        raise InvalidValue(path, f"{shown(written)} {_EXTENSION}")
    if _SECOND.fullmatch(visible(written).strip()):
        raise InvalidValue(path, f"{shown(written)} ends in what may be a second number; keep one here, and put the others beside it")
    text = number_in(written, conventions.region or "", path)
    text = "+" + text[2:] if text.startswith("00") and not conventions.region else text
    if not text.lstrip(" (+").startswith("tel:") and "+" not in text[:2] and not conventions.region:
        raise InvalidValue(
            path,
            f'{shown(written)} does not say of which country it is; begin it with "+", or tell the country (region, --region), such as DE',
        )
    try:
        read = phonenumbers.parse(text, conventions.region)
    except phonenumbers.NumberParseException:
        raise InvalidValue(path, f'{shown(written)} is not a phone number; write one such as "+33 6 12 34 56 78"') from None
    if read.extension:
        raise InvalidValue(path, f"{shown(written)} {_EXTENSION}")
    if not phonenumbers.is_possible_number(read):
        raise InvalidValue(path, f'{shown(written)} is too short or too long for a phone number; write one such as "+33 6 12 34 56 78"')
    of_region = phonenumbers.country_code_for_region(conventions.region or "") == read.country_code
    country: str = phonenumbers.region_code_for_number(read) or (of_region and conventions.region) or ""
    if country not in phonenumbers.SUPPORTED_REGIONS:  # "001" stands for the numbers of no country
        country = ""
    return phonenumbers.national_significant_number(read), country, f"+{read.country_code}"
