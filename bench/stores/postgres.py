"""PostgreSQL databases: on the server of DATABASE_URL, or on a cluster of the measurement's own.

A cluster of its own is as Debian's packages make one, with fsync, and goes away with all its databases; on
the server of DATABASE_URL filled ones are kept.
"""

import asyncio
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from bench.data import Size, batches
from bench.load import NotMeasured
from bench.stores.store import Filled, cache_folder, fill, fingerprint
from icosa.catalogue.standard import STANDARD
from icosa.workspace import Workspace
from icosa.workspace.access.sealing import KEY_VARIABLE
from icosa.workspace.location import postgres_database
from icosa.workspace.store.postgres import ddl
from icosa.workspace.store.statement import Statement, Statements
from tests.postgres import binaries, cluster

DURABLE = ("fsync = on", "synchronous_commit = on", "full_page_writes = on")
_ON_DISK = "/var/tmp"
_NO_SECRETS = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
_NAMED_LIKE = "SELECT datname FROM pg_database WHERE starts_with(datname::text, $1)"
_COPIES = count(1)


@dataclass(frozen=True, slots=True)
class PostgresDatabases:
    """Databases of one server; `address` is the URL of one of them, by whose user the others are made."""

    address: str
    folder: Path
    name: str
    embedded: bool = False

    def filled(self, size: Size) -> Filled:
        kept = f"icosa_bench_{size.people}_{fingerprint(ddl.fingerprint(each, STANDARD) for each in STANDARD)}"
        if not _sql(self.address, "SELECT 1 FROM pg_database WHERE datname = $1", kept):
            for (old,) in _sql(self.address, _NAMED_LIKE, f"icosa_bench_{size.people}_"):
                _sql(self.address, f"DROP DATABASE {old}")
            part = f"icosa_bench_part_{os.getpid()}"
            _sql(self.address, f"CREATE DATABASE {part} ENCODING 'UTF8' TEMPLATE template0")
            token = fill(self._url(part), size, lambda workspace: _write(workspace, size))
            _sql(self._url(part), "VACUUM ANALYZE")
            _sql(self.address, f"COMMENT ON DATABASE {part} IS '{token}'")
            _sql(self.address, f"ALTER DATABASE {part} RENAME TO {kept}")
        ((token,),) = _sql(self.address, "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1", kept)
        return Filled(self._url(kept), str(token))

    @contextmanager
    def copied(self, of: Filled) -> Iterator[Filled]:
        with self._made(f"TEMPLATE {urlsplit(of.url).path.removeprefix('/')}") as url:
            yield Filled(url, of.token)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        with self._made("ENCODING 'UTF8' TEMPLATE template0") as url:
            yield url

    @contextmanager
    def _made(self, how: str) -> Iterator[str]:
        name = f"icosa_bench_copy_{os.getpid()}_{next(_COPIES)}"
        _sql(self.address, f"CREATE DATABASE {name} {how}")
        try:
            yield self._url(name)
        finally:
            _sql(self.address, f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, database: str) -> str:
        return urlsplit(self.address)._replace(path=f"/{database}").geturl()


@contextmanager
def postgres_databases() -> Iterator[PostgresDatabases]:
    """Raises NotMeasured where there is no PostgreSQL."""
    os.environ.setdefault(KEY_VARIABLE, _NO_SECRETS)  # or each database would leave a key in the user's folder
    given = os.environ.get("DATABASE_URL")
    if given:
        yield PostgresDatabases(given, cache_folder(), _version(given))
        return
    if binaries() is None:
        raise NotMeasured(
            "no PostgreSQL is installed; on Debian or Ubuntu: apt install postgresql; or name a server: DATABASE_URL=postgresql://…"
        )
    before = tempfile.tempdir
    tempfile.tempdir = _ON_DISK if Path(_ON_DISK).is_dir() else before  # /tmp may lie in memory, which has no fsync
    try:
        with cluster() as made:
            address = made.url("postgres")
            for setting in DURABLE:
                _sql(address, f"ALTER SYSTEM SET {setting}")
            _sql(address, "SELECT pg_reload_conf()")
            yield PostgresDatabases(address, made.folder, _version(address))
    finally:
        tempfile.tempdir = before


def _write(workspace: Workspace, size: Size) -> None:
    """Writes all records through the store, some thousand a transaction."""
    for batch in batches(workspace.catalogue, workspace.store.dialect, size):

        def steps(batch: tuple[str, list[list[Any]]] = batch) -> Statements[None]:
            yield Statement(*batch, many=True)

        workspace.store.write(steps)


def _version(address: str) -> str:
    ((told,),) = _sql(address, "SHOW server_version")
    number = re.match(r"[\d.]+", str(told))
    return f"PostgreSQL {number[0] if number else told}"


def _sql(address: str, text: str, *values: Any) -> list[Any]:
    async def ask() -> list[Any]:
        connection = await asyncpg.connect(postgres_database(address).url)
        try:
            return list(await connection.fetch(text, *values))
        finally:
            await connection.close()

    return asyncio.run(ask())
