"""Writes of all records that a filter holds for, as Twenty 2.19 has them: changed, deleted or brought back.

A real 2.19 changes 200 records in one request at the most, and answers a write that ends what its filter asks for with an
empty list.  So the records are found first where either could be, and written some at a time, by their ids.  In a journal
each of them is as it was right before, so that all can be put back.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple
from urllib.parse import quote, unquote

from icosa.call.extensions import destroys, offered
from icosa.call.page import Record
from icosa.call.where import DELETED, LIVE, LIVE_OR_DELETED, F, both
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Object
from icosa.client.sending.sender import Sender
from icosa.client.sending.work import Work
from icosa.client.transport.flow import Flow
from icosa.errors import Conflict, IcosaError, InvalidInput, InvalidQuery, UnreadableAnswer
from icosa.journal.protocol import Journal
from icosa.journal.write import Write
from icosa.wire.actions import Action, Operation
from icosa.wire.message import Request
from icosa.wire.rest import envelope

AT_ONCE: Final = 60
"""How many ids the URL of one request has room for."""

_PAGE: Final = 200
_WRITES: Final = (Operation.UPDATE_MANY, Operation.DELETE_MANY, Operation.RESTORE_MANY)


def is_filtered(action: Action) -> bool:
    """Whether an action writes all records that a filter holds for."""
    return action.object is not None and action.called in _WRITES and any(each.name == "filter" for each in action.properties)


class FilteredWrite(NamedTuple):
    """A write of all records that the filter of `work` holds for; `journal` is told of it, where there is one."""

    work: Work
    sender: Sender
    journal: Journal | None = None

    @property
    def operation(self) -> Operation:
        return Operation(self.work.action.called)

    @property
    def text(self) -> str:
        """Its filter, in the words of the server."""
        return filter_of(self.work.request)

    @property
    def wanted(self) -> str:
        """What finds the records that it does something to."""
        return filter_of_affected(self.work.action, self.work.request)


def filter_of_affected(action: Action, request: Request) -> str:
    """The filter that finds those records to which a write does something: one that is deleted is not deleted again."""
    text = filter_of(request)
    match action.called:
        case Operation.RESTORE_MANY:
            return str(both(text, DELETED))
        case Operation.DELETE_MANY:
            return str(both(text, LIVE_OR_DELETED if destroys(action, request.query) else LIVE))
        case _:
            return text


def written(write: FilteredWrite) -> Flow[Any]:
    """Does it, and gives the answer as one request would have brought it.  Raises InvalidQuery where no filter is given,
    Conflict where records changed between being found and being written."""
    if not write.text.strip():
        raise InvalidQuery(f"Filter is missing: {write.work.action.label} would be of every record there is; nothing was sent")
    if write.journal is None and not _found_first(write):
        return (yield from write.sender.writing(write.work)).payload
    of = write.work.of
    ids, unlisted = yield from _found(write)
    if unlisted:
        return (yield from _all_at_once(write, len(ids), unlisted))
    done: list[Record] = []
    for at in range(0, len(ids), AT_ONCE):
        try:
            done += yield from _some(write, ids[at : at + AT_ONCE])
        except IcosaError as error:
            if at:
                error.add_note(f"{at} of {len(ids)} {of.plural} had been dealt with by then; the others may be asked for again")
            raise
    return {"data": {envelope.key_of(write.operation, of): done}}


def _found_first(write: FilteredWrite) -> bool:
    """Whether one request could be too much at once, or its filter hold for nothing any more when it is answered."""
    return write.operation is Operation.UPDATE_MANY or (
        "deletedAt" in write.text and not destroys(write.work.action, write.work.request.query)
    )


def _found(write: FilteredWrite) -> Flow[tuple[list[str], int]]:
    """The ids of the records, and how many more the server counts than it lists.  Raises InvalidInput where one is among
    them that could not be put back."""
    found, counted = yield from _walked(write.work, write.sender, write.work.of, write.wanted, ("id", "deletedAt"))
    gone = [each for each in found if each.get("deletedAt")]
    if write.journal is not None and gone and write.operation is Operation.UPDATE_MANY:
        raise InvalidInput(
            f"{len(gone)} of the {write.work.of.plural} that the filter finds are deleted, such as {gone[0]['id']}, and no undo could "
            "find those again to change them back; nothing was sent. Leave them out with deletedAt[is]:NULL, or bring them back first"
        )
    return [str(each["id"]) for each in found], counted - len(found)


def _all_at_once(write: FilteredWrite, listed: int, unlisted: int) -> Flow[Any]:
    """The answer where some of the records are in no list, as 2.19 leaves messages out that are in no mailbox: they are not
    found first, and only a change of a few reaches them."""
    of, fewer = write.work.of, listed + unlisted <= _PAGE
    if write.journal is None and write.operation is Operation.UPDATE_MANY and fewer:
        text = write.text if "deletedAt" in write.text else str(both(write.text, LIVE))
        work = replace(write.work, request=_with_filter(write.work.request, text))
        return (yield from write.sender.writing(work)).payload
    raise InvalidInput(
        f"the server counts {listed + unlisted} {of.plural} for the filter and lists {listed}: some came meanwhile, or are in no list, as "
        "messages are that are in no mailbox. Nothing was sent; run it again, or name the others by their ids, one by one"
    )


def _some(write: FilteredWrite, ids: Sequence[str]) -> Flow[list[Record]]:
    """Writes some of the records, those of a change only as far as the filter still holds for them."""
    work, among = write.work, F.id.in_(ids)
    still = both(write.text, among) if write.operation is Operation.UPDATE_MANY else among
    part = replace(work, request=_with_filter(work.request, str(still)))
    if write.journal is None:
        return answered_records(work.of, (yield from write.sender.writing(part)).payload)
    before = yield from _unmoved(write, ids)
    sent = work.sent * len(ids) if work.request.body else ()
    known = () if write.operation is Operation.RESTORE_MANY else before
    note = Write(work.action, part.request, tuple(ids), sent, known)
    write.journal.before(note)
    try:
        records = answered_records(work.of, (yield from write.sender.writing(part)).payload)
    except IcosaError as error:
        write.journal.after(note, (), error)
        raise
    write.journal.after(note, records, None)
    return records


def _unmoved(write: FilteredWrite, ids: Sequence[str]) -> Flow[tuple[Record, ...]]:
    """The records as they are right before they are written, in the order of their ids.  Raises Conflict where the filter
    holds for some of them no longer."""
    of = write.work.of
    there = yield from records_of(write.work, write.sender, of, str(both(write.wanted, F.id.in_(ids))))
    by_id = {each["id"]: each for each in there}
    moved = [each for each in ids if each not in by_id]
    if moved:
        raise Conflict(
            f"{len(moved)} of {len(ids)} {of.plural} were changed by somebody since they were found, such as {moved[0]}: the filter "
            "no longer holds for them, and none of these was written. Look at what it finds now, and run it again"
        )
    return tuple(by_id[each] for each in ids)


def records_of(work: Work, sender: Sender, of: Object, text: str) -> Flow[list[Record]]:
    """Every record of an object that a filter finds, at depth 0."""
    return (yield from _walked(work, sender, of, text))[0]


def _walked(work: Work, sender: Sender, of: Object, text: str, names: Sequence[str] = ()) -> Flow[tuple[list[Record], int]]:
    """The same with these values alone where any are named, and how many records the server counts."""
    action = offered(of, work.offers)[Operation.FIND_MANY]
    asked = f"filter={quote(text, safe='')}&limit={min(work.offers.max_limit, _PAGE)}&depth=0"
    found: dict[str, Record] = {}
    more = ""
    while True:
        request = Request("GET", action.path, asked + more, user_agent=work.request.user_agent)
        page = envelope.read_page(of, (yield from sender.reading(action, request)).payload)
        new = {str(each["id"]): each for each in page.records}
        if new.keys() & found.keys():
            raise UnreadableAnswer(f"the pages of {of.plural} go round; {shown(next(iter(new)))} came again")
        found |= {id_: {name: each.get(name) for name in names} if names else each for id_, each in new.items()}
        if not page.info.has_next_page or not new:
            return list(found.values()), page.total_count
        more = f"&starting_after={quote(page.info.end_cursor or '', safe='')}"


def answered_records(of: Object, payload: Any) -> list[Record]:
    """The records of an answer about several.  Raises UnreadableAnswer."""
    found = within(of, payload)
    if not isinstance(found, list):
        raise UnreadableAnswer(f"the answer holds no list of {of.plural}")
    return found


def within(of: Object, payload: Any) -> Any:
    """The one thing that an answer holds.  Raises UnreadableAnswer."""
    data = payload.get("data") if isinstance(payload, dict) else None
    if not isinstance(data, dict) or len(data) != 1:
        raise UnreadableAnswer(f"the answer is not one about {of.plural}: it has no data, or more than one thing in them")
    return next(iter(data.values()))


def filter_of(request: Request) -> str:
    """The text of the filter of a request, "" where it has none."""
    return next((unquote(each[7:]) for each in request.query.split("&") if each.startswith("filter=")), "")


def _with_filter(request: Request, text: str) -> Request:
    return request._replace(query="&".join(_replaced(request.query.split("&"), f"filter={quote(text, safe='')}")))


def _replaced(pairs: Iterable[str], filter_: str) -> Iterator[str]:
    for each in pairs:
        yield filter_ if each.startswith("filter=") else each
