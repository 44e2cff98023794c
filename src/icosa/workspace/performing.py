"""A checked write, done with all that it sets off, and answered: the statements of one transaction."""

from collections.abc import Callable
from typing import Any, Final

import orjson

from icosa.catalogue.field_types import Values
from icosa.catalogue.model import Object
from icosa.errors import NotFound
from icosa.wire.actions import Operation
from icosa.wire.identifiers import new_id
from icosa.wire.message import Answer
from icosa.wire.rest import envelope
from icosa.wire.rest.body_columns import Sheet
from icosa.wire.version import Version
from icosa.workspace.access.fitting import claim
from icosa.workspace.access.keys import Principal
from icosa.workspace.access.secrets import Secrets
from icosa.workspace.begun import Begun
from icosa.workspace.footing import Footing
from icosa.workspace.planning import answers
from icosa.workspace.planning.notices import with_notice
from icosa.workspace.rules import effects, permitted
from icosa.workspace.store import deletions, many_deletions, merging, writes
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.sheets import insert_sheet
from icosa.workspace.store.statement import Statements
from icosa.workspace.store.write import Writing
from icosa.workspace.store.write_plan import Create, Delete, DeleteMany, Merge, Restore, RestoreMany, Update, UpdateMany, Write
from icosa.workspace.store.writes import Made

_OF_VALUES: Final = (Create, Update, UpdateMany, Merge)
"""Writes that may seal a value."""


def writing_by(principal: Principal, footing: Footing, dialect: Dialect, now: str, version: Version) -> Writing:
    """One write by somebody, at a moment."""
    actor: Values = {"source": "API", "workspaceMemberId": None, "name": principal.name, "context": {}}
    return Writing(footing.catalogue, dialect, footing.secrets.sealing, actor, now, [], version)


def written(begun: Begun, dialect: Dialect, now: str, version: Version) -> Statements[Answer]:
    """What was begun, done.  Raises what the store raises, as the version tells it, and then nothing was written."""
    footing = begun.footing
    writing = writing_by(begun.principal, footing, dialect, now, version)
    try:
        return (yield from perform(writing, footing.reads, footing.secrets, begun.operation, begun.plan))
    except NotFound as error:
        raise permitted.missing(error, begun.plan, version) from None


def perform(writing: Writing, reads: Reads, secrets: Secrets, operation: Operation, plan: Write) -> Statements[Answer]:
    """Raises what the store raises, and then nothing was written."""
    plan = effects.prepared(plan, writing.version)
    if isinstance(plan, _OF_VALUES) and secrets.sealed_in(plan.of):
        yield from claim(secrets.sealing)
    answer = yield from _DOING[type(plan)](writing, reads, secrets, operation, plan)
    if writing.happened:
        yield from effects.concluded(writing)
    return answer


def create(writing: Writing, reads: Reads, secrets: Secrets, plan: Create) -> Statements[list[Made]]:
    """Creates records as `perform` does, for who needs the records themselves rather than an answer."""
    if secrets.sealed_in(plan.of):
        yield from claim(secrets.sealing)
    prepared = effects.prepared(plan, writing.version)
    assert isinstance(prepared, Create)  # what is added to one makes it no other write
    made = yield from _create(writing, reads, prepared)
    yield from effects.concluded(writing)
    return made


def create_sheet(writing: Writing, of: Object, sheet: Sheet) -> Statements[list[tuple[str, str]]]:
    """The same for records of an object that takes sheets; their ids and JSON, without its opening brace."""
    made = yield from insert_sheet(writing, of, sheet)
    ids = [id_ for id_, _ in made]
    yield from effects.created(writing, of, ids, new=ids)
    yield from effects.concluded(writing)
    return made


def _create(writing: Writing, reads: Reads, plan: Create) -> Statements[list[Made]]:
    made = writes.create(writing, reads, plan)
    return _followed(writing, plan.of, made) if effects.follow(plan.of) else made


def _followed(writing: Writing, of: Object, creation: Statements[list[Made]]) -> Statements[list[Made]]:
    """A creation, and what follows from it."""
    made = yield from creation
    yield from effects.created(writing, of, [each.id for each in made], new=[each.id for each in made if each.new])
    return made


_Doing = Callable[[Writing, Reads, Secrets, Operation, Any], Statements[Answer]]


def _created(writing: Writing, reads: Reads, secrets: Secrets, operation: Operation, plan: Create) -> Statements[Answer]:
    made, created = (yield from _create(writing, reads, plan)), writing.version.created
    if operation is Operation.CREATE_MANY:
        answer = answers.several(secrets, operation, plan.of, plan.depth, [each.record for each in made], created)
    else:
        answer = answers.one(secrets, operation, plan.of, plan.depth, made[0].record, created)
    return with_notice(answer, plan)


def _updated(writing: Writing, reads: Reads, secrets: Secrets, operation: Operation, plan: Update) -> Statements[Answer]:
    answer = answers.one(secrets, operation, plan.of, plan.depth, (yield from writes.update(writing, reads, plan)))
    yield from effects.changed(writing, plan.of, [plan.id])
    return with_notice(answer, plan)


def _restored(writing: Writing, reads: Reads, secrets: Secrets, operation: Operation, plan: Restore) -> Statements[Answer]:
    answer = answers.one(secrets, operation, plan.of, plan.depth, (yield from deletions.restore(writing, reads, plan)))
    yield from effects.changed(writing, plan.of, [plan.id])
    return answer


def _several(
    writing: Writing, reads: Reads, secrets: Secrets, operation: Operation, plan: UpdateMany | RestoreMany | DeleteMany
) -> Statements[Answer]:
    match plan:
        case UpdateMany():
            found = yield from writes.update_many(writing, reads, plan)
        case RestoreMany():
            found = yield from many_deletions.restore_many(writing, reads, plan)
        case DeleteMany():
            found = yield from many_deletions.delete_many(writing, reads, plan)
    yield from effects.changed(writing, plan.of, [id_ for id_, _ in found])
    answer = answers.several(secrets, operation, plan.of, plan.depth, [record for _, record in found])
    return with_notice(answer, plan) if isinstance(plan, UpdateMany) else answer


def _deleted(writing: Writing, reads: Reads, secrets: Secrets, operation: Operation, plan: Delete) -> Statements[Answer]:
    of = plan.of
    yield from deletions.delete(writing, plan)
    if plan.permanent:
        return Answer(answers.OK, envelope.deleted(of, plan.id))
    if writing.version.tells_deleted:
        answer = answers.one(secrets, operation, of, plan.depth, (yield from reads.find_one(of, plan.id, plan.depth, deleted=True)))
    else:
        answer = Answer(answers.OK, envelope.deleted(of, plan.id))
    yield from effects.changed(writing, of, [plan.id])
    return answer


def _merged(writing: Writing, reads: Reads, secrets: Secrets, operation: Operation, plan: Merge) -> Statements[Answer]:
    record = yield from merging.merge(writing, reads, plan)
    if not plan.dry_run:
        yield from effects.changed(writing, plan.of, [plan.ids[plan.priority]])
        return answers.one(secrets, operation, plan.of, plan.depth, record)
    writing.happened.clear()
    # It is no record that there is: it has an id that none has, and counts as deleted.
    shown = orjson.loads(b"".join(secrets.open_records(plan.of, plan.depth, (record,))))
    preview = orjson.dumps({**shown, "id": new_id(), "deletedAt": writing.now})
    return Answer(answers.OK, envelope.one(operation, plan.of, (preview,)))


_DOING: Final[dict[type, _Doing]] = {
    Create: _created,
    Update: _updated,
    Restore: _restored,
    Delete: _deleted,
    Merge: _merged,
    UpdateMany: _several,
    RestoreMany: _several,
    DeleteMany: _several,
}
