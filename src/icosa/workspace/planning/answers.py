"""From what a store found to the answer's bytes: the envelope, the cursors, and secrets opened."""

from collections.abc import Sequence
from typing import Final

import orjson

from icosa.catalogue.model import Object
from icosa.wire.actions import Operation
from icosa.wire.language import cursor
from icosa.wire.message import Answer
from icosa.wire.rest import envelope
from icosa.wire.version import Version
from icosa.workspace.access.secrets import Secrets
from icosa.workspace.store.plan import FindDuplicates, FindMany, FindOne, FoundPage, GroupBy
from icosa.workspace.store.reads import PreparedPage, Reads
from icosa.workspace.store.statement import Statements

OK = 200

_TAG: Final = (1 << 64) - 1


def read(reads: Reads, secrets: Secrets, plan: FindOne | PreparedPage | FindDuplicates | GroupBy, version: Version) -> Statements[Answer]:
    """Runs a read and answers it as the version has it."""
    answer = yield from _read(reads, secrets, plan, version)
    return tagged(answer) if version.etags else answer


def tagged(answer: Answer) -> Answer:
    """The answer with a tag that the same answer has, and hardly another.  It is a weak one: who packs the body on its way
    may leave it.

    Python's own hash is keyed by a secret of the process, so that nobody can make two answers of one tag, and of a page
    takes a tenth of what the hashes do that are the same everywhere.  Another server gives the same answer another tag, which
    costs whoever asks there no more than the answer once more.
    """
    status, body, headers = answer
    return Answer(status, body, (*headers, ("ETag", f'W/"{len(body):x}-{hash(body) & _TAG:016x}"')))


def _read(reads: Reads, secrets: Secrets, plan: FindOne | PreparedPage | FindDuplicates | GroupBy, version: Version) -> Statements[Answer]:
    match plan:
        case FindOne(of, id_, depth):
            found = yield from reads.find_one(of, id_, depth)
            return one(secrets, Operation.FIND_ONE, of, depth, found)
        case PreparedPage(page):
            records, info, total = _page(secrets, page, (yield from reads.find_many(plan)), version)
            return Answer(OK, envelope.many(page.of, records, info, total, two_ways=version.two_ways))
        case FindDuplicates(page):
            groups = yield from reads.find_duplicates(plan)
            pages = [_page(secrets, page, group, version) for group in groups]
            return Answer(OK, envelope.duplicates(page.of, pages, two_ways=version.two_ways))
        case GroupBy():
            return Answer(OK, envelope.groups(_opened(secrets, plan, (yield from reads.group_by(plan)))))


def one(secrets: Secrets, operation: Operation, of: Object, depth: int, record: bytes, status: int = OK) -> Answer:
    """The answer of an operation on one record."""
    return Answer(status, envelope.one(operation, of, secrets.open_records(of, depth, (record,))))


def several(secrets: Secrets, operation: Operation, of: Object, depth: int, records: Sequence[bytes], status: int = OK) -> Answer:
    """The answer of a write of several records."""
    opened = b",".join(piece for record in records for piece in secrets.open_records(of, depth, (record,)))
    return Answer(status, envelope.several(operation, of, (opened,)))


def _opened(secrets: Secrets, plan: GroupBy, groups: bytes) -> bytes:
    """The groups with the secrets of the records that they show open."""
    if plan.sample is None or not secrets.sealed_in(plan.of):
        return groups
    found = orjson.loads(b"[%s]" % groups)
    for group in found:
        group["records"] = [orjson.Fragment(b"".join(secrets.open_records(plan.of, 0, (orjson.dumps(each),)))) for each in group["records"]]
    return orjson.dumps(found)[1:-1]


def _page(secrets: Secrets, plan: FindMany, page: FoundPage, version: Version) -> tuple[envelope.Json, envelope.PageInfo, int]:
    """Behind a cursor lies the record that it is of, which only versions tell whose pages look both ways."""
    first, last = (None if place is None else cursor.encode(plan.order, place) for place in (page.first, page.last))
    before = page.has_previous or (version.two_ways and plan.cursor is not None and not plan.backward and first is not None)
    info = envelope.PageInfo(page.has_next, before, first, last)
    return secrets.open_records(plan.of, plan.depth, page.records), info, page.total
