"""The markup of values in the cells of a table, a column at a time: what a `Shown` of each would be, made straight.

A table makes some five hundred cells for a page, and pieces of text that know what they are cost several times what the markup of
most values does.  The types of which tables are full write theirs here; all others go by their pieces.  That both say the same is a
law.  Whether texts hold anything that means something in markup is asked of all of a column at once: mostly none of them does, and
the answer for sixty takes no longer than for one or two.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import lru_cache, partial
from typing import Any, Final

from icosa.catalogue.model import Field
from icosa.surfaces.console.showing.contacts import dialled, mailto
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.moments import day_of, in_zone
from icosa.surfaces.console.showing.record import of_field
from icosa.surfaces.console.showing.shown import CUT_BRIEF, are_plain, escaped, text
from icosa.surfaces.console.showing.simple import MICROS, SIGNS

CellMarkup = Callable[[Any], str]
"""Takes a value, or None; gives the markup inside its cell, "" where it says nothing."""

Cells = Sequence[str | Sequence[str]]
"""What stands in the cells of a column, one part behind the other: a text that is in each of them, or one text for each."""

ColumnMarkup = Callable[[Sequence[Any]], Cells]
"""Takes one value of each row."""

_ADDRESS: Final = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-"
"""What an e-mail address is of, beside its @, that means nothing in markup or in an address that a link leads to."""

_FIGURES: Final = b"0123456789+"
_BETWEEN: Final = b" -/.()"
"""What stands between the figures of a telephone number, beside what means something in markup."""

_CENT: Final = 10_000
"""Millionths."""
_LONGEST_AMOUNT: Final = 20
"""Figures of an amount in millionths; one with more is no number that a currency has."""

_SHAPE: Final = bytes.maketrans(b"123456789", b"000000000")
_MOMENT: Final = b"0000-00-00T00:00:00.000Z "
"""A moment as the wire has it, by its shape, and what is put between two."""
_MINUTE: Final = len("2026-11-27T14:02")
_TENS: Final = len("2026-11-27T14:02:")
"""Where the minute ends, and where the tens of the seconds stand."""
_WHOLE_MINUTES: Final = "1973"
"""From here on no zone is apart from another by seconds: all moments of a minute are told alike."""


def column_markup(field: Field, zone: tzinfo) -> ColumnMarkup:
    """How cells show the values of a field to who looks from a zone."""
    by_its_pieces = by_pieces(field, zone)
    writes = None if field.secret else _WRITES.get(field.type_name)
    return writes(by_its_pieces, zone) if writes else lambda values: [[by_its_pieces(each) for each in values]]


def by_pieces(field: Field, zone: tzinfo) -> CellMarkup:
    """One cell by way of the pieces."""
    look = Looking(zone, brief=True)

    def of(value: Any) -> str:
        if value is None:
            return ""
        found = of_field(field, value, look)
        return found.__html__() if found.pieces else ""

    return of


def name_markup(name: str) -> str:
    """What a record is called, where it leads a row."""
    return f"<bdi>{text(name if len(name) <= CUT_BRIEF else f'{name[:CUT_BRIEF]}…')}</bdi>"


def names_markup(names: Sequence[str]) -> Cells:
    """The same for each of them, nothing for ""."""
    if not are_plain(names, CUT_BRIEF):
        return [[name_markup(each) if each else "" for each in names]]
    return [[f"<bdi>{each}</bdi>" if each else "" for each in names]] if "" in names else ["<bdi>", names, "</bdi>"]


def texts_of(values: Sequence[Any]) -> Sequence[str]:
    """Texts as they are, "" for None."""
    return [each if type(each) is str else "" if each is None else str(each) for each in values]


def full_names_of(values: Sequence[Any]) -> Sequence[str]:
    """Names in two parts, each as one, "" for none."""
    try:
        return [f"{first} {last}" if (first := each["firstName"]) and (last := each["lastName"]) else _full_name(each) for each in values]
    except (KeyError, TypeError):  # one is no name, or lacks a part
        return [_full_name(each) for each in values]


def _full_name(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    first, last = value.get("firstName"), value.get("lastName")
    first, last = "" if first is None else str(first), "" if last is None else str(last)
    return f"{first} {last}" if first and last else first or last


def _emails(by_its_pieces: CellMarkup, values: Sequence[Any]) -> Cells:
    try:
        firsts = [each["primaryEmail"] for each in values]
        there = [each for each in firsts if each]
        if _are_plain_emails(there):
            if len(there) == len(firsts):
                return ['<a href="mailto:', there, '"><bdi>', there, "</bdi></a>"]
            pairs = zip(firsts, values, strict=True)
            return [[f'<a href="mailto:{at}"><bdi>{at}</bdi></a>' if at else by_its_pieces(each) for at, each in pairs]]
    except (KeyError, TypeError, UnicodeEncodeError):  # one is no such value, or none of ASCII alone
        pass
    return [[_email(by_its_pieces, each) for each in values]]


def _are_plain_emails(texts: Sequence[str]) -> bool:
    """Whether each is an address that means nothing in markup, and is short.  Raises TypeError for what is no text, and
    UnicodeEncodeError."""
    joined = f" {' '.join(texts)} ".encode("ascii")
    marks = b" @" * len(texts) + b" " if texts else b"  "
    if joined.translate(None, _ADDRESS) != marks or b" @" in joined or b"@ " in joined:
        return False
    return max(map(len, texts), default=0) <= CUT_BRIEF


def _email(by_its_pieces: CellMarkup, value: Any) -> str:
    first = value.get("primaryEmail") if isinstance(value, dict) else None
    if not first or type(first) is not str:
        return by_its_pieces(value)
    href = mailto(first)
    return f'<a href="{escaped(href)}">{name_markup(first)}</a>' if href else name_markup(first)


def _phones(by_its_pieces: CellMarkup, values: Sequence[Any]) -> Cells:
    try:
        codes, numbers = [each["primaryPhoneCallingCode"] for each in values], [each["primaryPhoneNumber"] for each in values]
        texts = [f"{code} {number}" for code, number in zip(codes, numbers, strict=True)]
        digits = _dialled(texts)
        if "".join((*codes, *numbers)) and digits and all(codes) and all(numbers) and all(digits):  # and all of them are texts
            return ['<a href="tel:', digits, '"><bdi>', texts, "</bdi></a>"]
    except (KeyError, TypeError, UnicodeEncodeError):  # one is no such value, or none of ASCII alone
        pass
    return [[_phone(by_its_pieces, each) for each in values]]


def _dialled(texts: Sequence[str]) -> Sequence[str]:
    """Numbers as a telephone dials them, where all are written with nothing but figures and what parts them, and are short; else
    none."""
    joined = "\n".join(("", *texts, "")).encode("ascii")
    if joined.translate(None, _FIGURES + _BETWEEN) != b"\n" * (len(texts) + 1) or b"\n " in joined or b" \n" in joined:
        return ()
    return joined.translate(None, _BETWEEN).decode("ascii").split("\n")[1:-1] if max(map(len, texts), default=0) <= CUT_BRIEF else ()


def _phone(by_its_pieces: CellMarkup, value: Any) -> str:
    number = value.get("primaryPhoneNumber") if isinstance(value, dict) else None
    code = value.get("primaryPhoneCallingCode") if number else None
    if not number or type(number) is not str or type(code) is not str:
        return by_its_pieces(value)
    digits, inside = dialled(code, number), name_markup(f"{code} {number}".strip())
    return f'<a href="tel:{digits}">{inside}</a>' if digits else inside


def _moments(by_its_pieces: CellMarkup, zone: tzinfo) -> ColumnMarkup:
    in_words = lru_cache(maxsize=1024)(partial(_in_words, zone))

    def of(values: Sequence[Any]) -> Cells:
        try:
            there = [each for each in values if each is not None]
            joined = f"{' '.join(there)} ".encode("ascii") if there else b""
            if joined.translate(_SHAPE) == _MOMENT * len(there) and max(joined[_TENS :: len(_MOMENT)], default=0) < ord("6"):
                to = _MINUTE if zone is UTC or min(there, default="") > _WHOLE_MINUTES else _TENS + 2
                if len(there) == len(values):
                    return ['<time datetime="', there, '">', [in_words(each[:to]) for each in there], "</time>"]
                return [["" if each is None else f'<time datetime="{each}">{in_words(each[:to])}</time>' for each in values]]
        except (TypeError, ValueError):  # one is no text, or no moment of the wire
            pass
        return [[by_its_pieces(each) for each in values]]

    return of


def _in_words(zone: tzinfo, moment: str) -> str:
    """A moment in words, without its zone.  Raises ValueError."""
    there = in_zone(datetime.fromisoformat(moment).replace(tzinfo=UTC), zone)
    return f"{day_of(there)}, {there.hour:02}:{there.minute:02}"


def _numbers(by_its_pieces: CellMarkup, values: Sequence[Any]) -> Cells:
    return [[f"{each:,}" if type(each) is int else by_its_pieces(each) for each in values]]


def _flags(by_its_pieces: CellMarkup, values: Sequence[Any]) -> Cells:
    yes, no = by_its_pieces(True), by_its_pieces(False)
    return [[yes if each is True else no if each is False else by_its_pieces(each) for each in values]]


def _places(by_its_pieces: CellMarkup, values: Sequence[Any]) -> Cells:
    try:
        parts = [(each["addressCity"], each["addressCountry"]) for each in values]
        texts = [f"{city}, {country}" if city and country else city or country or "" for city, country in parts]
        if are_plain(texts, CUT_BRIEF) and all(texts):
            return ["<bdi>", texts, "</bdi>"]
    except (KeyError, TypeError):  # one is no such value
        pass
    return [[by_its_pieces(each) for each in values]]


def _links(by_its_pieces: CellMarkup, values: Sequence[Any]) -> Cells:
    try:
        urls = [each["primaryLinkUrl"] for each in values]
        shown = ["" if each["primaryLinkLabel"] or not url else _bare(url) for url, each in zip(urls, values, strict=True)]
        if are_plain([each for each in urls if each], CUT_BRIEF):
            trios = zip(urls, shown, values, strict=True)
            return [[f'<a href="{at}" rel="noreferrer"><bdi>{bare}</bdi></a>' if bare else by_its_pieces(of) for at, bare, of in trios]]
    except (AttributeError, KeyError, TypeError):  # one is no such value
        pass
    return [[by_its_pieces(each) for each in values]]


def _bare(url: str) -> str:
    """A web address without what nearly all begin with; "" for what is none, or has nothing else."""
    bare = url.removeprefix("https://") if url.startswith("https://") else url.removeprefix("http://") if url.startswith("http://") else ""
    return "" if bare.startswith(("/", " ")) else bare.removeprefix("www.").rstrip("/")


def _amounts(by_its_pieces: CellMarkup, values: Sequence[Any]) -> Cells:
    return [[_amount(by_its_pieces, each) for each in values]]


def _amount(by_its_pieces: CellMarkup, value: Any) -> str:
    micros, code = (value.get("amountMicros"), value.get("currencyCode")) if isinstance(value, dict) else (None, None)
    if type(micros) is not str or type(code) is not str or not (micros.isascii() and micros.isdigit() and code.isalpha()):
        return by_its_pieces(value)
    if len(micros) > _LONGEST_AMOUNT:
        return by_its_pieces(value)
    whole, rest = divmod(int(micros), MICROS)
    if rest % _CENT:
        return by_its_pieces(value)
    return text(f"{SIGNS.get(code, code)} {whole:,}.{rest // _CENT:02}" if rest else f"{SIGNS.get(code, code)} {whole:,}")


def _of_few(by_its_pieces: CellMarkup, zone: tzinfo) -> ColumnMarkup:
    """For a type of which a table has the same value over and over."""
    kept = lru_cache(maxsize=64)(by_its_pieces)
    return lambda values: [[kept(each) if type(each) is str else by_its_pieces(each) for each in values]]


_WRITES: Final[Mapping[str, Callable[[CellMarkup, tzinfo], ColumnMarkup]]] = {
    "ADDRESS": lambda by_its_pieces, zone: partial(_places, by_its_pieces),
    "BOOLEAN": lambda by_its_pieces, zone: partial(_flags, by_its_pieces),
    "CURRENCY": lambda by_its_pieces, zone: partial(_amounts, by_its_pieces),
    "DATE": _of_few,
    "DATE_TIME": _moments,
    "EMAILS": lambda by_its_pieces, zone: partial(_emails, by_its_pieces),
    "FULL_NAME": lambda by_its_pieces, zone: lambda values: names_markup(full_names_of(values)),
    "LINKS": lambda by_its_pieces, zone: partial(_links, by_its_pieces),
    "NUMBER": lambda by_its_pieces, zone: partial(_numbers, by_its_pieces),
    "PHONES": lambda by_its_pieces, zone: partial(_phones, by_its_pieces),
    "SELECT": _of_few,
    "TEXT": lambda by_its_pieces, zone: lambda values: names_markup(texts_of(values)),
}
