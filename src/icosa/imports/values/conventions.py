"""How people wrote what a source says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icosa.errors import InvalidValue
from icosa.extras import library

DATE_ORDERS = ("dmy", "mdy", "ymd")


@dataclass(frozen=True)
class Conventions:
    """What a value means where it could be meant in more than one way.

    region      two letters: of which country phone numbers are that do not begin with "+"
    date_order  "dmy", "mdy" or "ymd"; without it 03/04/2026 is an error
    decimal     "." or ",": the decimal mark of numbers; without it, or a locale, 1,234 is an error
    zone        of moments that do not name one, such as Europe/Berlin
    locale      such as de_DE: how numbers, dates, months, countries and currencies are written
    currency    of amounts that do not name one, such as EUR
    clear       the text of a cell that clears a value; an empty cell says nothing
    separator   what stands between the items of a list
    unknown     further texts that say that a value is not known, beside "n/a", "-" and their like; in every field
    codes       whether countries stand there as codes, so that NA is Namibia
    exact       values are as the API has them, and nothing is made of them

    Codes may be written in small letters too: "de" is DE, "eur" is EUR, "DMY" is dmy.
    Raises InvalidValue for one that does not exist.
    """

    region: str | None = None
    date_order: str | None = None
    zone: str = "UTC"
    locale: str | None = None
    currency: str | None = None
    clear: str | None = None
    separator: str = ";"
    decimal: str | None = None
    unknown: Sequence[str] = ()
    codes: bool = False
    exact: bool = False

    def __post_init__(self) -> None:
        for name, written in (("region", str.upper), ("currency", str.upper), ("date_order", str.lower)):
            if isinstance(code := getattr(self, name), str):
                object.__setattr__(self, name, written(code.strip()))
        if self.date_order not in (None, *DATE_ORDERS):
            raise InvalidValue("date_order", f"{self.date_order!r} is none; give one of {', '.join(DATE_ORDERS)}")
        if isinstance(self.unknown, str):
            raise InvalidValue("unknown", f'{self.unknown!r} is one text; give a tuple of texts, such as ("keins",)')
        if self.decimal not in (None, ".", ","):
            raise InvalidValue("decimal", f"{self.decimal!r} is no decimal mark; give . or ,")
        if not self.separator.strip(" "):
            raise InvalidValue("separator", "is blank; give one such as ;")
        _ = self.time_zone
        if self.locale is not None:
            _ = self.written
        if self.region is not None:
            self._check_region(self.region)
        if self.currency is not None and self.currency not in _currencies():
            raise InvalidValue("currency", f"{self.currency!r} is no code of a currency; give one such as EUR")

    @cached_property
    def time_zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise InvalidValue("zone", f"there is no time zone {self.zone!r}; give one such as Europe/Berlin or UTC") from None

    @cached_property
    def written(self) -> Any:
        """The locale of Babel, or None."""
        if self.locale is None:
            return None
        babel = library("babel", "locales")
        try:
            return babel.Locale.parse(self.locale.replace("-", "_"))
        except (ValueError, babel.UnknownLocaleError):
            raise InvalidValue("locale", f"there is no locale {self.locale!r}; give one such as de_DE or en_GB") from None

    def _check_region(self, region: str) -> None:
        if region not in library("phonenumbers", "phone numbers").SUPPORTED_REGIONS:
            raise InvalidValue("region", f"{region!r} is no country; give two letters, such as DE")


def _currencies() -> Any:
    return library("babel.numbers", "currencies").list_currencies()
