"""From what a store found to the answer's bytes: the envelope, the cursors, and secrets opened."""

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from icosa.catalogue.model import Object
from icosa.wire.actions import Operation
from icosa.wire.language import cursor
from icosa.wire.message import Answer
from icosa.wire.rest import envelope
from icosa.wire.version import Version
from icosa.workspace.access.secrets import Secrets
from icosa.workspace.planning.tags import tag
from icosa.workspace.store.pages import PreparedPage
from icosa.workspace.store.plan import FindDuplicates, FindMany, FindOne, FoundPage, GroupBy
from icosa.workspace.store.reads import Reads, found_one
from icosa.workspace.store.statement import Statement, Statements

OK = 200

_made = tuple.__new__
"""Makes a named tuple of all its values, in half the time that its own class takes."""


class PreparedOne(NamedTuple):
    """All of a find one but its id, so that it may be kept and used again: the object, how deep, the text of its statement, what
    stands before the record in the answer, and whether the record may hold secrets."""

    of: Object
    depth: int
    text: str
    opening: bytes
    sealed: bool


class OneAsked(NamedTuple):
    """A find one.  Made for every request about a record, and so a tuple."""

    prepared: PreparedOne
    id: str


def prepared_one(reads: Reads, secrets: Secrets, plan: FindOne) -> PreparedOne:
    of, depth = plan.of, plan.depth
    opening = envelope.opening(Operation.FIND_ONE, of)
    return PreparedOne(of, depth, reads.one_text(of, depth), opening, secrets.sealed_within(of, depth))


ReadPlan = OneAsked | PreparedPage | FindDuplicates | GroupBy
"""What is asked for by a read, ready to be run."""


def read(reads: Reads, secrets: Secrets, plan: ReadPlan, version: Version) -> Statements[Answer]:
    """Runs a read and answers it as the version has it."""
    match plan:
        case OneAsked():
            (of, depth, text, opening, sealed), id_ = plan
            record = found_one(of, id_, (yield _made(Statement, (text, (id_,), False, False))))
            body = b"".join((opening, *(secrets.open_records(of, depth, (record,)) if sealed else (record,)), b"}}"))
        case PreparedPage(page):
            records, info, total = _page(secrets, page, (yield from reads.find_many(plan)), version)
            body = envelope.many(page.of, records, info, total, two_ways=version.two_ways)
        case FindDuplicates(page):
            groups = yield from reads.find_duplicates(plan)
            pages = [_page(secrets, page, group, version) for group in groups]
            body = envelope.duplicates(page.of, pages, two_ways=version.two_ways)
        case GroupBy():
            body = envelope.groups(_opened(secrets, plan, (yield from reads.group_by(plan))))
    return _made(Answer, (OK, body, (("ETag", tag(body)),) if version.etags else ()))


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
