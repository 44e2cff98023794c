"""What records are grouped by: `group_by`, JSON as Twenty 2.19 has it.

A list of objects of one key each, or one such object: {"stage": true}, {"place": {"addressCity": true}},
{"maker": {"name": true}}, {"closeDate": {"granularity": "MONTH", "timeZone": "Europe/Paris"}}, {"tags": {"unnest": true}}.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Any, Final, NamedTuple

import orjson

from icosa.catalogue.columns import Column, column_by_path
from icosa.catalogue.kinds import LISTS, Kind, brief, shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidQuery
from icosa.wire.language.path import guess
from icosa.wire.language.place import Hop, Misplaced, Why, place_at

MOST_DIMENSIONS: Final = 16
"""More than anybody reads at once."""


class Granularity(StrEnum):
    """Which of a moment counts: the day, week, month, quarter or year that it is in, or which of a week or year that is."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"
    DAY_OF_THE_WEEK = "DAY_OF_THE_WEEK"
    MONTH_OF_THE_YEAR = "MONTH_OF_THE_YEAR"
    QUARTER_OF_THE_YEAR = "QUARTER_OF_THE_YEAR"


NONE: Final = "NONE"
"""The word of 2.19 for no granularity: a moment counts as it is."""

SPANS: Final = frozenset(Granularity) - {
    Granularity.DAY_OF_THE_WEEK,
    Granularity.MONTH_OF_THE_YEAR,
    Granularity.QUARTER_OF_THE_YEAR,
}
"""Those that begin on a day, by which they are told."""

WEEKDAYS: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


class Dimension(NamedTuple):
    """One value of each record, or of the one behind a hop.  `granularity` is set where it is a date of which only that
    counts, as it is on the clocks of `zone`, with weeks that begin on `week`, 1 being Monday.  Of a list that is
    `unnested` each item counts."""

    column: Column
    hop: Hop | None = None
    granularity: Granularity | None = None
    zone: str = "UTC"
    week: int = 1
    unnested: bool = False

    @property
    def path(self) -> str:
        return f"{self.hop.name}.{self.column.path}" if self.hop else self.column.path


def parse(text: str | None, of: Object, catalogue: Catalogue) -> tuple[Dimension, ...]:
    """The dimensions that a text says.  Raises InvalidQuery naming what is no dimension, and what would be one."""
    found = listed(text, "group_by", _EXAMPLE, _LEGACY)
    if not found:
        raise InvalidQuery(f"group_by: there is nothing to group by; send {_EXAMPLE}", legacy=_LEGACY)
    if len(found) > MOST_DIMENSIONS:
        raise InvalidQuery(f"group_by: {len(found)} are too many; group by at most {MOST_DIMENSIONS}")
    return tuple(_dimension(each, of, catalogue) for each in found)


def listed(text: str | None, parameter: str, example: str, legacy: str) -> list[dict[str, Any]]:
    """The objects of a JSON list, or the one that stands there alone.  Raises InvalidQuery in the name of the parameter."""
    try:
        found = orjson.loads(text or "")
    except ValueError:
        raise InvalidQuery(f"{parameter}: {shown(text or '')} is no JSON; send {example}", legacy=legacy) from None
    items = [found] if isinstance(found, dict) else found
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise InvalidQuery(f"{parameter}: {shown(found)} is no list of objects; send {example}", legacy=legacy)
    return items


def only(found: Any, parameter: str, legacy: str) -> tuple[str, Any]:
    """The one key of an object, and what it has.  Raises InvalidQuery where there are none, or several."""
    if not isinstance(found, dict) or len(found) != 1:
        problem = f"{shown(found)} has to be an object of one key"
        raise InvalidQuery(f"{parameter}: {problem}; send one object for each field", legacy=legacy)
    return next(iter(found.items()))


def _dimension(found: dict[str, Any], of: Object, catalogue: Catalogue) -> Dimension:
    path, value = spelled(*only(found, "group_by", _SEVERAL), of, catalogue, "group_by")
    column, hop = _place(path, of, catalogue)
    head = path.partition(".")[0]
    if value is True:
        return Dimension(column, hop)
    if not isinstance(value, dict) or not value:
        raise InvalidQuery(
            f'group_by: {path} cannot be {shown(value)}; send {{"{head}": true}}, or leave it out',
            legacy=f'Invalid groupBy definition for field "{brief(path)}"',
        )
    return _of_list(path, value, column, hop) if "unnest" in value else _of_date(path, value, column, hop)


def spelled(name: str, value: Any, of: Object, catalogue: Catalogue, parameter: str) -> tuple[str, Any]:
    """The path that objects in objects spell, and what stands at its end: {"maker": {"name": true}} is maker.name, true."""
    path = name
    relation = of.relation_by_name.get(name)
    if relation is not None and isinstance(value, dict):
        of = catalogue.by_singular[relation.target]
        name, value = only(value, f"{parameter}: {path}", _SEVERAL)
        path += f".{name}"
    field = of.field_by_name.get(name)
    if field is not None and field.type.composite and isinstance(value, dict):
        name, value = only(value, f"{parameter}: {path}", _SEVERAL)
        path += f".{name}"
    return path, value


def _place(path: str, of: Object, catalogue: Catalogue) -> tuple[Column, Hop | None]:
    place = place_at(of, path, catalogue)
    if isinstance(place, Misplaced):
        raise _misplaced(place, path)
    owner = place.hop.to if place.hop else of
    field = owner.field_by_name.get(place.column.field)
    if (field is not None and field.system and field.name not in _MOMENTS) or place.column.secret or place.column.kind is Kind.JSON:
        why = "is encrypted at rest" if place.column.secret else "is kept by the server" if field and field.system else "is JSON"
        raise InvalidQuery(
            f"group_by: {path} {why}, and records are not grouped by it; {guess('', groupable(owner))}",
            legacy=f'Field "{place.column.field}" is not supported in groupBy',
        )
    return place.column, place.hop


def groupable(of: Object) -> list[str]:
    """The paths that records of an object are grouped by."""
    fields = of.field_by_name
    return [
        path
        for path, column in column_by_path(of).items()
        if column.field in _MOMENTS
        or not ((column.field in fields and fields[column.field].system) or column.secret or column.kind is Kind.JSON)
    ]


def _of_list(path: str, value: dict[str, Any], column: Column, hop: Hop | None) -> Dimension:
    if value != {"unnest": True} or column.kind not in LISTS:
        problem = "has one value, no list" if column.kind not in LISTS else f'cannot be {shown(value)}; send {{"unnest": true}}'
        raise InvalidQuery(f"group_by: {path} {problem}", legacy=f'Field "{path}" does not support unnest in groupBy')
    return Dimension(column, hop, unnested=True)


def _of_date(path: str, value: dict[str, Any], column: Column, hop: Hop | None) -> Dimension:
    nested = f'Field "{path}" does not support nested subfields in groupBy'
    if column.kind not in (Kind.DATE, Kind.DATE_TIME):
        raise InvalidQuery(f"group_by: {path} is no date and has no parts; write it with true instead of {shown(value)}", legacy=nested)
    unknown = next((each for each in value if each not in _DATE_KEYS), None)
    if unknown is not None or "granularity" not in value:
        problem = "has no granularity" if unknown is None else f"has no {shown(unknown)}"
        raise InvalidQuery(f"group_by: {path} {problem}; what can be value of it is {', '.join(_DATE_KEYS)}", legacy=nested)
    granularity = granularity_of(value["granularity"], f"group_by: {path}", nested)
    zone = _zone(value.get("timeZone"), path)
    if zone is None and granularity in SPANS and column.kind is Kind.DATE_TIME:
        raise InvalidQuery(
            f'group_by: {path} is a moment, and which {granularity} it is in depends on the clock; add "timeZone", such as "UTC"',
            legacy="Time zone should be specified for a group by date on Day, Week, Month, Quarter or Year",
        )
    week = value.get("weekStartDay")
    if week is not None and week not in WEEKDAYS:
        raise InvalidQuery(f"group_by: {path}: weekStartDay {shown(week)} is no day; send one of {', '.join(WEEKDAYS)}")
    return Dimension(column, hop, granularity, zone or "UTC", WEEKDAYS.index(week) + 1 if week else 1)


def granularity_of(value: Any, where: str, legacy: str) -> Granularity | None:
    """Raises InvalidQuery for what is none."""
    if value == NONE:
        return None
    if value not in tuple(Granularity):
        raise InvalidQuery(f"{where}: {shown(value)} is no granularity; send one of {', '.join((*Granularity, NONE))}", legacy=legacy)
    return Granularity(value)


def _zone(value: Any, path: str) -> str | None:
    if value is None:
        return None
    if not is_zone(value):
        raise InvalidQuery(
            f"group_by: {path}: there is no time zone {shown(value)}; send the name of one, such as Europe/Paris or UTC",
            legacy=f"Invalid timezone: {brief(value)}",
        )
    return str(value)


def is_zone(name: object) -> bool:
    """Whether every database of time zones has this one: some have more, by which a server's own clock is set."""
    if not isinstance(name, str) or name.startswith(("posix", "right")) or name in ("localtime", "Factory"):
        return False
    if name == "UTC":  # also where there is no database of zones
        return True
    try:
        from zoneinfo import ZoneInfo  # here: it looks through the system for its files, for who groups by days

        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # none of the name, no name at all, a folder of names
        return False
    return True


def _misplaced(found: Misplaced, path: str) -> InvalidQuery:
    of, name = found.of, found.name
    whole = f'Field "{brief(name)}" is not supported in groupBy'
    match found.why:
        case Why.WHOLE_COMPOSITE | Why.NO_PART:
            parts: Collection[str] = [each.name for each in of.field_by_name[name].type.parts]
            supported = f'Composite subfield "{brief(found.rest)}" is not supported in groupBy for "{name}"'
            return InvalidQuery(
                f'group_by: \'{name}\' has several parts; send one of them, such as {{"{name}": {{"{next(iter(parts))}": true}}}}; '
                f"its parts are {', '.join(parts)}",
                legacy=supported if found.rest else whole,
            )
        case Why.WHOLE_RELATION:
            key = of.relation_by_name[name].foreign_key
            problem = f'\'{name}\' is a related record; group by a field of it, such as {{"{name}": {{"createdAt": true}}}}, or by {key}'
            return InvalidQuery(f"group_by: {problem}", legacy=whole)
        case Why.COLLECTION:
            return InvalidQuery(f"group_by: '{name}' are many records of a {of.singular}; group those by their own fields", legacy=whole)
        case Why.NO_PARTS | Why.TOO_FAR:
            return InvalidQuery(
                f"group_by: {shown(path)} leads further than to a field of a {of.singular}, or of one record that it belongs to",
                legacy=whole,
            )
        case Why.UNKNOWN:
            return InvalidQuery(
                f"group_by: '{of.singular}' has no field {shown(name)}; {guess(name, groupable(of))}",
                legacy=f"Unidentified field in groupBy: {brief(name)}",
            )


_MOMENTS: Final = ("createdAt", "updatedAt", "deletedAt")
_DATE_KEYS: Final = ("granularity", "timeZone", "weekStartDay")
_EXAMPLE: Final = '[{"field": true}], [{"field": {"part": true}}] or [{"date": {"granularity": "MONTH", "timeZone": "UTC"}}]'
_SEVERAL: Final = "You cannot provide multiple fields in one GroupByInput, split them into multiple GroupByInput"
_LEGACY: Final = (
    "Invalid group_by query parameter - should be a valid array of objects - "
    'ex: [{"firstField": true}, {"secondField": {"subField": true}}, {"dateField": {"granularity": \'DAY\'}}]'
)
