"""Lines of history that are owed: those of new records, which are written many at once.

A line by itself costs much beside the creation that it tells of, and one of thousands a fourteenth of it.  So a creation writes none: its
event names the ids of its lines, and the database makes them of that when they are needed, or in the next pause (indexing.py).
All of it stands in the database from the transaction on that it comes from, whenever and however a process ends:

    icosa_outbox.lines  ids of lines, one for each row that the event of a creation names, in order
    icosa_owed          from which event on lines are owed; no row where none are.  Whoever takes the row away has them made: a
                        trigger makes all of them in that moment (PAY)
    icosa_owed_line     the lines that are owed, as they will be

They are made before anything can find them missing: before a statement that names their table, in a write as in a read
(owed.py), and, by triggers, before a record with a history changes or goes.  So they are in the order in which records were
created, and before every other line.  Where nothing can be written, or not now, and in a snapshot, they are shown among the others
(`show`).
"""

from collections.abc import Iterator
from typing import Any, Final

import apsw

from icosa.catalogue.columns import columns
from icosa.catalogue.model import Catalogue, Object
from icosa.workspace.store import history
from icosa.workspace.store.doc import printed
from icosa.workspace.store.names import ACTIVITY, DELETED_WITH, doc_column, doc_table, literal, quoted
from icosa.workspace.store.sqlite import dialect
from icosa.workspace.store.sqlite.owed import ARE_OWED, PAY
from icosa.workspace.store.statement import Statements

_LINE = "icosa_owed_line"
_EVENT: Final = """
  SELECT row_number() OVER () AS icosa_place, line.value AS line, at, object, first_row + line.key AS row, ids ->> line.key AS id
  FROM icosa_owed CROSS JOIN icosa_outbox ON sequence >= since CROSS JOIN json_each(lines) AS line
  WHERE lines IS NOT NULL
"""


def pays(of: Object, catalogue: Catalogue) -> str:
    """What a trigger begins with before a record changes or goes: lines that are owed are made first.  Empty where it has no
    history."""
    return f"{PAY.sql}; " if history.has_history(catalogue, of) else ""


def statements(of: Object, catalogue: Catalogue) -> Iterator[str]:
    """What makes lines by itself, where these are the lines of a history."""
    keys = history.keys(of) if of.singular == ACTIVITY else {}
    if not keys:
        return
    yield from gone(of)
    made = _made(of, keys)
    values = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in made.items())
    yield f"CREATE VIEW {_LINE} AS SELECT icosa_place, {values} FROM ({_found(keys, catalogue)}) WHERE record IS NOT NULL"
    listed = ", ".join(map(quoted, made))
    yield (
        f"CREATE TRIGGER icosa_owed_paid BEFORE DELETE ON icosa_owed BEGIN "
        f"INSERT INTO {quoted(of.table)} ({listed}) SELECT {listed} FROM {_LINE}; END"
    )


def gone(of: Object) -> Iterator[str]:
    """What takes that away."""
    if of.singular == ACTIVITY:
        yield "DROP TRIGGER IF EXISTS icosa_owed_paid"
        yield f"DROP VIEW IF EXISTS {_LINE}"


def _found(keys: dict[str, str], catalogue: Catalogue) -> str:
    """The records that lines are owed of, those that are there.  An event names the rows of its records, or, once who knows nothing of
    lines has changed one, their ids."""
    tables = {singular: quoted(catalogue.by_singular[singular].table) for singular in keys}
    by_row, by_id = (
        " ".join(f'WHEN {literal(singular)} THEN (SELECT "id" FROM {table} WHERE {which})' for singular, table in tables.items())
        for which in ("icosa_row = icosa_told.row", '"id" = icosa_told.id')
    )
    found = f"CASE WHEN row IS NULL THEN CASE object {by_id} END ELSE CASE object {by_row} END END"
    return f"SELECT icosa_place, line, at, object, {found} AS record FROM ({_EVENT}) AS icosa_told"


def _made(of: Object, keys: dict[str, str]) -> dict[str, str]:
    """An expression for each column of a line."""
    values, objects = history.blank(of), {key: singular for singular, key in keys.items()}
    first = f"(SELECT coalesce(first, 1) FROM icosa_tally WHERE object = {literal(of.singular)})"
    computed = {
        "id": "line",
        "position": dialect.number(f"({first} - icosa_place)"),
        "name": f"object || {literal(history.name('', history.CREATED))}",
    }
    made = {}
    for column in columns(of):
        if column.name in objects:
            made[column.name] = f"CASE object WHEN {literal(objects[column.name])} THEN record END"
        elif column.name in computed:
            made[column.name] = computed[column.name]
        elif values[column.name] == history.MOMENT:
            made[column.name] = "at"
        else:
            made[column.name] = _literal(dialect.value(column, values[column.name]))
    return made


def _literal(value: Any) -> str:
    return "NULL" if value is None else literal(value) if isinstance(value, str) else repr(value)


def are_owed(connection: apsw.Connection) -> bool:
    """Whether lines are owed in a file, which an older Icosa may have made."""
    known = connection.execute("SELECT 1 FROM main.sqlite_schema WHERE name = 'icosa_owed'").fetchall()
    return bool(known) and bool(connection.execute(ARE_OWED.sql).fetchall())


def pay() -> Statements[None]:
    """Makes all lines that are owed."""
    yield PAY


def pay_before_change(connection: apsw.Connection) -> None:
    """The same before tables change, of a file that an older Icosa may have made."""
    if are_owed(connection):
        connection.execute(PAY.sql)


def show(connection: apsw.Connection, of: Object) -> None:
    """Shows lines that are owed, now or later, among the others on this connection, in the rows that they will have."""
    listed, made = ", ".join(quoted(column.name) for column in columns(of)), f"{printed(of, dialect.json_of)} AS doc"
    row = f"(SELECT coalesce(max(icosa_row), 0) FROM main.{quoted(of.table)}) + icosa_place"
    more = f"CASE object WHEN {literal(of.singular)} THEN (SELECT count(*) FROM main.{_LINE}) ELSE 0 END"
    for name, there, among in (
        (quoted(of.table), f"icosa_row, {DELETED_WITH}, {listed}, {doc_column(of)}", f"{row}, NULL, {listed}, {made}"),
        (quoted(doc_table(of)), 'icosa_row, "deletedAt", doc', f'{row}, "deletedAt", {made}'),
    ):
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT {there} FROM main.{name} UNION ALL SELECT {among} FROM main.{_LINE}")
    connection.execute(f"CREATE TEMP VIEW icosa_tally AS SELECT object, live + {more} AS live, first, last FROM main.icosa_tally")
