"""A PostgreSQL of the tests' own: a cluster made from what is installed, and databases copied from a template."""

import asyncio
import glob
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg

from icosa.catalogue.model import Catalogue
from icosa.wire.version import TWENTY_1_0_3, Version
from icosa.workspace.location import postgres_database
from icosa.workspace.store.postgres.store import PostgresStore
from tests.serving import free_port

OLDEST = 15
PASSWORD = "p@ss:w/rd?#[]% ü'\\\"&=+"
_PACKAGED = "/usr/lib/postgresql/*/bin"
_NOT_FOR_ROOT = ("postgres", "nobody")


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL that is new enough."""
    found: dict[int, Path] = {}
    on_path = shutil.which("initdb")
    for folder in [*map(Path, glob.glob(_PACKAGED)), *([Path(on_path).parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=False).stdout
            version = said.split()[-1].partition(".")[0] if said else ""
            if version.isdigit() and int(version) >= OLDEST:
                found.setdefault(int(version), folder)
    return found[max(found)] if found else None


@dataclass
class Cluster:
    """A running server; its databases lose what they hold when the machine dies, and nothing else."""

    folder: Path
    binaries: Path
    port: int
    _templates: dict[tuple[Catalogue | None, Version], str] = field(default_factory=dict)
    _made: int = 0

    def url(self, database: str, **options: str) -> str:
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in options.items())
        return f"postgresql://icosa:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/{database}" + (query and f"?{query}")

    def sql(self, text: str, database: str = "postgres") -> list[Any]:
        async def ask() -> list[Any]:
            connection = await asyncpg.connect(self.url(database))
            try:
                return list(await connection.fetch(text))
            finally:
                await connection.close()

        return asyncio.run(ask())

    def has(self, extension: str) -> bool:
        """Whether an extension is installed: small builds of PostgreSQL come without any."""
        return bool(self.sql(f"SELECT 1 FROM pg_available_extensions WHERE name = '{extension}'"))

    def new(self) -> str:
        """The name of a new, empty database."""
        self._made += 1
        name = f"made_{self._made}"
        self.sql(f"CREATE DATABASE {name}")
        return name

    def workspace(self, catalogue: Catalogue | None, version: Version = TWENTY_1_0_3) -> str:
        """The name of a new database with the tables of a catalogue, or the standard ones of a version."""
        template = self._templates.get((catalogue, version))
        if template is None:
            template = self._templates[catalogue, version] = self.new()
            PostgresStore(postgres_database(self.url(template)), catalogue, version).close()
        self._made += 1
        name = f"made_{self._made}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop(self, database: str) -> None:
        self.sql(f"DROP DATABASE {database} WITH (FORCE)")

    def start(self) -> None:
        self._pg_ctl("start", "--wait", "--log", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        self._pg_ctl("stop", "--wait", "--mode", mode)

    def promote(self) -> None:
        """Makes a standby a server of its own."""
        self._pg_ctl("promote", "--wait")

    def _pg_ctl(self, *arguments: str) -> None:
        as_owner([str(self.binaries / "pg_ctl"), "--pgdata", str(self.folder / "data"), *arguments])


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A new cluster in a folder of its own, which goes away at the end.  Needs `binaries()`."""
    found, user = binaries(), owner()
    assert found is not None
    folder = Path(tempfile.mkdtemp(prefix="icosa-postgres-"))
    try:
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        if user:
            for path in (folder, folder / "password"):
                shutil.chown(path, user)
        made = Cluster(folder, found, free_port())
        initdb = [str(found / "initdb"), "--pgdata", str(folder / "data"), "--username", "icosa", "--pwfile", str(folder / "password")]
        as_owner([*initdb, "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"])
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(f"port = {made.port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{folder}'\n")
            settings.write("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n")
        made.start()
        try:
            yield made
        finally:
            made.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def owner() -> str | None:
    """The user that a server runs as: PostgreSQL refuses to be root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _NOT_FOR_ROOT if name in known)


def as_owner(command: list[str]) -> None:
    """Runs a command as the user that a server runs as.  Its words are those of the failure where it fails."""
    # A server keeps what it inherits: a pipe would never end.
    with tempfile.TemporaryFile("w+") as said:
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, user=owner(), cwd="/", check=False, timeout=120)
        said.seek(0)
        assert ended.returncode == 0, f"{command[0]} failed: {said.read()}"
