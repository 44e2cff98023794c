"""The answer to a group by as a table: a row for each group, which leads to its records where a filter can say which they are."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

import orjson

import icosa
from icosa.call.grouping import BY, groups
from icosa.catalogue import naming
from icosa.catalogue.model import Object
from icosa.errors import IcosaError
from icosa.surfaces.console.browse.related import names_of
from icosa.surfaces.console.run.group_filter import records_of
from icosa.surfaces.console.run.group_words import MICROS, aggregate_label, aggregated, dimension_label, dimension_value
from icosa.surfaces.console.run.running import ActionRun
from icosa.surfaces.console.run.shown_run import ROWS, ShownGroup
from icosa.surfaces.console.showing import Cell, Looking, Shown, ShownColumn, ShownRow, link
from icosa.surfaces.console.showing.table import leading
from icosa.wire.language.aggregate import TOTAL_COUNT, Aggregate, aggregates
from icosa.wire.language.group_by import Dimension, parse

_VALUES: Final = "groupByDimensionValues"
_SAMPLE: Final = "records"
_NAMED: Final = 3
_LEADS: Final = "A row leads to its records."
_MIXED: Final = (
    "Amounts are taken together whatever their currency. Group by {}.currencyCode as well, and each currency stands on a row of its own."
)


class _Asked(NamedTuple):
    """What a group by asked for, and of what; `keys` are the names in each group beside its values."""

    of: Object
    dimensions: Sequence[Dimension]
    keys: Sequence[str]
    known: Mapping[str, Aggregate]
    filter: str


def group_table(crm: icosa.Client, run: ActionRun, given: Mapping[str, Any], look: Looking) -> ShownGroup | None:
    """The groups as a table; None where the answer is not one of those that can be read so, which is shown as JSON."""
    found = run.groupings[:ROWS]
    asked = _asked(crm, run, given) if found else None
    if asked is None or any(len(each[_VALUES]) != len(asked.dimensions) for each in found):
        return None
    names = _names(crm, asked, found)
    columns = [ShownColumn(each.path, dimension_label(asked.of, each)) for each in asked.dimensions]
    columns += [ShownColumn(key, _key_label(asked, key), key != _SAMPLE) for key in asked.keys]
    rows = [_row(crm, asked, each, names, look.briefly) for each in found]
    notes = [*([_LEADS] if any(each.href for each in rows) else []), *_notes(asked)]
    return ShownGroup(f"What {run.action.label} gave", columns, rows, len(run.groupings) - len(found), " ".join(notes))


def _asked(crm: icosa.Client, run: ActionRun, given: Mapping[str, Any]) -> _Asked | None:
    of, by = run.action.object, next((each for each in run.action.properties if each.name == BY), None)
    if of is None or by is None:
        return None
    try:
        dimensions = parse(orjson.dumps(groups(of, by, given.get(BY))).decode(), of, crm.catalogue)
    except (IcosaError, TypeError):  # a server may group by what nothing here knows
        return None
    keys = [each for each in run.groupings[0] if each != _VALUES]
    return _Asked(of, dimensions, keys, aggregates(of), str(given.get("filter") or ""))


def _names(crm: icosa.Client, asked: _Asked, found: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What the records are called that groups were made by, by their ids."""
    wanted: dict[str, list[str]] = {}
    for at, dimension in enumerate(asked.dimensions):
        if dimension.column.target is not None:
            wanted.setdefault(dimension.column.target, []).extend(each[_VALUES][at] for each in found if each[_VALUES][at])
    return names_of(crm, wanted)


def _row(crm: icosa.Client, asked: _Asked, group: Mapping[str, Any], names: Mapping[str, str], look: Looking) -> ShownRow:
    values = group[_VALUES]
    shown = [
        dimension_value(crm.catalogue, asked.of, each, value, names, look) for each, value in zip(asked.dimensions, values, strict=True)
    ]
    href = records_of(asked.of, asked.filter, asked.dimensions, values, related=crm.offers.related)
    first = leading(shown[0], "none") if href else shown[0]
    rest = [*shown[1:], *(_of_group(asked, key, group, href, look) for key in asked.keys)]
    return ShownRow("", str(first), href, [Cell(first), *map(Cell, rest)])


def _of_group(asked: _Asked, key: str, group: Mapping[str, Any], href: str, look: Looking) -> Shown:
    if key == _SAMPLE and isinstance(group[key], list):
        return Shown(tuple(link(asked.of, each) for each in islice(group[key], _NAMED)), True)
    shown = aggregated(asked.known.get(key), group[key], _currency(asked, key, group[_VALUES]), look)
    return shown._replace(pieces=tuple(each._replace(href=href) for each in shown.pieces)) if key == TOTAL_COUNT else shown


def _currency(asked: _Asked, key: str, values: Sequence[Any]) -> str:
    """The currency that all amounts of a group are in, where groups were made by it."""
    aggregate = asked.known.get(key)
    field = aggregate.columns[0].field if aggregate and aggregate.columns else ""
    paths = [each.path for each in asked.dimensions]
    own = f"{field}.currencyCode"
    return str(values[paths.index(own)] or "") if own in paths else ""


def _key_label(asked: _Asked, key: str) -> str:
    aggregate = asked.known.get(key)
    return "Such as" if key == _SAMPLE else aggregate_label(asked.of, aggregate) if aggregate else naming.label(key)


def _notes(asked: _Asked) -> list[str]:
    """What has to be known of amounts in several currencies."""
    paths = {each.path for each in asked.dimensions}
    for key in asked.keys:
        aggregate = asked.known.get(key)
        if aggregate and len(aggregate.columns) == 1 and aggregate.columns[0].part == MICROS and not key.startswith("count"):
            field = aggregate.columns[0].field
            return [] if f"{field}.currencyCode" in paths else [_MIXED.format(field)]
    return []
