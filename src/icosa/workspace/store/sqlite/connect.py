"""Connections to a SQLite file: settings that hold on every one, and the tables a catalogue needs."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.kinds import wire_moment
from icosa.catalogue.model import NOW, Catalogue, Object
from icosa.errors import InvalidInput, Overloaded, ReadOnly, ServerFailure
from icosa.wire.version import TWENTY_1_0_3, Version
from icosa.workspace.store import keys, stored_catalogue, stored_version
from icosa.workspace.store.names import DELETED_WITH, doc_table, quoted, search_table
from icosa.workspace.store.sqlite import ddl, dialect, event_rows, functions
from icosa.workspace.store.sqlite.file import Identity, file_bytes, identity
from icosa.workspace.store.sqlite.indexing import bring_up_to_date
from icosa.workspace.store.sqlite.read_only import NO_RIGHTS, REFUSED_BY_THE_SYSTEM, OpenedFile, is_full, obstacle, open_read_only
from icosa.workspace.store.sqlite.run import SAVEPOINT, failure_of, run
from icosa.workspace.store.sqlite.write_lock import Turn
from icosa.workspace.store.statement import T
from icosa.workspace.store.stored_catalogue import Reshaping

BUSY_MILLISECONDS = 10_000
STATEMENTS_CACHED = 512
CACHE_KIB = 8000
MAPPED_BYTES = 1 << 36
CACHE_BESIDE_MAP_KIB = 2000
"""What is mapped needs no cache of its own; only what still lies in the write-ahead log goes through it."""

_MADE = "INSERT INTO icosa_schema VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET fingerprint = excluded.fingerprint"


def connect(path: str, *, mapped: bool = False, named: bool = True) -> apsw.Connection:
    """An open connection: write-ahead log, every commit on disk before it is acknowledged, foreign keys held.

    `mapped` reads the file through the system's own cache, so that many readers share one copy and none is
    slow where it has not read before.  Raises InvalidInput where the file cannot be opened or is no database, ReadOnly
    where it cannot be written to; the file is named in them unless that may be told to callers from afar.
    """
    with _opening(path, named=named):
        return _connected(path, mapped=mapped)


def connect_to_read(path: str, *, mapped: bool = False, named: bool = True) -> OpenedFile:
    """The same, or a connection that only reads where the database cannot be written to."""
    with _opening(path, named=named):
        try:
            return OpenedFile(_connected(path, mapped=mapped))
        except (ReadOnly, *REFUSED_BY_THE_SYSTEM):
            opened = open_read_only(path, statements=STATEMENTS_CACHED)
        opened.connection.set_busy_timeout(BUSY_MILLISECONDS)
        # What others may cut while it is read is not mapped: reading beyond its end would end the process.
        _settle(opened.connection, mapped=mapped and opened.state is None)
        return opened


def _connected(path: str, *, mapped: bool) -> apsw.Connection:
    connection = apsw.Connection(path, statementcachesize=STATEMENTS_CACHED)
    if connection.readonly("main"):
        raise obstacle(path) or ReadOnly(NO_RIGHTS)
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",  # what is destroyed is written over, not only left out
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    _settle(connection, mapped=mapped)
    return connection


def _settle(connection: apsw.Connection, *, mapped: bool) -> None:
    for pragma in (
        "trusted_schema = OFF",  # the file may be anybody's: what its triggers call can do no harm
        "temp_store = MEMORY",
        f"cache_size = -{CACHE_BESIDE_MAP_KIB if mapped else CACHE_KIB}",
        f"mmap_size = {MAPPED_BYTES if mapped else 0}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    functions.register(connection)


@contextmanager
def _opening(path: str, *, named: bool) -> Iterator[None]:
    name = f" {path}" if named else ""
    try:
        yield
    except apsw.BusyError:
        raise Overloaded(f"the database{name} is locked by another program; try again when it is free") from None
    except apsw.Error as error:
        if is_full(error):
            raise Overloaded(f"the disk of the database{name} is full; nothing was written; free some space and try again") from None
        refusal = obstacle(path) if isinstance(error, REFUSED_BY_THE_SYSTEM) and os.path.isfile(path) else None
        raise refusal or InvalidInput(
            f"cannot open the database{name}: {error}; name a file of a workspace, or a new file in a folder that can be written to"
        ) from None


class Prepared(NamedTuple):
    """What a file holds, and the connection that this was read with, which has read the whole schema, for who reads next: None where
    anything had to be changed, or where it is `only_read`, as it cannot be written to.  `seen` is the file that it is open on."""

    catalogue: Catalogue
    version: Version
    seen: Identity
    reader: apsw.Connection | None = None
    only_read: bool = False


def prepare(path: str, catalogue: Catalogue | None, version: Version | None = None) -> Prepared:
    """Makes the file with owner-only rights and all tables, and changes tables that were made for another
    catalogue: columns of the same name keep their values.  One transaction; nothing to do costs four reads.

    A catalogue that is given is kept in the file; None is the one that is kept there.  A version that is given is kept
    in a new file, and has to be the one that is kept in any other.  Gives those that hold.  Raises InvalidInput where
    there can be no such file, or it keeps another version, Overloaded or ServerBroken where it cannot be used, and ReadOnly
    where anything is to be changed and cannot be.
    """
    create(path)
    seen = identity(path)
    connection = connect_to_read(path).connection
    reader = None
    try:
        speaks = stored_version.settled(kept_version(connection), version, path)
        held = kept_text(connection)
        found = stored_catalogue.catalogue_of(held, speaks) if catalogue is None else catalogue
        wanted = held if catalogue is None and held else stored_catalogue.text_of(found, speaks)
        if wanted == held and _current(connection, found):
            if connection.readonly("main"):
                return Prepared(found, speaks, seen, only_read=True)
            _settle(connection, mapped=True)
            reader = connection
            return Prepared(found, speaks, seen, reader)
        if connection.readonly("main"):
            connection.close()
            connection = _connect_to_change(path)
        _prepare(connection, found, wanted, speaks, changed=wanted != held)
        return Prepared(found, speaks, seen)
    except apsw.Error as error:
        failure = failure_of(error)
        if failure is None:
            raise
        failure.add_note(f"it is the database {path}")
        raise failure from None
    finally:
        if reader is None:
            connection.close()


def create(path: str) -> None:
    """Makes an empty file, and its folder, where there is none; only its owner may read it."""
    if os.path.isfile(path):
        return
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch(mode=0o600)
    except OSError as error:
        raise InvalidInput(f"cannot make the database {path}: {error.strerror}; name a file in a folder that can be written to") from None


def _connect_to_change(path: str) -> apsw.Connection:
    try:
        return connect(path)
    except ServerFailure as failure:
        if file_bytes(path):
            failure.add_note(
                f"The tables in {path} have to be changed before they can be read: they are of another version of Icosa, or of "
                "other objects. The version that made them reads them still, and `icosa backup` to another disk works."
            )
        raise


def kept_text(connection: apsw.Connection) -> str | None:
    """The catalogue that the file keeps, as text; None where it keeps none."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'icosa_catalogue'").fetchall():
        return None  # a new file, or one that an older Icosa made
    rows = connection.execute(stored_catalogue.READ).fetchall()
    return str(rows[0][0]) if rows else None


def kept_version(connection: apsw.Connection) -> str | None:
    """The name of the version that the file keeps, "" where it keeps none; None where it is no workspace yet."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'icosa_schema'").fetchall():
        return None
    rows = connection.execute(stored_version.READ).fetchall()
    return str(rows[0][0]) if rows else ""


def _prepare(connection: apsw.Connection, catalogue: Catalogue, text: str | None, version: Version, *, changed: bool) -> None:
    with _changing_tables(connection):
        stored_version.settled(kept_version(connection), version, connection.filename)  # others may have made it meanwhile
        _make_own(connection)
        made = dict(connection.execute("SELECT name, fingerprint FROM icosa_schema"))
        for each in keys.objects(catalogue):
            if made.get(each.table) != ddl.fingerprint(each, catalogue):
                _make(connection, each, catalogue, exists=each.table in made)
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
            connection.execute(f"SAVEPOINT {SAVEPOINT}")
            held = stored_catalogue.catalogue_of(kept_text(connection), version)
            wanted, result = run(connection, begin(held))
            made = dict(connection.execute("SELECT name, fingerprint FROM icosa_schema"))
            before = {each.singular: each for each in held}
            for each in wanted:
                if before.pop(each.singular, None) != each and made.get(each.table) != ddl.fingerprint(each, wanted):
                    _make(connection, each, wanted, exists=each.singular in held.by_singular)
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
    connection.execute(_MADE, (ddl.OWN, ddl.own_fingerprint()))


def lacked(connection: apsw.Connection, table: str) -> list[str]:
    """The columns that a table of Icosa's own has today and lacks there, if there is one."""
    there = {str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")}
    return [name for name in ddl.LATER_COLUMNS[table] if there and name not in there]


def _current(connection: apsw.Connection, catalogue: Catalogue) -> bool:
    try:
        made = dict(connection.execute("SELECT name, fingerprint FROM icosa_schema"))
    except apsw.SQLError:
        return False
    return made.get(ddl.OWN) == ddl.own_fingerprint() and all(
        made.get(each.table) == ddl.fingerprint(each, catalogue) for each in keys.objects(catalogue)
    )


def _make(connection: apsw.Connection, of: Object, catalogue: Catalogue, *, exists: bool) -> None:
    old = quoted(f"icosa_old_{of.table}")
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
    for statement in ddl.statements(of, catalogue):
        connection.execute(statement)
    if exists:
        _copy(connection, of, old)
        connection.execute(f"DROP TABLE {old}")
        while run(connection, bring_up_to_date()):
            pass
    connection.execute(_MADE, (of.table, ddl.fingerprint(of, catalogue)))


def _refitted(connection: apsw.Connection, of: Object, catalogue: Catalogue) -> bool:
    """Whether the tables of an object, which are there, are those of today: then nothing is written anew but their triggers and those
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
    connection.execute(_MADE, (of.table, ddl.fingerprint(of, catalogue)))
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
