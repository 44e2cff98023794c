"""Countries: "DE", "DEU", "Deutschland" and "Germany" are stored as Germany, the name that English has for it."""

from functools import lru_cache
from types import MappingProxyType
from typing import Any

from icosa.client.bulk.extras import library
from icosa.client.bulk.normalising.conventions import Conventions
from icosa.client.bulk.normalising.texts import read_text


def read_country(value: Any, path: str, conventions: Conventions) -> str:
    """The English name of a country.  What is none that anybody knows stays as it is written: the field
    takes any text."""
    text = read_text(value, path)
    code = code_of(text, conventions)
    return _names("en").get(code, text) if code else text


def code_of(text: str, conventions: Conventions) -> str | None:
    """The two letters of a country, from a code or a name, in English or the language of the locale."""
    return _codes(str(conventions.written or "en")).get(_folded(text))


@lru_cache(maxsize=16)
def _codes(locale: str) -> MappingProxyType[str, str]:
    found = {"uk": "GB"}  # reserved for it by ISO 3166, though no code of its own
    for country in library("pycountry", "countries").countries:
        for name in ("name", "official_name", "common_name", "alpha_3"):
            if hasattr(country, name):
                found[_folded(getattr(country, name))] = country.alpha_2
    for language in dict.fromkeys(("en", locale)):
        found |= {_folded(name): code for code, name in _names(language).items()}
    for country in library("pycountry", "countries").countries:  # last: a code goes before a name
        found[_folded(country.alpha_2)] = country.alpha_2
    return MappingProxyType(found)


@lru_cache(maxsize=16)
def _names(locale: str) -> MappingProxyType[str, str]:
    names = library("babel", "countries").Locale.parse(locale).territories
    return MappingProxyType({code: name for code, name in names.items() if len(code) == 2 and code.isalpha()})


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
