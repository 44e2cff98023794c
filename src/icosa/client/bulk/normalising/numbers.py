"""Numbers as people write them: 1,234.50 and 1.234,50 and 1 234,50."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from icosa.catalogue.kinds import shown
from icosa.client.bulk.extras import library
from icosa.client.bulk.normalising.conventions import Conventions
from icosa.errors import InvalidValue

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_WRITTEN = re.compile(r"(?P<sign>[+-]?)(?P<digits>\d[\d.,]*)", re.ASCII)
_SPACED = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_THREES = {",": re.compile(r"\d{1,3}(,\d{3})+"), ".": re.compile(r"\d{1,3}(\.\d{3})+")}
_ACCOUNTING = re.compile(r"\((.+)\)")
_TELL = "tell how numbers are written (locale, --locale), such as en_US or de_DE"


def read_number(value: Any, path: str, conventions: Conventions) -> int | float | Decimal:
    """A number.  Without a locale a point is a decimal point, and what could be read in two ways is an error."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise InvalidValue(path, f"{shown(value)} is not a number; write one such as 1234.5")
    text = _ACCOUNTING.sub(r"-\1", value.strip().replace("−", "-"))
    if conventions.written is None and _PLAIN.fullmatch(text):
        return _decimal(text, path)
    return _of_locale(text, value, path, conventions) if conventions.written else _of_any(text, value, path)


def _of_locale(text: str, value: str, path: str, conventions: Conventions) -> int | Decimal:
    numbers = library("babel.numbers", "numbers of a locale")
    text = _SPACED.sub("", text)
    if _WRITTEN.fullmatch(text):
        try:
            return _whole(numbers.parse_decimal(text.removeprefix("+"), locale=conventions.written, strict=True))
        except numbers.NumberFormatError:
            pass
    example = numbers.format_decimal(Decimal("1234.5"), locale=conventions.written)
    raise InvalidValue(path, f"{shown(value)} is not a number as {conventions.locale} writes it, such as {example}")


def _of_any(text: str, value: str, path: str) -> int | Decimal:
    found = _WRITTEN.fullmatch(_SPACED.sub("", text))
    if found is None:
        raise InvalidValue(path, f"{shown(value)} is not a number; write one such as 1234.5")
    digits = found["digits"]
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return _decimal(found["sign"] + digits, path)
    mark = digits[last]
    other = "." if mark == "," else ","
    if other in digits:
        whole, fraction = digits[:last], digits[last + 1 :]
        if _THREES[other].fullmatch(whole) and fraction.isdigit():
            return _decimal(f"{found['sign']}{whole.replace(other, '')}.{fraction}", path)
    elif _THREES[mark].fullmatch(digits):
        if digits.count(mark) > 1:
            return _decimal(found["sign"] + digits.replace(mark, ""), path)
        if mark == "," and not digits.startswith("0"):
            raise InvalidValue(
                path, f"{shown(value)} is {digits.replace(',', '')} to some and {digits.replace(',', '.')} to others; {_TELL}"
            )
    elif digits.count(mark) == 1:
        return _decimal(found["sign"] + digits.replace(",", "."), path)
    raise InvalidValue(path, f"{shown(value)} is not a number that is grouped by thousands; {_TELL}")


def _decimal(text: str, path: str) -> int | Decimal:
    try:
        return _whole(Decimal(text))
    except InvalidOperation:
        raise InvalidValue(path, f"{shown(text)} is not a number; write one such as 1234.5") from None


def _whole(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number
