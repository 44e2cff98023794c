"""Numbers as people write them: 1,234.50 and 1.234,50 and 1 234,50 and 12,34,567."""

import math
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Any

from icosa.catalogue.characters import visible
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.extras import library
from icosa.imports.values.conventions import Conventions

Marks = tuple[str, str]
"""The decimal mark, and what stands between thousands beside blanks and apostrophes; "" is nothing else."""

POINT: Marks = (".", ",")
COMMA: Marks = (",", ".")

_ACCOUNTING = re.compile(r"\((.+)\)")
_PLAIN = re.compile(r"[+-]?\d{1,15}", re.ASCII)
"""What is the same number to everybody."""

_POINTED = re.compile(r"[+-]?(?:\d{4,15}|0\d{0,14}|\d{1,3}(?=\.(?!\d{3}$)))\.\d{1,15}", re.ASCII)
"""What is a number with a decimal point, and none with a point between thousands."""

_BEHIND = re.compile(r"([^+-].*?)\s?(-)")  # 1000+ is more than 1000
_BLANK = re.compile(r"(?<=\d)[\s_](?=\d)")
_SIGNS = str.maketrans("−﹣－‐‑–＋，．’＇ʼ´", "------+,.''''")
_SURE = str.maketrans({"٫": "d", "٬": "g"})  # Arabic's own marks mean one thing

_MOST_DIGITS = 60
"""Digits and marks of a number: a choice.  Nobody counts so far; with more it is an id, or a row of values that lost its blanks."""

_LONGEST = 200  # characters, signs and blanks among them; what is longer is no number, and is not searched
_TELL = "tell how numbers are written (locale, --locale, or decimal, --decimal), such as en_US or de_DE"


def read_number(value: Any, path: str, conventions: Conventions, most: int | None = None) -> int | float | Decimal:
    """A number.  What could be read in two ways is an error, unless one of them is more than `most`."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and math.isfinite(value):
        return value
    if not isinstance(value, str):
        raise InvalidValue(path, f"{shown(value)} is not a number; write one such as 1234.5")
    if _PLAIN.fullmatch(value):
        return int(value)
    marks = marks_of(conventions)
    if marks is not None:
        found = _read(ascii_number(value), marks)
        if found is None:
            raise InvalidValue(
                path, f"{shown(value)} is not a number as {conventions.locale or 'this column'} writes it, such as {_example(marks)}"
            )
        return _whole(found)
    ways = readings(value)
    if most is not None:
        ways = {marks: number for marks, number in ways.items() if abs(number) <= most} or ways
    numbers = sorted(set(ways.values()))
    if not numbers:
        raise InvalidValue(path, f"{shown(value)} is not {_expected(value)}")
    if len(numbers) > 1:
        raise InvalidValue(path, f"{shown(value)} is {_whole(numbers[1])} to some and {_whole(numbers[0])} to others; {_TELL}")
    return _whole(numbers[0])


def readings(text: str) -> dict[Marks, Decimal]:
    """What a text is as a number with a decimal point, and with a decimal comma, where it is one."""
    if _POINTED.fullmatch(text):
        return {POINT: Decimal(text)}
    plain = ascii_number(text)
    found = {marks: _read(plain, marks) for marks in (POINT, COMMA)}
    return {marks: number for marks, number in found.items() if number is not None}


def marks_of(conventions: Conventions) -> Marks | None:
    """How numbers are written by what was told, or None."""
    if conventions.decimal is not None:
        return POINT if conventions.decimal == "." else COMMA
    return _of_locale(str(conventions.written)) if conventions.written is not None else None


def ascii_number(text: str) -> str:
    """A number in ASCII's digits and signs, the minus in front; "d" and "g" are marks that mean one thing."""
    text = visible(text).strip()
    if len(text) > _LONGEST:
        return text
    text = text.translate(_SIGNS)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text).translate(_SURE)
    text = _ACCOUNTING.sub(r"-\1", text)
    if found := _BEHIND.fullmatch(text):
        text = found[2] + found[1]
    return re.sub(r"^([+-])\s+", r"\1", text)


def _read(text: str, marks: Marks) -> Decimal | None:
    """The number that a text as `written` has it is with these marks, or None."""
    if len(text) > _MOST_DIGITS:
        return None
    sign, rest = (text[0], text[1:]) if text[:1] in ("+", "-") else ("", text)
    whole, decimal, fraction = rest.replace("d", marks[0]).replace("g", marks[1] or "'").partition(marks[0])
    fraction, exponent = re.fullmatch(r"(.*?)([eE][+-]?\d{1,3})?", fraction if decimal else whole, re.ASCII | re.DOTALL).groups()  # type: ignore[union-attr]
    if not decimal:
        whole, fraction = fraction, ""
    digits = _ungrouped(whole, marks[1]) if whole or not fraction else "0"
    if digits is None or not (fraction.isascii() and (fraction.isdigit() or not fraction)) or (exponent and digits != whole):
        return None
    return Decimal(f"{sign}{digits}.{fraction or 0}{exponent or ''}")


def _ungrouped(whole: str, group: str) -> str | None:
    """Digits without what stands between thousands, or between hundreds behind the first thousand, as India writes."""
    whole = _BLANK.sub(" ", whole)
    if whole.isascii() and whole.isdigit():
        return whole
    for mark in (*filter(None, (group,)), " ", "'"):
        first, *more = whole.split(mark)
        if not more or not all(each.isascii() and each.isdigit() for each in (first, *more)) or first.startswith("0"):
            continue
        sizes = [len(each) for each in more]
        by_thousands = len(first) <= 3 and set(sizes) == {3}
        by_hundreds = mark == "," and len(first) <= 2 and len(sizes) > 1 and set(sizes[:-1]) == {2} and sizes[-1] == 3
        if by_thousands or by_hundreds:
            return first + "".join(more)
    return None


@lru_cache(maxsize=32)
def _of_locale(locale: str) -> Marks:
    numbers, of = library("babel.numbers", "numbers of a locale"), library("babel", "locales").Locale.parse(locale)
    system = "latn" if "latn" in of.number_symbols else "default"
    decimal = numbers.get_decimal_symbol(of, numbering_system=system)
    group = numbers.get_group_symbol(of, numbering_system=system)
    return (decimal if decimal in ".," else ".", group if group in (".", ",") else "")


def _example(marks: Marks) -> str:
    return f"1{marks[1] or ' '}234{marks[0]}5"


def _expected(value: str) -> str:
    if re.search(r"[%‰٪]", value):
        return "a number but a share; write it without the sign, as the field has it"
    if re.search(r"[$€£¥₹₽]|^[A-Z]{3}\s|\s[A-Z]{3}$", value.strip()):
        return "a number but an amount of money; write the number alone"
    if re.fullmatch(r"[+-]?\d[\d.,\s]*", ascii_number(value)):
        return f"a number that is grouped by thousands; {_TELL}"
    return "a number; write one such as 1234.5"


def _whole(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number
