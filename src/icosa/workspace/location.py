"""Where a workspace's database is."""

from pathlib import Path
from urllib.parse import unquote

from icosa.errors import InvalidInput

SCHEME = "sqlite:///"


def sqlite_path(url: str) -> str:
    """The file of a database URL: sqlite:///crm.db is relative, sqlite:////srv/crm.db absolute.

    Raises InvalidInput for any other URL.
    """
    path = unquote(url.removeprefix(SCHEME))
    if not url.startswith(SCHEME) or not path:
        raise InvalidInput(f"the database {url!r} is no address of one; send sqlite:///path/to/file.db (four slashes for an absolute path)")
    if path == ":memory:":
        raise InvalidInput("a workspace in memory would lose what it acknowledged; name a file, such as sqlite:///crm.db")
    return str(Path(path).expanduser())
