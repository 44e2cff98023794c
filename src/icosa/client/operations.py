"""The operations of one object, as flows: what `Resource` does blocking, and `AsyncResource` awaiting."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from icosa.call.extensions import RESTORE_ONE, offered
from icosa.call.page import One, Page, Record
from icosa.call.response import Content
from icosa.call.where import DELETED, Where, both
from icosa.catalogue.model import Catalogue, Object
from icosa.client.calls import Calls
from icosa.client.transport.flow import Flow
from icosa.errors import InvalidQuery, UnknownAction
from icosa.wire.actions import Action, Operation
from icosa.wire.openapi.reading import Offers

if TYPE_CHECKING:
    from icosa.client.several import Several


class Operations:
    """The records of one object of a workspace.  `name` is the object's, in any spelling.

    What only one operation needs is loaded by the first call of it: a command makes one call.
    """

    def __init__(self, calls: Calls, name: str) -> None:
        self._calls = calls
        self._found: Object | None = None
        self._offers: Offers | None = None  # what the actions were made for
        self._actions: Mapping[str, Action] = {}
        self.name = name

    def of(self) -> Flow[Object]:
        """The object itself.  Raises UnknownObject."""
        if self._found is None:
            self._found = yield from self._calls.object(self.name)
        return self._found

    def find_many(
        self,
        *,
        where: Where | str | None = None,
        filter: str | None = None,  # noqa: A002  (the API's own word)
        order_by: str | None = None,
        limit: int | None = None,
        depth: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        deleted: bool = False,
    ) -> Flow[Page]:
        """A page of records: `where=F.job_title == "Engineer"`, `order_by="createdAt[DescNullsLast]"`.

        `where` is a filter made with `icosa.F`, or its text; `filter` is the same in the API's own word.
        Give a page's `end_cursor` as `starting_after` for the next one, or its `start_cursor` as
        `ending_before` for the one before, with the same filter and order; `iterate` does that.  With `deleted` the page is
        of deleted records, those that restore_one brings back.  Raises UnknownAction for that on a server that keeps none,
        as Twenty 1.0.3 does.
        """
        if where is not None and filter is not None:
            raise InvalidQuery("Where and Filter are both given, and are the same; give one of them, or join them: Where.of(text) & where")
        wanted = filter if where is None else where
        if deleted:
            wanted = yield from self.of_the_deleted(wanted)
        given = {
            "filter": _text(wanted), "order_by": order_by, "limit": limit, "depth": depth,
            "starting_after": starting_after, "ending_before": ending_before,
        }  # fmt: skip
        return cast(Page, (yield from self._run(Operation.FIND_MANY, given)))

    def dated_page(self, *, where: Where | str | None = None, **given: str | int | None) -> Flow[tuple[Page, datetime | None]]:
        """A page, and a moment of the server's clock right before it was asked, where it tells one."""
        of, offers = (yield from self.of()), (yield from self.offers())
        return (yield from self._calls.page(offered(of, offers)[Operation.FIND_MANY], {"filter": _text(where), **given}))

    def offers(self) -> Flow[Offers]:
        """What the server can do."""
        _, offers = yield from self._calls.ready()
        return offers

    def of_the_deleted(self, where: Where | str | None) -> Flow[Where | str]:
        """A filter for those of the deleted records that `where` holds for.  Raises UnknownAction where none are kept."""
        if not (yield from self.offers()).keeps_deleted:
            raise UnknownAction(
                f"this server keeps no deleted {self.name} to be listed, as Twenty 1.0.3 destroys whatever is deleted; leave out deleted"
            )
        return both(where, DELETED)

    def catalogue(self) -> Flow[Catalogue]:
        """What the workspace has."""
        catalogue, _ = yield from self._calls.ready()
        return catalogue

    def find_one(self, id: str | UUID, *, depth: int | None = None) -> Flow[Record]:  # noqa: A002
        """The record with that id.  Raises InvalidId for what is no UUID, NotFound where there is none."""
        return cast(Record, (yield from self._run(Operation.FIND_ONE, {"id": id, "depth": depth})))

    def look_up(self, known_as: str | UUID, *, depth: int | None = None) -> Flow[Record]:
        """The record that goes by that: its id, an e-mail address, a web address, or its name, in upper or lower case.

            crm.people.look_up("ada@example.com")
            crm.companies.look_up("engines.example.com")

        By what an object is known follows from its fields: e-mail addresses, what is unique, what its records are
        called.  A name counts only where nothing surer fits, and the first or last name of a person only where no
        whole name does.  Raises NotFound where there is none, Conflict with their ids where several go by it, and
        InvalidId where the object is known by ids alone.
        """
        from icosa.client.lookup import looked_up  # here: see the class

        return (yield from looked_up(self._calls, (yield from self.of()), known_as, depth))

    def create_one(
        self, record: Mapping[str, Any] | None = None, /, *, depth: int | None = None, upsert: bool = False, **fields: Any
    ) -> Flow[Record]:
        """Create a record of the given fields, and give it as it was stored.  `record` holds fields too,
        for those whose name Python or the action itself uses.

        With `upsert` the record that has the same id, or the same unique value, is updated instead where
        there is one.  Icosa servers know that; on another it is a plain creation, and the method `upsert` is
        what works on any.  Raises RecordExists or ValueTaken where the id or a unique value is taken.
        """
        given = {"depth": depth, "upsert": upsert}
        return cast(Record, (yield from self._run(Operation.CREATE_ONE, given, _joined(record, fields))))

    def create_many(self, records: Iterable[Mapping[str, Any]], *, depth: int | None = None, upsert: bool = False) -> Flow[list[Record]]:
        """Create several records, all or none, and give them in the same order.  `upsert` is as for create_one."""
        body: Any = records if isinstance(records, str | Mapping) else list(records)
        given = {"body": body, "depth": depth, "upsert": upsert}
        return cast(list[Record], (yield from self._run(Operation.CREATE_MANY, given)))

    def update_one(
        self,
        id: str | UUID | None = None,  # noqa: A002
        record: Mapping[str, Any] | None = None,
        /,
        *,
        depth: int | None = None,
        **fields: Any,
    ) -> Flow[Record]:
        """Change the given fields of a record, and give it as it is then.  `record` is as for create_one; the
        id may also be given by name.  Raises NotFound."""
        if id is None:
            id = fields.pop("id", None)  # noqa: A001
        return cast(Record, (yield from self._run(Operation.UPDATE_ONE, {"id": id, "depth": depth}, _joined(record, fields))))

    def upsert(self, record: Mapping[str, Any] | None = None, /, *, key: str, depth: int | None = None, **fields: Any) -> Flow[Record]:
        """Update the record that has the same value at `key` ("emails.primaryEmail"), or create one, and
        give it as it is then.  Where all that is given stands there already, nothing is written.

        It works on every server.  Where the server itself can, and the key is unique there, it is one
        request.  Elsewhere it is a look and a write, between which somebody else may write too, and then:

        - a key that is taken in between is looked up again, and that record updated;
        - of two upserts of the same key at once, one creates the record and the other updates it, since both
          make it with the same id, which is made from the key;
        - a record that is deleted in between is created.

        What remains is somebody who creates such a record in another way in the same moment, where the
        server does not keep the key unique; the next upsert then finds two.  Raises Conflict, which names
        their ids, where several records have the key; InvalidValue where the record says nothing at `key`;
        ValueTaken where another value that must be unique is taken.
        """
        of = yield from self.of()
        from icosa.client.upsert import upserted  # here: see the class

        return (yield from upserted(self._calls, of, _joined(record, fields), key, depth))

    def delete_one(self, id: str | UUID, *, permanent: bool = False) -> Flow[Record]:  # noqa: A002
        """Delete a record, and give `{"id": …}`.  Raises NotFound.

        An Icosa workspace keeps a deleted record out of sight, for restore_one to bring back; with
        `permanent` it is destroyed, deleted before or not.  A newer Twenty does the same, and is told so.
        Twenty 1.0.3 destroys it in any case, and by cascade what belongs to it.
        """
        return cast(Record, (yield from self._run(Operation.DELETE_ONE, {"id": id, "permanent": permanent})))

    def restore_one(self, id: str | UUID, *, depth: int | None = None) -> Flow[Record]:  # noqa: A002
        """Bring a deleted record back, with what was deleted along with it, and give it as it is then.

        Raises NotFound where no deleted record has that id, UnknownAction on a server that cannot restore,
        as Twenty 1.0.3 cannot.
        """
        return cast(Record, (yield from self._run(RESTORE_ONE, {"id": id, "depth": depth})))

    def find_duplicates(
        self,
        *,
        data: Iterable[Mapping[str, Any]] | None = None,
        ids: Iterable[str | UUID] | None = None,
        depth: int | None = None,
    ) -> Flow[list[Page]]:
        """Records like those of `data`, which need not exist, or like those with `ids`: a page for each."""
        given = {"data": _listed(data), "ids": _listed(ids), "depth": depth}
        return cast(list[Page], (yield from self._run(Operation.FIND_DUPLICATES, given)))

    def update_many(
        self, /, *, where: Where | str, record: Mapping[str, Any] | None = None, depth: int | None = None, **fields: Any
    ) -> Flow[list[Record]]:
        """Change the given fields of all records that the filter holds for, and give them as they are then.

        Only newer servers can, such as Twenty 2.19; on others this raises UnknownAction.  A filter is needed: without one
        such a server changes every record there is.  The records are found first, and changed some at a time; where a
        request fails, a note of its error says how many were changed.  In a journal each is as it was, so that `icosa undo` can
        put it back, as is what delete_many, restore_many and merge do; Conflict is raised where records changed meanwhile.
        """
        from icosa.client import several  # here: see the class

        return (yield from several.update_many((yield from self._several()), where, _joined(record, fields), depth))

    def delete_many(self, *, where: Where | str, permanent: bool = False) -> Flow[list[Record]]:
        """Delete all records that the filter holds for, in one request, and give them; destroyed ones as `{"id": …}`.

        They can be brought back with restore_many, unless they are deleted with `permanent`.  As for update_many a filter
        is needed, and only newer servers can.  Where it names deletedAt the records are found first, and deleted some at a
        time, unless for good.
        """
        from icosa.client import several  # here: see the class

        return (yield from several.delete_many((yield from self._several()), where, permanent=permanent))

    def restore_many(self, *, where: Where | str, depth: int | None = None) -> Flow[list[Record]]:
        """Bring back all deleted records that the filter holds for, in one request, and give them.

        As for update_many a filter is needed, and only newer servers can.  Where it names deletedAt, as in
        `where=F.deleted_at.is_not_null()`, the records are found first, and brought back some at a time: such a server
        answers with those alone that the filter still holds for.
        """
        from icosa.client import several  # here: see the class

        return (yield from several.restore_many((yield from self._several()), where, depth))

    def merge(self, ids: Iterable[str | UUID], *, priority: int = 0, dry_run: bool = False, depth: int | None = None) -> Flow[Record]:
        """Make one of several records, and give it: that of `ids` at the place `priority`, with what it lacks taken from
        the others, which are destroyed.  With `dry_run` nothing is written, and what would be is shown.

        Only newer servers can, and of objects that can be told by what they have, such as companies and people.
        """
        from icosa.client import several  # here: see the class

        return (yield from several.merge((yield from self._several()), ids, priority, dry_run=dry_run, depth=depth))

    def group_by(
        self,
        by: str | Iterable[Any],
        *,
        aggregate: str | Iterable[str] = "totalCount",
        where: Where | str | None = None,
        order_by: Any = None,
        limit: int | None = None,
    ) -> Flow[list[Record]]:
        """Groups of records that have the same values at `by` ("address.addressCity"), with what is asked of each group:
        "totalCount", "sumAmountAmountMicros", "maxCreatedAt".

            crm.opportunities.group_by("stage", aggregate=["totalCount", "sumAmountAmountMicros"])

        Each is `{"groupByDimensionValues": […], "totalCount": "3"}`, counts as texts, as the server writes them.  `by` may
        also be as the server wants it, `[{"createdAt": {"granularity": "MONTH", "timeZone": "UTC"}}]`, and `order_by` is.
        Only newer servers can.
        """
        more = {"filter": _text(where), "order_by": order_by, "limit": limit}
        wanted = by if isinstance(by, str) else list(by)
        from icosa.client import several  # here: see the class

        return (yield from several.group_by((yield from self._several()), wanted, aggregate, **more))

    def attach(self, record: One, /, **to: One | Iterable[One]) -> Flow[list[Record]]:
        """Attach a note or a task to records, named by their objects, and give the rows that join them, in that order.

            crm.notes.attach(note, people=ada, companies=["engines.example.com", other["id"]])

        Each record is given by its id, as itself, or by what it is known by, as for look_up.  What is attached already
        stays as it is, so that it may be done again at any time; no row is made twice.  Raises NotFound for a record
        that is not there, UnknownAction where this object cannot be attached, InvalidInput where it cannot be to that.
        """
        from icosa.client import attaching  # here: see the class

        return (yield from attaching.attach(self._calls, (yield from self.of()), record, to))

    def detach(self, record: One, /, **from_: One | Iterable[One]) -> Flow[list[Record]]:
        """Take a note or a task off records, named as for attach, and give `{"id": …}` of each row that is gone.  The
        records themselves stay, and so does what was attached; where it was not, nothing is done."""
        from icosa.client import attaching  # here: see the class

        return (yield from attaching.detach(self._calls, (yield from self.of()), record, from_))

    def attached_to(self, /, **records: One | Iterable[One]) -> Flow[list[Record]]:
        """The notes or tasks that hang on any of these records, named as for attach, each once and the newest first."""
        from icosa.client import attaching  # here: see the class

        return (yield from attaching.attached_to(self._calls, (yield from self.of()), records))

    def targets(self, record: One, /) -> Flow[dict[str, list[Record]]]:
        """The records that a note or a task hangs on, by their object: `{"people": […], "companies": […]}`.  Another one
        is attached to the same by `attach(other, **crm.notes.targets(note))`."""
        from icosa.client import attaching  # here: see the class

        return (yield from attaching.targets(self._calls, (yield from self.of()), record))

    def call(self, method: str, properties: Mapping[str, Any] | None = None, /, **more: Any) -> Flow[Any]:
        """Run an operation that this server has and nothing here knows ("merge_many"), and give the whole of
        its answer.  Its properties go by label or name, as in `Client.run`; `crm.offers.more` lists what there
        is.  It is never sent twice where it may have been done.  Raises UnknownAction."""
        of = yield from self.of()
        _, offers = yield from self._calls.ready()
        return (yield from self._calls.run_action(offered(of, offers)[method], _joined(properties, more)))

    def page_records(self) -> Flow[int]:
        """How many records a page of a walk holds unless told otherwise."""
        _, offers = yield from self._calls.ready()
        return min(offers.max_limit, _LONGEST_PAGE)

    def _several(self) -> Flow["Several"]:
        of = yield from self.of()
        _, offers = yield from self._calls.ready()
        from icosa.client.several import Several  # here: see the class

        return Several(self._calls, of, offers)

    def _run(self, method: str, given: Mapping[str, Any], fields: Mapping[str, Any] | None = None) -> Flow[Content]:
        of = yield from self.of()
        _, offers = yield from self._calls.ready()
        if offers is not self._offers:
            self._offers, self._actions = offers, offered(of, offers)
        return (yield from self._calls.perform(self._actions[method], given, fields))


_LONGEST_PAGE = 500
"""Records of a page of a walk, even of a server that gives more: a page is held in memory, and at depth 1 some megabytes."""


def _joined(record: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {**(record or {}), **fields}


def _text(where: Any) -> Any:
    return str(where) if isinstance(where, Where) else where


def _listed(values: Any) -> Any:
    return values if values is None or isinstance(values, str | Mapping) else list(values)
