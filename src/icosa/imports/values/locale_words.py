"""The words with which a language writes dates and times: months, days of the week, parts of the day, and what
stands between them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from icosa.catalogue.characters import visible
from icosa.extras import library

Sort = Literal["month", "weekday", "hours", "utc", "filler"]
Meaning = tuple[Sort, frozenset[int]]
"""A month (1 to 12), a day of the week (0 is Monday), the hours of the day that a word such as "pm" allows, the
name of UTC, or a word that says nothing."""

_FILLERS = "st nd rd th of the at on and um uhr h kl klo hrs den der er le à"
_ASCII = dict(zip("∶：／．－−‐‑–—", "::/.------", strict=True))
_OTHER_DAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_SOME_TIME = datetime(2026, 1, 1, tzinfo=UTC)
_HALVES = {"am": frozenset(range(12)), "pm": frozenset(range(12, 24))}
_QUOTED = re.compile(r"'([^']*)'|([^A-Za-z'{}]+)")


@dataclass(frozen=True, slots=True)
class LocaleWords:
    """`meanings` of words, as `lookup_form` writes them; `words` finds the longest; `order` is that of a date in
    digits, "" where no locale says it."""

    meanings: MappingProxyType[str, frozenset[Meaning]]
    words: re.Pattern[str]
    order: str


def lookup_form(text: str) -> str:
    """A text as words are looked up: small letters, ASCII digits, one blank for many, no full stop after a letter."""
    text = "".join(_plain_character(each) for each in unicodedata.normalize("NFC", visible(text)).casefold())
    text = re.sub(r"(?<=[^\W\d_])[.·]", "", text)
    return re.sub(r"\s+", " ", text).strip()


def _plain_character(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return _ASCII.get(character, character)


@lru_cache(maxsize=32)
def spoken(locale: str | None) -> LocaleWords:
    """The words of English, and before them those of a locale."""
    found: dict[str, set[Meaning]] = defaultdict(set)
    order = ""
    if locale is not None:
        of = library("babel", "locales").Locale.parse(locale)
        _add_names(of, found)
        order = _order(of)
    english: dict[str, set[Meaning]] = defaultdict(set)
    _add_names(library("babel", "locales").Locale.parse("en"), english)
    english["sept"].add(("month", frozenset((9,))))
    for word, day in _OTHER_DAYS.items():
        english[word].add(("weekday", frozenset((day,))))
    for word in _FILLERS.split():
        english[lookup_form(word)].add(("filler", frozenset()))
    for word, meanings in english.items():
        if word not in found:
            found[word] = meanings
    found.pop("", None)
    words = re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))))
    return LocaleWords(MappingProxyType({word: frozenset(meanings) for word, meanings in found.items()}), words, order)


def _add_names(of: Any, found: dict[str, set[Meaning]]) -> None:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in of.months[context][width].items():
                _add(found, name, ("month", frozenset((number,))))
            for number, name in of.days[context][width].items():
                _add(found, name, ("weekday", frozenset((number,))))
    for word, hours in _parts_of_the_day(of).items():
        _add(found, word, ("hours", hours))
    for name in ("utc", "gmt", *(_name_of_utc(of, width) for width in ("long", "short"))):
        _add(found, name, ("utc", frozenset()))
    patterns = list(_patterns(of))
    if any("G" in each for each in patterns[:4]):  # an era is written in dates
        for width in ("wide", "abbreviated", "narrow"):
            _add(found, of.eras.get(width, {}).get(1, ""), ("filler", frozenset()))
    for pattern in patterns:
        for literal in _literals(pattern):
            for word in literal.split():
                if any(map(str.isalpha, word)):
                    _add(found, word.strip(".,-:/()[]،、"), ("filler", frozenset()))


def _add(found: dict[str, set[Meaning]], name: str, meaning: Meaning) -> None:
    """A name; one with a digit in it ("tháng 1", "1月") is no name, and what it has beside the digit says nothing."""
    if any(map(str.isdecimal, name)):
        for word in re.split(r"\d+", name):
            if word.strip(" .-"):
                found[lookup_form(word)].add(("filler", frozenset()))
    elif lookup_form(name):
        found[lookup_form(name)].add(meaning)


def _name_of_utc(of: Any, width: str) -> str:
    name: str = library("babel.dates", "locales").get_timezone_name(_SOME_TIME, width, locale=of)
    return "" if any(map(str.isdecimal, name)) else name


def _parts_of_the_day(of: Any) -> dict[str, frozenset[int]]:
    """Which hours a word allows: "pm" those from noon on."""
    found: dict[str, set[int]] = defaultdict(set)
    ranges = {name: _hours(rules) for name, rules in of.day_period_rules.get(None, {}).items()}
    halves: dict[str, frozenset[int]] = {}
    for context in of.day_periods.values():
        for width in ("wide", "abbreviated", "narrow"):
            for name, word in context.get(width, {}).items():
                if name in _HALVES:
                    if width != "narrow" or len(lookup_form(word)) > 1:
                        halves[lookup_form(word)] = halves.get(lookup_form(word), frozenset()) | _HALVES[name]
                elif name in ranges:
                    found[lookup_form(word)] |= ranges[name]
    return {**{word: frozenset(hours) for word, hours in found.items()}, **halves}


def _hours(rules: Any) -> set[int]:
    """The hours that begin within one of the rules, each with "from" and "before" (or "at") in seconds."""
    hours: set[int] = set()
    for rule in rules:
        first = rule.get("from", rule.get("at", 0)) // 3600
        last = -(-rule["before"] // 3600) if "before" in rule else first + 1
        hours |= {each % 24 for each in range(first, last if last > first else last + 24)}
    return hours


def _patterns(of: Any) -> Iterator[str]:
    for formats in (of.date_formats, of.time_formats, of.datetime_formats, of.datetime_skeletons):
        for each in formats.values():
            yield getattr(each, "pattern", str(each))


def _literals(pattern: str) -> Iterator[str]:
    for quoted, bare in _QUOTED.findall(pattern):
        yield quoted or bare


def _order(of: Any) -> str:
    letters = re.findall("[dMyL]", re.sub("'[^']*'", "", of.date_formats["short"].pattern))
    order = "".join(dict.fromkeys(each.lower().replace("l", "m") for each in letters))
    return order if order in ("dmy", "mdy", "ymd") else ""
