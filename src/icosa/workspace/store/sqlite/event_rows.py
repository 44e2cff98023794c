"""Events that tell of records by their rows, so that nothing is written twice.

The event of a creation names the rows that it made, `first_row` to `last_row`, and that of a deletion the row of its record; their JSON
is read from them for as long as they are as that left them.  Before any of them is changed or destroyed, by whom or what ever, a
trigger writes the JSON of all of them into the event, which is then as any other.  So all rows that an event names are there, and no
two events name the same.

`EVENTS` is the outbox as everybody reads it, with the records of every event.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from icosa.catalogue.model import Object
from icosa.workspace.store.names import EVENT, doc_table, literal, quoted

EVENTS = "icosa_event"

EVENTS_OF_OLDER = f"CREATE TEMP VIEW {EVENTS} AS SELECT {EVENT} FROM main.icosa_outbox"
"""Shows those of a file that is only read as they would be there today."""


@lru_cache(maxsize=1024)
def created(of: Object, records: int, *, lines: bool = False) -> str:
    """Records that so many records were created by the statement before, at a bound moment by a bound actor; and, where `lines` are
    owed of them, the bound ids of these.  They have the last rows of their table: rows are numbered upwards."""
    rows, more, bound = f"max(icosa_row) - {records - 1}, max(icosa_row)", ", lines" if lines else "", ", ?" if lines else ""
    return (
        f"INSERT INTO icosa_outbox (at, object, action, actor, records, first_row, last_row{more}) "
        f"SELECT ?, {literal(of.singular)}, 'created', ?, '', {rows}{bound} FROM {quoted(of.table)}"
    )


@lru_cache(maxsize=1024)
def deleted(of: Object) -> str:
    """That the record with a bound id was deleted, at a bound moment by a bound actor, where the statement before has marked it; one
    row then."""
    return (
        "INSERT INTO icosa_outbox (at, object, action, actor, records, first_row, last_row) "
        f"SELECT ?, {literal(of.singular)}, 'deleted', ?, '', icosa_row, icosa_row FROM {quoted(of.table)} "
        'WHERE changes() = 1 AND "id" = ? RETURNING sequence'
    )


def view(objects: Iterable[Object]) -> str:
    """CREATE VIEW for the events of a database with tables for these objects."""
    cases = " ".join(f"WHEN {literal(each.singular)} THEN ({_records(doc_table(each), 'doc')})" for each in objects)
    named = f"CASE object {cases} END" if cases else "records"
    read = EVENT.replace("records", f"CASE WHEN first_row IS NULL THEN records ELSE {named} END AS records")
    return f"CREATE VIEW {EVENTS} AS SELECT {read} FROM icosa_outbox"


def written_down(of: Object) -> str:
    """A step of a trigger that writes down what an event names before the OLD row of the object, or its doc, changes."""
    naming = f"object = {literal(of.singular)} AND first_row <= OLD.icosa_row ORDER BY first_row DESC LIMIT 1"
    where = f"sequence = (SELECT sequence FROM icosa_outbox WHERE {naming}) AND last_row >= OLD.icosa_row"
    return _written_down(of.table, doc_table(of), "doc", where)


def triggers(of: Object, before: str) -> Iterator[str]:
    """A trigger that writes down what an event names before it is destroyed, and first does what is to be done `before` that: of two
    triggers nobody says which is first.  What it names before it changes does the trigger that keeps the docs."""
    name = quoted(f"icosa_{of.table}_before_delete")
    yield f"CREATE TRIGGER {name} BEFORE DELETE ON {quoted(of.table)} BEGIN {before}{written_down(of)}; END"


def write_down(of: Object, table: str, doc: str) -> str:
    """Writes all that events name in a table of the object, under any name, into them."""
    return _written_down(table, table, doc, f"object = {literal(of.singular)} AND first_row IS NOT NULL")


def forget_unkept(of: Object) -> str:
    """Leaves events that name rows of an object without any where its table has no trigger that writes them down: an Icosa that knows
    nothing of such events has made the table anew, its rows have other numbers since, and nobody can say which were meant.  The
    events stay, so that no number is given twice."""
    keeps = f"SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = {literal(of.table)} AND sql LIKE '%icosa_outbox%'"
    where = f"object = {literal(of.singular)} AND first_row IS NOT NULL AND NOT EXISTS ({keeps})"
    return f"UPDATE icosa_outbox SET records = '[]', ids = '[]', first_row = NULL, last_row = NULL WHERE {where}"


def _written_down(table: str, docs: str, doc: str, where: str) -> str:
    ids = f'SELECT json_group_array("id") FROM (SELECT "id" {_named(table)})'
    return f"UPDATE icosa_outbox SET records = ({_records(docs, doc)}), ids = ({ids}), first_row = NULL, last_row = NULL WHERE {where}"


def _records(table: str, doc: str) -> str:
    before = f"CASE icosa_outbox.action WHEN 'created' THEN 'null' ELSE '{{' || {doc} END"
    each = f"""'{{"before":' || {before} || ',"after":{{' || {doc} || '}}'"""
    return f"SELECT '[' || group_concat(told, ',') || ']' FROM (SELECT {each} AS told {_named(table)})"


def _named(table: str) -> str:
    """The rows in order.  (An ORDER BY within an aggregate would keep programs with a SQLite before 3.44 from reading the file.)"""
    return f"FROM {quoted(table)} WHERE icosa_row BETWEEN first_row AND last_row ORDER BY icosa_row"
