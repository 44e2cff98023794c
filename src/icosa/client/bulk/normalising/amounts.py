"""Amounts of money: "€1.234,50", "1,234.50 EUR", "USD 1234"."""

import re
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from icosa.catalogue.kinds import shown
from icosa.client.bulk.extras import library
from icosa.client.bulk.normalising.conventions import Conventions
from icosa.client.bulk.normalising.numbers import read_number
from icosa.errors import InvalidValue

MICROS = 1_000_000
_AMOUNT = re.compile(r"(?P<before>[^\d\s.,()+−-]*)\s*(?P<number>\(?[+−-]?\s*\d[\d.,'’\s]*\)?)\s*(?P<after>[^\d\s.,()]*)")
_SIGN_FIRST = re.compile(r"([+−-])\s*([^\d\s.,()+−-]+)\s*(?=\d)")
_EITHER_WAY = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")


def read_amount(value: Any, path: str, conventions: Conventions) -> dict[str, Any]:
    """An amount in units of its currency, as its millionths and, where it is said, the code."""
    before = after = ""
    number = value
    if isinstance(value, str):
        found = _AMOUNT.fullmatch(_SIGN_FIRST.sub(r"\2\1", value.strip()))
        if found is None or (found["before"] and found["after"]):
            raise InvalidValue(path, f'{shown(value)} is not an amount; write one such as "1234.50 EUR"')
        before, number, after = found["before"], found["number"].strip(), found["after"]
        if conventions.locale is None and _EITHER_WAY.fullmatch(number):
            raise InvalidValue(
                path,
                f"{shown(value)} is thousands to some and a fraction to others; tell how it is written (locale, --locale), such as de_DE",
            )
    units = read_number(number, path, conventions)
    micros = Decimal(str(units)) * MICROS
    amount: dict[str, Any] = {"amountMicros": int(micros) if micros == micros.to_integral_value() else micros}
    if before or after:
        amount["currencyCode"] = read_currency(before or after, path, conventions)
    return amount


def read_currency(value: Any, path: str, conventions: Conventions) -> str:
    """The code of a currency, from a code or a symbol; "$" is the dollar of the locale, else that of the
    United States."""
    text = str(value).strip()
    known = _codes(str(conventions.written or "en"))
    code = known.get(text) or known.get(text.casefold())
    if code is None:
        raise InvalidValue(path, f'{shown(value)} is no currency; write its code, such as EUR, or its symbol, such as "€"')
    return code


@lru_cache(maxsize=16)
def _codes(locale: str) -> MappingProxyType[str, str]:
    """Codes by code, symbol and name."""
    numbers = library("babel.numbers", "currencies")
    found: dict[str, str] = {}
    for each in dict.fromkeys(("en", locale)):
        for code in sorted(numbers.list_currencies(each)):
            found[numbers.get_currency_name(code, locale=each).casefold()] = code
            symbol = numbers.get_currency_symbol(code, locale=each)
            if symbol != code and symbol != "¤":
                found[symbol.casefold()] = code
                found[symbol] = code
    for code in numbers.list_currencies():
        found[code.casefold()] = code
    return MappingProxyType(found)
