"""What a server can do beyond the 253 actions of Twenty 1.0.3."""

from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from icosa.wire.actions import OPERATIONS, Property
from icosa.wire.version import TWENTY_1_0_3, Spelling, Version

Json = dict[str, Any]


class More(NamedTuple):
    """An operation on an object that 1.0.3 does not have.

    `name` is that of the method (merge_many) and `label` that of the form (Merge Many People); `path` is the
    whole of it, with `{id}` where the record's id goes.
    """

    plural: str
    name: str
    label: str
    method: str
    path: str
    properties: tuple[Property, ...] = ()


class Offers(NamedTuple):
    """What a server can do beside the seven operations on each object, as its OpenAPI document says; what nothing is said
    of is as in Twenty 1.0.3.  The client asks these and never the version: `if offers.upsert: …`.

    `operations` are those of the seven that it has, on every object: other servers than Icosa's leave out of a document
    what they have all the same, and are believed to have them all.
    `upsert` creates or updates, `restore` brings a deleted record back, in one of the layouts `restore_at`;
    `fields` chooses what is answered.
    Deleting destroys, unless the server has `soft_delete` and is told `soft_delete=true`, or has `permanent`
    and is not told `permanent=true`.  `max_limit` and `max_batch` count the records of a page and of a request that
    creates, `prefix` stands before every path, and `depths` are those that relations can be followed to.  `remarks` say
    what of the document was not understood, and how it was taken.
    `icosa` is whether the server is Icosa's and speaks as Icosa does, None where it was not asked.  That one reads every
    spelling that Icosa reads, null clears a composite value, quoted values of filters may hold anything, and its cursors
    hold over any order.  To others, an Icosa server that speaks as Twenty 2.19 among them, values go in the spelling that
    all servers take, and filters as `wire.language.naive` says.
    `related` is whether filters and orders may name a field of the record that one belongs to: what groups records can.
    """

    upsert: bool = False
    restore: bool = False
    restore_at: tuple[str, ...] = ()
    soft_delete: bool = False
    permanent: bool = False
    fields: bool = False
    icosa: bool | None = None
    max_limit: int = TWENTY_1_0_3.page
    max_batch: int = TWENTY_1_0_3.batch
    more: tuple[More, ...] = ()
    remarks: tuple[str, ...] = ()
    prefix: str = TWENTY_1_0_3.prefix
    depths: tuple[int, ...] = TWENTY_1_0_3.depths
    operations: tuple[str, ...] = OPERATIONS
    related: bool = False

    @property
    def keeps_deleted(self) -> bool:
        """Whether records can be deleted such that they are kept, and listed by a filter that names deletedAt."""
        return self.soft_delete or self.permanent

    def as_json(self) -> Json:
        """The offers as JSON values, for `from_json`."""
        more = [{**each._asdict(), "properties": [one._asdict() for one in each.properties]} for each in self.more]
        return {**self._asdict(), "more": more}

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Offers":
        """The offers that `as_json` wrote.  Raises TypeError or KeyError for anything else."""
        more = tuple(More(**each | {"properties": tuple(map(_property, each["properties"]))}) for each in written["more"])
        listed = {name: tuple(written[name]) for name in ("restore_at", "remarks", "depths", "operations")}
        return cls(**{**written, **listed, "more": more})


UNASKED = Offers(soft_delete=True, permanent=True)
"""What a server is taken for that was not asked: what Twenty 1.0.3 is, but it hears both words about deleting, so that
what is not meant to be destroyed is kept by whatever it is."""


def of_the_seven(names: Container[str]) -> tuple[str, ...]:
    """Those of the seven operations that are among these names, in their order."""
    return tuple(each for each in OPERATIONS if each in names)


def offers_beside(version: Version) -> Offers:
    """What an Icosa server offers that speaks a version, but for the operations beside the seven."""
    usual = version.restores[0] == TWENTY_1_0_3.restores[0]
    return Offers(
        upsert=True,
        restore=True,
        restore_at=() if usual else version.restores[:1],
        soft_delete=bool(version.keeps),
        permanent=not version.keeps,
        icosa=version.spelling is Spelling.ESCAPED,
        max_limit=version.max_page,
        max_batch=version.batch,
        prefix=version.prefix,
        depths=version.depths,
        operations=of_the_seven(version.operations),
        related=version.spelling is Spelling.UNESCAPED,
    )


ICOSA = offers_beside(TWENTY_1_0_3)
"""What an Icosa server offers, and an embedded workspace."""


def _property(written: Mapping[str, Any]) -> Property:
    switch = written["switch"]
    return Property(**{**written, "choices": tuple(written["choices"]), "switch": None if switch is None else tuple(switch)})
