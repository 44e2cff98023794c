"""The day that a text says: in digits, or with a month's name."""

from dataclasses import dataclass, field
from datetime import date
from itertools import product

from icosa.imports.values.conventions import DATE_ORDERS
from icosa.imports.values.locale_words import LocaleWords, Meaning

_AHEAD = 20
"""Two digits are a year of the 80 before this one and the 20 after it, as ICU, Java and .NET read them."""

_COMPACT = {8: {"ymd": (4, 2, 2), "dmy": (2, 2, 4), "mdy": (2, 2, 4)}, 6: {"ymd": (2, 2, 2), "dmy": (2, 2, 2), "mdy": (2, 2, 2)}}
_CENTURIES = ("19", "20")

_MOST_WORDS = 12
"""Words of a date.  The longest that CLDR has is Dzongkha's, with eleven pieces between signs; a text of more is prose, and is not
looked up."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a text can mean, by the order of their parts ("" where it does not depend on one), and, where
    it is none, what was wrong with it.  `short_year` is whether its year has two
    digits; `hours` are those that words for a part of the day allow; `utc` is whether
    a word says UTC."""

    by_order: dict[str, date] = field(default_factory=dict)
    short_year: bool = False
    hours: frozenset[int] | None = None
    utc: bool = False
    wrong: str = ""


def days_in(text: str, spoken: LocaleWords) -> list[Days]:
    """What a text can mean that holds a day and nothing else but parts of the day, as `spoken.plain` writes it; a
    word may have several meanings."""
    found = _tokens(text, spoken)
    if found is None:
        return []
    numbers, words = found
    return [each for meant in product(*words) if (each := _day(numbers, meant)) is not None]


def _tokens(text: str, spoken: LocaleWords) -> tuple[list[str], list[frozenset[Meaning]]] | None:
    """The numbers and words of a text; None where there is a word that the language does not have."""
    numbers: list[str] = []
    words: list[frozenset[Meaning]] = []
    at = 0
    while at < len(text):
        if text[at].isdigit():
            ends = at
            while ends < len(text) and text[ends].isdigit():
                ends += 1
            numbers.append(text[at:ends])
            at = ends
        elif text[at].isalpha() or text[at] in "'’":
            found = spoken.words.match(text, at)
            if found is None or _is_inside(text, at, found.end()):
                return None
            meanings = spoken.meanings[found[0]]
            if text[found.end() : found.end() + 1] in ("+", "-") and any(sort == "utc" for sort, _ in meanings):
                return None  # UTC-5, and not where a zone stands
            words.append(meanings)
            at = found.end()
        elif text[at] in "+*=<>%$€?!~^\\@#":
            return None
        else:
            at += 1
    return (numbers, words) if len(numbers) < 4 and len(words) <= _MOST_WORDS else None


def _is_inside(text: str, begins: int, ends: int) -> bool:
    """Whether a word of Latin letters is only a piece of another word."""
    if not text[begins:ends].isascii():
        return False
    return text[begins - 1 : begins].isalpha() or text[ends : ends + 1].isalpha()


def _day(numbers: list[str], meant: tuple[Meaning, ...]) -> Days | None:
    """The day of numbers and words of one meaning each, or None where they are none."""
    months = {number for sort, each in meant if sort == "month" for number in each}
    weekdays = {number for sort, each in meant if sort == "weekday" for number in each}
    allowed = [each for sort, each in meant if sort == "hours"]
    hours = frozenset.intersection(*allowed) if allowed else None
    if len(months) > 1 or len(weekdays) > 1:
        return None
    if months:
        days = _named(numbers, next(iter(months)))
    elif len(numbers) == 3 and len(numbers[0]) == 4:
        first = _ordered("ymd", *numbers)
        days = {"": first} if first is not None else {}
    elif len(numbers) == 3:
        days = {order: day for order in DATE_ORDERS if (day := _ordered(order, *numbers)) is not None}
    elif len(numbers) == 1 and len(numbers[0]) in _COMPACT:
        days = _compact(numbers[0])
    else:
        return None
    fitting = {order: day for order, day in days.items() if not weekdays or day.weekday() in weekdays}
    if days and not fitting:
        return Days(wrong="is not on the day of the week that it says; correct one of them")
    short = all(len(each) < 4 or len(each) == 6 for each in numbers)
    return Days(fitting, short, hours, any(sort == "utc" for sort, _ in meant)) if fitting else None


def _named(numbers: list[str], month: int) -> dict[str, date]:
    """Beside a month's name the year is the number of four digits, and where there is none the last."""
    if len(numbers) != 2:
        return {}
    one, other = numbers
    year_first = len(one) == 4 and len(other) <= 2
    if not year_first and not (len(one) <= 2 and len(other) in (2, 4)):
        return {}
    day = _date(one, str(month), other) if year_first else _date(other, str(month), one)
    if day is None and len(one) == 2 and len(other) <= 2:
        day = _date(one, str(month), other)  # 75 Feb 3
    return {"": day} if day is not None else {}


def _ordered(order: str, *numbers: str) -> date | None:
    written = dict(zip(order, numbers, strict=True))
    return _date(written["y"], written["m"], written["d"])


def _compact(digits: str) -> dict[str, date]:
    found = {}
    for order, widths in _COMPACT[len(digits)].items():
        first, second = widths[0], widths[0] + widths[1]
        written = dict(zip(order, (digits[:first], digits[first:second], digits[second:]), strict=True))
        if len(digits) == 8 and not written["y"].startswith(_CENTURIES):
            continue
        day = _date(written["y"], written["m"], written["d"])
        if day is not None:
            found["" if len(digits) == 8 and order == "ymd" else order] = day
    return found


def _date(year: str, month: str, day: str) -> date | None:
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return None
    try:
        return date(int(year) if len(year) == 4 else _full(int(year)), int(month), int(day))
    except ValueError:
        return None


def _full(year: int) -> int:
    this = date.today().year
    latest = this + _AHEAD
    return latest - (latest - year) % 100
