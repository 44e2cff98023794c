"""What every write needs: who writes and when, and how an error of the database is told."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from icosa.catalogue.columns import Column, column_by_name, columns, columns_of_field, links
from icosa.catalogue.field_types import Values
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import BrokenLink, IcosaError, NotFound, RecordExists, ValueTaken
from icosa.wire.rest.routes import restoring_path
from icosa.wire.version import TWENTY_1_0_3, Version
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.names import among_live, foreign_key, quoted, unique_index, unique_keys
from icosa.workspace.store.records import Columns
from icosa.workspace.store.sealed_place import place
from icosa.workspace.store.statement import Statement, Statements, Violation


class Sealer(Protocol):
    """Encrypts the values of secret fields.  `place` ties a sealed text to its object, field and record."""

    def seal(self, text: str, place: str) -> str: ...

    def open(self, sealed: str, place: str) -> str: ...


class Occurrence(NamedTuple):
    """What an event is about: an action on records of an object, each with its id, and with its JSON, without the opening
    brace, before and after."""

    of: Object
    action: str
    changes: Sequence[tuple[str, str | None, str | None]]


class Writing(NamedTuple):
    """One write: `actor` are the values of `createdBy` for records that it creates, `now` its moment; `version` is how
    it was asked for, which errors go by that say what to ask for instead.  `happened` is what it did so far, where the
    version keeps a timeline: nothing at first.  Made for every write, and so a tuple, which takes a fifth of the time."""

    catalogue: Catalogue
    dialect: Dialect
    sealer: Sealer
    actor: Values
    now: str
    happened: list[Occurrence]
    version: Version = TWENTY_1_0_3


def stored(writing: Writing, of: Object, column: Column, canonical: Any, id_: str) -> Any:
    """A canonical value as the database keeps it: sealed, where the field is a secret."""
    if column.secret and canonical:
        return writing.sealer.seal(canonical, place(of, column, id_))
    return writing.dialect.value(column, canonical)


def opened(writing: Writing, of: Object, values: Columns) -> Columns:
    """The columns of a record with what is sealed in them opened."""
    sealed = {column.name: column for column in columns(of) if column.secret and values[column.name]}
    if not sealed:
        return values
    id_ = str(values["id"])
    return {**values, **{name: writing.sealer.open(values[name], place(of, column, id_)) for name, column in sealed.items()}}


def signature(writing: Writing, of: Object) -> Columns:
    """The columns that say who changed a record last; none where its object does not say."""
    if "updatedBy" not in of.field_by_name:
        return {}
    return {column.name: writing.actor[column.part] for column in columns_of_field(of, "updatedBy")}


def one_of(dialect: Dialect, column: str, ids: list[str]) -> tuple[str, Any]:
    """A condition that a column holds one of these ids, and what to bind: one id is looked up in half the time of a list of one."""
    return (f"{quoted(column)} = ?", ids[0]) if len(ids) == 1 else (dialect.among(quoted(column)), dialect.ids(ids))


def check_links(writing: Writing, of: Object, records: Sequence[Columns]) -> Statements[None]:
    """Raises BrokenLink where a foreign key points at no live record.

    A record of the same batch counts: it is written in the order sent.
    """
    for column in links(of):
        wanted = {values[column.name]: None for values in records if values.get(column.name)}
        if wanted:
            yield from check_link(writing, of, column, list(wanted), [values["id"] for values in records if "id" in values])


def check_link(writing: Writing, of: Object, column: Column, wanted: Sequence[str], own: Sequence[str]) -> Statements[None]:
    """The same for what one foreign key is to be, of which there is any; `own` are the ids of the records of the batch."""
    target = writing.catalogue.by_singular[column.target or ""]
    which, bound = one_of(writing.dialect, "id", list(wanted))
    locked = writing.dialect.FOR_LINK
    rows = yield Statement(f'SELECT "id" FROM {quoted(target.table)} WHERE {which} AND "deletedAt" IS NULL{locked}', (bound,))
    known = {str(row[0]) for row in rows}
    if target is of:
        known.update(own)
    missing = next((id_ for id_ in wanted if id_ not in known), None)
    if missing:
        raise broken_link(of, column, missing)


def broken_link(of: Object, column: Column, id_: str) -> BrokenLink:
    return BrokenLink(
        f"{column.path}: no {column.target} has the id {id_}, or it was deleted; send the id of one that is there",
        legacy=f'insert or update on table "{of.table}" violates foreign key constraint "{foreign_key(of, column.name)}"',
    )


def refused(of: Object, violation: Violation, records: Sequence[Columns], *, new: Version | None = None) -> Statements[IcosaError]:
    """The error that a refused write raises; names the value that is taken, where it can be found.

    Where several are, which of them a database finds first is its own affair, so they are looked for here:
    ids of records that are `new`, in this version's words, then unique keys in the order of the catalogue.
    """
    by_name = column_by_name(of)
    if violation.rule == "foreign key":
        return BrokenLink(f"a relation of this {of.singular} points at a record that is gone; read it and send it again")
    if violation.rule != "unique" or not violation.columns:
        raise violation
    if new:
        same_id = yield from _id_taken(of, records, new)
        if same_id:
            return same_id
    if violation.columns == ("id",):
        return RecordExists(f"id: there is a {of.singular} with this id already", legacy="Record already exists")
    named, taken = [by_name[name] for name in violation.columns], None
    for key in unique_keys(of):
        taken = yield from _taken(of, key, records)
        if taken:
            named = list(key)
            break
    taken = taken or "this value"
    paths = " and ".join(column.path for column in named)
    return ValueTaken(
        f"{paths}: {taken} is taken by another {of.singular}; values of {paths} are unique, so send another or update that {of.singular}",
        legacy=f'duplicate key value violates unique constraint "{unique_index(of, named)}"',
    )


def _id_taken(of: Object, records: Sequence[Columns], version: Version) -> Statements[IcosaError | None]:
    seen: set[str] = set()
    for values in records:
        rows = yield Statement(f'SELECT "deletedAt" FROM {quoted(of.table)} WHERE "id" = ?', (values["id"],))
        if rows or values["id"] in seen:
            deleted = bool(rows) and rows[0][0] is not None
            mend = (
                f"it was deleted; bring it back with PATCH {restoring_path(version, of, values['id'])}"
                if deleted
                else "update it instead, or leave the id out"
            )
            return RecordExists(f"id: there is a {of.singular} {values['id']} already; {mend}", legacy="Record already exists")
        seen.add(values["id"])
    return None


def _taken(of: Object, named: Sequence[Column], records: Sequence[Columns]) -> Statements[str | None]:
    """The value of these columns that a record has already, or that two of these records share."""
    seen: set[tuple[Any, ...]] = set()
    match = " AND ".join([*(f"{quoted(column.name)} = ?" for column in named), *among_live(named)])
    for values in records:
        key = tuple(values.get(column.name) for column in named)
        if None in key or "" in key:
            continue
        rows = yield Statement(f'SELECT "id" FROM {quoted(of.table)} WHERE {match} AND "id" != ?', (*key, values.get("id", "")))
        if rows or key in seen:
            return ", ".join(shown(part) for part in key)
        seen.add(key)
    return None


def not_found(of: Object, id_: str, what: str = "") -> NotFound:
    """The error of a write to a record that is not there, in 1.0.3's words."""
    where = f'{{\n    "where": {{\n        "id": "{id_}"\n    }}\n}}'
    return NotFound(
        f"no {what}{of.singular} has the id {id_}; check the id",
        legacy=f'Could not find any entity of type "{of.table}" matching: {where}',
    )
