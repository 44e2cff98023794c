"""What a SQLite file says of itself: which version it speaks, which objects it has, and which tables were made for them."""

import apsw

from icosa.catalogue.model import Catalogue
from icosa.workspace.store import stored_catalogue, stored_version


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


def kept_catalogue(connection: apsw.Connection) -> Catalogue:
    """The objects that a file holds records of."""
    return stored_catalogue.catalogue_of(kept_text(connection), stored_version.settled(kept_version(connection), None, connection.filename))


def made_tables(connection: apsw.Connection) -> dict[str, str]:
    """The fingerprints that tables were made with, by their names, and what else is kept beside them.  Raises apsw.SQLError where
    there are none."""
    return dict(connection.execute("SELECT name, fingerprint FROM icosa_schema"))
