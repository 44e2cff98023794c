"""The record that a page is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from starlette.requests import Request

import icosa
from icosa.call.extensions import offered
from icosa.call.page import Record
from icosa.call.where import DELETED, F
from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import NotFound
from icosa.surfaces.console.problems import NotThere
from icosa.surfaces.console.showing import Looking, address, called, looking, one_of
from icosa.wire.actions import Action, Operation, find_object
from icosa.wire.actions.properties import Property


@dataclass(frozen=True)
class Subject:
    """A record as it is looked at: with those it points at, and perhaps its collections.  `may_write` is whether the visitor may
    change it as it is, which nobody can of one that was deleted."""

    crm: icosa.Client
    of: Object
    record: Record
    look: Looking
    may_write: bool

    @property
    def catalogue(self) -> Catalogue:
        return self.crm.catalogue

    @property
    def id(self) -> str:
        return str(self.record["id"])

    @property
    def name(self) -> str:
        return called(self.of, self.record)

    @property
    def what(self) -> str:
        """What it is, in words: "connected account"."""
        return one_of(self.of)

    @property
    def path(self) -> str:
        return address(self.of, self.id)

    @property
    def is_deleted(self) -> bool:
        return bool(self.record.get("deletedAt"))

    @property
    def keeps(self) -> bool:
        """Whether its server keeps what is deleted, instead of destroying it."""
        return _keeps(self.crm)

    def action(self, operation: Operation) -> Action:
        return offered(self.of, self.crm.offers)[operation]

    @cached_property
    def editable(self) -> dict[str, Property]:
        """The properties that can be changed, by their names on the wire."""
        return {each.name: each for each in self.action(Operation.UPDATE_ONE).properties if each.place == "body"}

    def with_record(self, record: Record) -> "Subject":
        return replace(self, record=record)


@contextmanager
def subject(request: Request, *, deleted: bool = False) -> Iterator[Subject]:
    """The record of the request's path.  Raises UnknownObject; NotThere where there is no such record, or only a
    `deleted` one where that is not asked for."""
    visitor = request.state.visitor
    with request.app.state.site.client(visitor) as crm:
        of = find_object(crm.catalogue, request.path_params["objects"])
        record = found(crm, of, request.path_params["id"], deleted=deleted)
        yield Subject(crm, of, record, looking(request), visitor.may_write and not record.get("deletedAt"))


def found(crm: icosa.Client, of: Object, id_: str, *, deleted: bool = False) -> Record:
    """A record with those it is related to; with `deleted` one that lies in the bin too."""
    if not _is_id(id_):
        raise missing(of, id_)
    try:
        return crm[of.plural].find_one(id_, depth=1)
    except NotFound:
        gone: Any = crm[of.plural].find_many(where=(F["id"] == id_) & DELETED, limit=1, depth=1) if deleted and _keeps(crm) else ()
        if not gone:
            raise missing(of, id_) from None
        return gone[0]  # type: ignore[no-any-return]


def _keeps(crm: icosa.Client) -> bool:
    """Whether there is a bin: in every workspace that is Icosa's, and on servers since Twenty has had one."""
    return crm.offers.soft_delete or bool(crm.offers.icosa)


def missing(of: Object, id_: str) -> NotThere:
    """The answer where there is no such record."""
    what, plural = one_of(of), naming.in_a_sentence(of.label_plural or of.resource)
    if not _is_id(id_):
        return NotThere("record", f"That is no id of a {what}: one has 32 hexadecimal digits in five groups. Look among the {plural}.")
    return NotThere(
        "record",
        f"There is no {what} with this id: it was destroyed, or never was. Look among the {plural}, or in the runs, which can be put back.",
    )


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
