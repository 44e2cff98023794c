"""Countries: "DE", "DEU", "Deutschland" and "Germany" are stored as Germany, the name that English has for it."""

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from icosa.catalogue.characters import visible
from icosa.catalogue.folding import folded
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.extras import library
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.texts import read_text
from icosa.imports.values.unknown import is_unknown

_NO_PLACES = ("ZZ", "XA", "XB")  # which Babel has names for
_CODE = re.compile(r"[A-Z]{2,3}|([A-Z]\.){2,3}")


def read_country(value: Any, path: str, conventions: Conventions) -> str:
    """The English name of a country.  What is none that anybody knows stays as it is written: the field
    takes any text.  Raises InvalidValue for a code that could be no code in a column of names, such as NA."""
    text = read_text(value, path)
    code = code_of(text, conventions)
    if code and not conventions.codes and _is_code(text) and is_unknown(text):
        raise InvalidValue(
            path,
            f"{shown(text)} is the code of {_names('en')[code]}, and how many write what they do not know; write the name, "
            f"or that it says nothing (unknown, --unknown {text})",
        )
    return _names("en").get(code, text) if code else text


def code_of(text: str, conventions: Conventions) -> str | None:
    """The two letters of a country, from a code in capitals or a name, in English or the language of the locale."""
    return _code_in(text, str(conventions.written or "en"))


@lru_cache(maxsize=1024)
def _code_in(text: str, locale: str) -> str | None:
    written = visible(text).strip()
    if _is_code(written) and (code := _codes().get(written.replace(".", ""))):
        return code
    return _by_name(locale).get(folded(written))


def is_country_code(text: str) -> bool:
    """Whether a text is written as the code of a country."""
    return _is_code(text.strip()) and text.strip().replace(".", "") in _codes()


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


@lru_cache(maxsize=1)
def _codes() -> MappingProxyType[str, str]:
    found = {"UK": "GB"}  # reserved for it by ISO 3166, though no code of its own
    found["XK"] = "XK"  # Kosovo, which has none yet
    for country in library("pycountry", "countries").countries:
        found[country.alpha_2] = found[country.alpha_3] = country.alpha_2
    return MappingProxyType(found)


@lru_cache(maxsize=16)
def _by_name(locale: str) -> MappingProxyType[str, str]:
    found: dict[str, str] = {}
    for country in library("pycountry", "countries").countries:
        for name in ("name", "official_name", "common_name"):
            if hasattr(country, name):
                found[folded(getattr(country, name))] = country.alpha_2
    for language in dict.fromkeys(("en", locale)):
        named: dict[str, set[str]] = {}
        for code, name in _names(language).items():
            named.setdefault(folded(name), set()).add(code)
        found |= {name: next(iter(codes)) for name, codes in named.items() if len(codes) == 1}
    for neither in ("", "congo"):  # two countries are called so
        found.pop(neither, None)
    return MappingProxyType(found)


@lru_cache(maxsize=16)
def _names(locale: str) -> MappingProxyType[str, str]:
    names = library("babel", "countries").Locale.parse(locale).territories
    return MappingProxyType({code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NO_PLACES})
