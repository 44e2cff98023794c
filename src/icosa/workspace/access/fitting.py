"""Whether the key at hand is the one that what lies in a database was sealed with.

The first secret that is sealed leaves a marker beside it, sealed with the same key.  Where the key is missing, or
another one, a workspace that holds secrets is not opened: what it answered would be no secret, and what was sealed
with a new key could not be read with the old one once that is found.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.model import Object
from icosa.errors import InvalidInput, ReadOnly
from icosa.workspace.access.sealing import KEY_VARIABLE, PREFIX, Sealing, held_key, key_at, key_source
from icosa.workspace.store.keys import objects
from icosa.workspace.store.names import quoted
from icosa.workspace.store.sealed_place import place
from icosa.workspace.store.statement import Row, Statement, Statements
from icosa.workspace.store.store import Store

_PLACE = "icosa_sealing/marker"
_TEXT = "sealed with this key"
_READ = Statement("SELECT marker FROM icosa_sealing")
_ROWS = 500


class Sealed(NamedTuple):
    """A sealed value and where it is."""

    of: Object
    column: Column
    id: str
    text: str

    def opens(self, sealing: Sealing | None) -> bool:
        opened = sealing.open(self.text, place(self.of, self.column, self.id)) if sealing else self.text
        return not opened.startswith(PREFIX)


def sealing_for(store: Store, file: Path, name: str) -> Sealing:
    """What the secrets of a database are sealed with; a new key is made in `file` where nothing is sealed yet.

    Raises InvalidInput where anything is, and the key is missing or another one; `name` is what the database is called.
    """
    file = file.absolute()
    key, marker = held_key(file), store.read(_marker)
    sealing = Sealing(key) if key else None
    if sealing and marker and _is_of(sealing, marker):
        return sealing
    found = next(sealed_values(store), None)
    if found is None:
        with suppress(ReadOnly):  # then nothing can be sealed before a later start
            if marker:
                store.write(forget_marker)
            return sealing or Sealing(key_at(file))
        return sealing or Sealing(partial(key_at, file))
    if sealing is None:
        raise _missing(name, file)
    if marker or not any(each.opens(sealing) for each in sealed_values(store)):
        raise _another(name, file)
    with suppress(ReadOnly):
        store.write(lambda: claim(sealing))
    return sealing


def claim(sealing: Sealing) -> Statements[None]:
    """Before a secret is written: leaves the marker, or raises InvalidInput where that of another key is there, because
    somebody else writes to this database with it."""
    marker = yield from _marker()
    if marker is None:
        text = "INSERT INTO icosa_sealing (one, marker) VALUES (1, ?) ON CONFLICT (one) DO NOTHING"
        yield Statement(text, (sealing.seal(_TEXT, _PLACE),))
        marker = yield from _marker()  # another server may have been first
    if marker is None or not _is_of(sealing, marker):
        raise InvalidInput(
            "the secrets of this database are sealed with another key than that of this server, so nothing was written; "
            "give all servers that share it the same key, and start this one again"
        )


def forget_marker() -> Statements[None]:
    yield Statement("DELETE FROM icosa_sealing")


def sealed_values(store: Store) -> Iterator[Sealed]:
    """All sealed values, object by object."""
    for of in objects(store.catalogue):
        if not any(each.secret for each in of.fields):
            continue  # without its columns being made for this alone
        for column in columns(of):
            if column.secret:
                yield from _of_column(store, of, column)


def _of_column(store: Store, of: Object, column: Column) -> Iterator[Sealed]:
    id_, name, after = quoted("id"), quoted(column.name), None
    while True:
        beyond, values = ("", ()) if after is None else (f" AND {id_} > ?", (after,))
        text = f"SELECT {id_}, {name} FROM {quoted(of.table)} WHERE {name} LIKE '{PREFIX}%'{beyond} ORDER BY {id_} LIMIT {_ROWS}"

        def steps(text: str = text, values: tuple[str, ...] = values) -> Statements[list[Row]]:
            return (yield Statement(text, values))

        rows = store.read(steps)
        yield from (Sealed(of, column, str(row[0]), str(row[1])) for row in rows if str(row[1]).startswith(PREFIX))
        if len(rows) < _ROWS:
            return
        after = str(rows[-1][0])


def _marker() -> Statements[str | None]:
    rows = yield _READ
    return str(rows[0][0]) if rows else None


def _is_of(sealing: Sealing, marker: str) -> bool:
    return sealing.open(marker, _PLACE) == _TEXT


def _missing(name: str, file: Path) -> InvalidInput:
    return InvalidInput(
        f"{name} holds secrets, and the key that opens them is missing: it was kept in {file}, unless in {KEY_VARIABLE}. "
        f"Put it back there; {_WITHOUT}"
    )


def _another(name: str, file: Path) -> InvalidInput:
    return InvalidInput(
        f"{name} holds secrets, and {key_source(file)} is not the key that they were sealed with. "
        f"Put the right one there, or the backup that belongs to this one; {_WITHOUT}"
    )


_WITHOUT = "icosa keys check says what is sealed, and icosa keys forget-secrets empties it for good, to go on without."
