"""What a request that reads asks of a store, decided before any database is touched.  Frozen values."""

from typing import TYPE_CHECKING, Any, NamedTuple

from icosa.catalogue.model import Object
from icosa.wire.language.condition import Condition
from icosa.wire.language.order import OrderKey

if TYPE_CHECKING:  # what plans are made of where records are grouped, or compared with what is sent
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


Read = FindOne | FindMany | FindDuplicates | GroupBy


class FoundPage(NamedTuple):
    """The JSON of records joined by commas, without the brackets, in pieces that are not joined yet: pages are
    long, and every copy costs.  `first` and `last` are the places of its ends, None on an empty page."""

    records: tuple[bytes | memoryview, ...]
    has_next: bool
    has_previous: bool
    first: Keyset | None
    last: Keyset | None
    total: int
