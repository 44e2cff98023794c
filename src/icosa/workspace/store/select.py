"""The text of read statements.  A record is never composed while reading: its row holds its JSON, and
related records are the JSON of their rows, each relation a subquery of its own."""

import json
from collections.abc import Sequence
from typing import Any

from icosa.catalogue.columns import Column
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.wire.language.condition import PRESENT, All, Condition, Either, Negation, Test, Through
from icosa.wire.language.cursor import UNKNOWN
from icosa.wire.language.filter_tree import Comparator
from icosa.wire.language.order import OrderKey
from icosa.wire.language.place import Hop
from icosa.wire.version import Version
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.doc import doc
from icosa.workspace.store.names import literal, quoted

_IN_A_ROW = 16


LIST, NUMBER = "icosa_list", "icosa_number"
"""Names of lists of rows, and of the number of a row in them, which no object and no field has."""


class Lists:
    """What rows an index names for the tests of a condition, for who puts these lists in front of it and counts them first: a
    name for each, its statement, and what to bind.  Not `used`: the condition goes by none, and by no other index over such
    texts either, because it is known that too many rows match.  `broad`: each test is known to hold for many rows."""

    __slots__ = ("broad", "found", "used")

    def __init__(self, *, used: bool = True, broad: bool = False) -> None:
        self.used = used
        self.broad = broad
        self.found: list[tuple[str, str, Any]] = []

    def add(self, text: str, value: Any) -> str:
        """A name for the rows of a statement."""
        self.found.append((f"{LIST}{len(self.found)}", text, value))
        return self.found[-1][0]


def record(dialect: Dialect, catalogue: Catalogue, version: Version, of: Object, depth: int, alias: str = "t") -> str:
    """An expression for a record's JSON without its opening brace: its relations, then its own doc.  Of a collection there
    are as many records as the version says; the rest is reached by a filter on the foreign key."""
    if not depth:
        return dialect.doc(of, alias)
    level, pieces = len(alias) - 1, []
    inner = alias + "t"
    for relation in of.belongs_to:
        target = catalogue.by_singular[relation.target]
        found = (
            f"SELECT '{{'||{record(dialect, catalogue, version, target, depth - 1, inner)} FROM {dialect.source(target, inner)} "
            f'WHERE {inner}."id"={alias}.{quoted(relation.foreign_key)} AND {dialect.deleted_at(inner)} IS NULL'
        )
        pieces.append(f"{literal(_key(relation.name))}||coalesce(({found}),'null')||','")
    for many in catalogue.has_many(of):
        source = catalogue.by_singular[many.source]
        rows = (
            f"SELECT {record(dialect, catalogue, version, source, depth - 1, inner)} r FROM {dialect.source(source, inner)} "
            f'WHERE {inner}.{quoted(many.foreign_key)}={alias}."id" AND {inner}."deletedAt" IS NULL '
            f'ORDER BY {inner}."id" LIMIT {version.collections[level]}'
        )
        joined = f"coalesce((SELECT '{{'||{dialect.collection('r')} FROM ({rows}) {inner}s),'')"
        pieces.append(f"{literal(_key(many.name) + '[')}||{dialect.unless_empty(source, joined)}||'],'")
    own = _doc_of_the_living(dialect, catalogue, of, alias) if version.hides_deleted else dialect.doc(of, alias)
    return "||".join([*pieces, own])


def _doc_of_the_living(dialect: Dialect, catalogue: Catalogue, of: Object, alias: str) -> str:
    """A row's doc with null for every foreign key of a deleted record.  It is made anew where there is such a key, which is
    seldom: what stands in a doc cannot be told from what a value of it holds."""

    def gone(relation: BelongsTo, row: str) -> str:
        target = quoted(catalogue.by_singular[relation.target].table)
        return f'EXISTS (SELECT 1 FROM {target} g WHERE g."id"={row}.{quoted(relation.foreign_key)} AND g."deletedAt" IS NOT NULL)'

    def json_of(column: Column) -> str:
        relation = of.relation_by_key.get(column.name)
        own = dialect.json_of(column)
        return own if relation is None else f"CASE WHEN {gone(relation, 'd')} THEN 'null' ELSE {own} END"

    if not of.belongs_to:
        return dialect.doc(of, alias)
    anew = f'SELECT {doc(of, json_of)} FROM {quoted(of.table)} d WHERE d."id"={alias}."id"'
    return f"CASE WHEN {' OR '.join(gone(each, alias) for each in of.belongs_to)} THEN ({anew}) ELSE {dialect.doc(of, alias)} END"


def _key(name: str) -> str:
    return f"{json.dumps(name)}:"


def where(
    dialect: Dialect,
    of: Object,
    condition: Condition,
    bindings: list[Any],
    *,
    narrow: bool = True,
    alias: str = "t",
    lists: Lists | None = None,
) -> str:
    """A condition on the rows of `alias` as SQL; what is to be bound is appended to `bindings` in the order of the `?`.

    `narrow` lets an index help, over the rows of `t`.  Below a negation it may not: what is known not to be in the index
    would count as known not to match, and where there is no value nothing is known.  What an index names stands in `lists`
    where there are any, else in the condition itself.
    """
    match condition:
        case All(children):
            return _joined(" AND ", [where(dialect, of, each, bindings, narrow=narrow, lists=lists) for each in children])
        case Either(children):
            return _joined(" OR ", [where(dialect, of, each, bindings, narrow=narrow, lists=lists) for each in children])
        case Negation(child):
            return f"(NOT {where(dialect, of, child, bindings, narrow=False)})"
        case Through(hop, test, deleted):
            return _related(dialect, hop, test, bindings, narrow=narrow, deleted=deleted)
        case Test(column, comparator, value):
            name = f"{alias}.{quoted(column.name)}"
            narrowed = dialect.narrowed(of, column, comparator, value) if narrow else None
            scanned = narrowed and lists is not None and not lists.used
            sql, bound = dialect.test(column, comparator, value, f"+{name}" if scanned else name)  # no index has a column with a sign
            bindings += bound
            if lists is not None and lists.broad:
                return dialect.likely(sql)
            if scanned:
                return sql
            if narrowed and lists is not None:
                return f"({sql} AND t.{dialect.ROW} IN (SELECT {NUMBER} FROM {lists.add(*narrowed)}))"
            if narrowed:
                bindings.append(narrowed[1])
                return f"({sql} AND t.{dialect.ROW} IN ({narrowed[0]}))"
            # Indexes over texts leave the empty out, and are used by who says that it does not look for it.
            return f"({sql} AND {name} != '')" if column.kind is Kind.TEXT and _filled(comparator, value) else sql


def _related(dialect: Dialect, hop: Hop, test: Test, bindings: list[Any], *, narrow: bool, deleted: bool) -> str:
    """A test of the record that a foreign key of `t` names.

    Where it counts only whether the test holds, the rows that pass it are looked up first, by whatever index there is.
    Else the one row is asked; where there is none nothing is known but that it has no value.
    """
    table, key = quoted(hop.to.table), f"t.{quoted(hop.key.name)}"
    if narrow and test.comparator is not Comparator.IS:
        passes = where(dialect, hop.to, test, bindings)
        return f'{key} IN (SELECT t."id" FROM {table} t WHERE {passes}{_seen("t", deleted)})'
    asked = related(hop, where(dialect, hop.to, test, bindings, narrow=False, alias="r"), deleted=deleted)
    return f"coalesce({asked}, {'FALSE' if test.value is PRESENT else 'TRUE'})" if test.comparator is Comparator.IS else asked


def related(hop: Hop, expression: str, *, deleted: bool = False) -> str:
    """An expression over the row `r` that a foreign key of `t` names; NULL where there is none."""
    source = f'FROM {quoted(hop.to.table)} r WHERE r."id" = t.{quoted(hop.key.name)}{_seen("r", deleted)}'
    return f"(SELECT {expression} {source})"


def _seen(alias: str, deleted: bool) -> str:
    return "" if deleted else f' AND {alias}."deletedAt" IS NULL'


def _joined(word: str, texts: list[str]) -> str:
    """Conditions as one.  Many are joined in halves: a row of a thousand is a thousand deep to SQLite, and too deep."""
    if len(texts) <= _IN_A_ROW:
        return f"({word.join(texts)})"
    half = len(texts) // 2
    return f"({_joined(word, texts[:half])}{word}{_joined(word, texts[half:])})"


def _filled(comparator: Comparator, value: Any) -> bool:
    """Whether what is looked for is text and never the empty one."""
    return (comparator is Comparator.EQ and bool(value)) or (comparator is Comparator.IN and all(value))


def after(dialect: Dialect, order: Sequence[OrderKey], values: Sequence[Any], bindings: list[Any]) -> str:
    """The condition that a row comes after the row that has these values in this order."""
    if UNKNOWN in values:
        return "1 = 0"
    branches, bounds = [], []
    first = order[0]
    if len(order) > 1 and values[0] is not None and (first.nulls_first or not first.nullable):
        # Says the same as the branches together, in the one form that finds the place in an index.
        bindings.append(dialect.value(first.column, values[0]))
        expression = _expression(dialect, first)
        bounds.append(f"{expression} {'<=' if first.descending else '>='} {dialect.comparable(first.column, '?')} AND ")
    for at, key in enumerate(order):
        value = values[at]
        if value is None and not key.nulls_first:
            continue  # nothing comes after null where nulls are last
        terms = [_equal(dialect, each, values[before], bindings) for before, each in enumerate(order[:at])]
        name = _expression(dialect, key)
        if value is None:
            terms.append(f"{name} IS NOT NULL")
        else:
            bindings.append(dialect.value(key.column, value))
            beyond = f"{name} {'<' if key.descending else '>'} {dialect.comparable(key.column, '?')}"
            terms.append(f"({beyond} OR {name} IS NULL)" if key.nullable and not key.nulls_first else beyond)
        branches.append(" AND ".join(terms))
    return "".join(bounds) + "(" + " OR ".join(branches) + ")"


def _equal(dialect: Dialect, key: OrderKey, value: Any, bindings: list[Any]) -> str:
    name = _expression(dialect, key)
    if value is None:
        return f"{name} IS NULL"
    bindings.append(dialect.value(key.column, value))
    return f"{name} = {dialect.comparable(key.column, '?')}"


def _expression(dialect: Dialect, key: OrderKey) -> str:
    if key.hop is None:
        return dialect.comparable(key.column, f"t.{quoted(key.column.name)}")
    return related(key.hop, dialect.comparable(key.column, f"r.{quoted(key.column.name)}"))


def beside(dialect: Dialect, keys: Sequence[OrderKey]) -> str:
    """An expression for values of related records and for foreign keys, as a JSON list on one line."""
    found = (
        related(key.hop, dialect.json_of(key.column)) if key.hop is not None else f"'\"'||CAST(t.{quoted(key.column.name)} AS text)||'\"'"
        for key in keys
    )
    listed = "||','||".join(f"coalesce({each},'null')" for each in found)
    return f"'['||{listed}||']'"


def order_by(dialect: Dialect, order: Sequence[OrderKey]) -> str:
    terms = []
    for key in order:
        term = _expression(dialect, key) + (" DESC" if key.descending else "")
        if key.nullable:
            term += " NULLS FIRST" if key.nulls_first else " NULLS LAST"
        terms.append(term)
    return ", ".join(terms)


def reversed_order(order: Sequence[OrderKey]) -> tuple[OrderKey, ...]:
    return tuple(OrderKey(key.column, not key.descending, not key.nulls_first, key.hop) for key in order)
