"""A SQLite file made ready for a workspace: it is there, says what it is, and has the tables of its objects."""

from typing import NamedTuple

import apsw

from icosa.catalogue.model import Catalogue
from icosa.errors import ServerFailure
from icosa.wire.version import Version
from icosa.workspace.store import stored_catalogue, stored_version
from icosa.workspace.store.sqlite import standard_tables
from icosa.workspace.store.sqlite.connect import connect, connect_to_read, create, settle
from icosa.workspace.store.sqlite.file import Identity, file_bytes, identity
from icosa.workspace.store.sqlite.kept import kept_text, kept_version, made_tables
from icosa.workspace.store.sqlite.run import failure_of


class Prepared(NamedTuple):
    """What a file holds, and the connection that this was read with, which has read the whole schema, for who reads next: None where
    anything had to be changed, or where it is `only_read`, as it cannot be written to.  `seen` is the file that it is open on."""

    catalogue: Catalogue
    version: Version
    seen: Identity
    reader: apsw.Connection | None = None
    only_read: bool = False


def prepare(path: str, catalogue: Catalogue | None, version: Version | None = None) -> Prepared:
    """Makes the file with owner-only rights and all tables, and changes tables that were made for another
    catalogue: columns of the same name keep their values.  One transaction; nothing to do costs four reads.

    A catalogue that is given is kept in the file; None is the one that is kept there.  A version that is given is kept
    in a new file, and has to be the one that is kept in any other.  Gives those that hold.  Raises InvalidInput where
    there can be no such file, or it keeps another version, Overloaded or ServerBroken where it cannot be used, and ReadOnly
    where anything is to be changed and cannot be.
    """
    create(path)
    seen = identity(path)
    connection = connect_to_read(path).connection
    reader = None
    try:
        speaks = stored_version.settled(kept_version(connection), version, path)
        held = kept_text(connection)
        found = stored_catalogue.catalogue_of(held, speaks) if catalogue is None else catalogue
        wanted = held if catalogue is None and held else stored_catalogue.text_of(found, speaks)
        if wanted == held and _current(connection, found, speaks):
            if connection.readonly("main"):
                return Prepared(found, speaks, seen, only_read=True)
            settle(connection, mapped=True)
            reader = connection
            return Prepared(found, speaks, seen, reader)
        if connection.readonly("main"):
            connection.close()
            connection = _connect_to_change(path)
        from icosa.workspace.store.sqlite import tables  # here: see _current

        tables.make(connection, found, wanted, speaks, changed=wanted != held)
        return Prepared(found, speaks, seen)
    except apsw.Error as error:
        failure = failure_of(error)
        if failure is None:
            raise
        failure.add_note(f"it is the database {path}")
        raise failure from None
    finally:
        if reader is None:
            connection.close()


def _current(connection: apsw.Connection, catalogue: Catalogue, version: Version) -> bool:
    """Whether the file has the tables that this Icosa would make for a catalogue."""
    try:
        made = made_tables(connection)
    except apsw.SQLError:
        return False
    if catalogue is version.standard and standard_tables.are(made, version):
        return True
    from icosa.workspace.store.sqlite import tables  # here: to write out what makes every table takes longer than to read a page

    return tables.are_current(made, catalogue)


def _connect_to_change(path: str) -> apsw.Connection:
    try:
        return connect(path)
    except ServerFailure as failure:
        if file_bytes(path):
            failure.add_note(
                f"The tables in {path} have to be changed before they can be read: they are of another version of Icosa, or of "
                "other objects. The version that made them reads them still, and `icosa backup` to another disk works."
            )
        raise
