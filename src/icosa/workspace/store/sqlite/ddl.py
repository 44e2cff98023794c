"""The tables of a catalogue on SQLite: one an object, and a few of the workspace's own.

Of each row there is `doc`: its own depth-0 JSON without the opening brace.  It is a generated column, and what it makes is
kept in a table beside (`doc_table`) by triggers, so that no write, cascade or repair can leave it stale.  A filter without an
index reads every row, and reads a quarter of the bytes where no JSON lies between them.  Small columns come first in a row,
and what may be long last, so that what most filters read lies on a row's first page.

`icosa_row` is the row's own number, given a name so that it stays when the file is vacuumed.

icosa_tally keeps, for each object, how many records are alive and the range of their positions.
Triggers hold it, because cascades change records that no statement names.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.kinds import LISTS, Kind
from icosa.catalogue.model import Catalogue, Object
from icosa.workspace.store.doc import printed
from icosa.workspace.store.keys import KEY_TABLES
from icosa.workspace.store.names import (
    DELETED_WITH,
    compared,
    doc_column,
    doc_table,
    indexed,
    literal,
    quoted,
    search_columns,
    search_table,
    sole,
    unique_index,
    unique_keys,
)
from icosa.workspace.store.sqlite import event_rows, owed_lines
from icosa.workspace.store.sqlite.dialect import TYPES, json_of

OWN_TABLES = """
CREATE TABLE IF NOT EXISTS icosa_schema (
  name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS icosa_catalogue (
  objects TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS icosa_tally (
  object TEXT PRIMARY KEY, live INTEGER NOT NULL DEFAULT 0, first REAL, last REAL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS icosa_key (
  hash TEXT PRIMARY KEY, api_key_id TEXT NOT NULL, may_write INTEGER NOT NULL DEFAULT 1, last_used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS icosa_session (
  hash TEXT PRIMARY KEY, api_key_id TEXT, created_at TEXT NOT NULL, last_used_at TEXT NOT NULL, agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS icosa_code (
  hash TEXT PRIMARY KEY, expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS icosa_sealing (
  one INTEGER PRIMARY KEY CHECK (one = 1), marker TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS icosa_metadata (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, notes TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS icosa_outbox (
  sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, object TEXT NOT NULL, action TEXT NOT NULL,
  actor TEXT NOT NULL, updated_fields TEXT, records TEXT NOT NULL, ids TEXT, first_row INTEGER, last_row INTEGER, lines TEXT
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS icosa_outbox_rows ON icosa_outbox (object, first_row) WHERE first_row IS NOT NULL;
CREATE TABLE IF NOT EXISTS icosa_outbox_record (
  id TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (id, sequence)
) STRICT, WITHOUT ROWID;
DROP TRIGGER IF EXISTS icosa_outbox_told;
CREATE TRIGGER icosa_outbox_told AFTER INSERT ON icosa_outbox WHEN NEW.ids IS NOT NULL BEGIN
  INSERT OR IGNORE INTO icosa_outbox_record SELECT value, NEW.sequence FROM json_each(NEW.ids); END;
CREATE TRIGGER IF NOT EXISTS icosa_outbox_written_down AFTER UPDATE OF ids ON icosa_outbox WHEN OLD.ids IS NULL BEGIN
  INSERT OR IGNORE INTO icosa_outbox_record SELECT value, NEW.sequence FROM json_each(NEW.ids); END;
DROP TRIGGER IF EXISTS icosa_outbox_told_by_older;
CREATE TRIGGER icosa_outbox_told_by_older AFTER INSERT ON icosa_outbox WHEN NEW.ids IS NULL AND NEW.first_row IS NULL BEGIN
  UPDATE icosa_outbox SET ids = (
    SELECT json_group_array(coalesce(value ->> '$.after.id', value ->> '$.before.id')) FROM json_each(NEW.records)
  ) WHERE sequence = NEW.sequence; END;
CREATE TRIGGER IF NOT EXISTS icosa_outbox_forgotten AFTER DELETE ON icosa_outbox BEGIN
  DELETE FROM icosa_outbox_record WHERE sequence = OLD.sequence AND id IN (SELECT value FROM json_each(OLD.ids)); END;
CREATE TABLE IF NOT EXISTS icosa_owed (
  one INTEGER PRIMARY KEY CHECK (one = 1), since INTEGER NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS icosa_outbox_owing AFTER INSERT ON icosa_outbox WHEN NEW.lines IS NOT NULL BEGIN
  INSERT OR IGNORE INTO icosa_owed VALUES (1, NEW.sequence); END;
CREATE TRIGGER IF NOT EXISTS icosa_outbox_owed BEFORE DELETE ON icosa_outbox WHEN OLD.lines IS NOT NULL BEGIN
  DELETE FROM icosa_owed WHERE since <= OLD.sequence; END;
CREATE TABLE IF NOT EXISTS icosa_unmerged (
  name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS icosa_indexed (
  name TEXT PRIMARY KEY, source TEXT NOT NULL, upto INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS icosa_unindexed (
  name TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (name, row)
) STRICT, WITHOUT ROWID;
"""

LATER_COLUMNS = {
    "icosa_key": {"may_write": "INTEGER NOT NULL DEFAULT 1", "last_used_at": "TEXT"},
    "icosa_outbox": {"ids": "TEXT", "first_row": "INTEGER", "last_row": "INTEGER", "lines": "TEXT"},
}
"""What those that an older Icosa made may lack."""

KEYS_OF_OLDER = """CREATE TEMP VIEW icosa_key AS
  SELECT hash, api_key_id, 1 AS may_write, NULL AS last_used_at FROM main.icosa_key;
"""
"""Shows the keys of a file that is only read as they would be there today."""

IDS_OF_RECORDS = """UPDATE icosa_outbox SET ids =
  (SELECT json_group_array(coalesce(value ->> '$.after.id', value ->> '$.before.id')) FROM json_each(records))
  WHERE ids IS NULL AND first_row IS NULL;
INSERT OR IGNORE INTO icosa_outbox_record SELECT value, sequence FROM icosa_outbox, json_each(ids);
"""
"""For events that were written before anybody looked for those of a record.  An older Icosa that goes on writing beside this
one, until it is restarted, does not name them either: a trigger does."""

_FIRST = ("id", "createdAt", "updatedAt", "deletedAt")
_ACTORS = ("createdBy", "updatedBy")
_LONG = LISTS | {Kind.JSON}


def table(of: Object, name: str | None = None, targets: Catalogue | None = None) -> str:
    """CREATE TABLE for an object, under its own name or another."""
    stored = sorted(columns(of), key=_rank)
    lines = [_column(column, targets) for column in stored]
    lines.insert(0, "icosa_row INTEGER PRIMARY KEY")
    lines.append(f"{DELETED_WITH} TEXT")
    lines.append(f"{doc_column(of)} TEXT GENERATED ALWAYS AS ({printed(of, json_of)}) VIRTUAL")
    return f"CREATE TABLE {quoted(name or of.table)} (\n  " + ",\n  ".join(lines) + "\n) STRICT"


def _column(column: Column, targets: Catalogue | None) -> str:
    line = f"{quoted(column.name)} {TYPES[column.kind]}"
    if column.name == "id":
        return f"{line} NOT NULL UNIQUE"
    if column.target and targets:
        parent = quoted(targets.by_singular[column.target].table)
        rule = str(column.on_delete).replace("_", " ")
        return f'{line} REFERENCES {parent}("id") ON DELETE {rule}'
    return line if column.nullable else f"{line} NOT NULL"


def _rank(column: Column) -> tuple[bool, ...]:
    """Where a column stands in a row.  SQLite reads a row's lengths from the first on, as far as what is looked for: a nanosecond
    each, a million times."""
    return (column.name not in _FIRST, column.kind in _LONG, column.target is None, column.field in _ACTORS)


def docs(of: Object, before: str) -> Iterator[str]:
    """The table of what `doc` makes of each row; triggers keep it, and first do what is to be done `before` that.  `deletedAt` stands
    in it too, so that who looks for a live record by its id reads no other row."""
    name, beside = quoted(of.table), quoted(doc_table(of))
    yield f'CREATE TABLE {beside} (\n  icosa_row INTEGER PRIMARY KEY,\n  "deletedAt" TEXT,\n  doc TEXT NOT NULL\n) STRICT'
    # What an event names of a row is written down while its doc is as it was.  One trigger does all of it, in this order: of two nobody
    # says which is first, and one that runs before the row is changed costs as much as both.
    yield (
        f"CREATE TRIGGER {quoted(f'icosa_{of.table}_changed')} AFTER UPDATE ON {name} BEGIN {before}{event_rows.written_down(of)}; "
        f'UPDATE {beside} SET "deletedAt" = NEW."deletedAt", doc = NEW.{doc_column(of)} WHERE icosa_row = NEW.icosa_row; END'
    )
    yield (
        f"CREATE TRIGGER {quoted(f'icosa_{of.table}_doc_gone')} AFTER DELETE ON {name} BEGIN "
        f"DELETE FROM {beside} WHERE icosa_row = OLD.icosa_row; END"
    )


def indexes(of: Object) -> Iterator[str]:
    """CREATE INDEX for unique keys, foreign keys, what people sort by, and what duplicates are found by."""
    name = quoted(of.table)
    for key in unique_keys(of):
        listed = ", ".join(quoted(column.name) for column in key)
        index = quoted(unique_index(of, key))
        yield f"CREATE UNIQUE INDEX {index} ON {name} ({listed}){sole(key)}"
    for relation in of.belongs_to:
        fk = quoted(relation.foreign_key)
        yield f'CREATE INDEX {quoted(f"IDX_{of.table}_{relation.foreign_key}")} ON {name} ({fk}, "deletedAt", "id") WHERE {fk} IS NOT NULL'
    for column in indexed(of):
        # The id comes first, so that a record that is deleted stays where it is in the index.
        yield f'CREATE INDEX {quoted(f"IDX_{of.table}_{column}")} ON {name} ({quoted(column)}, "id", "deletedAt")'
    for column in compared(of):
        yield f"CREATE INDEX {quoted(f'IDX_{of.table}_{column}')} ON {name} ({quoted(column)}) WHERE {quoted(column)} != ''"


def triggers(of: Object) -> Iterator[str]:
    """Triggers that keep the object's line of icosa_tally and the docs of new rows, and take along the tokens of keys."""
    name, where = quoted(of.table), f"WHERE object = {literal(of.singular)}"
    positioned = any(column.name == "position" for column in columns(of))
    bounds = (
        ', first = min(coalesce(first, NEW."position"), NEW."position"), last = max(coalesce(last, NEW."position"), NEW."position")'
        if positioned
        else ""
    )
    yield (
        f"CREATE TRIGGER {quoted(f'icosa_{of.table}_created')} AFTER INSERT ON {name} BEGIN "
        f'INSERT INTO {quoted(doc_table(of))} VALUES (NEW.icosa_row, NEW."deletedAt", NEW.{doc_column(of)}); '
        f'UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL){bounds} {where}; END'
    )
    yield (
        f'CREATE TRIGGER {quoted(f"icosa_{of.table}_deleted")} AFTER UPDATE OF "deletedAt" ON {name} '
        f'WHEN (OLD."deletedAt" IS NULL) != (NEW."deletedAt" IS NULL) BEGIN '
        f'UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL) - (OLD."deletedAt" IS NULL) {where}; END'
    )
    yield (
        f"CREATE TRIGGER {quoted(f'icosa_{of.table}_destroyed')} AFTER DELETE ON {name} "
        f'WHEN OLD."deletedAt" IS NULL BEGIN UPDATE icosa_tally SET live = live - 1 {where}; END'
    )
    if positioned:
        yield (
            f'CREATE TRIGGER {quoted(f"icosa_{of.table}_moved")} AFTER UPDATE OF "position" ON {name} BEGIN '
            f'UPDATE icosa_tally SET first = min(coalesce(first, NEW."position"), NEW."position"), '
            f'last = max(coalesce(last, NEW."position"), NEW."position") {where}; END'
        )

    if of.table in KEY_TABLES:
        yield (
            f"CREATE TRIGGER {quoted(f'icosa_{of.table}_closed')} AFTER DELETE ON {name} BEGIN "
            'DELETE FROM icosa_key WHERE api_key_id = OLD."id"; END'
        )


def search(of: Object) -> Iterator[str]:
    """An index over every three letters of the texts that people search, and triggers that note what it lacks (indexing.py)."""
    texts = [quoted(column.name) for column in search_columns(of)]
    if not texts:
        return
    name, index, called = quoted(of.table), quoted(search_table(of)), literal(search_table(of))
    listed = ", ".join(texts)
    yield f"CREATE VIRTUAL TABLE {index} USING fts5({listed}, content='', contentless_delete=1, tokenize='trigram', detail='column')"
    yield f"INSERT INTO icosa_indexed (name, source, upto) VALUES ({called}, {literal(of.table)}, 0)"
    changed = " OR ".join(f"OLD.{text} IS NOT NEW.{text}" for text in texts)
    yield (
        f"CREATE TRIGGER {quoted(f'icosa_{of.table}_renamed')} AFTER UPDATE OF {listed} ON {name} WHEN {changed} BEGIN "
        f"INSERT OR IGNORE INTO icosa_unindexed SELECT name, NEW.icosa_row FROM icosa_indexed WHERE name = {called} "
        "AND upto >= NEW.icosa_row; END"
    )
    # How far the index goes is taken back last, and here: of two triggers nobody says which is first.  It is for a row that the index
    # lacks, too: where that was the last one, those before it may have gone already, and their numbers come again.
    had = f"FROM icosa_indexed WHERE name = {called} AND upto >= OLD.icosa_row"
    last = f"coalesce((SELECT max(icosa_row) FROM {name}), 0)"
    yield (
        f"CREATE TRIGGER {quoted(f'icosa_{of.table}_forgotten')} AFTER DELETE ON {name} BEGIN "
        f"DELETE FROM {index} WHERE rowid = (SELECT OLD.icosa_row {had}); INSERT OR IGNORE INTO icosa_unmerged SELECT name {had}; "
        f"DELETE FROM icosa_unindexed WHERE name = {called} AND row = OLD.icosa_row; "
        f"UPDATE icosa_indexed SET upto = {last} WHERE name = {called} AND upto > {last}; END"
    )


TABLES: Final = ("CREATE TABLE ", "CREATE VIRTUAL TABLE ")
AROUND_TABLES: Final = ("CREATE TRIGGER ", "CREATE INDEX ", "CREATE UNIQUE INDEX ", "CREATE VIEW ", "DROP ")
"""How those of `statements` begin that make tables, and those that make, or take away, what can be made anew without their rows.
SQLite keeps the text of each as it was given."""


def statements(of: Object, catalogue: Catalogue) -> list[str]:
    """All that makes an object's table, in order."""
    before = owed_lines.pays(of, catalogue)
    return [
        table(of, targets=catalogue),
        *docs(of, before),
        *indexes(of),
        *search(of),
        *triggers(of),
        *event_rows.triggers(of, before),
        *owed_lines.statements(of, catalogue),
    ]


def own_fingerprint() -> str:
    """Changes whenever the tables of Icosa's own would differ from those made before; kept beside those of objects' tables."""
    return hashlib.sha256((OWN_TABLES + event_rows.view(())).encode()).hexdigest()


def fingerprint(of: Object, catalogue: Catalogue) -> str:
    """Changes whenever a table made today would differ from one made before."""
    return fingerprint_of(statements(of, catalogue))


def fingerprint_of(made: list[str]) -> str:
    """The fingerprint of a table that these statements make."""
    return hashlib.sha256("\n".join(made).encode()).hexdigest()
