"""The tables of a catalogue on PostgreSQL: one an object, and a few of the workspace's own.

Beside its columns each row keeps `doc`: its own depth-0 JSON without the opening brace, a stored
generated column, so that no write, cascade or repair can leave it stale.  A row of some kilobytes stays
whole and uncompressed on its page, because almost every read wants its doc.

icosa_tally says, for each object, how many records are alive and the range of their positions.
Triggers hold it, because cascades change records that no statement names.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from icosa.catalogue.columns import Column, column_by_name, columns, searched
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Catalogue, Object
from icosa.workspace.store.doc import doc
from icosa.workspace.store.keys import KEY_TABLES, objects
from icosa.workspace.store.names import (
    DELETED_WITH,
    compared,
    doc_column,
    foreign_key,
    indexed,
    literal,
    quoted,
    sole,
    unique_index,
    unique_keys,
)
from icosa.workspace.store.postgres.dialect import TYPES, json_of
from icosa.workspace.store.postgres.functions import FORGET_KEY, FUNCTIONS, PARTS

OWN = "icosa_schema"
"""The name under which the fingerprint of these is kept, beside those of objects' tables."""

OWN_TABLES = """
CREATE TABLE IF NOT EXISTS icosa_schema (
  name text PRIMARY KEY, fingerprint text NOT NULL
);
CREATE TABLE IF NOT EXISTS icosa_catalogue (
  objects text NOT NULL
);
CREATE TABLE IF NOT EXISTS icosa_tally_part (
  object text, part integer, live bigint NOT NULL DEFAULT 0, first double precision, last double precision,
  PRIMARY KEY (object, part)
) WITH (fillfactor = 20);
CREATE OR REPLACE VIEW icosa_tally AS
  SELECT object, sum(live)::bigint AS live, min(first) AS first, max(last) AS last FROM icosa_tally_part GROUP BY object;
CREATE TABLE IF NOT EXISTS icosa_key (
  hash text PRIMARY KEY, api_key_id uuid NOT NULL
);
ALTER TABLE icosa_key ADD COLUMN IF NOT EXISTS may_write smallint NOT NULL DEFAULT 1;
ALTER TABLE icosa_key ADD COLUMN IF NOT EXISTS last_used_at timestamptz(3);
CREATE TABLE IF NOT EXISTS icosa_session (
  hash text PRIMARY KEY, api_key_id uuid, created_at timestamptz(3) NOT NULL, last_used_at timestamptz(3) NOT NULL, agent text NOT NULL
);
CREATE TABLE IF NOT EXISTS icosa_code (
  hash text PRIMARY KEY, expires_at timestamptz(3) NOT NULL
);
CREATE TABLE IF NOT EXISTS icosa_sealing (
  one integer PRIMARY KEY CHECK (one = 1), marker text NOT NULL
);
CREATE TABLE IF NOT EXISTS icosa_metadata (
  id text PRIMARY KEY, kind text NOT NULL, notes text NOT NULL
);
CREATE TABLE IF NOT EXISTS icosa_outbox (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz(3) NOT NULL, object text NOT NULL, action text NOT NULL,
  actor json NOT NULL, updated_fields json, records json NOT NULL
);
ALTER TABLE icosa_outbox ADD COLUMN IF NOT EXISTS ids jsonb;
ALTER TABLE icosa_outbox ADD COLUMN IF NOT EXISTS xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX IF NOT EXISTS icosa_outbox_ids ON icosa_outbox USING gin (ids jsonb_path_ops);
CREATE INDEX IF NOT EXISTS icosa_outbox_xid ON icosa_outbox (xid);
CREATE OR REPLACE FUNCTION icosa_ids() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN NEW.ids = jsonb_path_query_array(NEW.records::jsonb, '$[*].*.id'); RETURN NEW; END$$;
CREATE OR REPLACE TRIGGER icosa_told_by_older BEFORE INSERT ON icosa_outbox
  FOR EACH ROW WHEN (NEW.ids IS NULL) EXECUTE FUNCTION icosa_ids();
"""

IDS_OF_RECORDS = """
UPDATE icosa_outbox SET ids = jsonb_path_query_array(records::jsonb, '$[*].*.id') WHERE ids IS NULL;
"""
"""For events that were written before anybody looked for those of a record.  An older Icosa that goes on writing beside this
one, until it is restarted, does not name them either: a trigger does."""

_ELSEWHERE = "xid >= pg_snapshot_xmax(pg_current_snapshot())"
FROM_ELSEWHERE = f"SELECT EXISTS (SELECT FROM icosa_outbox WHERE {_ELSEWHERE})"
OF_HERE = f"UPDATE icosa_outbox SET xid = pg_current_xact_id() WHERE {_ELSEWHERE};"
"""For events that a dump brought from another server, whose transactions are numbered further on: to readers they would
not have ended here."""

_FIRST = ("id", "createdAt", "updatedAt", "deletedAt")
_LONGEST_NAME = 63  # what PostgreSQL keeps of a name


def table(of: Object) -> str:
    """CREATE TABLE for an object, without its keys and indexes."""
    stored = sorted(columns(of), key=lambda column: (column.name not in _FIRST, column.target is None))
    lines = [_column(column) for column in stored]
    lines.insert(len(_FIRST), f"{DELETED_WITH} uuid")
    lines.append(f"{doc_column(of)} text NOT NULL GENERATED ALWAYS AS ({doc(of, json_of)}) STORED")
    return f"CREATE TABLE {quoted(of.table)} (\n  " + ",\n  ".join(lines) + "\n) WITH (toast_tuple_target = 8160, fillfactor = 90)"


def _column(column: Column) -> str:
    name = quoted(column.name)
    line = f"{name} {TYPES[column.kind]}"
    if not column.nullable:
        line += " NOT NULL"
    if column.options:
        listed = ", ".join(map(literal, column.options))
        line += f" CHECK ({name} IN ({listed}))" if column.kind is Kind.OPTION else f" CHECK ({name} <@ ARRAY[{listed}])"
    return line


def indexes(of: Object) -> Iterator[str]:
    """The primary key, and CREATE INDEX for unique keys, foreign keys, what people sort by, and what
    duplicates are found by.  Nulls come first, as they do where an order does not say."""
    name = quoted(of.table)
    yield f'ALTER TABLE {name} ADD CONSTRAINT {quoted(primary_key(of))} PRIMARY KEY ("id")'
    for key in unique_keys(of):
        listed = ", ".join(quoted(column.name) for column in key)
        yield f"CREATE UNIQUE INDEX {quoted(unique_index(of, key))} ON {name} ({listed}){sole(key)}"
    for relation in of.belongs_to:
        fk = quoted(relation.foreign_key)
        yield f'CREATE INDEX {_index(of, relation.foreign_key)} ON {name} ({fk}, "id") WHERE {fk} IS NOT NULL'
    for column in indexed(of):
        nulls = " NULLS FIRST" if column_by_name(of)[column].nullable else ""
        yield f'CREATE INDEX {_index(of, column)} ON {name} ({quoted(column)}{nulls}, "id") WHERE "deletedAt" IS NULL'
    for column in compared(of):
        yield f"CREATE INDEX {_index(of, column)} ON {name} ({quoted(column)}) WHERE {quoted(column)} != ''"


def search(of: Object) -> Iterator[str]:
    """Indexes over every three letters of the texts that people search; they need the extension pg_trgm."""
    for column in searched(of):
        yield f"CREATE INDEX {_index(of, f'{column.name}_search')} ON {quoted(of.table)} USING gin ({quoted(column.name)} gin_trgm_ops)"


_COUNTED = (
    ("new", "INSERT", "REFERENCING NEW TABLE AS icosa_new"),
    ("gone", "DELETE", "REFERENCING OLD TABLE AS icosa_old"),
    ("changed", "UPDATE", "REFERENCING OLD TABLE AS icosa_old NEW TABLE AS icosa_new"),
    ("emptied", "TRUNCATE", ""),
)
"""Once a statement, whoever writes it: each change of a line of the tally is looked at by all that follow in its transaction,
and one for each of the hundred thousand rows of a COPY takes minutes."""


def triggers(of: Object) -> Iterator[str]:
    """Triggers that keep the object's lines of icosa_tally, and take along the tokens of keys."""
    positioned = any(column.name == "position" for column in columns(of))
    arguments, table = literal(of.singular) + (", 'positioned'" if positioned else ""), quoted(of.table)
    for name, event, rows in _COUNTED:
        yield (
            f"CREATE TRIGGER icosa_counted_{name} AFTER {event} ON {table} {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION icosa_count({arguments})"
        )
    if of.table in KEY_TABLES:
        yield FORGET_KEY
        yield f"CREATE TRIGGER icosa_closed AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION icosa_forget_key()"
        yield f"CREATE TRIGGER icosa_all_closed AFTER TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION icosa_forget_key()"


def tally(of: Object) -> str:
    """Counts the records that are there, when the triggers did not yet."""
    positioned = any(column.name == "position" for column in columns(of))
    ends = 'min("position"), max("position")' if positioned else "NULL::double precision, NULL::double precision"
    return (
        f"DELETE FROM icosa_tally_part WHERE object = {literal(of.singular)};\n"
        f"INSERT INTO icosa_tally_part SELECT {literal(of.singular)}, part, 0 FROM generate_series(0, {PARTS - 1}) part;\n"
        f"UPDATE icosa_tally_part SET (live, first, last) = "
        f'(SELECT count(*) FILTER (WHERE "deletedAt" IS NULL), {ends} FROM {quoted(of.table)}) '
        f"WHERE object = {literal(of.singular)} AND part = 0"
    )


def links(of: Object, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """(name, ALTER TABLE) of each foreign key."""
    for relation in of.belongs_to:
        name, parent = foreign_key(of, relation.foreign_key), quoted(catalogue.by_singular[relation.target].table)
        rule = str(relation.on_delete).replace("_", " ")
        yield (
            name,
            f"ALTER TABLE {quoted(of.table)} ADD CONSTRAINT {quoted(name)} "
            f'FOREIGN KEY ({quoted(relation.foreign_key)}) REFERENCES {parent}("id") ON DELETE {rule}',
        )


def primary_key(of: Object) -> str:
    return _fitting(f"PK_{of.table}")


@lru_cache(maxsize=4)
def unique_columns(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The columns of every unique constraint and index, by its name."""
    found: dict[str, tuple[str, ...]] = {}
    for of in objects(catalogue):
        found[primary_key(of)] = ("id",)
        found |= {unique_index(of, key): tuple(column.name for column in key) for key in unique_keys(of)}
    return found


def own_fingerprint() -> str:
    """Changes whenever the tables of Icosa's own would differ from those made before; kept under the name OWN."""
    return hashlib.sha256(OWN_TABLES.encode()).hexdigest()


def fingerprint(of: Object, catalogue: Catalogue) -> str:
    """Changes whenever a table made today would differ from one made before."""
    texts = [FUNCTIONS, table(of), *indexes(of), *search(of), *triggers(of), *(text for _, text in links(of, catalogue))]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _index(of: Object, what: str) -> str:
    return quoted(_fitting(f"IDX_{of.table}_{what}"))


def _fitting(name: str) -> str:
    """A name that PostgreSQL keeps whole: one that is too long ends in its hash."""
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    return name.encode()[: _LONGEST_NAME - 17].decode(errors="ignore") + "_" + hashlib.sha256(name.encode()).hexdigest()[:16]
