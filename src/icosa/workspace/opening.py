"""Opens the workspace in a database."""

from collections.abc import Callable

from icosa.catalogue.model import Catalogue
from icosa.errors import InvalidInput
from icosa.workspace.access.sealing import Sealing, key_of, key_of_server
from icosa.workspace.access.secrets import Secrets
from icosa.workspace.location import is_postgres, postgres_database, sqlite_path
from icosa.workspace.store.sqlite.store import SqliteStore
from icosa.workspace.store.store import Store
from icosa.workspace.workspace import Workspace, system_time


def open_workspace(url: str, catalogue: Catalogue | None = None, now: Callable[[], str] = system_time) -> Workspace:
    """The workspace in a database, sqlite:///… or postgresql://…; what is missing there is made, and tables
    that were made for another catalogue are changed.

    Its objects are those of `catalogue`, which the database keeps from then on; else those that it keeps; else
    the standard ones.  `now` tells the moment it is, in wire form.

    Raises InvalidInput where the URL names no database, Overloaded where it cannot be used now.
    """
    store: Store
    if is_postgres(url):
        store, key = _postgres(url, catalogue)
    else:
        path = sqlite_path(url)
        store, key = SqliteStore(path, catalogue), key_of(path)
    return Workspace(store.catalogue, store, Secrets(store.catalogue, Sealing(key)), now)


def _postgres(url: str, catalogue: Catalogue | None) -> tuple[Store, bytes]:
    # Here, because its driver is an extra, and slow to load.
    try:
        from icosa.workspace.store.postgres.store import PostgresStore
    except ModuleNotFoundError as error:
        if error.name != "asyncpg":
            raise
        raise InvalidInput("PostgreSQL needs its driver; install Icosa with it: pip install 'icosa[postgres]'") from None
    database = postgres_database(url)
    key = key_of_server(database.name)
    return PostgresStore(database, catalogue), key
