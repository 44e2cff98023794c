"""What is to be done by one request: the request, and what is known of the records that it is about."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from urllib.parse import unquote

import orjson

from icosa.call.extensions import PLAIN
from icosa.call.page import Record
from icosa.catalogue.model import Catalogue, Object
from icosa.wire.actions import Action
from icosa.wire.message import Request
from icosa.wire.openapi.reading import Offers

_AT_ONCE: Final = 60
"""Ids, or values, that the URL of one question has room for."""

_ID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True)
class Work:
    """A request.  Of one that writes:

    `ids_are_new` where this client made the ids of all records that it creates.  `before` is the record as it
    was right before, where that is known.  With `exact` a record that is there under the id of one to be
    created is only taken for it where it holds what was sent.  `offers` say where and how the server is asked about it.
    """

    catalogue: Catalogue
    action: Action
    request: Request
    ids_are_new: bool = False
    before: Record | None = field(default=None, repr=False)
    exact: bool = False
    offers: Offers = PLAIN

    @property
    def of(self) -> Object:
        assert self.action.object is not None
        return self.action.object

    @property
    def at_once(self) -> int:
        """How many records one question about it asks for at the most."""
        return min(self.offers.max_limit, _AT_ONCE)

    @cached_property
    def sent(self) -> tuple[Record, ...]:
        """The records of its body."""
        held = orjson.loads(self.request.body) if self.request.body else {}
        return tuple(held) if isinstance(held, list) else (held,)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Those of the records it creates, as far as it names them, or of the one it is about."""
        if "{id}" in self.action.path:
            return tuple(re.findall(_ID, unquote(f"{self.request.path}?{self.request.query}"))[:1])
        return tuple(each["id"] for each in self.sent if each.get("id"))
