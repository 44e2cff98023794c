"""What is sealed in a workspace: whether its key opens it, and going on without what it does not open."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from icosa.catalogue.columns import Column
from icosa.catalogue.model import Object
from icosa.workspace.access.fitting import Sealed, forget_marker, sealed_values
from icosa.workspace.access.sealing import PREFIX, key_source
from icosa.workspace.moving.databases import Database
from icosa.workspace.moving.resealing import Opener, change_events
from icosa.workspace.store.names import quoted
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.store.store import Store

_ROWS = 200


@dataclass(slots=True)
class SealedField:
    """The sealed values of one field: how many, and the ids of the records whose value the key does not open."""

    object: str
    path: str
    sealed: int = 0
    unopened: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Checked:
    """`source` is what holds the key, `there` whether it does; `fields` are those that hold any sealed value."""

    source: str
    there: bool
    fields: tuple[SealedField, ...]

    @property
    def unopened(self) -> int:
        return sum(len(each.unopened) for each in self.fields)


def check(database: Database) -> Checked:
    """Opens every sealed value of a workspace.  Raises InvalidInput where its key is none."""
    store, sealing = database.store(), database.known_sealing()
    try:
        found: dict[tuple[str, str], SealedField] = {}
        for each in sealed_values(store):
            of = found.setdefault((each.of.plural, each.column.path), SealedField(each.of.plural, each.column.path))
            of.sealed += 1
            if not each.opens(sealing):
                of.unopened.append(each.id)
        return Checked(key_source(database.key_path), sealing is not None, tuple(found.values()))
    finally:
        store.close()


def empty_unopened(database: Database) -> int:
    """Empties every sealed value that the key does not open, in records and in events that wait; how many records'
    values those were.  Nobody can read them again."""
    store, sealing = database.store(), database.known_sealing()
    try:
        lost = 0
        for each in [found for found in sealed_values(store) if not found.opens(sealing)]:
            store.write(lambda each=each: _empty(each))  # type: ignore[misc]
            lost += 1
        _empty_events(store, Opener(store.catalogue, sealing))
        store.write(forget_marker)
        return lost
    finally:
        store.close()


def _empty(each: Sealed) -> Statements[None]:
    name, nothing = quoted(each.column.name), None if each.column.nullable else ""
    yield Statement(f'UPDATE {quoted(each.of.table)} SET {name} = ? WHERE "id" = ? AND {name} = ?', (nothing, each.id, each.text))


def _empty_events(store: Store, opener: Opener) -> None:
    def emptied(of: Object, column: Column, id_: str, text: str) -> str:
        return "" if opener.value(of, column, id_, text).startswith(PREFIX) else text

    for sequence, singular, records in _events(store):
        changed = change_events(store.catalogue, singular, records, emptied)
        if changed != records:
            values = (changed, sequence)
            store.write(lambda values=values: _rewritten(*values))  # type: ignore[misc]


def _rewritten(records: str, sequence: int) -> Statements[None]:
    yield Statement("UPDATE icosa_outbox SET records = ? WHERE sequence = ?", (records, sequence))


def _events(store: Store) -> Iterator[tuple[int, str, str]]:
    after = 0
    while True:

        def statements(after: int = after) -> Statements[list[tuple[int, str, str]]]:
            text = f"SELECT sequence, object, records FROM {store.dialect.EVENTS} WHERE sequence > ? ORDER BY sequence LIMIT ?"
            return [(int(row[0]), str(row[1]), str(row[2])) for row in (yield Statement(text, (after, _ROWS)))]

        rows = store.read(statements)
        yield from rows
        if len(rows) < _ROWS:
            return
        after = rows[-1][0]
