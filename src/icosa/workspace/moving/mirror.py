"""A workspace that is written as another one is: with its ids, moments, authors, deleted records and links.

What is written here is nobody's action: no event goes into the outbox, nothing is set off, and what is gone
is destroyed without a trace.  Beside each record it keeps the digest of what the other workspace had, so that
a change made here can be told from one made there.  A batch, its digests and the note how far it went are one
transaction, so that whatever is killed goes on where it stopped.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from icosa.catalogue.columns import columns, links
from icosa.catalogue.model import Catalogue, Object
from icosa.workspace.access.fitting import claim
from icosa.workspace.access.sealing import Sealing
from icosa.workspace.moving.databases import Database
from icosa.workspace.moving.parts import ALIKE, order
from icosa.workspace.store import outbox
from icosa.workspace.store.keys import KEY_TABLES
from icosa.workspace.store.names import quoted, unique_keys
from icosa.workspace.store.records import Columns
from icosa.workspace.store.statement import Outdated, Row, Statement, Statements, Violation
from icosa.workspace.store.stored_catalogue import version_with
from icosa.workspace.store.write import Writing, stored

Learned = tuple[bool, str, str]
"""What the other workspace has, of a record that is as it should be here: whether it lives, its digest, and the fingerprint of
the answer that it was read from, "" where none is kept."""

REFUSED = "!"
"""The digest of a record that could not be written here."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS icosa_mirror (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS icosa_mirror_base (object TEXT NOT NULL, id TEXT NOT NULL, alive INTEGER NOT NULL, "
    "again INTEGER NOT NULL, digest TEXT NOT NULL, seen TEXT NOT NULL DEFAULT '', PRIMARY KEY (object, id))",
    "CREATE INDEX IF NOT EXISTS icosa_mirror_again ON icosa_mirror_base (object) WHERE again = 1",
)
_SEEN = "ALTER TABLE icosa_mirror_base ADD COLUMN seen TEXT NOT NULL DEFAULT ''"
"""What a mirror lacks that an older Icosa made."""

_NOTE = "INSERT INTO icosa_mirror (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_BASE = (
    "INSERT INTO icosa_mirror_base (object, id, alive, again, digest, seen) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (object, id) "
    "DO UPDATE SET alive = excluded.alive, again = excluded.again, digest = excluded.digest, seen = excluded.seen"
)
_ROWS = 500


@dataclass(frozen=True, slots=True)
class Base:
    """What the other workspace had when it was last looked at: whether the record lived, and its digest.  `again`
    says that it has to be written once more, because it was not whole.  `seen` is the fingerprint of the answer that this was
    read from, "" where none is kept."""

    alive: bool
    again: bool
    digest: str
    seen: str = ""

    @property
    def was(self) -> str | None:
        """The digest, or None where the record never was here."""
        return None if self.digest == REFUSED else self.digest


@dataclass(frozen=True, slots=True)
class _Batch:
    of: Object
    rows: Sequence[Columns]
    learned: Mapping[str, Learned | None]
    gone: Sequence[str]
    note: tuple[str, str] | None
    last: bool
    sums: Mapping[str, tuple[str, str]]


class Mirror:
    """The database of a mirror, open for writing.  `digest` sums up a record of an object.  A new one has the catalogue, and
    answers as the version of the wire that has such objects; one that is there answers as it did."""

    def __init__(self, url: str, catalogue: Catalogue | None, digest: Callable[[Object, Columns], str]) -> None:
        place = Database(url, catalogue)
        if catalogue is not None and not place.begun:
            place = replace(place, speaks=version_with(catalogue))
        self._store = place.store()
        self._digest = digest
        self.name = place.name
        self.salt_path: Path = place.key_path.with_suffix(".salt")
        self.catalogue = self._store.catalogue
        self._key = self._sealing(place)
        self._writing = Writing(self.catalogue, self._store.dialect, self._key, {}, "", [])
        self.made_way: set[str] = set()
        """The ids of records that were put out of sight for another one: what was read of their bases before is not so any more."""
        self._make()

    def close(self) -> None:
        self._store.close()

    def _make(self) -> None:
        self._store.write(_make)
        try:
            self._store.read(_look)
        except Outdated:
            self._store.write(_add)

    def _sealing(self, place: Database) -> Sealing:
        try:
            return place.sealing(self._store)
        except BaseException:
            self.close()
            raise

    @property
    def writes_history(self) -> bool:
        """Whether it writes by itself what happened to its records, as the workspace that it was pulled from does."""
        return "timeline" in self._store.version.writes.effects

    def ordered(self) -> tuple[Object, ...]:
        """All objects, each after those that it points at, as far as there is such an order."""
        return order(self.catalogue)

    def holds_records(self) -> bool:
        """Whether anything is there at all."""
        return any(self._rows(f"SELECT 1 FROM {quoted(each.table)} LIMIT 1") for each in self.catalogue)

    def notes(self) -> dict[str, str]:
        return {str(name): str(value) for name, value in self._rows("SELECT name, value FROM icosa_mirror")}

    def note(self, name: str, value: str) -> None:
        def statements() -> Statements[None]:
            yield Statement(_NOTE, (name, value))

        self._store.write(statements)

    def living(self, of: Object) -> int:
        """How many live records the other workspace had."""
        return int(self._rows("SELECT count(*) FROM icosa_mirror_base WHERE object = ? AND alive = 1", (of.singular,))[0][0])

    def bases(self, of: Object, ids: Sequence[str]) -> dict[str, Base]:
        """What is known of these ids."""
        found: dict[str, Base] = {}
        for at in range(0, len(ids), _ROWS):
            some = ids[at : at + _ROWS]
            marks = ", ".join("?" * len(some))
            text = f"SELECT id, alive, again, digest, seen FROM icosa_mirror_base WHERE object = ? AND id IN ({marks})"
            found |= {str(row[0]): _base(row) for row in self._rows(text, (of.singular, *some))}
        return found

    def known(self, of: Object, after: str, upto: str | None = None) -> Iterator[tuple[str, Base]]:
        """What is known of all ids after one, up to another and with it, in their order."""
        text = "SELECT id, alive, again, digest, seen FROM icosa_mirror_base WHERE object = ? AND id > ? ORDER BY id LIMIT ?"
        while True:
            rows = self._rows(text, (of.singular, after, _ROWS))
            for row in rows:
                if upto is not None and str(row[0]) > upto:
                    return
                yield str(row[0]), _base(row)
            if len(rows) < _ROWS:
                return
            after = str(rows[-1][0])

    def unfinished(self, of: Object, after: str, limit: int) -> list[str]:
        """Ids of records that have to be written once more, in their order."""
        text = "SELECT id FROM icosa_mirror_base WHERE object = ? AND again = 1 AND id > ? ORDER BY id LIMIT ?"
        return [str(row[0]) for row in self._rows(text, (of.singular, after, limit))]

    def held(self, of: Object, ids: Sequence[str]) -> dict[str, Columns]:
        """The records with these ids that are here, deleted ones too; secrets are sealed."""
        return self._store.read(lambda: self._held(of, "id", ids))

    def write(
        self,
        of: Object,
        rows: Sequence[Columns] = (),
        learned: Mapping[str, Learned | None] = MappingProxyType({}),
        gone: Sequence[str] = (),
        note: tuple[str, str] | None = None,
        *,
        last: bool = False,
        sums: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    ) -> list[str]:
        """Writes records of one object in one transaction, and gives the ids of those that could not be: a record
        that was changed here has their unique value, or the database does not take them.

        `rows` are whole; a column that is left out stays as it is.  `learned` is what is known now of records
        that are not written, or None to forget them.  `gone` are the ids of those to be destroyed, `note` is a name and
        its text.  `last` says that links which lead nowhere now lead nowhere for good.  `sums` are the digests of `rows` and the
        fingerprints of the answers that they were read from, as far as they are known.
        """
        batch = _Batch(of, rows, learned, gone, note, last, sums)
        with suppress(Violation):
            return self._store.write(lambda: self._write(batch, look=False))
        with suppress(Violation):
            return self._store.write(lambda: self._write(batch, look=True))
        refused = [id_ for row in rows for id_ in self._alone(_Batch(of, (row,), {}, (), None, last, sums))]
        self._store.write(lambda: self._write(replace(batch, rows=()), look=False))
        return refused

    def _alone(self, batch: _Batch) -> list[str]:
        """Writes one record, or notes that the database refuses it."""
        with suppress(Violation):
            return self._store.write(lambda: self._write(batch, look=True))
        (row,) = batch.rows
        self._store.write(lambda: self._note_refused(batch.of, batch.rows))
        return [row["id"]]

    def _note_refused(self, of: Object, rows: Sequence[Columns]) -> Statements[None]:
        """They are tried once more by every pull."""
        yield Statement(_BASE, [(of.singular, each["id"], int(each["deletedAt"] is None), 1, REFUSED, "") for each in rows], many=True)

    def _rows(self, text: str, values: Sequence[Any] = ()) -> list[Row]:
        def statements() -> Statements[list[Row]]:
            return (yield Statement(text, values))

        return self._store.read(statements)

    def _held(self, of: Object, by: str, values: Sequence[str]) -> Statements[dict[str, Columns]]:
        listed, dialect = columns(of), self._store.dialect
        text = f"SELECT {', '.join(quoted(each.name) for each in listed)} FROM {quoted(of.table)} WHERE {dialect.among(quoted(by))}"
        rows = yield Statement(text, (dialect.ids(list(values)),))
        read = ({column.name: dialect.canonical(column, value) for column, value in zip(listed, row, strict=True)} for row in rows)
        return {str(each["id"]): each for each in read}

    def _write(self, batch: _Batch, *, look: bool) -> Statements[list[str]]:
        of, batch = batch.of, (yield from self._spared(batch))
        if batch.gone:
            dialect = self._store.dialect
            yield Statement(f"DELETE FROM {quoted(of.table)} WHERE {dialect.among(quoted('id'))}", (dialect.ids(list(batch.gone)),))
            yield from outbox.erase(dialect, batch.gone)
            yield from self._forget(of, batch.gone)
        refused = (yield from self._make_way(batch)) if look else []
        rows = [dict(each) for each in batch.rows if each["id"] not in refused]
        cut = yield from self._cut(of, rows)
        if rows and any(column.secret for column in columns(of)):
            yield from claim(self._key)
        for names, some in _grouped(of, rows):
            yield Statement(_upsert(of, names), self._stored(of, some), many=True)
        bases = [_line(of, each["id"], self._base_of(batch, each, cut=each["id"] in cut)) for each in rows]
        bases += [_line(of, id_, Base(known[0], False, *known[1:])) for id_, known in batch.learned.items() if known]
        if bases:
            yield Statement(_BASE, bases, many=True)
        if refused:
            yield from self._note_refused(of, [each for each in batch.rows if each["id"] in refused])
        yield from self._forget(of, [id_ for id_, known in batch.learned.items() if known is None])
        if batch.note:
            yield Statement(_NOTE, batch.note)
        return refused

    def _base_of(self, batch: _Batch, row: Columns, *, cut: bool) -> Base:
        """One that lost a link is looked at again however it is answered: what it points at may come."""
        text, seen = ("", "") if cut else batch.sums.get(row["id"], ("", ""))
        return Base(row["deletedAt"] is None, cut and not batch.last, text or self._digest(batch.of, row), seen)

    def _spared(self, batch: _Batch) -> Statements[_Batch]:
        """Without the keys that open this workspace: what another one says of their ids is not about them."""
        if batch.of.table not in KEY_TABLES:
            return batch
        rows = yield Statement("SELECT api_key_id FROM icosa_key")
        own = {str(row[0]) for row in rows}
        return replace(
            batch, rows=[each for each in batch.rows if each["id"] not in own], gone=[id_ for id_ in batch.gone if id_ not in own]
        )

    def _forget(self, of: Object, ids: Sequence[str]) -> Statements[None]:
        if ids:
            yield Statement("DELETE FROM icosa_mirror_base WHERE object = ? AND id = ?", [(of.singular, id_) for id_ in ids], many=True)

    def _cut(self, of: Object, rows: Sequence[Columns]) -> Statements[set[str]]:
        """Takes away links to what is not here (yet); the ids of the records that lost one."""
        found: set[str] = set()
        dialect = self._store.dialect
        for column in links(of):
            wanted = sorted({each[column.name] for each in rows if each.get(column.name)})
            if not wanted:
                continue
            target = self.catalogue.by_singular[column.target or ""]
            there = yield Statement(
                f'SELECT "id" FROM {quoted(target.table)} WHERE {dialect.among(quoted("id"))}{dialect.FOR_LINK}', (dialect.ids(wanted),)
            )
            known = {str(row[0]) for row in there}
            for each in rows:
                if each.get(column.name) and each[column.name] not in known:
                    each[column.name] = None
                    found.add(each["id"])
        return found

    def _make_way(self, batch: _Batch) -> Statements[list[str]]:
        """Puts records out of sight whose unique value another record has now, to be written once more.  One that
        was changed here stays, and the other is refused; their ids."""
        of, refused = batch.of, []
        coming = {each["id"] for each in batch.rows}
        for row in batch.rows:
            for key in unique_keys(of):
                values = [row.get(column.name) for column in key]
                if row["deletedAt"] is not None or None in values or "" in values:
                    continue
                match = " AND ".join(f"{quoted(column.name)} = ?" for column in key)
                found = yield Statement(
                    f'SELECT "id" FROM {quoted(of.table)} WHERE {match} AND "deletedAt" IS NULL AND "id" != ?', (*values, row["id"])
                )
                for holder in (str(each[0]) for each in found):
                    if (yield from self._changed_here(of, holder)) and holder not in coming:
                        refused.append(row["id"])
                        continue
                    yield Statement(f'UPDATE {quoted(of.table)} SET "deletedAt" = "updatedAt" WHERE "id" = ?', (holder,))
                    held = (yield from self._held(of, "id", [holder]))[holder]
                    yield Statement(_BASE, [_line(of, holder, Base(True, True, self._digest(of, held)))], many=True)
                    self.made_way.add(holder)
        return refused

    def _changed_here(self, of: Object, id_: str) -> Statements[bool]:
        rows = yield Statement("SELECT digest FROM icosa_mirror_base WHERE object = ? AND id = ?", (of.singular, id_))
        held = yield from self._held(of, "id", [id_])
        return not rows or str(rows[0][0]) != self._digest(of, held[id_])

    def _stored(self, of: Object, rows: Sequence[Columns]) -> list[list[Any]]:
        listed = columns(of)
        made = [[row.get(column.name, column.default) for column in listed] for row in rows]
        for at, column in enumerate(listed):
            if column.nullable and column.absent is not None:  # what an answer has where nothing is stored
                for values in made:
                    values[at] = None if values[at] == column.absent else values[at]
            if column.secret or column.kind not in ALIKE:
                for values in made:
                    values[at] = stored(self._writing, of, column, values[at], values[0])
        return made


def _make() -> Statements[None]:
    for each in _TABLES:
        yield Statement(each)


def _look() -> Statements[None]:
    yield Statement("SELECT seen FROM icosa_mirror_base LIMIT 0")


def _add() -> Statements[None]:
    yield Statement(_SEEN)


def _base(row: Row) -> Base:
    return Base(bool(row[1]), bool(row[2]), str(row[3]), str(row[4]))


def _line(of: Object, id_: str, base: Base) -> tuple[str, str, int, int, str, str]:
    return of.singular, id_, int(base.alive), int(base.again), base.digest, base.seen


def _grouped(of: Object, rows: Sequence[Columns]) -> Iterator[tuple[tuple[str, ...], list[Columns]]]:
    """Rows that name the same columns: those that a record here keeps are left out of its update."""
    groups: dict[tuple[str, ...], list[Columns]] = {}
    for row in rows:
        groups.setdefault(tuple(column.name for column in columns(of) if column.name in row), []).append(row)
    yield from groups.items()


@lru_cache(maxsize=1024)
def _upsert(of: Object, names: tuple[str, ...]) -> str:
    """Writes a record; one that is here keeps the columns that are not named."""
    listed = columns(of)
    sets = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in names if name != "id")
    return (
        f"INSERT INTO {quoted(of.table)} ({', '.join(quoted(each.name) for each in listed)}) VALUES ({', '.join('?' * len(listed))}) "
        f'ON CONFLICT ("id") DO UPDATE SET {sets}'
    )
