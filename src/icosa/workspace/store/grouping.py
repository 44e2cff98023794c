"""The text of the statement that groups records: one, which makes the JSON of the groups.

Records are grouped first, by raw values so that an index serves, sorted and cut; then the few groups that are left are put
into words.  Where records are to be shown, each is numbered within its group before.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from icosa.catalogue.columns import Column
from icosa.catalogue.kinds import LISTS, Kind
from icosa.catalogue.model import Object
from icosa.wire.language.aggregate import Aggregate, Aggregation
from icosa.wire.language.condition import mentions
from icosa.wire.language.group_by import SPANS, Dimension, Granularity
from icosa.wire.language.group_order import GroupKey
from icosa.wire.language.order import OrderKey
from icosa.workspace.store import select
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.doc import doc
from icosa.workspace.store.names import literal, quoted
from icosa.workspace.store.plan import GroupBy
from icosa.workspace.store.statement import Statement

SAMPLE: Final = 10
"""How many records of a group are shown."""

_WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEAR: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NAMES: Final = {
    Granularity.DAY_OF_THE_WEEK: _WEEK,
    Granularity.MONTH_OF_THE_YEAR: _YEAR,
    Granularity.QUARTER_OF_THE_YEAR: ("Q1", "Q2", "Q3", "Q4"),
}


def statement(dialect: Dialect, plan: GroupBy) -> Statement:
    """One row: the JSON of the groups, joined by commas, and how many there are."""
    bindings: list[Any] = []
    source, dimensions = _source(dialect, plan, bindings)
    groups = _grouped(dialect, plan, source, dimensions)
    picked = f"SELECT * FROM ({groups}) q ORDER BY {', '.join(_sorted(dialect, plan))} LIMIT {plan.limit}"
    text = f"SELECT {dialect.encoded(dialect.grouping().listed(_json_of_group(dialect, plan)))}, count(*) FROM ({picked}) g"
    return Statement(text, tuple(bindings))


def _source(dialect: Dialect, plan: GroupBy, bindings: list[Any]) -> tuple[str, list[str]]:
    """What follows FROM, whose rows have the alias `t`, and an expression for each dimension of them."""
    source, dimensions = f"{quoted(plan.of.table)} t", []
    for at, each in enumerate(plan.dimensions):
        row = "t"
        if each.hop is not None:
            row = f"j_{at}"
            key = f"t.{quoted(each.hop.key.name)}"
            source += f' LEFT JOIN {quoted(each.hop.to.table)} {row} ON {row}."id" = {key} AND {row}."deletedAt" IS NULL'
        value = f"{row}.{quoted(each.column.name)}"
        if each.unnested:
            joined, value = dialect.grouping().unnested(value, f"u_{at}")
            source += joined
        dimensions.append(_raw(dialect, each, value))
    conditions = [] if plan.condition is None else [select.where(dialect, plan.of, plan.condition, bindings)]
    if plan.condition is None or not mentions(plan.condition, "deletedAt"):
        conditions.append('t."deletedAt" IS NULL')
    source += f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return (source, dimensions) if plan.sample is None else _numbered(dialect, plan, plan.sample, source, dimensions)


def _numbered(dialect: Dialect, plan: GroupBy, sample: Sequence[OrderKey], source: str, dimensions: list[str]) -> tuple[str, list[str]]:
    """The same rows with their numbers within their groups, `n_`, and nothing that is not needed of them."""
    wanted = {dialect.PICKS_BY or "id", *(column.name for each in _asked(plan) for column in each.columns)}
    own = ", ".join(f"t.{quoted(name)}" for name in sorted(wanted))
    named = [f"g_{at}" for at in range(len(dimensions))]
    listed = ", ".join(f"{each} {name}" for each, name in zip(dimensions, named, strict=True))
    number = f"row_number() OVER (PARTITION BY {', '.join(dimensions)} ORDER BY {select.order_by(dialect, sample)}) n_"
    return f"(SELECT {own}, {listed}, {number} FROM {source}) t", [f"t.{name}" for name in named]


def _raw(dialect: Dialect, of: Dimension, value: str) -> str:
    """What records are grouped by."""
    if of.granularity is not None:
        day = dialect.grouping().local_day(value, of.zone) if of.column.kind is Kind.DATE_TIME else value
        return dialect.grouping().granular(day, of.granularity, of.week)
    return value if of.unnested else dialect.grouping().groupable(of.column, value)


def _grouped(dialect: Dialect, plan: GroupBy, source: str, dimensions: list[str]) -> str:
    """Every group: its dimensions `g_`, the number of its records, all that is asked of it, and some of its records."""
    found = [f"{each} g_{at}" for at, each in enumerate(dimensions)]
    found.append("count(*) c_")
    found += [f"{_computed(dialect, each)} a_{at}" for at, each in enumerate(_asked(plan))]
    if plan.sample is not None:
        found.append(f"{dialect.grouping().sampled('t.' + quoted(dialect.PICKS_BY or 'id'), f't.n_ <= {SAMPLE}', 't.n_')} s_")
    by = ", ".join(str(at + 1) for at in range(len(dimensions)))
    return f"SELECT {', '.join(found)} FROM {source} GROUP BY {by}"


def _asked(plan: GroupBy) -> tuple[Aggregate, ...]:
    """All that is computed: what is asked for, and what is sorted by alone."""
    keys = (key.by for key in plan.order if isinstance(key.by, Aggregate))
    return tuple({each.name: each for each in (*plan.aggregates, *keys)}.values())


def _computed(dialect: Dialect, of: Aggregate) -> str:
    """The expression of an aggregate over the rows of a group; of a share, of how many."""
    match of.kind:
        case None:
            return "count(*)"
        case Aggregation.COUNT_UNIQUE:
            return f"count(DISTINCT {_filled(dialect, of)})"
        case Aggregation.COUNT_FILLED | Aggregation.SHARE_FILLED:
            return f"count({_filled(dialect, of)})"
        case Aggregation.COUNT_EMPTY | Aggregation.SHARE_EMPTY:
            return f"count(*) - count({_filled(dialect, of)})"
        case Aggregation.COUNT_TRUE | Aggregation.COUNT_FALSE:
            holds = "NOT " if of.kind is Aggregation.COUNT_FALSE else ""
            return f"count(*) FILTER (WHERE {holds}t.{quoted(of.columns[0].name)})"
        case Aggregation.LEAST | Aggregation.GREATEST | Aggregation.MEAN | Aggregation.SUM:
            return dialect.grouping().computed(of.kind, of.columns[0], f"t.{quoted(of.columns[0].name)}")


def _filled(dialect: Dialect, of: Aggregate) -> str:
    """An expression that is NULL where nothing is stored that people see, else another for each other value."""
    each = [dialect.grouping().filled(column, f"t.{quoted(column.name)}") for column in of.columns]
    if len(each) == 1:
        return each[0]
    return f"CASE WHEN {' OR '.join(f'{value} IS NOT NULL' for value in each)} THEN {dialect.grouping().together(each)} END"


def _sorted(dialect: Dialect, plan: GroupBy) -> list[str]:
    """The keys of the order, then the dimensions that are none: groups that are cut off are the same each time."""
    asked, terms = _asked(plan), []
    rest = [each for each in plan.dimensions if all(key.by != each for key in plan.order)]
    for key in (*plan.order, *map(GroupKey, rest)):
        if isinstance(key.by, Dimension):
            term = _sorted_dimension(dialect, key.by, f"q.g_{plan.dimensions.index(key.by)}")
        else:
            term = _sorted_aggregate(dialect, key.by, f"q.a_{asked.index(key.by)}")
        terms.append(f"{term}{' DESC' if key.descending else ''} NULLS {'FIRST' if key.nulls_first else 'LAST'}")
    return terms


def _sorted_dimension(dialect: Dialect, of: Dimension, name: str) -> str:
    return name if of.granularity is not None or of.unnested else dialect.grouping().sortable(of.column, name)


def _sorted_aggregate(dialect: Dialect, of: Aggregate, name: str) -> str:
    if of.kind in _SHARES:
        return f"{name} * 1.0 / q.c_"
    return dialect.grouping().sortable(of.columns[0], name) if of.kind in _COMPUTED else name


def _json_of_group(dialect: Dialect, plan: GroupBy) -> str:
    """The JSON of a group."""
    asked = _asked(plan)
    pieces = [literal("{")]
    for each in plan.aggregates:
        pieces += [literal(f"{json.dumps(each.name)}:"), _json_of_aggregate(dialect, each, f"a_{asked.index(each)}"), literal(",")]
    pieces.append(literal('"groupByDimensionValues":['))
    for at, dimension in enumerate(plan.dimensions):
        pieces += [*([literal(",")] if at else []), _json_of_dimension(dialect, dimension, f"g_{at}")]
    pieces.append(literal("]"))
    if plan.sample is not None:
        pieces += [literal(',"records":['), dialect.grouping().shown_sample("g.s_", plan.of.table, _record(dialect, plan.of)), literal("]")]
    return "||".join([*pieces, literal("}")])


def _json_of_dimension(dialect: Dialect, of: Dimension, name: str) -> str:
    if of.granularity in _NAMES:
        named = " ".join(f"WHEN {number} THEN {literal(json.dumps(each))}" for number, each in enumerate(_NAMES[of.granularity], 1))
        return f"CASE {name} {named} ELSE 'null' END"
    if of.granularity in SPANS:
        return dialect.json_of(_named(of.column, name, Kind.DATE))
    if of.unnested:
        return dialect.json_of(_named(of.column, name, Kind.TEXT))
    if of.column.kind in LISTS:
        return dialect.grouping().json_of_list(of.column, name)
    return dialect.json_of(_named(of.column, name))


def _json_of_aggregate(dialect: Dialect, of: Aggregate, name: str) -> str:
    if of.kind in _SHARES:
        return f"""'"'||{dialect.grouping().quotient(name, "c_")}||'"'"""
    return dialect.json_of(_named(of.columns[0], name)) if of.kind in _COMPUTED else f"""'"'||{name}||'"'"""


def _named(column: Column, name: str, kind: Kind | None = None) -> Column:
    """A column of the same kind and another name, of which nothing stands where there is none; decimals of it are texts."""
    return column._replace(name=name, kind=kind or column.kind, nullable=True, absent=None, bare=False)


def _record(dialect: Dialect, of: Object) -> str:
    """A record's JSON without its opening brace, with moments as groups show them: 2025-01-01T00:00:00+00:00."""

    def json_of(column: Column) -> str:
        plain = dialect.json_of(column)
        if column.kind is not Kind.DATE_TIME:
            return plain
        moment = f"rtrim(rtrim(substr({plain},2,23),'0'),'.')"
        return f"""CASE WHEN {quoted(column.name)} IS NULL THEN 'null' ELSE '"'||{moment}||'+00:00"' END"""

    return doc(of, json_of)


_SHARES: Final = frozenset({Aggregation.SHARE_EMPTY, Aggregation.SHARE_FILLED})
_COMPUTED: Final = frozenset({Aggregation.LEAST, Aggregation.GREATEST, Aggregation.MEAN, Aggregation.SUM})
