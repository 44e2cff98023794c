"""Webhooks, as records of the workspace: their secrets are sealed as those of any record are."""

import re
import secrets
from typing import Any
from urllib.parse import urlsplit

import orjson

from icosa.catalogue.kinds import shown
from icosa.wire.message import Answer
from icosa.wire.rest.body import read_record
from icosa.wire.rest.notices import NOT_DELIVERED, NOTICE_HEADER
from icosa.workspace.access.fitting import claim
from icosa.workspace.metadata import own_records
from icosa.workspace.metadata.asking import Asking, RecordRoom
from icosa.workspace.metadata.bodies import check_texts
from icosa.workspace.metadata.identity import STANDARD_APPLICATION
from icosa.workspace.metadata.kept import Json
from icosa.workspace.metadata.refusal import bad_request, coded
from icosa.workspace.store import deletions, writes
from icosa.workspace.store.keys import webhook_object
from icosa.workspace.store.statement import Statements
from icosa.workspace.store.write_plan import Create, Delete, Update

_EVENT = re.compile(r"(\*|[A-Za-z][A-Za-z0-9]*)\.(\*|[a-z]+)")
_SECRET_BYTES = 32
_NOTICE = ((NOTICE_HEADER, NOT_DELIVERED),)


def find_many(asking: Asking) -> Statements[Answer]:
    found = yield from own_records.every(asking, webhook_object(asking.catalogue))
    return Answer(200, orjson.dumps([_json(each) for each in found]))


def find_one(asking: Asking, id_: str) -> Statements[Answer]:
    return Answer(200, orjson.dumps(_json((yield from _found(asking, id_, 404)))))


def create(asking: Asking, body: Json) -> Statements[Answer]:
    """A webhook; one that is given no secret gets one."""
    check_texts(body, ("targetUrl",))
    values = {"secret": secrets.token_hex(_SECRET_BYTES), "operations": ["*.*"], "description": None} | _values(body)
    of = webhook_object(asking.catalogue)
    yield from claim(asking.secrets.sealing)
    (made,) = yield from writes.create(asking.writing(), asking.reads, Create(of, (read_record(asking.catalogue, of, values),), 0))
    return Answer(201, orjson.dumps(_json((yield from _found(asking, made.id, 404)))), _NOTICE)


def update(asking: Asking, id_: str, body: Json) -> Statements[Answer]:
    values, of = _values(body), webhook_object(asking.catalogue)
    yield from _found(asking, id_, 404)
    yield from claim(asking.secrets.sealing)
    yield from writes.update(asking.writing(), asking.reads, Update(of, id_, read_record(asking.catalogue, of, values), 0))
    return Answer(200, orjson.dumps(_json((yield from _found(asking, id_, 404)))), _NOTICE if "targetUrl" in values else ())


def delete(asking: Asking, id_: str) -> Statements[Answer]:
    yield from _found(asking, id_, 400)
    yield from deletions.delete(asking.writing(), Delete(webhook_object(asking.catalogue), id_, permanent=True))
    return Answer(200, b"true")


ROOM = RecordRoom(find_many, find_one, create, update, delete)


def _found(asking: Asking, id_: str, status: int) -> Statements[Json]:
    """The record with this id.  Raises MetadataRefusal, of this status, where there is none."""
    found = yield from own_records.one(asking, webhook_object(asking.catalogue), id_)
    if found is None:
        raise coded(status, "Webhook not found", "WEBHOOK_NOT_FOUND")
    return found


def _values(body: Json) -> Json:
    """What a body says of a webhook, checked.  Raises MetadataRefusal."""
    check_texts(body, (), ("targetUrl", "description", "secret"))
    values = {name: body[name] for name in ("targetUrl", "description", "secret", "operations") if body.get(name) is not None}
    if "targetUrl" in values and not _is_address(values["targetUrl"]):
        text = f"targetUrl must be an address that begins with http:// or https://, and is {shown(body['targetUrl'])}"
        raise coded(400, text, "INVALID_WEBHOOK_INPUT")
    if "operations" in values:
        _check_operations(values["operations"])
    return values


def _check_operations(operations: Any) -> None:
    if not isinstance(operations, list) or not operations:
        raise bad_request(f'operations must be a list such as ["company.created", "*.*"], and is {shown(operations)}')
    wrong = [each for each in operations if not isinstance(each, str) or not _EVENT.fullmatch(each)]
    if wrong:
        found = shown(wrong[0])
        raise bad_request(f'operations must be a list such as ["company.created", "*.*"], and has {found}')


def _is_address(text: str) -> bool:
    try:
        address = urlsplit(text)
        return address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        return False


def _json(record: Json) -> Json:
    listed = {name: record[name] for name in ("id", "targetUrl", "operations", "description", "secret")}
    ids = {"workspaceId": record["workspaceId"], "applicationId": STANDARD_APPLICATION}
    return listed | ids | {name: record[name] for name in ("createdAt", "updatedAt", "deletedAt")}
