"""How PostgreSQL stores, compares and joins values: by their own types.

Values go over the connection in wire form (connect.py).  JSON is kept as `json`, which keeps a document's
text as it was sent, where `jsonb` would sort its keys.  Text compares by code point: COLLATE "C".
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import orjson

from icosa.catalogue.columns import Column
from icosa.catalogue.kinds import LISTS, Kind
from icosa.catalogue.model import Object
from icosa.errors import InvalidInput
from icosa.wire.language.filter_tree import Comparator
from icosa.wire.language.pattern import LONGEST_PIECE
from icosa.workspace.store.answer_length import LONGEST_ANSWER
from icosa.workspace.store.comparing import OPERATORS, closed, literal, presence, rank
from icosa.workspace.store.doc import RECORD_BREAK
from icosa.workspace.store.matching import fold
from icosa.workspace.store.names import EVENT, NO_CURSOR, doc_column, quoted
from icosa.workspace.store.names import literal as sql_literal
from icosa.workspace.store.statement import Row

if TYPE_CHECKING:
    from icosa.workspace.store.grouping_dialect import GroupingDialect

TYPES: dict[Kind, str] = {
    Kind.TEXT: 'text COLLATE "C"',
    Kind.UUID: "uuid",
    Kind.NUMBER: "double precision",
    Kind.NUMERIC: "numeric",
    Kind.BOOLEAN: "boolean",
    Kind.DATE_TIME: "timestamptz(3)",
    Kind.DATE: "date",
    Kind.OPTION: 'text COLLATE "C"',
    Kind.OPTIONS: 'text[] COLLATE "C"',
    Kind.TEXTS: 'text[] COLLATE "C"',
    Kind.JSON: "json",
}

ROW = "ctid"
READS_BACK = False
WEIGHS_INDEXES = True  # by the statistics that ANALYZE makes
PICKS_BY = ""  # expressions over tables are evaluated after sorting and only for the rows within LIMIT

FOR_CHANGE = " FOR NO KEY UPDATE"
FOR_LINK = " FOR KEY SHARE"
FOR_END = " FOR UPDATE"
LINKED = ""

_JSON_TEXT = LISTS | {Kind.JSON}
_NOTHING_SEEN = "1:1:"
_CURSOR = re.compile(r"{0}(?: {0} [0-9]{{1,18}})?".format("[0-9]{1,18}:[0-9]{1,18}:[0-9,]*"))

EVENTS = "icosa_outbox"

EVENTS_OF = (
    "SELECT DISTINCT sequence FROM unnest(?::text[]) AS wanted(id) JOIN icosa_outbox ON ids @> to_jsonb(wanted.id) ORDER BY sequence"
)
EVENTS_AMONG = (
    "SELECT DISTINCT sequence FROM icosa_outbox CROSS JOIN LATERAL jsonb_array_elements_text(ids) AS mentioned(id) "
    "JOIN unnest(?::text[]) AS wanted(id) ON wanted.id = mentioned.id WHERE sequence BETWEEN ? AND ? ORDER BY sequence"
)


def events_after(cursor: str, limit: int) -> tuple[str, tuple[Any, ...]]:
    """Numbers are given before transactions end, so a reader cannot go by them alone: one that is given late may be seen
    early.  It goes by snapshots: what can be seen now and could not be seen in the last one, in the order of numbers.
    Who changes a record waits for whoever changed it before to end, so that a record's events are seen in their order.

    A cursor is the last snapshot; where not all was read that could be seen since, also the next one and the number of
    the last event read.
    """
    seen, until, number = _snapshots(cursor)
    later = "xid >= pg_snapshot_xmin(?::text::pg_snapshot) AND NOT pg_visible_in_snapshot(xid, ?::text::pg_snapshot)"
    if until:
        later += " AND pg_visible_in_snapshot(xid, ?::text::pg_snapshot) AND sequence > ?::bigint"
    values = (seen, seen, *((until, number) if until else ()), limit)
    return f"SELECT {EVENT}, pg_current_snapshot()::text FROM icosa_outbox WHERE {later} ORDER BY sequence LIMIT ?", values


def events_cursor(cursor: str, limit: int, rows: Sequence[Row]) -> str:
    seen, until, _ = _snapshots(cursor)
    if len(rows) < limit:
        return until or (str(rows[-1][-1]) if rows else cursor)
    return " ".join((seen, until or str(rows[-1][-1]), str(rows[-1][0])))


def _snapshots(cursor: str) -> tuple[str, str, int]:
    """What was seen wholly, what is being read, and up to which number."""
    if cursor and not _CURSOR.fullmatch(cursor):
        raise InvalidInput(NO_CURSOR.format(store="PostgreSQL database"))
    seen, *reading = cursor.split(" ") if cursor else [_NOTHING_SEEN]
    return (seen, reading[0], int(reading[1])) if reading else (seen, "", 0)


def created_event(
    of: Object, records: int, *, lines: bool
) -> str:  # what is long is compressed where it lies, and nobody writes it twice here
    return ""


def deleted_event(of: Object) -> str:
    return ""


def grouping() -> "GroupingDialect":
    from icosa.workspace.store.postgres import grouping as found  # here: most reads group nothing

    return found


def value(column: Column, canonical: Any) -> Any:
    if canonical is None:
        return None
    if column.kind is Kind.JSON:
        return orjson.dumps(canonical).decode()
    return list(canonical) if column.kind in LISTS else canonical


def number(sql: str) -> str:
    return sql


def canonical(column: Column, stored: Any) -> Any:
    if stored is None:
        return None
    if column.kind is Kind.JSON:
        return orjson.loads(stored)
    if column.kind is Kind.NUMBER:
        return int(stored) if stored.is_integer() and abs(stored) < 2**53 else stored
    return stored


def comparable(column: Column, sql: str) -> str:
    if column.kind in LISTS:
        return as_text(column, f"CAST({sql} AS text[])")
    if column.kind is Kind.JSON:
        return as_text(column, sql)
    return rank(column, sql) if column.ranked else sql


def test(column: Column, comparator: Comparator, value_: Any, sql: str) -> tuple[str, tuple[Any, ...]]:
    match comparator:
        case Comparator.IS:
            return presence(sql, value_), ()
        case Comparator.IN:
            return f"{sql} = ANY(?)", ([value(column, each) for each in value_],)
        case Comparator.CONTAINS_ANY:
            return f"{sql} && ?", (list(value_),)
        case Comparator.STARTS_WITH:
            return f"{as_text(column, sql)} ^@ ?", (value_,)
        case Comparator.ENDS_WITH if len(value_) <= LONGEST_PIECE:  # the form that the three-letter index knows
            return f"{as_text(column, sql)} LIKE ?", ("%" + literal(value_),)
        case Comparator.ENDS_WITH:
            return f"right({as_text(column, sql)}, ?) = ?", (len(value_), value_)
        case Comparator.LIKE if column.kind in _JSON_TEXT:
            return f"CAST(to_jsonb({sql}) AS text) LIKE ?", (closed(value_),)
        case Comparator.LIKE:
            return f"{as_text(column, sql)} LIKE ?", (closed(value_),)
        case Comparator.ILIKE:
            # ILIKE folds as the collation does, and "C" folds ASCII alone: what the three-letter index knows.
            if value_.isascii():
                return f"{as_text(column, sql)} ILIKE ?", (closed(value_),)
            return f"{folded(as_text(column, sql))} LIKE ?", (closed(fold(value_)),)
        case Comparator.EQ | Comparator.NEQ | Comparator.GT | Comparator.GTE | Comparator.LT | Comparator.LTE:
            if column.ranked and comparator not in (Comparator.EQ, Comparator.NEQ):
                return f"{comparable(column, sql)} {OPERATORS[comparator]} {comparable(column, '?')}", (value_,)
            return f"{sql} {OPERATORS[comparator]} ?", (value(column, value_),)


def folded(sql: str) -> str:
    """A text as `matching.fold` has it; icosa_lower alone looks at what stands beside a letter."""
    return f"translate(icosa_lower(translate({sql}, '\u0130\u212a', '\ufdd0\ufdd1')), 'ς', 'σ')"


def narrowed(of: Object, column: Column, comparator: Comparator, value_: Any) -> tuple[str, Any] | None:
    """Nothing: a test uses the three-letter index by itself."""
    return None


def few(of: Object) -> str:
    return "0"


def likely(condition: str) -> str:
    return condition


def most_held(of: Object, *, walked: bool) -> str:
    return "10000"  # the most that are held; a tenth of what it costs to read them


def as_text(column: Column, sql: str) -> str:
    """A column's value as text, in wire form."""
    match column.kind:
        case Kind.TEXT | Kind.OPTION:
            return sql
        case Kind.DATE_TIME:
            text = f"icosa_moment({sql})"
        case Kind.DATE:
            text = f"icosa_day({sql})"
        case Kind.NUMBER:
            text = f"icosa_number({sql})"
        case Kind.OPTIONS | Kind.TEXTS:
            text = f"icosa_list({sql})"
        case _:
            text = f"CAST({sql} AS text)"
    return f'{text} COLLATE "C"'


# An aggregate meets the rows of a sorted subquery in their order where nothing else stands beside the
# subquery, as PostgreSQL's manual has it; `select.record` and `Reads.prepare` put nothing there.


def lines(expression: str) -> str:
    return f"string_agg({expression}, '\n')"


def page(expression: str) -> str:
    return f"string_agg({expression}, '{RECORD_BREAK}')"


def encoded(expression: str) -> str:
    # An aggregate that stands there twice is made once.
    return f"CASE WHEN octet_length({expression}) <= {LONGEST_ANSWER} THEN convert_to({expression}, 'UTF8') END"


def source(of: Object, alias: str) -> str:
    return f"{quoted(of.table)} {alias}"


def doc(of: Object, alias: str) -> str:
    return f"{alias}.{doc_column(of)}"


def deleted_at(alias: str) -> str:
    return f'{alias}."deletedAt"'


def one(expression: str, of: Object, condition: str, *, whole: bool) -> str:
    found = f'SELECT {expression} d FROM {quoted(of.table)} t WHERE t."id" = ?{condition}'
    return f"SELECT {encoded('o.d')} FROM ({found} OFFSET 0) o"  # OFFSET keeps it from being made twice


def collection(expression: str) -> str:
    return f"string_agg({expression}, ',{{')"


def unless_empty(of: Object, expression: str) -> str:
    return expression  # to ask would be to read a table of deleted rows that was not cleaned up yet


def among(sql: str) -> str:
    return f"{sql} = ANY(?)"


def ids(ids_: list[str]) -> list[str]:
    return ids_


def json_of(column: Column) -> str:
    """An expression for a column's JSON, never NULL."""
    name = quoted(column.name)
    match column.kind:
        case Kind.BOOLEAN:
            return f"CASE WHEN {name} THEN 'true' WHEN NOT {name} THEN 'false' ELSE 'null' END"
        case Kind.NUMERIC if column.bare:
            plain = f"CAST({name} AS text)"
        case Kind.UUID | Kind.NUMERIC:
            plain = f"'\"'||CAST({name} AS text)||'\"'"
        case Kind.DATE_TIME:
            plain = f"'\"'||icosa_moment({name})||'\"'"
        case Kind.DATE:
            plain = f"'\"'||icosa_day({name})||'\"'"
        case Kind.NUMBER:
            plain = f"icosa_number({name})"
        case Kind.OPTIONS | Kind.TEXTS:
            plain = f"icosa_list({name})"
        case Kind.JSON:
            plain = f"CAST({name} AS text)"
        case Kind.TEXT | Kind.OPTION:
            plain = f"icosa_text({name})"
    return f"coalesce({plain},{sql_literal(orjson.dumps(column.absent).decode())})" if column.nullable else plain
