"""Amounts of money: "€1.234,50", "1,234.50 EUR", "USD 1234"."""

import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from icosa.catalogue.characters import visible
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.extras import library
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.numbers import read_number

MICROS = 1_000_000
"""Of one unit: amounts are kept in millionths, whatever the currency (`amountMicros`)."""

_HIGHEST_POWER = 18
"""Of ten, in millionths: a whole number of 64 bits, as every store keeps it, has nineteen digits."""
_ONE_MEANING = MappingProxyType(
    {"us$": "USD", "kč": "CZK", "zł": "PLN", "ft": "HUF", "лв": "BGN", "руб": "RUB", "грн": "UAH", "sfr": "CHF", "rm": "MYR", "rp": "IDR",
     "s/": "PEN", "円": "JPY", "원": "KRW", "฿": "THB", "₺": "TRY"}
)  # fmt: skip
"""What one country alone calls its money by, so that no locale has to say which."""

_BARE = re.compile(r"\d(?:[\d.,]*\d)?", re.ASCII)
"""A number and nothing else."""

_DASHES = "−–—-"
_SIGN = re.compile(rf"^\s*([+{_DASHES}])|([{_DASHES}])\s*$")
_NUMBER = re.compile(r"[.,]?\d(?:.*\d)?", re.DOTALL)
_EVEN = re.compile(rf"^\s*[.,](?:[{_DASHES}]{{1,2}})?(?=\s|$)")  # 500.– and 500,- and the full stop of a sentence


def read_amount(value: Any, path: str, conventions: Conventions) -> dict[str, Any]:
    """An amount in units of its currency, as its millionths and, where it is said, the code."""
    if not isinstance(value, str):
        return {"amountMicros": _micros(read_number(value, path, conventions), value, path)}
    number, name = parts_of(value, path)
    amount: dict[str, Any] = {"amountMicros": _micros(read_number(number, path, conventions), value, path)}
    if name:
        amount["currencyCode"] = read_currency(name, path, conventions)
    return amount


def parts_of(text: str, path: str) -> tuple[str, str]:
    """The number and the currency of an amount, as they are written; the currency may be "".  Raises InvalidValue."""
    if _BARE.fullmatch(text):
        return text, ""
    plain = visible(text).strip()
    signs = ["-"] if plain.startswith("(") and plain.endswith(")") else []
    plain = plain[1:-1] if signs else plain
    found = _NUMBER.search(plain)
    if found is None:
        raise _no_amount(text, path)
    before, after, number = plain[: found.start()], _EVEN.sub("", plain[found.end() :], count=1), found[0]
    if before.strip() and number[0] in ".," and not before[-1].isspace():
        raise _no_amount(text, path)  # Rs.500: of which nobody can tell whether the point belongs to the number
    names = []
    for each in (before, after):
        while sign := _SIGN.search(each):
            signs.append(sign[1] or sign[2])
            if len(signs) > 1:
                raise _no_amount(text, path)
            each = _SIGN.sub("", each, count=1)
        names.append(each.strip())
    if all(names):
        raise _no_amount(text, path)
    return ("-" if signs and signs[0] != "+" else "") + number, "".join(names)


def _no_amount(text: str, path: str) -> InvalidValue:
    return InvalidValue(path, f'{shown(text)} is not an amount; write one such as "1234.50 EUR"')


def read_micros(value: Any, path: str, conventions: Conventions) -> int:
    """Millionths of a currency's unit, of which there are no parts."""
    return _rounded(Decimal(str(read_number(value, path, conventions))), value, path)


def _micros(units: float | Decimal, value: Any, path: str) -> int:
    return _rounded(Decimal(str(units)) * MICROS, value, path)


def _rounded(micros: Decimal, value: Any, path: str) -> int:
    """Whole millionths: a spreadsheet computes 11.9 as 11.899999999999999."""
    if micros.adjusted() > _HIGHEST_POWER:
        raise InvalidValue(path, f"{shown(value)} is more than an amount can be")
    return int(micros.to_integral_value(ROUND_HALF_UP))


def read_currency(value: Any, path: str, conventions: Conventions) -> str:
    """The code of a currency, from a code or a symbol; "$" is the dollar of the locale, else that of the
    United States.  Raises InvalidValue for what is none, or several."""
    text = " ".join(visible(str(value)).split())
    known = _codes(str(conventions.written or "en"))
    code = known.get(text) or known.get(text.casefold()) or known.get(text.casefold().rstrip("."))
    if code is None:
        raise InvalidValue(path, f'{shown(value)} is no currency; write its code, such as EUR, or its symbol, such as "€"')
    return code


@lru_cache(maxsize=16)
def _codes(locale: str) -> MappingProxyType[str, str]:
    """Codes by code, symbol and name: those of a locale go before those of English; what names several is none,
    unless one of them is paid with in the locale's country."""
    numbers = library("babel.numbers", "currencies")
    found: dict[str, str] = {}
    for each in dict.fromkeys(("en", locale)):
        known: dict[str, set[str]] = defaultdict(set)
        for code in numbers.list_currencies():
            symbol = numbers.get_currency_symbol(code, locale=each)
            names = [numbers.get_currency_name(code, count, locale=each) for count in (None, 1, 2)]
            for text in (*names, symbol if symbol not in (code, "¤") else ""):
                known[" ".join(visible(text).split())].add(code)
        own = _tender(each)
        for text, codes in known.items():
            only = codes if len(codes) == 1 else codes & own
            for written in (text.casefold(), text) if text else ():
                found.pop(written, None)
                if len(only) == 1:
                    found[written] = next(iter(only))
    for text, code in _ONE_MEANING.items():
        found.setdefault(text, code)
    for code in numbers.list_currencies():
        found[code] = found[code.casefold()] = code
    return MappingProxyType(found)


def _tender(locale: str) -> set[str]:
    territory = library("babel", "locales").Locale.parse(locale).territory
    return set(library("babel.numbers", "currencies").get_territory_currencies(territory)) if territory else set()
