"""SQLite databases: a folder each, with the file, its key and a token."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import apsw

from bench.data import Size, batches
from bench.stores.store import Filled, cache_folder, fill, fingerprint
from icosa.wire.version import TWENTY_1_0_3, Version
from icosa.workspace import Workspace
from icosa.workspace.location import SCHEME, sqlite_path
from icosa.workspace.store.names import quoted
from icosa.workspace.store.sqlite import ddl
from icosa.workspace.store.sqlite.connect import connect

FILL_CACHE_KB = 1_000_000
_DATABASE, _TOKEN = "crm.db", "token"


class SqliteDatabases:
    """Files in the cache."""

    name = f"SQLite {apsw.sqlite_lib_version()}"
    embedded = True

    @property
    def folder(self) -> Path:
        return cache_folder()

    def filled(self, size: Size, version: Version = TWENTY_1_0_3) -> Filled:
        catalogue, of = version.standard, "" if version is TWENTY_1_0_3 else f"{version.name}-"
        name = f"sqlite-{of}{size.people}-"
        kept = self.folder / f"{name}{fingerprint(ddl.fingerprint(each, catalogue) for each in catalogue)}"
        if not kept.exists():
            for old in self.folder.glob(f"{name}*"):
                shutil.rmtree(old)
            part = Path(mkdtemp(dir=self.folder))
            database = part / _DATABASE
            token = fill(f"{SCHEME}{database}", size, lambda workspace: _write(workspace, str(database), size), version)
            (part / _TOKEN).write_text(token, "ascii")
            part.rename(kept)
        _read_through(kept / _DATABASE)
        return _in(kept)

    @contextmanager
    def copied(self, of: Filled) -> Iterator[Filled]:
        with TemporaryDirectory(dir=self.folder) as name:
            target = Path(name) / "copy"
            shutil.copytree(Path(sqlite_path(of.url)).parent, target)
            yield _in(target)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        with TemporaryDirectory(dir=self.folder) as name:
            yield f"{SCHEME}{Path(name) / _DATABASE}"


def _in(folder: Path) -> Filled:
    return Filled(f"{SCHEME}{folder / _DATABASE}", (folder / _TOKEN).read_text("ascii"))


def _read_through(file: Path) -> None:
    """Has the system keep the file in memory, so that what is measured does not depend on who read it last."""
    with file.open("rb", buffering=0) as opened:
        while opened.read(1 << 24):
            pass


def _write(workspace: Workspace, path: str, size: Size) -> None:
    """Writes all records on a connection of its own, in one transaction, and makes the indexes after them: entry by
    entry they would cost more than all the rest.  Should the machine fail meanwhile, the next run begins anew."""
    connection = connect(path)
    try:
        for pragma in ("synchronous = OFF", f"cache_size = -{FILL_CACHE_KB}", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        indexes = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {quoted(str(name))}")
        for text, rows in batches(workspace.catalogue, workspace.store.dialect, size):
            connection.cursor().executemany(text, rows)
        for _, index in indexes:
            connection.execute(str(index))
        connection.execute("COMMIT")
    finally:
        connection.close()
