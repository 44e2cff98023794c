"""Connections to a PostgreSQL database: settings that hold on every one, and the tables a catalogue needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.kinds import wire_moment
from icosa.catalogue.model import NOW, Catalogue, Object
from icosa.errors import InvalidInput, Overloaded, ReadOnly
from icosa.wire.version import TWENTY_1_0_3, Version
from icosa.workspace.store import keys, stored_catalogue, stored_version
from icosa.workspace.store.names import DELETED_WITH, literal, quoted
from icosa.workspace.store.postgres import ddl, dialect
from icosa.workspace.store.postgres.database import PostgresDatabase
from icosa.workspace.store.postgres.functions import FUNCTIONS, LOWER
from icosa.workspace.store.postgres.run import LIMIT_SECONDS, Locked, failure_of, run
from icosa.workspace.store.statement import T, Violation
from icosa.workspace.store.stored_catalogue import Reshaping

OLDEST = 15
STATEMENTS_CACHED = 1024

LOCK_MILLISECONDS = 5_000
"""How long a change of objects waits for those who read or write them."""

_SETTINGS = {
    "application_name": "icosa",
    "timezone": "UTC",
    "datestyle": "ISO",
    "extra_float_digits": "1",
    "standard_conforming_strings": "on",  # a backslash in a literal is a letter
    "statement_timeout": f"{LIMIT_SECONDS:.0f}s",
    "jit": "off",  # compiling a statement of many small subqueries takes far longer than running it
    "max_parallel_workers_per_gather": "0",  # one request that reads a whole table would take the cores of all others
}
_KEEP_MADE = "INSERT INTO icosa_schema VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint"
_MIGRATION = 0x1C05A  # the advisory lock of those who make or change tables
_DIALOGUE_SECONDS = LIMIT_SECONDS + 5  # longer than any statement may run: the other side is not there any more


async def connect(database: PostgresDatabase, *, patient: bool = False) -> asyncpg.Connection:
    """An open connection on which values are those of the wire, as text.  A `patient` one waits for a statement as long as it
    takes, such as one that writes a whole table anew.

    Raises InvalidInput where the database or the role is none, Overloaded where it cannot be reached now.
    """
    try:
        connection = await asyncpg.connect(
            database.url,
            server_settings=_SETTINGS,
            statement_cache_size=STATEMENTS_CACHED,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=0,
            command_timeout=None if patient else _DIALOGUE_SECONDS,
            timeout=LIMIT_SECONDS,
        )
        await _speak_wire(connection)
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError, asyncpg.InsufficientPrivilegeError) as error:
        raise InvalidInput(f"cannot open the database {database.name}: {error}; check user, password and name in its URL") from None
    except (asyncpg.ClientConfigurationError, ValueError) as error:
        raise InvalidInput(f"cannot open the database {database.name}: {error}; mend its URL") from None
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise Overloaded(f"cannot reach the database {database.name} now: {reason}; try again when it is there") from None
    return connection


async def _speak_wire(connection: asyncpg.Connection) -> None:
    for name in ("uuid", "date", "numeric"):
        await connection.set_type_codec(name, schema="pg_catalog", encoder=str, decoder=str, format="text")
    await connection.set_type_codec("timestamptz", schema="pg_catalog", encoder=str, decoder=moment, format="text")


def moment(text: str) -> str:
    """2026-02-03 04:05:06.07+00, as PostgreSQL writes it, in wire form."""
    return f"{text[:10]}T{text[11:19]}.{text[20:-3]:0<3}Z"


async def prepare(database: PostgresDatabase, catalogue: Catalogue | None, version: Version | None = None) -> tuple[Catalogue, Version]:
    """Makes all tables, and changes tables that were made for another catalogue: columns of the same name keep
    their values.  One transaction, one server at a time; nothing to do costs two reads.

    A catalogue that is given is kept in the database; None is the one that is kept there.  A version that is given is kept
    in a new database, and has to be the one that is kept in any other.  Gives those that hold.  Raises InvalidInput where
    the database is none for a workspace, or keeps another version, Overloaded where it cannot be reached now, ReadOnly
    where anything is to be made in it and it takes no writes.
    """
    connection = await connect(database, patient=True)
    try:
        await _check(connection, database)
        speaks = stored_version.settled(await _kept_version(connection), version, database.name)
        held = await _kept_text(connection)
        found = stored_catalogue.catalogue_of(held, speaks) if catalogue is None else catalogue
        wanted = held if catalogue is None and held else stored_catalogue.text_of(found, speaks)
        if wanted == held and await _current(connection, found):
            return found, speaks
        async with changing_tables(connection):
            speaks = stored_version.settled(await _kept_version(connection), speaks, database.name)  # or another was first
            await _make_all(connection, found)
            if speaks is not TWENTY_1_0_3:
                await connection.execute(_KEEP_MADE, stored_version.NAME, speaks.name)
            if wanted != held:
                await _keep(connection, wanted)
        return found, speaks
    except asyncpg.InsufficientPrivilegeError as error:
        raise InvalidInput(
            f"cannot make tables in the database {database.name}: {error}; make its user the owner of the database or of the schema"
        ) from None
    except asyncpg.ReadOnlySQLTransactionError:
        raise ReadOnly(
            f"the database {database.name} is a standby, or was made read-only, and its tables are to be made or changed; "
            "start a server on the one that takes writes first"
        ) from None
    except asyncpg.DependentObjectsStillExistError as error:
        raise InvalidInput(
            f"cannot change a table in the database {database.name}: {error} ({error.detail}); drop what was built on it first"
        ) from None
    except (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError) as error:
        raise Overloaded(f"the database {database.name} went away while its tables were looked at: {error}; start again") from None
    finally:
        await connection.close()


async def reshape(database: PostgresDatabase, version: Version, begin: Reshaping[T]) -> tuple[Catalogue, T]:
    """Changes the objects of a database while others use it: their tables, the catalogue that it keeps, and what the
    statements write, in one transaction.  The tables of an object that is gone are dropped.  Who reads or writes what is
    changed waits until it is.

    Gives the objects that there are now, and what the change was for.  Raises what the statements raise, and then nothing
    was written; Again, where others held what it needed in another order.
    """
    connection = await connect(database, patient=True)
    try:
        async with changing_tables(connection):
            await connection.execute(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}")  # while it waits, all others wait for it
            held = stored_catalogue.catalogue_of(await _kept_text(connection), version)
            wanted, result = await run(connection, begin(held))
            await _fit(connection, held, wanted)
            await _keep(connection, stored_catalogue.text_of(wanted, version))
        return wanted, result
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        failure = failure_of(error)
        if isinstance(failure, Locked):
            raise Overloaded("others were reading or writing these objects all the while; nothing was changed; try again later") from None
        raise (stored_catalogue.held_against(str(error)) if isinstance(failure, Violation) else failure or error) from None
    finally:
        await connection.close()


@asynccontextmanager
async def changing_tables(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """A transaction as long as it needs to be, of one server at a time."""
    async with connection.transaction():
        await connection.execute(f"SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock({_MIGRATION})")
        yield


async def _keep(connection: asyncpg.Connection, text: str | None) -> None:
    await connection.execute(stored_catalogue.FORGET)
    if text is not None:
        await connection.execute(f"{stored_catalogue.KEEP} ($1)", text)
    await connection.execute(_KEEP_MADE, stored_catalogue.EDITION, stored_catalogue.edition_of(text))


async def _fit(connection: asyncpg.Connection, held: Catalogue, wanted: Catalogue) -> None:
    """Makes the tables of one catalogue those of another: only what differs is touched."""
    before = {each.singular: each for each in held}
    changed = [each for each in wanted if before.pop(each.singular, None) != each]
    made, trigrams = await _made(connection), await has_trigrams(connection)
    for each in (one for one in changed if made.get(one.table) != ddl.fingerprint(one, wanted)):
        await _make(connection, each, exists=each.singular in held.by_singular, trigrams=trigrams)
        await connection.execute(_KEEP_MADE, each.table, ddl.fingerprint(each, wanted))
    for gone in before.values():
        await connection.execute(f"DROP TABLE {quoted(gone.table)}; DELETE FROM icosa_tally_part WHERE object = {literal(gone.singular)}")
        await run(connection, stored_catalogue.forget(gone))
    await link(connection, wanted)


async def link(connection: asyncpg.Connection, catalogue: Catalogue) -> None:
    """Last, because tables point at each other in circles, and because a changed one lost those that pointed at it."""
    there = {str(row[0]) for row in await connection.fetch("SELECT conname FROM pg_constraint WHERE contype = 'f'")}
    missing = [text for each in catalogue for name, text in ddl.links(each, catalogue) if name not in there]
    if missing:
        await connection.execute(";\n".join(missing))


async def _check(connection: asyncpg.Connection, database: PostgresDatabase) -> None:
    version = connection.get_server_version().major
    if version < OLDEST:
        raise InvalidInput(f"the database {database.name} is on PostgreSQL {version}; a workspace needs {OLDEST} or newer")
    encoding = await connection.fetchval("SELECT current_setting('server_encoding')")
    if encoding != "UTF8":
        raise InvalidInput(f"the database {database.name} is encoded in {encoding}; make one with CREATE DATABASE … ENCODING 'UTF8'")


async def _kept_text(connection: asyncpg.Connection) -> str | None:
    """The catalogue that the database keeps, as text; None where it keeps none."""
    try:
        rows = await connection.fetch(stored_catalogue.READ)
    except asyncpg.UndefinedTableError:  # a new database, or one that an older Icosa made
        return None
    return str(rows[0][0]) if rows else None


async def _kept_version(connection: asyncpg.Connection) -> str | None:
    """The name of the version that the database keeps, "" where it keeps none; None where it is no workspace yet."""
    if await connection.fetchval("SELECT to_regclass('icosa_schema')") is None:
        return None
    return await connection.fetchval(stored_version.READ) or ""


async def _made(connection: asyncpg.Connection) -> dict[str, str]:
    rows = await connection.fetch("SELECT name, fingerprint FROM icosa_schema")
    return {str(name): str(fingerprint) for name, fingerprint in rows}


async def _current(connection: asyncpg.Connection, catalogue: Catalogue) -> bool:
    try:
        made = await _made(connection)
    except asyncpg.UndefinedTableError:
        return False
    own = made.get(ddl.OWN) == ddl.own_fingerprint() and not await connection.fetchval(ddl.FROM_ELSEWHERE)
    return own and all(made.get(each.table) == ddl.fingerprint(each, catalogue) for each in keys.objects(catalogue))


async def _make_all(connection: asyncpg.Connection, catalogue: Catalogue) -> None:
    collation = await connection.fetchval("SELECT max(collname) FROM pg_collation WHERE collname = 'und-x-icu'")
    texts = (
        FUNCTIONS,
        LOWER.format(collation=quoted(collation or "default")),
        ddl.OWN_TABLES,
        ddl.IDS_OF_RECORDS,
        ddl.OF_HERE,
    )
    await connection.execute("".join(texts))
    await connection.execute(_KEEP_MADE, ddl.OWN, ddl.own_fingerprint())
    made = await _made(connection)
    trigrams = await has_trigrams(connection)
    for each in keys.objects(catalogue):
        if made.get(each.table) != ddl.fingerprint(each, catalogue):
            await _make(connection, each, exists=each.table in made, trigrams=trigrams)
            await connection.execute(_KEEP_MADE, each.table, ddl.fingerprint(each, catalogue))
    await link(connection, catalogue)
    await run(connection, keys.settle(catalogue, made, _default))


async def has_trigrams(connection: asyncpg.Connection) -> bool:
    """Whether three-letter indexes can be made.  Without them texts are searched from end to end."""
    try:
        async with connection.transaction():
            await connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except asyncpg.PostgresError:  # not installed, or not allowed to this user
        return False
    return True


async def _make(connection: asyncpg.Connection, of: Object, *, exists: bool, trigrams: bool) -> None:
    old = quoted(f"icosa_old_{of.table}")
    texts = [ddl.table(of)]
    if exists:
        texts = [*await let_go(connection, of), f"ALTER TABLE {quoted(of.table)} RENAME TO {old}", *texts]
    await connection.execute(";\n".join(texts))
    if exists:
        await _copy(connection, of, f"icosa_old_{of.table}")
        await connection.execute(f"DROP TABLE {old}")
    rest = [*ddl.indexes(of), *(ddl.search(of) if trigrams else ()), *ddl.triggers(of), ddl.tally(of)]
    await connection.execute(";\n".join(rest))


async def let_go(connection: asyncpg.Connection, of: Object) -> list[str]:
    """Statements that free the names a table's indexes hold, and take away the foreign keys that point at it.
    Other constraints go with the table; from PostgreSQL 18 on, NOT NULL is one."""
    rows = await connection.fetch(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint "
        "WHERE contype IN ('p', 'u', 'f') AND $1::text::regclass IN (conrelid, confrelid) ORDER BY contype = 'f' DESC",
        quoted(of.table),
    )
    constraints = [f"ALTER TABLE {table} DROP CONSTRAINT {quoted(name)}" for table, name in rows]
    rows = await connection.fetch(
        "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = $1::text::regclass AND NOT indisprimary", quoted(of.table)
    )
    return [*constraints, *(f"DROP INDEX {index}" for (index,) in rows)]


async def _copy(connection: asyncpg.Connection, of: Object, old: str) -> None:
    """Moves rows to a new table; a new column without a null takes its default, and a value whose column
    changed its type is written anew."""
    rows = await connection.fetch(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 "
        "AND NOT attisdropped",
        quoted(old),
    )
    kept = {str(name): str(kind) for name, kind in rows}
    values, defaults = [DELETED_WITH], []
    for column in columns(of):
        kind = dialect.TYPES[column.kind].removesuffix(' COLLATE "C"')
        name = f"CAST({quoted(column.name)} AS text)::{kind}" if kept.get(column.name) != _plain(kind) else quoted(column.name)
        default = None if column.name in kept and column.nullable else _default(column)
        if column.name not in kept:
            defaults.append(default)
            values.append(f"${len(defaults)}::{kind}")
        elif default is not None:
            defaults.append(default)
            values.append(f"coalesce({name}, ${len(defaults)}::{kind})")
        else:
            values.append(name)
    names = ", ".join([DELETED_WITH, *(quoted(column.name) for column in columns(of))])
    await connection.execute(f"INSERT INTO {quoted(of.table)} ({names}) SELECT {', '.join(values)} FROM {quoted(old)}", *defaults)


def _plain(kind: str) -> str:
    return {"timestamptz(3)": "timestamp with time zone"}.get(kind, kind)


def _default(column: Column) -> Any:
    return wire_moment(datetime.now(UTC)) if column.default is NOW else dialect.value(column, column.default)
