"""What Babel writes in every locale, read back with that locale: nothing is read wrong, and little is refused."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.localedata import locale_identifiers
from babel.numbers import format_currency, format_decimal

from icosa.errors import InvalidValue
from icosa.imports.values.amounts import read_amount
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.countries import code_of
from icosa.imports.values.moments import read_date, read_moment
from icosa.imports.values.numbers import read_number

pytestmark = pytest.mark.slow

LOCALES = sorted(locale_identifiers())
WIDTHS = ("short", "medium", "long", "full")
DAYS = (date(2026, 2, 3), date(2026, 12, 31), date(1987, 11, 5), date(2026, 5, 10), date(2031, 7, 8))
MOMENTS = tuple(
    datetime.fromisoformat(f"{when}Z") for when in ("2026-02-03T04:05:06", "2026-12-31T16:05", "1987-11-05T00:30:09", "2026-05-10T12:10:59")
)
NUMBERS = "0 7 -3 12 999 1234 12345 1234567 -1234567.5 1.5 0.125 1234.5 -0.25 98765432.125".split()  # noqa: SIM905
CURRENCIES = ("USD", "EUR", "GBP", "JPY", "CHF", "SEK", "INR", "BRL", "XAF", "AED")
WITHOUT_CENTS = ("JPY", "XAF")
INDIC = ("hi", "bn", "ta", "te", "kn", "ml", "mr", "gu", "pa", "or", "si", "ne", "as", "km", "lo", "th", "my", "bo", "dz")


class Sweep:
    """Counts what was read right and what was refused, and keeps what was read wrong."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.wrong: list[Any] = []

    def check(self, locale: str, text: str, read: Callable[[], Any], right: Any) -> None:
        try:
            found = read()
        except InvalidValue:
            self.counts["refused"] += 1
            return
        self.counts["read"] += 1
        if found != right:
            self.wrong.append((locale, text, found, right))

    def holds(self, *, refused: float) -> None:
        """Nothing is wrong, and no more than a share of it refused."""
        print(dict(self.counts))
        assert self.wrong == []
        assert self.counts["refused"] < refused * self.counts["read"]


def test_dates() -> None:
    sweep = Sweep()
    for locale in LOCALES:
        conventions = Conventions(locale=locale)
        for day in DAYS:
            for width in WIDTHS:
                text = format_date(day, width, locale=locale)
                sweep.check(locale, text, lambda text=text, by=conventions: read_date(text, "p", by), day.isoformat())  # type: ignore[misc]
    sweep.holds(refused=0.02)


def test_moments() -> None:
    sweep = Sweep()
    for locale in LOCALES:
        conventions = Conventions(locale=locale)
        for when in MOMENTS:
            for width in WIDTHS:
                text = format_datetime(when, width, locale=locale)
                right = when if width != "short" else when.replace(second=0)
                sweep.check(
                    locale,
                    text,
                    lambda text=text, by=conventions: read_moment(text, "p", by),  # type: ignore[misc]
                    right.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
                )
    sweep.holds(refused=0.04)


@pytest.mark.parametrize("digits", ["latn", "default"])
def test_numbers(digits: str) -> None:
    sweep = Sweep()
    for locale in LOCALES:
        if digits == "latn" and "latn" not in Locale.parse(locale).number_symbols:
            continue
        conventions = Conventions(locale=locale)
        for number in map(Decimal, NUMBERS):
            text = format_decimal(number, locale=locale, numbering_system=digits)
            sweep.check(locale, text, lambda text=text, by=conventions: Decimal(str(read_number(text, "p", by))), number)  # type: ignore[misc]
    sweep.holds(refused=0.02)


@pytest.mark.parametrize("form", ["standard", "accounting"])
def test_amounts(form: str) -> None:
    sweep = Sweep()
    for locale in LOCALES:
        conventions = Conventions(locale=locale)
        for currency in CURRENCIES:
            for number in ("5", "1234.5", "-1234567.25"):
                text = format_currency(Decimal(number), currency, locale=locale, format_type=form)  # type: ignore[arg-type]
                units = Decimal(number).quantize(Decimal(1)) if currency in WITHOUT_CENTS else Decimal(number)
                right = {"amountMicros": int(units * 1_000_000), "currencyCode": currency}
                sweep.check(locale, text, lambda text=text, by=conventions: read_amount(text, "p", by), right)  # type: ignore[misc]
    sweep.holds(refused=0.02)


def test_countries() -> None:
    """The name that a locale has for a country is that country, or stays as it is."""
    wrong: list[tuple[str, str, str | None, str]] = []
    found = 0
    for locale in LOCALES:
        conventions = Conventions(locale=locale)
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code not in ("ZZ", "XA", "XB"):
                read = code_of(name, conventions)
                found += read == code
                if read not in (code, None):
                    wrong.append((locale, name, read, code))
                if read is None and locale in INDIC:
                    wrong.append((locale, name, read, code))
    print(f"{found} countries")
    assert wrong == []
