"""A workspace of one's own: it answers the REST API from a database file.

workspace = open_workspace("sqlite:///crm.db")
answer = workspace.answer(Request("GET", "/rest/people", "limit=1"), IN_PROCESS)
"""

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.workspace.access.keys import IN_PROCESS
from icosa.workspace.access.sealing import Sealing, key_of
from icosa.workspace.access.secrets import Secrets
from icosa.workspace.location import sqlite_path
from icosa.workspace.store.sqlite.store import SqliteStore
from icosa.workspace.workspace import Workspace

__all__ = ["IN_PROCESS", "Workspace", "open_workspace"]


def open_workspace(url: str, catalogue: Catalogue = STANDARD) -> Workspace:
    """The workspace in a database; what is missing there is made, and tables that were made for another
    catalogue are changed.  Raises InvalidInput where the URL or the file is none, Overloaded where the
    file is locked."""
    path = sqlite_path(url)
    store = SqliteStore(path, catalogue)
    return Workspace(catalogue, store, Secrets(catalogue, Sealing(key_of(path))))
