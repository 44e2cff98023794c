"""How SQLite groups records.  What it lacks for that is in group_functions.py."""

from collections.abc import Sequence

from icosa.catalogue.columns import Column
from icosa.catalogue.kinds import LISTS, Kind
from icosa.wire.language.aggregate import Aggregation
from icosa.wire.language.group_by import Granularity
from icosa.workspace.store.grouping_dialect import Computation
from icosa.workspace.store.names import literal, quoted

_BILLION = 1_000_000_000
_QUARTERS = "010101040404070707101010"
"""The first month of the quarter of each month."""


def local_day(moment: str, zone: str) -> str:
    return f"substr({moment},1,10)" if zone == "UTC" else f"icosa_local_day({moment},{literal(zone)})"


def granular(day: str, granularity: Granularity, week: int) -> str:
    month = f"CAST(substr({day},6,2) AS INTEGER)"
    match granularity:
        case Granularity.DAY:
            return day
        case Granularity.WEEK:
            return f"date({day},'-6 days','weekday {week % 7}')"
        case Granularity.MONTH:
            return f"substr({day},1,8)||'01'"
        case Granularity.QUARTER:
            return f"substr({day},1,5)||substr('{_QUARTERS}',{month}*2-1,2)||'-01'"
        case Granularity.YEAR:
            return f"substr({day},1,5)||'01-01'"
        case Granularity.DAY_OF_THE_WEEK:
            return f"CAST(strftime('%u',{day}) AS INTEGER)"
        case Granularity.MONTH_OF_THE_YEAR:
            return month
        case Granularity.QUARTER_OF_THE_YEAR:
            return f"({month}+2)/3"


def groupable(column: Column, sql: str) -> str:
    return sql


def sortable(column: Column, sql: str) -> str:
    if column.kind is Kind.OPTIONS:
        return f"icosa_braces({sql})"
    return f"CAST({sql} AS NUMERIC)" if column.kind is Kind.NUMERIC else sql


def json_of_list(column: Column, sql: str) -> str:
    return f"json_quote(icosa_braces({sql}))" if column.kind is Kind.OPTIONS else f"coalesce({sql},'null')"


def unnested(sql: str, alias: str) -> tuple[str, str]:
    return f" LEFT JOIN json_each({sql}) {alias}", f"{alias}.value"


def filled(column: Column, sql: str) -> str:
    if column.kind in LISTS:
        return f"nullif({sql}, '[]')"
    return f"nullif({sql}, '')" if column.kind is Kind.TEXT else sql


def together(expressions: Sequence[str]) -> str:
    return f"json_array({', '.join(expressions)})"


def computed(kind: Computation, column: Column, sql: str) -> str:
    if column.kind is Kind.NUMERIC:
        return _exact(kind, sql)
    match kind:
        case Aggregation.LEAST:
            return f"min({sql})"
        case Aggregation.GREATEST:
            return f"max({sql})"
        case Aggregation.SUM:  # sum() fails where whole numbers add up to more than 64 bits
            return _whole(f"CASE WHEN count({sql}) THEN total({sql}) END")
        case Aggregation.MEAN:
            return _whole(f"avg({sql})")


def _exact(kind: Computation, sql: str) -> str:
    """Decimals are texts.  SQLite computes with those that are whole, in two parts that no sum of is too long; what is left to
    Python are those with a fraction, and to put the three together."""
    whole, broken = (f"FILTER (WHERE instr({sql},'.'){each})" for each in ("=0", ">0"))
    number = f"CAST({sql} AS INTEGER)"
    parts = f"sum({number}/{_BILLION}) {whole},sum({number}%{_BILLION}) {whole},icosa_sum({sql}) {broken}"
    match kind:
        case Aggregation.SUM:
            return f"icosa_total({parts})"
        case Aggregation.MEAN:
            return f"icosa_mean({parts},count({sql}))"
        case Aggregation.LEAST:
            return f"icosa_lesser(min({number}) {whole},icosa_least({sql}) {broken})"
        case Aggregation.GREATEST:
            return f"icosa_greater(max({number}) {whole},icosa_greatest({sql}) {broken})"


def _whole(sql: str) -> str:
    """A real number as the integer that it is, where it is one that JSON shows so, and none that is beyond all numbers."""
    whole = f"abs({sql}) < 9007199254740992 AND {sql} = CAST({sql} AS INTEGER)"
    return f"CASE WHEN {whole} THEN CAST({sql} AS INTEGER) ELSE icosa_finite({sql}) END"


def quotient(dividend: str, divisor: str) -> str:
    return f"icosa_quotient({dividend},{divisor})"


def listed(expression: str) -> str:
    return f"group_concat({expression}, ',')"


def sampled(key: str, condition: str, order: str) -> str:
    return f"json_group_array({key} ORDER BY {order}) FILTER (WHERE {condition})"


def shown_sample(keys: str, table: str, record: str) -> str:
    one = f"SELECT '{{'||{record} FROM {quoted(table)} WHERE icosa_row = s.value"
    return f"coalesce((SELECT group_concat(({one}), ',' ORDER BY s.key) FROM json_each({keys}) s), '')"
