"""Opens the workspace in a database."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from icosa.catalogue.model import Catalogue
from icosa.errors import InvalidInput
from icosa.wire.version import Version
from icosa.workspace.access.fitting import sealing_for
from icosa.workspace.access.sealing import key_path, key_path_of_server
from icosa.workspace.location import is_postgres, postgres_database, sqlite_path
from icosa.workspace.store.sqlite.store import SqliteStore
from icosa.workspace.store.store import Store
from icosa.workspace.system_clock import system_time
from icosa.workspace.workspace import Workspace


def open_workspace(
    url: str, catalogue: Catalogue | None = None, now: Callable[[], str] = system_time, version: Version | None = None
) -> Workspace:
    """The workspace in a database, sqlite:///… or postgresql://…; what is missing there is made, and tables
    that were made for another catalogue are changed.

    Its objects are those of `catalogue`, which the database keeps from then on; else those that it keeps; else
    the standard ones.  `now` tells the moment it is, in wire form.  `version` is how a new workspace speaks for good, that
    of Twenty 1.0.3 where nothing is said.

    Raises InvalidInput where the URL names no database, the workspace speaks another version, or the key to the secrets in it
    is missing or another one, and Overloaded where it cannot be used now.
    """
    store, key_file, name = open_store(url, catalogue, version)
    try:
        sealing = sealing_for(store, key_file, name)
    except BaseException:
        store.close()
        raise
    return Workspace(store, sealing, now, store.version)


class OpenedStore(NamedTuple):
    """A store, the file in which the key to its secrets lies unless the environment holds it, and what it is called."""

    store: Store
    key_file: Path
    name: str


def open_store(url: str, catalogue: Catalogue | None = None, version: Version | None = None) -> OpenedStore:
    """The records of a workspace, whether or not its secrets can be opened.  Raises as `open_workspace`."""
    if is_postgres(url):
        return _postgres(url, catalogue, version)
    path = sqlite_path(url)
    return OpenedStore(SqliteStore(path, catalogue, version), key_path(path), path)


def _postgres(url: str, catalogue: Catalogue | None, version: Version | None) -> OpenedStore:
    # Here, because its driver is an extra, and slow to load.
    try:
        from icosa.workspace.store.postgres.store import PostgresStore
    except ModuleNotFoundError as error:
        if error.name != "asyncpg":
            raise
        raise InvalidInput("PostgreSQL needs its driver; install Icosa with it: pip install 'icosa[postgres]'") from None
    database = postgres_database(url)
    return OpenedStore(PostgresStore(database, catalogue, version), key_path_of_server(database.name), database.name)
