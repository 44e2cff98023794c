"""Deleting, destroying and restoring every record that a condition holds for, in one transaction.

It is done in portions, so that no statement takes long, no event is very long, and who shares the interpreter is let in.
"""

from collections.abc import Iterator

from icosa.catalogue.model import Object
from icosa.workspace.store import outbox
from icosa.workspace.store.answer_length import Length
from icosa.workspace.store.deletions import bring_back, mark, take_out
from icosa.workspace.store.matches import matching
from icosa.workspace.store.names import doc_column, quoted
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.store.write import Writing
from icosa.workspace.store.write_plan import DeleteMany, RestoreMany

PORTION = 500
"""Records."""


def delete_many(writing: Writing, reads: Reads, plan: DeleteMany) -> Statements[list[tuple[str, bytes]]]:
    """(id, JSON) of what matched, deleted before or not: as it is now, of what was destroyed its id.  Raises InvalidQuery where
    that is too long for an answer."""
    ids = yield from matching(writing, plan.of, plan.condition, writing.dialect.FOR_END)
    if plan.permanent:
        yield from _destroy(writing, plan.of, ids)
        return [(id_, b'{"id":"%s"}' % id_.encode()) for id_ in ids]
    answers: list[tuple[str, bytes]] = []
    length = Length()
    for portion in _portions(ids):
        yield from mark(writing, plan.of, portion)
        answers += yield from _records(writing, reads, plan.of, portion, plan.depth, length)
    return answers


def _destroy(writing: Writing, of: Object, ids: list[str]) -> Statements[None]:
    """An event may tell of records of several portions: what is told of them is erased from each once."""
    gone: set[str] = set()
    for portion in _portions(ids):
        gone |= yield from take_out(writing, of, portion)
    yield from outbox.erase(writing.dialect, gone)
    for portion in _portions(ids):
        yield outbox.destroyed(writing, of, portion)


def restore_many(writing: Writing, reads: Reads, plan: RestoreMany) -> Statements[list[tuple[str, bytes]]]:
    """(id, JSON) of what matched, brought back or never deleted.  Raises InvalidQuery where that is too long for an answer."""
    of, among = plan.of, writing.dialect.among(quoted("id"))
    ids = yield from matching(writing, of, plan.condition, writing.dialect.FOR_CHANGE)
    answers: list[tuple[str, bytes]] = []
    length = Length()
    for portion in _portions(ids):
        bound = writing.dialect.ids(portion)
        rows = yield Statement(f'SELECT "id" FROM {quoted(of.table)} WHERE {among} AND "deletedAt" IS NOT NULL ORDER BY "id"', (bound,))
        if rows:
            yield from bring_back(writing, of, [str(row[0]) for row in rows])
        answers += yield from _records(writing, reads, of, portion, plan.depth, length)
    return answers


def _records(writing: Writing, reads: Reads, of: Object, ids: list[str], depth: int, length: Length) -> Statements[list[tuple[str, bytes]]]:
    if not depth:
        rows = yield Statement(
            f'SELECT "id", {doc_column(of)} FROM {quoted(of.table)} WHERE {writing.dialect.among(quoted("id"))} ORDER BY "id"',
            (writing.dialect.ids(ids),),
        )
        found = [(str(row[0]), b"{" + str(row[1]).encode()) for row in rows]
        length.add(*(record for _, record in found))
        return found
    found = []
    for id_ in ids:
        found.append((id_, (yield from reads.find_one(of, id_, depth, deleted=None))))
        length.add(found[-1][1])
    return found


def _portions(ids: list[str]) -> Iterator[list[str]]:
    return (ids[at : at + PORTION] for at in range(0, len(ids), PORTION))
