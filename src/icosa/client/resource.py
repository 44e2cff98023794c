"""The operations of one object, as Python methods."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from icosa.catalogue.actions import Action, Operation
from icosa.catalogue.model import Object
from icosa.client.offered import RESTORE_ONE, offered
from icosa.client.page import Page, Record
from icosa.client.response import Content

Perform = Callable[[Action, Mapping[str, Any], Mapping[str, Any] | None], Content]
"""Runs an action with its own properties and more of its record's."""


class Resource:
    """The records of one object: `crm.people`.

    Values go by snake_case, wire name or label (`job_title`, `jobTitle`, "Job Title"); JSON values are
    Python values, or JSON text.  A property left out is not sent; None clears it.  `depth` is 0 for the
    record alone, 1 (the default) with what it is related to, 2 with what those are related to.

    Every method raises InvalidInput before anything is sent, and any other IcosaError after.
    """

    def __init__(self, of: Object, perform: Perform) -> None:
        self.object = of
        self._perform = perform

    def find_many(
        self,
        *,
        filter: str | None = None,  # noqa: A002  (the API's own word)
        order_by: str | None = None,
        limit: int | None = None,
        depth: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
    ) -> Page:
        """A page of records: `filter='jobTitle[eq]:"Engineer"'`, `order_by="createdAt[DescNullsLast]"`.

        Give a page's `end_cursor` as `starting_after` for the next one, or its `start_cursor` as
        `ending_before` for the one before, with the same filter and order.
        """
        given = {
            "filter": filter, "order_by": order_by, "limit": limit, "depth": depth,
            "starting_after": starting_after, "ending_before": ending_before,
        }  # fmt: skip
        return cast(Page, self._run(Operation.FIND_MANY, given))

    def find_one(self, id: str | UUID, *, depth: int | None = None) -> Record:  # noqa: A002
        """The record with that id.  Raises InvalidId for what is no UUID, NotFound where there is none."""
        return cast(Record, self._run(Operation.FIND_ONE, {"id": id, "depth": depth}))

    def create_one(
        self, record: Mapping[str, Any] | None = None, /, *, depth: int | None = None, upsert: bool = False, **fields: Any
    ) -> Record:
        """Create a record of the given fields, and give it as it was stored.  `record` holds fields too,
        for those whose name Python or the action itself uses.

        With `upsert` the record that has the same id, or the same unique value, is updated instead where
        there is one.  Icosa servers know that; on another it is a plain creation.  Raises RecordExists or
        ValueTaken where the id or a unique value is taken.
        """
        return cast(Record, self._run(Operation.CREATE_ONE, {"depth": depth, "upsert": upsert}, _joined(record, fields)))

    def create_many(self, records: Iterable[Mapping[str, Any]], *, depth: int | None = None, upsert: bool = False) -> list[Record]:
        """Create several records, all or none, and give them in the same order.  `upsert` is as for create_one."""
        body: Any = records if isinstance(records, str | Mapping) else list(records)
        return cast(list[Record], self._run(Operation.CREATE_MANY, {"body": body, "depth": depth, "upsert": upsert}))

    def update_one(
        self,
        id: str | UUID | None = None,  # noqa: A002
        record: Mapping[str, Any] | None = None,
        /,
        *,
        depth: int | None = None,
        **fields: Any,
    ) -> Record:
        """Change the given fields of a record, and give it as it is then.  `record` is as for create_one; the
        id may also be given by name.  Raises NotFound."""
        if id is None:
            id = fields.pop("id", None)  # noqa: A001
        return cast(Record, self._run(Operation.UPDATE_ONE, {"id": id, "depth": depth}, _joined(record, fields)))

    def delete_one(self, id: str | UUID, *, permanent: bool = False) -> Record:  # noqa: A002
        """Delete a record, and give `{"id": …}`.  Raises NotFound.

        An Icosa workspace keeps a deleted record out of sight, for restore_one to bring back; with
        `permanent` it is destroyed, deleted before or not.  Twenty 1.0.3 destroys it in any case, and by
        cascade what belongs to it.
        """
        return cast(Record, self._run(Operation.DELETE_ONE, {"id": id, "permanent": permanent}))

    def restore_one(self, id: str | UUID, *, depth: int | None = None) -> Record:  # noqa: A002
        """Bring a deleted record back, with what was deleted along with it, and give it as it is then.

        Raises NotFound where no deleted record has that id, UnknownAction on a server that cannot restore,
        as Twenty 1.0.3 cannot.
        """
        return cast(Record, self._run(RESTORE_ONE, {"id": id, "depth": depth}))

    def find_duplicates(
        self,
        *,
        data: Iterable[Mapping[str, Any]] | None = None,
        ids: Iterable[str | UUID] | None = None,
        depth: int | None = None,
    ) -> list[Page]:
        """Records like those of `data`, which need not exist, or like those with `ids`: a page for each."""
        given = {"data": _listed(data), "ids": _listed(ids), "depth": depth}
        return cast(list[Page], self._run(Operation.FIND_DUPLICATES, given))

    def __repr__(self) -> str:
        return f"<{self.object.resource}>"

    def _run(self, method: str, given: Mapping[str, Any], fields: Mapping[str, Any] | None = None) -> Content:
        return self._perform(offered(self.object)[method], given, fields)


def _joined(record: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {**(record or {}), **fields}


def _listed(values: Any) -> Any:
    return values if values is None or isinstance(values, str | Mapping) else list(values)
