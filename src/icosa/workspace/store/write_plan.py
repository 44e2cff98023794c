"""What a request that writes asks of a store, decided before any database is touched.  Frozen values."""

from typing import NamedTuple

from icosa.catalogue.model import Object
from icosa.wire.language.condition import Condition
from icosa.wire.rest.body import Sent


class Create(NamedTuple):
    """`ignored`, here and below, are the fields that the body has null for which says nothing of them."""

    of: Object
    records: tuple[Sent, ...]
    depth: int
    upsert: bool = False
    ignored: tuple[str, ...] = ()


class Update(NamedTuple):
    of: Object
    id: str
    sent: Sent
    depth: int
    ignored: tuple[str, ...] = ()


class Delete(NamedTuple):
    """`permanent` destroys.  `asked` says that the request named keeping, as those do whose server would destroy otherwise:
    a record that was deleted so is destroyed by the next deletion that does not name it."""

    of: Object
    id: str
    permanent: bool = False
    depth: int = 0
    asked: bool = False


class Restore(NamedTuple):
    of: Object
    id: str
    depth: int


class UpdateMany(NamedTuple):
    """Every record that `condition` holds for, deleted ones too, is changed alike."""

    of: Object
    condition: Condition
    sent: Sent
    depth: int
    ignored: tuple[str, ...] = ()


class DeleteMany(NamedTuple):
    """Every record that `condition` holds for, deleted ones too."""

    of: Object
    condition: Condition
    permanent: bool
    depth: int = 0


class RestoreMany(NamedTuple):
    of: Object
    condition: Condition
    depth: int = 0


class Merge(NamedTuple):
    """The records `ids`, in the order in which they were sent, become one: the one at place `priority`, whose values
    go before those of the others.  A `dry_run` only shows it."""

    of: Object
    ids: tuple[str, ...]
    priority: int
    dry_run: bool
    depth: int = 0


Write = Create | Update | Delete | Restore | UpdateMany | DeleteMany | RestoreMany | Merge
