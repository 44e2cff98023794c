"""How a version of the wire writes records, as one value: what stands in `Version.writes`."""

from typing import Literal, NamedTuple

Effect = Literal["timeline", "first version", "page layout"]
"""What a write sets off: lines in the history of its records; a first version of a new workflow; an id for the layout of a
new dashboard that names none."""


class WriteTraits(NamedTuple):
    """What the writes of one version do otherwise than those of another.

    `finds_deleted` is whether a write finds its record also where that is deleted: an update changes it, a deletion is
    done once more, an upsert brings it back; a restoration of one that is alive answers with it.  `moves_deleted_at` is
    whether a body may delete a record, or bring it back, by its deletedAt.  `stamps` is whether every update takes a new
    updatedAt, and one that changes nothing is no event.  `descends` is whether of several new records the later goes
    before the earlier.  `places_updates` is whether an update takes "first" and "last" for a position.  `updated_first`
    is whether the answer of an upsert has what was there before what is new.  `most_updated` counts the records that one
    update may change.  `exact_switches` is whether a switch of the query is "true" or "false" and nothing else.
    `null_clears_parts` is whether null clears a field of several parts; where it does not, it says nothing of one, as the
    answer gives notice of, and of a rich text it is refused.  `effects` are what writes set off in the workspace itself.
    """

    finds_deleted: bool
    moves_deleted_at: bool
    stamps: bool
    descends: bool
    places_updates: bool
    updated_first: bool
    most_updated: int
    exact_switches: bool
    null_clears_parts: bool
    effects: frozenset[Effect]


AS_1_0_3 = WriteTraits(
    finds_deleted=False,
    moves_deleted_at=False,
    stamps=False,
    descends=False,
    places_updates=False,
    updated_first=False,
    most_updated=1,
    exact_switches=False,
    null_clears_parts=True,
    effects=frozenset(),
)

AS_2_19 = WriteTraits(
    finds_deleted=True,
    moves_deleted_at=True,
    stamps=True,
    descends=True,
    places_updates=True,
    updated_first=True,
    most_updated=200,
    exact_switches=True,
    null_clears_parts=False,
    effects=frozenset(("timeline", "first version", "page layout")),
)
