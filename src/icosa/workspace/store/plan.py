"""What a request asks of a store, decided before any database is touched.  Frozen values."""

from typing import TYPE_CHECKING, Any, NamedTuple

from icosa.catalogue.model import Object
from icosa.wire.language.condition import Condition
from icosa.wire.language.order import OrderKey

if TYPE_CHECKING:  # what plans are made of where something is written or grouped, and most requests read
    from icosa.wire.language.aggregate import Aggregate
    from icosa.wire.language.group_by import Dimension
    from icosa.wire.language.group_order import GroupKey
    from icosa.wire.rest.body import Sent

Keyset = tuple[Any, ...]
"""Where a record stands in an order: its canonical value for each key."""


class FindOne(NamedTuple):
    of: Object
    id: str
    depth: int


class FindMany(NamedTuple):
    """`cursor` is a place in `order`; the page comes after it, or before it where `backward`."""

    of: Object
    condition: Condition | None
    order: tuple[OrderKey, ...]
    limit: int
    depth: int
    cursor: Keyset | None = None
    backward: bool = False


class FindDuplicates(NamedTuple):
    """Either `ids` of records, or `data`: what was sent about records that may not exist.  `page` says how
    the duplicates of each are found, filtered and ordered."""

    page: FindMany
    ids: tuple[str, ...]
    data: "tuple[Sent, ...]"


class GroupBy(NamedTuple):
    """At most `limit` groups of the records that `condition` holds for.  `sample` is the order of the records of a group of
    which the first are shown, None where none are; `view` the id of a view that shows the same records, "" for none."""

    of: Object
    condition: Condition | None
    dimensions: "tuple[Dimension, ...]"
    aggregates: "tuple[Aggregate, ...]"
    order: "tuple[GroupKey, ...]"
    limit: int
    sample: tuple[OrderKey, ...] | None = None
    view: str = ""


class Create(NamedTuple):
    """`ignored`, here and below, are the fields that the body has null for which says nothing of them."""

    of: Object
    records: "tuple[Sent, ...]"
    depth: int
    upsert: bool = False
    ignored: tuple[str, ...] = ()


class Update(NamedTuple):
    of: Object
    id: str
    sent: "Sent"
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
    sent: "Sent"
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


Read = FindOne | FindMany | FindDuplicates | GroupBy
Write = Create | Update | Delete | Restore | UpdateMany | DeleteMany | RestoreMany | Merge


class FoundPage(NamedTuple):
    """The JSON of records joined by commas, without the brackets, in pieces that are not joined yet: pages are
    long, and every copy costs.  `first` and `last` are the places of its ends, None on an empty page."""

    records: tuple[bytes | memoryview, ...]
    has_next: bool
    has_previous: bool
    first: Keyset | None
    last: Keyset | None
    total: int
