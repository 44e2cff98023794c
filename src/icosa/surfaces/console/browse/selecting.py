"""Which records are meant by what is ticked in a table: those, or all that its filter finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import FormData
from starlette.requests import Request

from icosa.call.where import F
from icosa.errors import InvalidId, InvalidQuery
from icosa.surfaces.console.browse.view import TableView
from icosa.surfaces.console.controls.values import is_uuid

LONGEST: Final = 500
"""Ids that are taken one by one: a filter of more is longer than some servers read."""


@dataclass(frozen=True, slots=True)
class Selected:
    """`ids` are those that were ticked; none where all are meant that the filter finds."""

    ids: Sequence[str]
    filter: str

    @property
    def text(self) -> str:
        """The filter that finds them, "" for all there are."""
        return str(F.id.in_(list(self.ids))) if self.ids else self.filter

    def query(self) -> list[tuple[str, str]]:
        """How an address says it, beside the filter."""
        return [("id", each) for each in self.ids] or [("all", "1")]


def selection(request: Request, view: TableView, form: FormData | None = None) -> Selected:
    """What an address, or a form, selects.  Raises InvalidQuery where it is nothing, InvalidId for what is no id."""
    query = request.query_params if form is None else form
    if query.get("all"):
        return Selected((), view.filter)
    ids = list(dict.fromkeys(each for each in query.getlist("id") if isinstance(each, str)))
    if not ids:
        raise InvalidQuery("id: nothing is selected; go back, tick the records that are meant, or all of the filter")
    if len(ids) > LONGEST:
        raise InvalidQuery(f"id: {len(ids)} records are too many to be named one by one; filter them, and take all of the filter")
    for each in ids:
        if not is_uuid(each):
            raise InvalidId("id", f"{each[:60]!r} is no id of a record")
    return Selected(ids, view.filter)
