"""Databases as a copy sees them: where they are, how they are read and written, and which key they are sealed with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from icosa.catalogue.model import Catalogue, Object
from icosa.wire.version import TWENTY_1_0_3, Version
from icosa.workspace.access.fitting import sealing_for
from icosa.workspace.access.sealing import Sealing, held_key, key_path, key_path_of_server
from icosa.workspace.location import SCHEME, is_postgres, postgres_database, sqlite_path
from icosa.workspace.opening import open_store
from icosa.workspace.store.loading import Loading
from icosa.workspace.store.snapshot import Snapshot
from icosa.workspace.store.sqlite.loading import SqliteLoading
from icosa.workspace.store.sqlite.snapshot import SqliteSnapshot
from icosa.workspace.store.store import Store


@dataclass(frozen=True)
class Database:
    """The database of a URL.  Raises InvalidInput for a URL that is none.

    `objects` is the catalogue to open it with, if not with the one that it keeps; `key_file` is where its key
    lies, if elsewhere than usual; `called` is what it is called, if not by its address.  `speaks` is the version of the wire
    that it has to speak, and a new one does.
    """

    url: str
    objects: Catalogue | None = None
    key_file: Path | None = None
    called: str = ""
    speaks: Version | None = None

    def __post_init__(self) -> None:
        _ = self.name

    @property
    def path(self) -> str | None:
        """The file of a SQLite database."""
        return None if is_postgres(self.url) else str(Path(sqlite_path(self.url)).absolute())

    @property
    def made(self) -> bool:
        """Whether there is a database already; one on a server is."""
        return self.path is None or (Path(self.path).is_file() and Path(self.path).stat().st_size > 0)

    @property
    def begun(self) -> bool:
        """Whether there is a workspace already, of which its version is settled."""
        if self.path:
            return self.made
        # Here, because its driver is an extra, and slow to load.
        from icosa.workspace.store.postgres.snapshot import PostgresSnapshot

        snapshot = PostgresSnapshot(postgres_database(self.url))
        try:
            return snapshot.has("icosa_schema")
        finally:
            snapshot.close()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The objects whose records are moved: those it is opened with, else those that it keeps."""
        if self.objects is not None:
            return self.objects
        if not self.made:
            return self.version.standard
        snapshot = self.snapshot()
        try:
            return snapshot.catalogue()
        finally:
            snapshot.close()

    @cached_property
    def version(self) -> Version:
        """The version of the wire that the workspace speaks."""
        if not self.made:
            return self.speaks or TWENTY_1_0_3
        snapshot = self.snapshot()
        try:
            return snapshot.version()
        finally:
            snapshot.close()

    @property
    def name(self) -> str:
        """What can be shown of it: no password."""
        return self.called or self.path or postgres_database(self.url).name

    @property
    def key_path(self) -> Path:
        """Where its key lies, unless the environment holds it."""
        if self.key_file:
            return self.key_file
        return key_path(self.path) if self.path else key_path_of_server(postgres_database(self.url).name)

    def snapshot(self) -> Snapshot:
        """Reads it as it is now.  Raises InvalidInput where it is no workspace."""
        if self.path:
            return SqliteSnapshot(self.path)
        open_store(self.url, self.objects, self.speaks).store.close()  # which says what is wrong with it, or makes its tables
        # Here, because its driver is an extra, and slow to load.
        from icosa.workspace.store.postgres.snapshot import PostgresSnapshot

        return PostgresSnapshot(postgres_database(self.url))

    def store(self) -> Store:
        """Opens it to be written to; its tables are made where they are missing."""
        return open_store(self.url, self.objects, self.speaks).store

    def loading(self, objects: Sequence[Object]) -> Loading:
        """Fills it, where its tables are made already, with records of these objects and what is beside them."""
        if self.path:
            return SqliteLoading(self.path, objects)
        # Here, because its driver is an extra, and slow to load.
        from icosa.workspace.store.postgres.loading import PostgresLoading

        return PostgresLoading(postgres_database(self.url), self.catalogue, objects)

    def sealing(self, store: Store) -> Sealing:
        """What the secrets in its store are sealed with; a key is made where nothing is sealed yet.  Raises InvalidInput
        where anything is, and the key is missing or another one."""
        return sealing_for(store, self.key_path, self.name)

    def known_sealing(self) -> Sealing | None:
        """The key at hand, or None where there is none."""
        key = held_key(self.key_path)
        return Sealing(key) if key else None


def file_url(path: Path) -> str:
    return SCHEME + quote(str(path))
