"""Names of things in a database, quoted, and the names of constraints that errors show."""

from collections.abc import Sequence
from functools import lru_cache

from icosa.catalogue.columns import Column, columns, columns_of_field, searched
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field, Object

DELETED_WITH = "icosa_deleted_with"
"""The column that holds the id of the record whose deletion took this one along; its own where it was deleted by itself,
by somebody who named keeping it."""

ACTIVITY = "timelineActivity"
"""The object whose records are the lines of the history of others, and its table."""


def quoted(name: str) -> str:
    """A name as SQL has it.  No text of a catalogue comes into SQL but through this or `literal`."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL has it, on connections where a backslash is a letter like any other."""
    return "'" + text.replace("'", "''") + "'"


@lru_cache(maxsize=1024)
def doc_column(of: Object) -> str:
    """The column that holds a row's own JSON: `doc`, unless the object has a field of that name."""
    return "icosa_doc" if any(column.name.lower() == "doc" for column in columns(of)) else "doc"


def doc_table(of: Object) -> str:
    """Where SQLite keeps the JSON of an object's rows, apart from their columns."""
    return f"icosa_doc_{of.table}"


def unique_index(of: Object, key: Sequence[Column]) -> str:
    """The name that Twenty gives the unique index over these columns; clients look for it in errors."""
    fields = "".join(dict.fromkeys(column.field for column in key))
    import hashlib  # here: it loads OpenSSL, which reading a page needs nothing of

    return "IDX_UNIQUE_" + hashlib.sha256((of.table + fields).encode()).hexdigest()[:27]


def foreign_key(of: Object, column: str) -> str:
    """The name that Twenty gives the foreign key on this column."""
    import hashlib  # here: see above

    return "FK_" + hashlib.sha1(f"{of.table}_{column}".encode(), usedforsecurity=False).hexdigest()[:27]


EVENT = "sequence, at, object, action, actor, updated_fields, records"
"""The columns of the outbox that tell of an event."""

NO_CURSOR = "this cursor is none of an outbox in a {store}; begin with an empty one, which stands before the oldest event that is kept"

FIRST_EVENT, LAST_EVENT = ("(SELECT min(sequence) FROM icosa_outbox)", "(SELECT max(sequence) FROM icosa_outbox)")
"""Each by itself: SQLite finds the two in one statement only by reading the whole outbox."""


def search_table(of: Object) -> str:
    """The index over the texts of an object that people search."""
    return f"icosa_search_{of.table}"


def search_columns(of: Object) -> tuple[Column, ...]:
    """The texts in that index; the index keeps two names for itself."""
    return tuple(column for column in searched(of) if column.name.lower() not in ("rank", "rowid"))


def compared(of: Object) -> list[str]:
    """Columns by which duplicates are found and that no other index begins with."""
    begun = {key[0].name for key in unique_keys(of)} | set(of.indexed)
    return list(dict.fromkeys(names[0] for names in of.duplicate_criteria if begun.isdisjoint(names)))


def indexed(of: Object) -> tuple[str, ...]:
    """Columns that people filter and sort by; relations have an index anyway."""
    return tuple(name for name in dict.fromkeys(of.indexed) if name not in of.relation_by_key)


@lru_cache(maxsize=1024)
def unique_keys(of: Object) -> tuple[tuple[Column, ...], ...]:
    """Every set of columns that no two live records share, the id apart; `sole` says where deleted ones count too."""
    by_name = {column.name: column for column in columns(of)}
    of_fields = [
        tuple(column for column in columns_of_field(of, member.name) if column.unique)
        for member in of.members
        if isinstance(member, Field) and member.unique
    ]
    together = (tuple(by_name[name] for name in names) for names in of.unique_together)
    return tuple({tuple(column.name for column in key): key for key in (*of_fields, *together)}.values())


def sole(key: Sequence[Column]) -> str:
    """What follows a unique index over these columns: the rows among which a value is there once.  No empty text counts, and
    no deleted record but where the value is never given again."""
    filled = [f"{quoted(column.name)} != ''" for column in key if column.kind is Kind.TEXT]
    conditions = [*filled, *among_live(key)]
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def among_live(key: Sequence[Column]) -> list[str]:
    """The condition that a record is alive, for keys that deleted ones give up."""
    return [] if all(column.unique_for_good for column in key) else ['"deletedAt" IS NULL']
