"""Where a table has its records from: a client, which waits and says what is wrong; or what the workspace of this process answers
at once, which is for all that is asked for as it was before, but for the place."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol
from urllib.parse import quote

import orjson

import icosa
from icosa.call.extensions import offered
from icosa.call.page import Page
from icosa.call.request import build
from icosa.catalogue.model import Catalogue, Object
from icosa.client.cursors import set_upright
from icosa.errors import IcosaError
from icosa.surfaces.console.browse.related import names_of
from icosa.surfaces.console.browse.view import LIMIT, TableView
from icosa.surfaces.console.site import AtOnce, Inquiry, Visitor, WouldWait
from icosa.wire.actions import Operation
from icosa.wire.message import Request
from icosa.wire.openapi.reading import Offers
from icosa.wire.rest.envelope import read_page

_COLUMNS = 12
_BYTES = 256 * 1024
"""How many columns a page has, and how long its records are, that is made while the event loop waits."""
_OK = 200


class TableSource(Protocol):
    """What a table asks."""

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def offers(self) -> Offers: ...

    def page(self, view: TableView) -> Page:
        """The records of a view."""

    def names(self, wanted: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
        """What records are called, by their ids, which are given by the objects that they are of."""


class ByClient(NamedTuple):
    """Asks a client, and for names what knows them without it, where there is any."""

    crm: icosa.Client
    of: AtOnce | None
    visitor: Visitor
    asked: list[Inquiry]

    @property
    def catalogue(self) -> Catalogue:
        return self.crm.catalogue

    @property
    def offers(self) -> Offers:
        return self.crm.offers

    def page(self, view: TableView) -> Page:
        return self.crm[view.of.plural].find_many(
            filter=view.filter or None, order_by=view.order_by or None, limit=min(view.limit, self.offers.max_limit), depth=0,
            starting_after=view.after or None, ending_before=view.before or None,
        )  # fmt: skip

    def names(self, wanted: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for target, ids in wanted.items():
            try:
                found |= _names(self.of, self, target, ids, waiting=True)
            except WouldWait:
                found |= names_of(self.crm, {target: ids})
            except IcosaError:  # the ids are shown in their place
                continue
        return found


class WithoutWaiting(NamedTuple):
    """Asks what answers at once, and notes what it asked.  Raises WouldWait for what takes longer, for what would be refused, since a
    client tells why, and where others made or changed objects meanwhile, which the answer tells."""

    of: AtOnce
    visitor: Visitor
    asked: list[Inquiry]
    catalogue: Catalogue

    @property
    def offers(self) -> Offers:
        return self.of.offers

    def page(self, view: TableView) -> Page:
        offers, of = self.offers, view.of
        if view.limit > LIMIT or len(view.names) > _COLUMNS or not (offers.icosa or not (view.filter or view.order_by)):
            raise WouldWait
        request = _asking(self.catalogue, offers, of, view.filter, view.order_by, min(view.limit, offers.max_limit))
        place = [("starting_after", view.after), ("ending_before", view.before)]
        query = "".join(f"&{name}={quote(text, safe='')}" for name, text in place if text)
        answer = self.of.answer(self.visitor, request._replace(query=request.query + query), self.asked)
        if answer.status != _OK or len(answer.body) > _BYTES or self.of.catalogue is not self.catalogue:
            raise WouldWait
        payload = orjson.loads(answer.body)
        if view.before:
            set_upright(of, payload)
        return Page.of(read_page(of, payload))

    def names(self, wanted: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for target, ids in wanted.items():
            found |= _names(self.of, self, target, ids)
        return found


def _names(
    of: AtOnce | None, by: ByClient | WithoutWaiting, target: str, ids: Sequence[str], *, waiting: bool = False
) -> Mapping[str, str]:
    """Raises WouldWait."""
    if of is None:
        raise WouldWait
    there = sorted(set(ids))
    return of.names(by.visitor, by.catalogue.by_singular[target], there, by.asked, waiting=waiting) if there else {}


@lru_cache(maxsize=256)
def _asking(catalogue: Catalogue, offers: Offers, of: Object, filter_: str, order_by: str, limit: int) -> Request:
    """The request for the first page of a table, checked as a client checks it."""
    given = {"filter": filter_ or None, "order_by": order_by or None, "limit": limit, "depth": 0}
    return build(catalogue, offered(of, offers)[Operation.FIND_MANY], given)
