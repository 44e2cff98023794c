"""How PostgreSQL groups records."""

from collections.abc import Sequence

from icosa.catalogue.columns import Column
from icosa.catalogue.kinds import LISTS, Kind
from icosa.wire.language.aggregate import Aggregation
from icosa.wire.language.group_by import Granularity
from icosa.workspace.store.grouping_dialect import Computation
from icosa.workspace.store.names import literal, quoted

_FUNCTIONS = {Aggregation.LEAST: "min", Aggregation.GREATEST: "max", Aggregation.MEAN: "avg", Aggregation.SUM: "sum"}


def local_day(moment: str, zone: str) -> str:
    return f"CAST({moment} AT TIME ZONE {literal(zone)} AS date)"


def granular(day: str, granularity: Granularity, week: int) -> str:
    match granularity:
        case Granularity.DAY:
            return day
        case Granularity.WEEK:
            return f"{day} - CAST(extract(isodow FROM {day}) + 7 - {week} AS integer) % 7"
        case Granularity.MONTH | Granularity.QUARTER | Granularity.YEAR:
            return f"CAST(date_trunc('{granularity.lower()}', CAST({day} AS timestamp)) AS date)"
        case Granularity.DAY_OF_THE_WEEK:
            return f"extract(isodow FROM {day})"
        case Granularity.MONTH_OF_THE_YEAR:
            return f"extract(month FROM {day})"
        case Granularity.QUARTER_OF_THE_YEAR:
            return f"extract(quarter FROM {day})"


def groupable(column: Column, sql: str) -> str:
    if column.kind is Kind.OPTIONS:
        return f"CAST({sql} AS text)"
    return f"icosa_list({sql})" if column.kind is Kind.TEXTS else sql


def sortable(column: Column, sql: str) -> str:
    return f'{sql} COLLATE "C"' if column.kind in LISTS else sql


def json_of_list(column: Column, sql: str) -> str:
    return f"coalesce({f'icosa_text({sql})' if column.kind is Kind.OPTIONS else sql},'null')"


def unnested(sql: str, alias: str) -> tuple[str, str]:
    return f" LEFT JOIN LATERAL unnest({sql}) {alias}(item) ON TRUE", f'{alias}.item COLLATE "C"'


def filled(column: Column, sql: str) -> str:
    match column.kind:
        case Kind.TEXT:
            return f"nullif({sql}, '')"
        case Kind.OPTIONS | Kind.TEXTS:
            return f"nullif({sql}, '{{}}')"
        case Kind.JSON:
            return f"CAST({sql} AS text)"
        case _:
            return sql


def together(expressions: Sequence[str]) -> str:
    return f"CAST(ROW({', '.join(expressions)}) AS text)"


def computed(kind: Computation, column: Column, sql: str) -> str:
    return f"{_FUNCTIONS[kind]}({sql})"


def quotient(dividend: str, divisor: str) -> str:
    return f"CAST(CAST({dividend} AS numeric) / CAST({divisor} AS numeric) AS text)"


def listed(expression: str) -> str:
    return f"string_agg({expression}, ',')"


def sampled(key: str, condition: str, order: str) -> str:
    return f"array_agg({key} ORDER BY {order}) FILTER (WHERE {condition})"


def shown_sample(keys: str, table: str, record: str) -> str:
    one = f"SELECT '{{'||{record} FROM {quoted(table)} WHERE \"id\" = s.key"
    return f"coalesce((SELECT string_agg(({one}), ',' ORDER BY s.place) FROM unnest({keys}) WITH ORDINALITY s(key, place)), '')"
