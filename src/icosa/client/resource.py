"""The operations of one object, as Python methods that block."""

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from icosa.call.page import Record
from icosa.call.where import Where
from icosa.catalogue.model import Object
from icosa.catalogue.naming import label
from icosa.client.changes import OVERLAP, Changes, ChangesReading, Since
from icosa.client.methods import NOT_PICKLED, blocking
from icosa.client.operations import Operations
from icosa.client.transport.flow import Flow
from icosa.client.walk import Progress, Walk


class Resource:
    """The records of one object: `crm.people`.

    Values go by snake_case, wire name or label (`job_title`, `jobTitle`, "Job Title"); JSON values are
    Python values, or JSON text.  A property left out is not sent; None clears it.  `depth` is 0 for the
    record alone, 1 (the default) with what it is related to, 2 with what those are related to.

    Every method raises InvalidInput before anything is sent, and any other IcosaError after.
    """

    def __init__(self, operations: Operations, drive: Callable[[Flow[Any]], Any]) -> None:
        self._flows = operations
        self._drive = drive

    @property
    def object(self) -> Object:
        """The object itself, as the workspace has it."""
        of: Object = self._drive(self._flows.of())
        return of

    find_many = blocking(Operations.find_many)
    find_one = blocking(Operations.find_one)
    look_up = blocking(Operations.look_up)
    create_one = blocking(Operations.create_one)
    create_many = blocking(Operations.create_many)
    update_one = blocking(Operations.update_one)
    upsert = blocking(Operations.upsert)
    delete_one = blocking(Operations.delete_one)
    restore_one = blocking(Operations.restore_one)
    update_many = blocking(Operations.update_many)
    delete_many = blocking(Operations.delete_many)
    restore_many = blocking(Operations.restore_many)
    merge = blocking(Operations.merge)
    group_by = blocking(Operations.group_by)
    find_duplicates = blocking(Operations.find_duplicates)
    attach = blocking(Operations.attach)
    detach = blocking(Operations.detach)
    attached_to = blocking(Operations.attached_to)
    targets = blocking(Operations.targets)
    call = blocking(Operations.call)

    def iterate(
        self,
        *,
        where: Where | str | None = None,
        order_by: str | None = None,
        depth: int | None = None,
        page_size: int | None = None,
        progress: Progress | None = None,
        deleted: bool = False,
    ) -> Iterator[Record]:
        """Every record that there is, or that a filter finds, one page at a time.

        Without `order_by` records come in the order of their ids, which is the surest: what stands all the
        while is met once, whatever is written meanwhile.  `page_size` is as many as the server takes, up to
        500, unless it is given.  `progress` is called after each page, with how many records were read and
        about how many there are.  With `deleted` it is the deleted records that are walked, as for find_many.
        """
        walk = Walk(self._flows, where, order_by, depth, page_size, progress, deleted=deleted)
        while records := self._drive(walk.next_page()):
            yield from records

    def changed(
        self, since: Since = None, *, depth: int | None = None, page_size: int | None = None, overlap: float = OVERLAP
    ) -> Changes[Record]:
        """What was created, changed, deleted or brought back since a moment: each record as it is now, those that were
        deleted with their `deletedAt`, in the order of their last change.

            changes = crm.people.changed(since=kept)
            for person in changes:
                ...
            keep(changes.token)  # for the next time

        `since` is a moment, the `token` of the last call, or None for the beginning.  Each change is met at least
        once, by this call or by the next one that goes on from its token, whatever is written meanwhile; the last
        `overlap` seconds are read again by the next call, and of those, what was not given as it is.  What a server
        destroyed for good leaves no trace: Twenty 1.0.3 destroys whatever is deleted.

        Raises InvalidValue for a `since` that is none, UnreadableAnswer where the server gives what was not asked for.
        """
        return Changes(ChangesReading(self._flows, since, depth, page_size, overlap), self._drive)

    def __repr__(self) -> str:
        return f"<{label(self._flows.name)}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{self!r} {NOT_PICKLED}")
