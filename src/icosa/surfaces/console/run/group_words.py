"""What a group by asked for and what it gave, in the words of people: "Close date by month", "Sum of amount", "March 2026"."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final

from icosa.catalogue import naming
from icosa.catalogue.columns import Column
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Catalogue, Object
from icosa.surfaces.console.showing import Looking, Shown, ShownPiece, address, label, of_field
from icosa.surfaces.console.showing.moments import day, day_of, moment
from icosa.surfaces.console.showing.simple import grouped, money, option_label
from icosa.wire.language.aggregate import Aggregate, Aggregation
from icosa.wire.language.group_by import Dimension, Granularity

MICROS: Final = "amountMicros"
_LIST: Final = re.compile(r"\{(.*)\}").fullmatch
"""Several options, as a server writes them that answers with the text of an array of its database."""
_HUNDREDTH: Final = "1E+4"
"""Of a unit, in micros: nobody reads a mean closer."""
_WORDS: Final[Mapping[Aggregation, str]] = MappingProxyType(
    {
        Aggregation.COUNT_UNIQUE: "Different values of {}",
        Aggregation.COUNT_FILLED: "With {}",
        Aggregation.COUNT_EMPTY: "Without {}",
        Aggregation.COUNT_TRUE: "Yes: {}",
        Aggregation.COUNT_FALSE: "No: {}",
        Aggregation.SHARE_FILLED: "Share with {}",
        Aggregation.SHARE_EMPTY: "Share without {}",
        Aggregation.LEAST: "Least {}",
        Aggregation.GREATEST: "Greatest {}",
        Aggregation.MEAN: "Mean of {}",
        Aggregation.SUM: "Sum of {}",
    }
)
_OF_DATES: Final = {Aggregation.LEAST: "Earliest {}", Aggregation.GREATEST: "Latest {}"}
_DATES: Final = (Kind.DATE, Kind.DATE_TIME)
_BY: Final = {
    Granularity.DAY_OF_THE_WEEK: "day of the week", Granularity.MONTH_OF_THE_YEAR: "month of the year",
    Granularity.QUARTER_OF_THE_YEAR: "quarter of the year",
}  # fmt: skip


def dimension_label(of: Object, dimension: Dimension) -> str:
    """The heading of what groups were made by."""
    if dimension.hop:
        name = f"{label(of, dimension.hop.name)}: {_column_label(dimension.hop.to, dimension.column)}"
    else:
        name = _column_label(of, dimension.column)
    by = dimension.granularity
    return f"{name} by {_BY.get(by, str(by).lower())}" if by else name


def aggregate_label(of: Object, aggregate: Aggregate) -> str:
    """The heading of what was asked of each group."""
    if aggregate.kind is None:
        return "Records"
    columns = aggregate.columns
    words = (_OF_DATES if columns[0].kind in _DATES else {}).get(aggregate.kind, _WORDS[aggregate.kind])
    alone = len(columns) == 1 and columns[0].part != MICROS
    name = _column_label(of, columns[0]) if alone else label(of, columns[0].field)
    return words.format(naming.in_a_sentence(name))


def dimension_value(catalogue: Catalogue, of: Object, dimension: Dimension, value: Any, names: Mapping[str, str], look: Looking) -> Shown:
    """What the records of a group have there; `names` are those of records by their ids."""
    owner, column = dimension.hop.to if dimension.hop else of, dimension.column
    if column.options and isinstance(value, str) and (several := _LIST(value)):
        value = [each for each in several[1].split(",") if each]
    if value is None or value == "" or value == []:
        return Shown((ShownPiece("none", "faint"),), True)
    if dimension.granularity:
        return Shown((ShownPiece(_span(str(value), dimension.granularity)),), True)
    if column.target is not None:
        id_ = str(value)
        return Shown((ShownPiece(names.get(id_, id_[:8]), "relation", address(catalogue.by_singular[column.target], id_)),), True)
    if column.part == MICROS:
        return Shown(tuple(money(None, value, look)), True)
    if column.part:
        return Shown((ShownPiece(option_label(str(value)) if column.options else _text(column, value)),), True)
    held = [value] if dimension.unnested else value
    return of_field(owner.field_by_name[column.field], held, look)


def aggregated(aggregate: Aggregate | None, value: Any, code: str, look: Looking) -> Shown:
    """What came of it; `code` is the currency of all records of the group, "" where nobody knows that they have one."""
    if value is None:
        return Shown((), True)
    if aggregate is None or aggregate.kind is None:
        return _figure(value)
    column = aggregate.columns[0]
    if aggregate.kind in (Aggregation.SHARE_EMPTY, Aggregation.SHARE_FILLED):
        return Shown((ShownPiece(f"{_rounded(value, 100)} %", "number"),), True)
    if aggregate.kind in (Aggregation.LEAST, Aggregation.GREATEST) and column.kind in _DATES:
        return Shown(tuple((day if column.kind is Kind.DATE else moment)(None, value, look)), True)
    if column.part == MICROS and aggregate.kind in (Aggregation.LEAST, Aggregation.GREATEST, Aggregation.MEAN, Aggregation.SUM):
        whole = {"amountMicros": _rounded(value, 1, _HUNDREDTH if aggregate.kind is Aggregation.MEAN else "1"), "currencyCode": code}
        return Shown(tuple(money(None, whole, look)), True)
    return _figure(_rounded(value) if aggregate.kind is Aggregation.MEAN else value)


def _column_label(of: Object, column: Column) -> str:
    name = label(of, column.field)
    return f"{name}, {naming.in_a_sentence(naming.label(column.part))}" if column.part else name


def _text(column: Column, value: Any) -> str:
    return grouped(value) if column.kind in (Kind.NUMBER, Kind.NUMERIC) else str(value)


def _figure(value: Any) -> Shown:
    return Shown((ShownPiece(grouped(value), "number"),), True)


def _rounded(value: Any, times: int = 1, step: str = "0.01") -> Decimal | str:
    """A number with no more digits than somebody reads; as it came where it is none."""
    try:
        found = (Decimal(str(value)) * times).quantize(Decimal(step))
    except InvalidOperation:
        return str(value)
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def _span(value: str, by: Granularity) -> str:
    """The span of time that begins on a day, or the name of one: "2026-03-01" is March 2026, "MONDAY" Monday."""
    try:
        begins = date.fromisoformat(value)
    except ValueError:
        return option_label(value)
    match by:
        case Granularity.YEAR:
            return f"{begins.year}"
        case Granularity.QUARTER:
            return f"Quarter {(begins.month + 2) // 3} of {begins.year}"
        case Granularity.MONTH:
            return day_of(begins).partition(" ")[2]
        case Granularity.WEEK:
            return f"Week of {day_of(begins)}"
        case _:
            return day_of(begins)
