"""Where a workspace's database is."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from icosa.errors import InvalidInput

if TYPE_CHECKING:
    from icosa.workspace.store.postgres.database import PostgresDatabase

SCHEME = "sqlite:///"
POSTGRES_SCHEMES = ("postgresql://", "postgres://")


def is_postgres(url: str) -> bool:
    return url.startswith(POSTGRES_SCHEMES)


def sqlite_path(url: str) -> str:
    """The file of a database URL: sqlite:///crm.db is relative, sqlite:////srv/crm.db absolute.

    Raises InvalidInput for any other URL.
    """
    path = unquote(url.removeprefix(SCHEME))
    if not url.startswith(SCHEME) or not path:
        raise InvalidInput(
            f"the database {_unlocked(url)!r} is no address of one; send sqlite:///path/to/file.db (four slashes for an absolute path) "
            "or postgresql://user:password@host/database"
        )
    if path == ":memory:":
        raise InvalidInput("a workspace in memory would lose what it acknowledged; name a file, such as sqlite:///crm.db")
    return str(Path(path).expanduser())


def postgres_database(url: str) -> "PostgresDatabase":
    """The database of a URL: postgresql://user:password@host:port/database?option=value.

    Options are PostgreSQL's own (sslmode, host for a socket's folder, …) and `pool`.  Raises InvalidInput,
    never showing the password.
    """
    from icosa.workspace.store.postgres.database import POOL, PostgresDatabase  # here: most workspaces are files

    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _misspelt("has a part that cannot be read") from None
    name = unquote(parts.path.removeprefix("/"))
    if not name or parts.fragment:
        raise _misspelt("names no database" if not parts.fragment else "has a # in it")
    options = parse_qsl(parts.query, keep_blank_values=True)
    pool = next((value for key, value in options if key == "pool"), str(POOL))
    if not pool.isascii() or not pool.isdigit() or not 1 <= int(pool) <= 1000:
        raise InvalidInput(f"the database URL has pool={pool}; send how many connections a process may open, 1 to 1000")
    named = dict(options)
    shown = f"{host or named.get('host', 'localhost')}:{port or named.get('port', 5432)}/{name}"
    rest = urlencode([(key, value) for key, value in options if key != "pool"])
    return PostgresDatabase(f"{parts.scheme}://{parts.netloc}{parts.path}" + (rest and f"?{rest}"), shown, int(pool))


def _misspelt(problem: str) -> InvalidInput:
    return InvalidInput(
        f"the database URL {problem}; send postgresql://user:password@host:port/database, with @ : / ? # [ ] % "
        "in user and password percent-encoded, such as %40 for @"
    )


def _unlocked(url: str) -> str:
    """A URL without its user and password."""
    scheme, mark, rest = url.partition("://")
    return scheme + mark + rest.rpartition("@")[2]
