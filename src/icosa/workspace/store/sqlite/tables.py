"""The tables of a SQLite file made for a catalogue, or made anew for another one with all that is in them."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

import apsw

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.kinds import wire_moment
from icosa.catalogue.model import NOW, Catalogue, Object
from icosa.errors import InvalidInput
from icosa.wire.version import TWENTY_1_0_3, Version
from icosa.workspace.store import keys, stored_catalogue, stored_version
from icosa.workspace.store.names import DELETED_WITH, doc_table, quoted, search_table
from icosa.workspace.store.sqlite import ddl, dialect, event_rows, owed_lines
from icosa.workspace.store.sqlite.connect import BUSY_MILLISECONDS, connect
from icosa.workspace.store.sqlite.indexing import bring_up_to_date
from icosa.workspace.store.sqlite.kept import kept_text, kept_version, made_tables
from icosa.workspace.store.sqlite.run import SAVEPOINT, failure_of, run
from icosa.workspace.store.sqlite.standard_tables import OWN
from icosa.workspace.store.sqlite.write_lock import Turn
from icosa.workspace.store.statement import T
from icosa.workspace.store.stored_catalogue import Reshaping

_MADE = "INSERT INTO icosa_schema VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET fingerprint = excluded.fingerprint"


def are_current(made: Mapping[str, str], catalogue: Catalogue) -> bool:
    """Whether tables with these fingerprints are as they would be made today."""
    return made.get(OWN) == ddl.own_fingerprint() and all(
        made.get(each.table) == ddl.fingerprint(each, catalogue) for each in keys.objects(catalogue)
    )


def make(connection: apsw.Connection, catalogue: Catalogue, text: str | None, version: Version, *, changed: bool) -> None:
    """All tables that a catalogue needs and the file lacks, or has otherwise; the catalogue is kept, as that text, where it was
    `changed`.  One transaction."""
    with _changing_tables(connection):
        owed_lines.pay_before_change(connection)
        stored_version.settled(kept_version(connection), version, connection.filename)  # others may have made it meanwhile
        _make_own(connection)
        made = made_tables(connection)
        for each in keys.objects(catalogue):
            exists = each.table in made
            if not exists or made[each.table] != ddl.fingerprint(each, catalogue):
                _make_table(connection, each, catalogue, exists=exists)
        _show_events(connection, catalogue)
        run(connection, keys.settle(catalogue, made, _default))
        if version is not TWENTY_1_0_3:
            connection.execute(_MADE, (stored_version.NAME, version.name))
        if changed:
            _keep(connection, text)


def reshape(path: str, version: Version, begin: Reshaping[T]) -> tuple[Catalogue, T]:
    """Changes the objects of a database while others use it: their tables, the catalogue that it keeps, and what the
    statements write, in one transaction.  The tables of an object that is gone are dropped.

    Gives the objects that there are now, and what the change was for.  Raises what the statements raise, and then nothing
    was written.
    """
    connection = connect(path, named=False)
    try:
        with _changing_tables(connection, Turn(path, BUSY_MILLISECONDS / 1000)):
            owed_lines.pay_before_change(connection)
            connection.execute(f"SAVEPOINT {SAVEPOINT}")
            held = stored_catalogue.catalogue_of(kept_text(connection), version)
            wanted, result = run(connection, begin(held))
            made = made_tables(connection)
            before = {each.singular: each for each in held}
            for each in wanted:
                if before.pop(each.singular, None) != each and made.get(each.table) != ddl.fingerprint(each, wanted):
                    _make_table(connection, each, wanted, exists=each.singular in held.by_singular)
            for gone in before.values():
                _drop(connection, gone)
            _show_events(connection, wanted)
            _keep(connection, stored_catalogue.text_of(wanted, version))
        return wanted, result
    except apsw.ConstraintError as error:
        raise stored_catalogue.held_against(str(error)) from None
    except apsw.Error as error:
        refused = InvalidInput(f"the database does not take this change of objects: {error}") if isinstance(error, apsw.SQLError) else error
        raise failure_of(error, connection.system_errno) or refused from None
    finally:
        connection.close()


@contextmanager
def _changing_tables(connection: apsw.Connection, turn: Turn | None = None) -> Iterator[None]:
    """One transaction, in which tables are rebuilt under another name and renamed; references to them must not follow or
    fire.  It takes its turn where others write meanwhile."""
    connection.execute("PRAGMA foreign_keys = OFF").fetchall()
    connection.execute("PRAGMA legacy_alter_table = ON").fetchall()
    with closing(turn) if turn else nullcontext(), turn.held() if turn else nullcontext():
        connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _keep(connection: apsw.Connection, text: str | None) -> None:
    connection.execute(stored_catalogue.FORGET)
    if text is not None:
        connection.execute(f"{stored_catalogue.KEEP} (?)", (text,))
    connection.execute(_MADE, (stored_catalogue.EDITION, stored_catalogue.edition_of(text)))


def _make_own(connection: apsw.Connection) -> None:
    """The tables of Icosa's own, and what one that an older Icosa made lacks."""
    lacking = {table: lacked(connection, table) for table in ddl.LATER_COLUMNS}
    for table, columns_ in lacking.items():
        for name in columns_:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {name} {ddl.LATER_COLUMNS[table][name]}")
    connection.execute(ddl.OWN_TABLES)
    if "ids" in lacking["icosa_outbox"]:
        connection.execute(ddl.IDS_OF_RECORDS)
    connection.execute(_MADE, (OWN, ddl.own_fingerprint()))


def lacked(connection: apsw.Connection, table: str) -> list[str]:
    """The columns that a table of Icosa's own has today and lacks there, if there is one."""
    there = {str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")}
    return [name for name in ddl.LATER_COLUMNS[table] if there and name not in there]


def _make_table(connection: apsw.Connection, of: Object, catalogue: Catalogue, *, exists: bool) -> None:
    old = quoted(f"icosa_old_{of.table}")
    if exists:
        connection.execute(event_rows.forget_unkept(of))
    if exists and _refitted(connection, of, catalogue):
        return
    if exists:
        for kind, name, _ in _around(connection, of):
            connection.execute(f"DROP {kind} {quoted(name)}")
        _drop_beside(connection, of)
        held = {str(row[1]) for row in connection.execute(f"PRAGMA table_xinfo({quoted(of.table)})")}
        connection.execute(event_rows.write_down(of, of.table, "icosa_doc" if "icosa_doc" in held else "doc"))
        connection.execute(f"ALTER TABLE {quoted(of.table)} RENAME TO {old}")
    connection.execute("INSERT INTO icosa_tally(object) VALUES (?) ON CONFLICT DO NOTHING", (of.singular,))
    statements = ddl.statements(of, catalogue)
    for statement in statements:
        connection.execute(statement)
    if exists:
        _copy(connection, of, old)
        connection.execute(f"DROP TABLE {old}")
        while run(connection, bring_up_to_date()):
            pass
    connection.execute(_MADE, (of.table, ddl.fingerprint_of(statements)))


def _refitted(connection: apsw.Connection, of: Object, catalogue: Catalogue) -> bool:
    """Whether the tables of an object, which are there, are those of today: then nothing is made anew but triggers, views and
    indexes that are others today."""
    held = {str(sql) for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    wanted = ddl.statements(of, catalogue)
    if not held.issuperset(each for each in wanted if each.startswith(ddl.TABLES)):
        return False
    around = [each for each in wanted if each.startswith(ddl.AROUND_TABLES)]
    kept = {sql for _, _, sql in _around(connection, of)}.intersection(around)
    for kind, name, sql in _around(connection, of):
        if sql not in kept:
            connection.execute(f"DROP {kind} {quoted(name)}")
    for each in around:
        if each not in kept:
            connection.execute(each)
    connection.execute(_MADE, (of.table, ddl.fingerprint_of(wanted)))
    return True


def _around(connection: apsw.Connection, of: Object) -> list[tuple[str, str, str]]:
    """Kind, name and text of an object's indexes and triggers."""
    listed = "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ? AND type IN ('trigger', 'index') AND sql IS NOT NULL"
    return [(str(kind), str(name), str(sql)) for kind, name, sql in connection.execute(listed, (of.table,))]


def _drop(connection: apsw.Connection, of: Object) -> None:
    _drop_beside(connection, of)
    connection.execute(f"DROP TABLE IF EXISTS {quoted(of.table)}")
    connection.execute("DELETE FROM icosa_tally WHERE object = ?", (of.singular,))
    run(connection, stored_catalogue.forget(of))


def _show_events(connection: apsw.Connection, catalogue: Catalogue) -> None:
    connection.execute(f"DROP VIEW IF EXISTS {event_rows.EVENTS}")
    connection.execute(event_rows.view(keys.objects(catalogue)))


def _drop_beside(connection: apsw.Connection, of: Object) -> None:
    for statement in owed_lines.gone(of):
        connection.execute(statement)
    for beside in (search_table(of), doc_table(of)):
        connection.execute(f"DROP TABLE IF EXISTS {quoted(beside)}")
    for table in ("icosa_unmerged", "icosa_indexed", "icosa_unindexed"):
        connection.execute(f"DELETE FROM {table} WHERE name = ?", (search_table(of),))


def _copy(connection: apsw.Connection, of: Object, old: str) -> None:
    """Moves rows to a new table; a new column without a null takes its default."""

    kept = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({old})")}
    values, defaults = [DELETED_WITH], []
    for column in columns(of):
        if column.name in kept:
            default = None if column.nullable else _default(column)
            values.append(f"coalesce({quoted(column.name)}, ?)" if default is not None else quoted(column.name))
            defaults += [default] if default is not None else []
        else:
            values.append("?")
            defaults.append(_default(column))
    names = ", ".join([DELETED_WITH, *(quoted(column.name) for column in columns(of))])
    connection.execute("UPDATE icosa_tally SET live = 0 WHERE object = ?", (of.singular,))
    connection.execute(f"INSERT INTO {quoted(of.table)} ({names}) SELECT {', '.join(values)} FROM {old}", defaults)


def _default(column: Column) -> Any:
    return wire_moment(datetime.now(UTC)) if column.default is NOW else dialect.value(column, column.default)
