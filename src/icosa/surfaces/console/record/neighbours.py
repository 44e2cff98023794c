"""GET …/next and …/previous: the record beside one, in the list that somebody came from.

The list is what the address says beside the record, in the words of a table's: its filter and its order.  A page asks for no
neighbour before somebody goes there, for each of them is a question or two.
"""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from icosa.call.where import F
from icosa.surfaces.console.record.subject import Subject, subject
from icosa.surfaces.console.rendering import Toast, go_to
from icosa.surfaces.console.showing import address

_DELETED = ",deletedAt[is]:NOT_NULL"


class RecordList(NamedTuple):
    """The filter and the order of a list, "" for none."""

    filter: str = ""
    order_by: str = ""

    @property
    def query(self) -> str:
        """How the address of a record in it ends: "?filter=…", "" for the list of all."""
        query = {name: text for name, text in self._asdict().items() if text}
        return f"?{urlencode(query)}" if query else ""


def list_of(request: Request) -> RecordList:
    """The list that an address names."""
    return RecordList(*(request.query_params.get(each, "") for each in RecordList._fields))


def after(request: Request) -> Response:
    """GET /browse/{objects}/{id}/next"""
    return _beside(request, "starting_after", "There is no next one: this is the last of its list")


def before(request: Request) -> Response:
    """GET /browse/{objects}/{id}/previous"""
    return _beside(request, "ending_before", "There is none before: this is the first of its list")


def _beside(request: Request, way: str, otherwise: str) -> Response:
    """Leads to the neighbour; back with a word where there is none.  Raises InvalidQuery for what is no filter or order."""
    of_list = list_of(request)
    with subject(request, deleted=True) as about:
        asked: dict[str, Any] = {"order_by": of_list.order_by or None, "limit": 1, "depth": 0}
        from_there: dict[str, Any] = {way: _place(about, asked)}
        found = about.crm[about.of.plural].find_many(filter=of_list.filter or None, **asked, **from_there)
        if not found:
            return go_to(about.path + of_list.query, Toast(otherwise))
        return RedirectResponse(address(about.of, found[0]["id"]) + of_list.query, 303)


def _place(about: Subject, asked: dict[str, Any]) -> str | None:
    """Where the record lies in the order, be it in the list still or not."""
    own = f"{F['id'] == about.id}{_DELETED if about.is_deleted else ''}"
    return about.crm[about.of.plural].find_many(filter=own, **asked).start_cursor
