"""Records row by row, for who takes many of them out: their own values, or each as a line of JSON by the names of columns."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from icosa.catalogue.columns import Column, column_by_path
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Object
from icosa.wire.language.condition import Condition, mentions
from icosa.wire.language.place import Located
from icosa.workspace.store import select
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.doc import joined
from icosa.workspace.store.names import literal, quoted
from icosa.workspace.store.plan import FindMany, Keyset
from icosa.workspace.store.statement import Row, Statement, Statements

_AS_IT_STANDS = frozenset({Kind.UUID, Kind.TEXT, Kind.OPTION, Kind.DATE_TIME, Kind.DATE})
"""Kinds whose values every database gives as answers have them."""


class RowPage(NamedTuple):
    """Values by column, each a list of as many as there are rows, and the place of the last row, None where there is none."""

    columns: list[Sequence[Any]]
    last: Keyset | None


class LinePage(NamedTuple):
    """The JSON of rows, what stands in their JSON columns, by column, and the place of the last row, None where there is none."""

    lines: Sequence[str]
    texts: list[Sequence[str | None]]
    last: Keyset | None


def values_of(dialect: Dialect, plan: FindMany, places: Sequence[Located]) -> Statements[RowPage]:
    """The values that answers would have at these places; of a related record that is not there, or was deleted, none.  What is
    sealed stays so."""
    rows = yield _page(dialect, plan, [_value(place) for place in places])
    found: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(places)
    answered = [_answered(dialect, place, stored) for place, stored in zip(places, found, strict=False)]
    return RowPage(answered, _last(dialect, plan, rows))


def all_values_of(dialect: Dialect, of: Object, condition: Condition, places: Sequence[Located]) -> Statements[list[Sequence[Any]]]:
    """The values that answers would have at these places of an object's own, of all live records that a condition holds for, in no
    order.  What is sealed stays so."""
    values: list[Any] = []
    which = " AND ".join(_conditions(dialect, of, condition, values))
    listed = ", ".join(map(_value, places))
    rows = yield Statement(f"SELECT {listed} FROM {quoted(of.table)} t WHERE {which}", tuple(values))
    found: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(places)
    return [_answered(dialect, place, stored) for place, stored in zip(places, found, strict=True)]


def lines_of(dialect: Dialect, plan: FindMany, paths: Sequence[str], mask: str) -> Statements[LinePage]:
    """Each row as one JSON object of these paths, which the database puts together; what is secret is masked."""
    wanted = [column_by_path(plan.of)[path] for path in paths]
    pieces: list[str] = []
    for at, column in enumerate(wanted):
        pieces += [literal(f"{',' if at else '{'}{json.dumps(column.path)}:"), _json_of(dialect, column, mask)]
    beside = [f"t.{quoted(column.name)}" for column in wanted if column.kind is Kind.JSON]
    rows = yield _page(dialect, plan, [joined([*pieces, "'}'"]), *beside])
    lines, *texts = list(zip(*rows, strict=True))[: 1 + len(beside)] if rows else [(), *([()] * len(beside))]
    return LinePage(lines, list(texts), _last(dialect, plan, rows))


def _json_of(dialect: Dialect, column: Column, mask: str) -> str:
    plain = dialect.json_of(column)
    if not column.secret:
        return plain
    return f"CASE WHEN coalesce({quoted(column.name)},'') <> '' THEN {literal(json.dumps(mask, ensure_ascii=False))} ELSE {plain} END"


def _page(dialect: Dialect, plan: FindMany, expressions: Sequence[str]) -> Statement:
    """The rows after the plan's cursor, with the values of their keys behind what was asked for."""
    of = plan.of
    values: list[Any] = []
    conditions = _conditions(dialect, of, plan.condition, values)
    if plan.cursor is not None:
        conditions.append(select.after(dialect, plan.order, plan.cursor, values))
    listed = ", ".join([*expressions, *(f"t.{quoted(key.column.name)}" for key in plan.order)])
    condition, by = " AND ".join(conditions), select.order_by(dialect, plan.order)
    if len(plan.order) == 1 or not dialect.PICKS_BY:
        return Statement(f"SELECT {listed} FROM {quoted(of.table)} t WHERE {condition} ORDER BY {by} LIMIT {plan.limit}", tuple(values))
    picked = f"SELECT t.{dialect.PICKS_BY} r FROM {quoted(of.table)} t WHERE {condition} ORDER BY {by} LIMIT {plan.limit}"
    return Statement(f"SELECT {listed} FROM ({picked}) p CROSS JOIN {quoted(of.table)} t ON t.{dialect.PICKS_BY} = p.r", tuple(values))


def _conditions(dialect: Dialect, of: Object, condition: Condition | None, values: list[Any]) -> list[str]:
    """What holds for the rows; what is to be bound is appended to `values`."""
    conditions = [] if condition is None else [select.where(dialect, of, condition, values)]
    if condition is None or not mentions(condition, "deletedAt"):
        conditions.append('t."deletedAt" IS NULL')
    return conditions


def _last(dialect: Dialect, plan: FindMany, rows: Sequence[Row]) -> Keyset | None:
    if not rows:
        return None
    held = rows[-1][-len(plan.order) :]
    return tuple(dialect.canonical(key.column, value) for key, value in zip(plan.order, held, strict=True))


def _value(place: Located) -> str:
    return f"t.{quoted(place.column.name)}" if place.hop is None else select.related(place.hop, f"r.{quoted(place.column.name)}")


def _answered(dialect: Dialect, place: Located, stored: Sequence[Any]) -> Sequence[Any]:
    """Stored values as an answer has them."""
    column = place.column
    if column.kind in _AS_IT_STANDS or (column.kind is Kind.NUMERIC and not column.bare):
        found = stored
    elif column.kind is Kind.NUMERIC:
        found = [None if each is None else orjson.loads(each) for each in stored]
    else:
        found = [None if each is None else dialect.canonical(column, each) for each in stored]
    if column.absent is None or place.hop is not None:
        return found
    return [column.absent if each is None else each for each in found]
