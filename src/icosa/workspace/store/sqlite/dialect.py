"""How SQLite stores, compares and joins values.

DATE_TIME, DATE and UUID are texts whose byte order is their order; NUMERIC is a decimal text, compared
as a number; lists and JSON are JSON texts.  Text compares by code point.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import orjson

from icosa.catalogue.columns import Column
from icosa.catalogue.kinds import AS_THEY_ARE, LISTS, Kind
from icosa.catalogue.model import Object
from icosa.errors import InvalidInput
from icosa.wire.language.filter_tree import Comparator
from icosa.workspace.store.comparing import OPERATORS, closed, literal, presence, rank
from icosa.workspace.store.doc import RECORD_BREAK
from icosa.workspace.store.matching import fold
from icosa.workspace.store.names import EVENT, NO_CURSOR, doc_table, quoted, search_columns, search_table
from icosa.workspace.store.names import literal as sql_literal
from icosa.workspace.store.sqlite import event_rows
from icosa.workspace.store.statement import Row

if TYPE_CHECKING:
    from icosa.workspace.store.grouping_dialect import GroupingDialect

TYPES: dict[Kind, str] = dict.fromkeys(Kind, "TEXT") | {Kind.NUMBER: "ANY", Kind.BOOLEAN: "INTEGER"}
"""Column types of a STRICT table.  ANY keeps 12 an integer and 12.5 a real."""

PICKS_BY = ROW = "icosa_row"
WEIGHS_INDEXES = False
READS_BACK = True  # a RETURNING makes the docs of before and after both

FOR_CHANGE = FOR_LINK = FOR_END = ""
LINKED = """coalesce((SELECT "id" FROM {table} WHERE "id" = ? AND "deletedAt" IS NULL), x'')"""

EVENTS = event_rows.EVENTS

EVENTS_OF = "SELECT DISTINCT sequence FROM icosa_outbox_record WHERE id IN (SELECT value FROM json_each(?)) ORDER BY sequence"
EVENTS_AMONG = ""

_CURSOR = re.compile("[0-9]{0,18}")
_TRIGRAMS_AT_MOST = 12
_PATTERN_AT_MOST = 300
_BYTES_AT_MOST = 1024
_HELD_AT_MOST = 100_000
"""Row numbers that a statement holds: some two megabytes."""
_PREFIX = re.compile(r"(?:[^%_\\]|\\.)*%?", re.DOTALL)
_SEARCHES = frozenset({Comparator.LIKE, Comparator.ILIKE, Comparator.STARTS_WITH, Comparator.ENDS_WITH})
_JSON_TEXT = LISTS | {Kind.JSON}


def events_after(cursor: str, limit: int) -> tuple[str, tuple[Any, ...]]:
    """Writes follow each other, so numbers are given in the order in which transactions end."""
    if not _CURSOR.fullmatch(cursor):
        raise InvalidInput(NO_CURSOR.format(store="SQLite file"))
    return f"SELECT {EVENT} FROM {EVENTS} WHERE sequence > ? ORDER BY sequence LIMIT ?", (int(cursor or 0), limit)


def events_cursor(cursor: str, limit: int, rows: Sequence[Row]) -> str:
    return str(rows[-1][0]) if rows else cursor


def created_event(of: Object, records: int, *, lines: bool) -> str:
    return event_rows.created(of, records, lines=lines)


def deleted_event(of: Object) -> str:
    return event_rows.deleted(of)


def grouping() -> "GroupingDialect":
    from icosa.workspace.store.sqlite import grouping as found  # here: most reads group nothing

    return found


def value(column: Column, canonical: Any) -> Any:
    if canonical is None:
        return None
    if column.kind in _JSON_TEXT:
        return orjson.dumps(canonical).decode()
    return int(canonical) if column.kind is Kind.BOOLEAN else canonical


def number(sql: str) -> str:
    """An integer where it is one, below 2^53."""
    whole = f"CAST({sql} AS INTEGER)"
    return f"CASE WHEN abs({sql}) < 9007199254740992 AND {sql} = {whole} THEN {whole} ELSE {sql} END"


def canonical(column: Column, stored: Any) -> Any:
    if stored is None:
        return None
    if column.kind in _JSON_TEXT:
        return orjson.loads(stored)
    return bool(stored) if column.kind is Kind.BOOLEAN else stored


def comparable(column: Column, sql: str) -> str:
    if column.kind is Kind.NUMERIC:
        return f"CAST({sql} AS NUMERIC)"
    return rank(column, sql) if column.ranked else sql


def test(column: Column, comparator: Comparator, value_: Any, sql: str) -> tuple[str, tuple[Any, ...]]:
    match comparator:
        case Comparator.IS:
            return presence(sql, value_), ()
        case Comparator.IN:
            listed = orjson.dumps(value_ if column.kind in AS_THEY_ARE else [value(column, each) for each in value_]).decode()
            if column.kind is Kind.NUMERIC:
                return f"{comparable(column, sql)} IN (SELECT {comparable(column, 'value')} FROM json_each(?))", (listed,)
            return f"{sql} IN (SELECT value FROM json_each(?))", (listed,)
        case Comparator.CONTAINS_ANY:
            wanted = orjson.dumps(list(value_)).decode()
            found = f"EXISTS (SELECT 1 FROM json_each({sql}) AS item WHERE item.value IN (SELECT value FROM json_each(?)))"
            return f"CASE WHEN {sql} IS NULL THEN NULL ELSE {found} END", (wanted,)
        case Comparator.ENDS_WITH:
            text = as_text(column, sql)
            return f"substr({text}, length({text}) - ? + 1) = ?", (len(value_), value_)
        case Comparator.STARTS_WITH | Comparator.LIKE | Comparator.ILIKE:
            return _fits(f"icosa_jsonb({sql})" if column.kind in _JSON_TEXT else as_text(column, sql), comparator, value_)
        case Comparator.EQ | Comparator.NEQ if column.ranked:
            return f"{sql} {OPERATORS[comparator]} ?", (value_,)
        case Comparator.EQ | Comparator.NEQ | Comparator.GT | Comparator.GTE | Comparator.LT | Comparator.LTE:
            return f"{comparable(column, sql)} {OPERATORS[comparator]} {comparable(column, '?')}", (value(column, value_),)


def _fits(text: str, comparator: Comparator, pattern: str) -> tuple[str, tuple[str, ...]]:
    """Whether a text fits a pattern.

    SQLite's own GLOB and LIKE are quick, and look at a text as often as a pattern is long; so they are asked about short
    texts and short patterns, and functions.py about others.  LIKE folds ASCII alone.
    """
    if comparator is Comparator.STARTS_WITH:
        pattern = literal(pattern) + "%"
    folded = comparator is Comparator.ILIKE
    linear, own = ("icosa_ilike", "LIKE ? ESCAPE '\\'") if folded else ("icosa_like", "GLOB ?")
    if len(pattern) > _PATTERN_AT_MOST or (folded and not pattern.isascii()):
        return f"{linear}({text}, ?)", (pattern,)
    bound = closed(pattern) if folded else glob(pattern)
    if _PREFIX.fullmatch(pattern) and not folded:  # compared at one place alone, and found in an index
        return f"{text} {own}", (bound,)
    return f"CASE WHEN octet_length({text}) > {_BYTES_AT_MOST} THEN {linear}({text}, ?) ELSE {text} {own} END", (pattern, bound)


def narrowed(of: Object, column: Column, comparator: Comparator, value_: Any) -> tuple[str, Any] | None:
    """By the three-letter index over the texts that people search, where the pattern has three letters.  What the index
    lacks still (indexing.py) may be met by any text."""
    if comparator not in _SEARCHES or column not in search_columns(of):
        return None
    wanted = trigrams(value_, literal=comparator in (Comparator.STARTS_WITH, Comparator.ENDS_WITH))
    if not wanted:
        return None
    index, called = quoted(search_table(of)), sql_literal(search_table(of))
    text = (
        f"SELECT rowid FROM {index} WHERE {index} MATCH ? "
        f"UNION ALL SELECT row FROM icosa_unindexed WHERE name = {called} "
        f"UNION ALL SELECT icosa_row FROM {quoted(of.table)} WHERE icosa_row > (SELECT upto FROM icosa_indexed WHERE name = {called})"
    )
    listed = " AND ".join('"' + each.replace('"', '""') + '"' for each in wanted)
    return text, f"{{{quoted(column.name)}}} : ({listed})"


def trigrams(pattern: str, *, literal: bool = False) -> list[str]:
    """Sequences of three ASCII characters that every text which matches a LIKE pattern holds, in lower case.

    Other scripts are left to the test itself: how they fold case is not the same everywhere.
    """
    runs: list[str] = []
    run = ""
    characters = iter(fold(pattern))
    for character in characters:
        if not literal and character == "\\":
            character = next(characters, "\\")
        elif not literal and character in "%_":
            character = ""
        if character and character.isascii():
            run += character
        else:
            runs.append(run)
            run = ""
    found = dict.fromkeys(each[at : at + 3] for each in (*runs, run) for at in range(len(each) - 2))
    return list(found)[:_TRIGRAMS_AT_MOST]


def few(of: Object) -> str:
    # A row that is named and looked up costs as much as eight that are read one after the other, and half of that is the naming.
    return f"(SELECT live / 16 + 100 FROM icosa_tally WHERE object = {sql_literal(of.singular)})"


def most_held(of: Object, *, walked: bool) -> str:
    # Up to a quarter of the rows, looking them up again to sort them costs less than reading all of them once more; up to a
    # hundredth, less than going along an index until a page is full.
    share = "live / 100" if walked else "live / 4"
    return f"(SELECT min({share} + 1000, {_HELD_AT_MOST}) FROM icosa_tally WHERE object = {sql_literal(of.singular)})"


def likely(condition: str) -> str:
    return f"likely({condition})"


def as_text(column: Column, sql: str) -> str:
    """A column's value as text, in wire form."""
    if column.kind is Kind.BOOLEAN:
        return f"CASE {sql} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
    return f"CAST({sql} AS TEXT)" if column.kind is Kind.NUMBER else sql


def glob(pattern: str) -> str:
    """A LIKE pattern as a GLOB pattern: GLOB minds case, and uses an index where a prefix is fixed."""
    out: list[str] = []
    characters = iter(pattern)
    for character in characters:
        if character in "%_":
            out.append("*" if character == "%" else "?")
            continue
        if character == "\\":
            character = next(characters, "\\")
        out.append(f"[{character}]" if character in "*?[" else character)
    return "".join(out)


def lines(expression: str) -> str:
    return f"group_concat({expression}, '\n')"


def page(expression: str) -> str:
    return f"group_concat({expression}, '{RECORD_BREAK}')"


def encoded(expression: str) -> str:
    return f"CAST({expression} AS BLOB)"


def source(of: Object, alias: str) -> str:
    return f"{quoted(of.table)} {alias} CROSS JOIN {quoted(doc_table(of))} {alias}_doc ON {alias}_doc.icosa_row = {alias}.icosa_row"


def doc(of: Object, alias: str) -> str:
    return f"{alias}_doc.doc"


def deleted_at(alias: str) -> str:
    return f'{alias}_doc."deletedAt"'


def one(expression: str, of: Object, condition: str, *, whole: bool) -> str:
    # The id is looked for in a subquery: a join by a bound value takes more than half as long again, measured, with the same program.
    row = f'(SELECT icosa_row FROM {quoted(of.table)} WHERE "id" = ?)'
    joined = f" CROSS JOIN {quoted(of.table)} t ON t.icosa_row = t_doc.icosa_row" if whole else ""
    return f"SELECT {encoded(expression)} FROM {quoted(doc_table(of))} t_doc{joined} WHERE t_doc.icosa_row = {row}{condition}"


def collection(expression: str) -> str:
    return f"group_concat({expression}, ',{{')"


def unless_empty(of: Object, expression: str) -> str:
    # Asked once for a page.  To find nothing takes half a microsecond for each record of it, and many a kind is never used.
    return f"CASE WHEN EXISTS (SELECT 1 FROM {quoted(of.table)}) THEN {expression} ELSE '' END"


def among(sql: str) -> str:
    return f"{sql} IN (SELECT value FROM json_each(?))"


def ids(ids_: list[str]) -> str:
    return orjson.dumps(ids_).decode()


def json_of(column: Column) -> str:
    """An expression for a column's JSON, never NULL."""
    name, absent = quoted(column.name), sql_literal(orjson.dumps(column.absent).decode())
    match column.kind:
        case Kind.NUMERIC if column.bare:
            return f"coalesce({name},{absent})"
        case Kind.BOOLEAN:
            return f"CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"
        case Kind.UUID | Kind.DATE_TIME | Kind.DATE | Kind.NUMERIC:
            plain = f"'\"'||{name}||'\"'"
            return f"coalesce({plain},'null')" if column.nullable else plain
        case Kind.JSON | Kind.TEXTS | Kind.OPTIONS:
            return f"coalesce({name},{absent})"
        case Kind.NUMBER:
            return _number(name)
        case _:
            return f"json_quote({name})" if column.absent is None else f"json_quote(coalesce({name},{sql_literal(column.absent)}))"


def _number(name: str) -> str:
    """As few digits as bring the number back, as PostgreSQL writes it: SQLite's own JSON has 0.0009939110000000001 for
    0.000993911.  Of two texts that are as near, which a 5 behind them shows, the even one is taken.  From 10^15 on both
    databases write 17 digits where a shorter text lies half way between two numbers."""
    fifteen, sixteen, whole = (f"printf('%!.{digits}g',{name})" for digits in (15, 16, 26))
    shorter = f"substr({whole},1,length({whole})-1)"
    digits = f"length(ltrim(replace(replace({whole},'.',''),'-',''),'0'))"
    even = f"{whole} GLOB '*[02468]5' AND CAST({shorter} AS REAL)={name} AND {digits}"
    cases = (
        f"WHEN typeof({name})!='real' OR abs({name})>=1e15 THEN json_quote({name})",
        f"WHEN CAST({fifteen} AS REAL)={name} THEN {fifteen}",
        f"WHEN {even}=17 THEN {shorter}",
        f"WHEN CAST({sixteen} AS REAL)={name} THEN {sixteen}",
        f"WHEN {even}=18 THEN {shorter}",
    )
    return f"CASE {' '.join(cases)} ELSE json_quote({name}) END"
