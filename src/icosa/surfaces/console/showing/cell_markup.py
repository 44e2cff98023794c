"""The markup of values in the cells of a table: what a `Shown` of them would be, made straight.

A table makes some five hundred cells for a page, and pieces of text that know what they are cost several times what the markup of
most values does.  The types of which tables are full write theirs here; all others go by their pieces.  That both say the same is a
law.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any, Final

from icosa.catalogue.model import Field
from icosa.surfaces.console.showing.contacts import dialled, is_plain_email, mailto
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.moments import day_of, in_zone, machine_moment
from icosa.surfaces.console.showing.record import of_field
from icosa.surfaces.console.showing.shown import CUT_BRIEF, escaped, text

CellMarkup = Callable[[Any], str]
"""Takes a value, or None; gives the markup inside its cell, "" where it says nothing."""


def cell_markup(field: Field, zone: tzinfo) -> CellMarkup:
    """How a cell shows the values of a field to who looks from a zone."""
    writes = None if field.secret else _WRITES.get(field.type_name)
    return writes(field, zone) if writes else by_pieces(field, zone)


def by_pieces(field: Field, zone: tzinfo) -> CellMarkup:
    """The same by way of the pieces."""
    look = Looking(zone, brief=True)

    def of(value: Any) -> str:
        found = of_field(field, value, look)
        return found.__html__() if found.pieces else ""

    return of


def name_markup(name: str) -> str:
    """What a record is called, where it leads a row."""
    return f"<bdi>{text(name if len(name) <= CUT_BRIEF else f'{name[:CUT_BRIEF]}…')}</bdi>"


def _text(value: Any) -> str:
    return name_markup(str(value)) if value is not None and value != "" else ""


def _full_name(value: Any) -> str:
    name = full_name(value)
    return name_markup(name) if name else ""


def full_name(value: Any) -> str:
    """A name in two parts as one, "" for none."""
    if not isinstance(value, dict):
        return ""
    first, last = value.get("firstName"), value.get("lastName")
    first, last = "" if first is None else str(first), "" if last is None else str(last)
    return f"{first} {last}" if first and last else first or last


def _email(by_its_pieces: CellMarkup) -> CellMarkup:
    def of(value: Any) -> str:
        first = value.get("primaryEmail") if isinstance(value, dict) else None
        if not first or type(first) is not str:
            return by_its_pieces(value)
        if is_plain_email(first) and len(first) <= CUT_BRIEF:  # of letters that mean nothing in markup
            return f'<a href="mailto:{first}"><bdi>{first}</bdi></a>'
        href = mailto(first)
        return f'<a href="{escaped(href)}">{name_markup(first)}</a>' if href else name_markup(first)

    return of


def _phone(by_its_pieces: CellMarkup) -> CellMarkup:
    def of(value: Any) -> str:
        number = value.get("primaryPhoneNumber") if isinstance(value, dict) else None
        code = value.get("primaryPhoneCallingCode") if number else None
        if not number or type(number) is not str or type(code) is not str:
            return by_its_pieces(value)
        digits, inside = dialled(code, number), name_markup(f"{code} {number}".strip())
        return f'<a href="tel:{digits}">{inside}</a>' if digits else inside

    return of


def _moment(by_its_pieces: CellMarkup, zone: tzinfo) -> CellMarkup:
    def of(value: Any) -> str:
        try:
            at = datetime.fromisoformat(value)
        except (ValueError, TypeError):
            return by_its_pieces(value)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        there = at if at.tzinfo is zone else in_zone(at, zone)
        return f'<time datetime="{machine_moment(value, at)}">{day_of(there)}, {there.hour:02}:{there.minute:02}</time>'

    return of


def _one_of_few(by_its_pieces: CellMarkup) -> CellMarkup:
    """For a type of which a table has the same value over and over."""
    kept = lru_cache(maxsize=64)(by_its_pieces)
    return lambda value: kept(value) if type(value) is str else by_its_pieces(value)


_WRITES: Final[Mapping[str, Callable[[Field, tzinfo], CellMarkup]]] = {
    "DATE": lambda field, zone: _one_of_few(by_pieces(field, zone)),
    "DATE_TIME": lambda field, zone: _moment(by_pieces(field, zone), zone),
    "EMAILS": lambda field, zone: _email(by_pieces(field, zone)),
    "FULL_NAME": lambda field, zone: _full_name,
    "PHONES": lambda field, zone: _phone(by_pieces(field, zone)),
    "SELECT": lambda field, zone: _one_of_few(by_pieces(field, zone)),
    "TEXT": lambda field, zone: _text,
}
