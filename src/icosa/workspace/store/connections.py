"""Records that a body names by unique values in the place of their ids."""

from collections.abc import Sequence

from icosa.catalogue.kinds import brief, shown
from icosa.errors import InvalidValue
from icosa.wire.rest.body import Sent
from icosa.wire.rest.relating import LinkedBy
from icosa.workspace.store.names import quoted, unique_keys
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.store.write import Writing


def connected(writing: Writing, records: Sequence[Sent]) -> Statements[list[Sent]]:
    """What was sent, with the ids of the records that are meant.  Raises InvalidValue where it is none, or cannot be told."""
    found: list[Sent] = []
    for sent in records:
        ids: Sent = {}
        for name, values in sent.items():
            if isinstance(values.get(""), LinkedBy):
                ids[name] = {"": (yield from _id_of(writing, values[""]))}
        found.append({**sent, **ids} if ids else sent)
    return found


def _id_of(writing: Writing, wanted: LinkedBy) -> Statements[str]:
    _check(wanted)
    match = " AND ".join(f"{quoted(name)} = ?" for name in wanted.where)
    text = f'SELECT "id" FROM {quoted(wanted.target.table)} WHERE {match} AND "deletedAt" IS NULL{writing.dialect.FOR_LINK}'
    rows = yield Statement(text, tuple(wanted.where.values()))
    if len(rows) != 1:
        listed = ", ".join(f"{name} = {brief(value)}" for name, value in wanted.where.items())
        raise InvalidValue(
            wanted.relation,
            f"no {wanted.target.singular} that was not deleted has {listed}; send its id, or values that it has",
            legacy=f"Expected 1 record to connect to {wanted.relation}, but found {len(rows)} for {listed}",
        )
    return str(rows[0][0])


def _check(wanted: LinkedBy) -> None:
    """Raises InvalidValue where the values do not hold all of something unique."""
    keys = [("id",), *(tuple(column.name for column in key) for key in unique_keys(wanted.target))]
    if not any(wanted.where.keys() >= set(key) for key in keys) or not wanted.where.keys() <= {name for key in keys for name in key}:
        listed = " or ".join(" with ".join(key) for key in keys)
        raise InvalidValue(
            wanted.relation,
            f"{shown(dict(wanted.where))} does not tell which {wanted.target.singular} is meant; send {listed}",
            legacy=f"Missing required fields: at least one unique constraint have to be fully populated for '{wanted.relation}'.",
        )
