"""API keys: listed, renamed, revoked and deleted.  Who holds the database makes them (`icosa keys create`)."""

import orjson

from icosa.wire.message import Answer
from icosa.wire.rest.body import read_record
from icosa.workspace.metadata import own_records
from icosa.workspace.metadata.asking import Asking, RecordRoom
from icosa.workspace.metadata.bodies import check_texts
from icosa.workspace.metadata.kept import Json
from icosa.workspace.metadata.refusal import coded
from icosa.workspace.store import deletions, writes
from icosa.workspace.store.keys import key_object
from icosa.workspace.store.statement import Statements
from icosa.workspace.store.write_plan import Delete, Update

_CHANGED = ("name", "expiresAt", "revokedAt")


def find_many(asking: Asking) -> Statements[Answer]:
    found = yield from own_records.every(asking, key_object(asking.catalogue))
    return Answer(200, orjson.dumps([_json(each) for each in found]))


def find_one(asking: Asking, id_: str) -> Statements[Answer]:
    return Answer(200, orjson.dumps(_json((yield from _found(asking, id_)))))


def create(asking: Asking, body: Json) -> Statements[Answer]:
    raise coded(
        400,
        "This endpoint requires a session access token: keys are made by `icosa keys create`, on the machine of the workspace",
        "FORBIDDEN_EXCEPTION",
    )


def update(asking: Asking, id_: str, body: Json) -> Statements[Answer]:
    """What narrows a key is for good: it is never un-revoked, and never good for longer."""
    check_texts(body, (), _CHANGED)
    yield from _found(asking, id_)
    of = key_object(asking.catalogue)
    sent = read_record(asking.catalogue, of, {name: body[name] for name in _CHANGED if body.get(name) is not None})
    yield from writes.update(asking.writing(), asking.reads, Update(of, id_, sent, 0))
    return Answer(200, orjson.dumps(_json((yield from _found(asking, id_)))))


def delete(asking: Asking, id_: str) -> Statements[Answer]:
    yield from _found(asking, id_)
    yield from deletions.delete(asking.writing(), Delete(key_object(asking.catalogue), id_, permanent=True))
    return Answer(200, b"true")


ROOM = RecordRoom(find_many, find_one, create, update, delete)


def _found(asking: Asking, id_: str) -> Statements[Json]:
    found = yield from own_records.one(asking, key_object(asking.catalogue), id_)
    if found is None:
        raise coded(404, "API key not found", "API_KEY_NOT_FOUND")
    return found


def _json(record: Json) -> Json:
    return {name: record[name] for name in ("id", "name", "expiresAt", "revokedAt", "createdAt", "updatedAt", "workspaceId")}
