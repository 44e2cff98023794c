"""What is done with the records of an object of 2.19, one thing after the other, made from the catalogue and from what the server
offers on the object."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from icosa.call.extensions import offered
from icosa.catalogue.model import Field, Object
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.openapi.reading import offers_of
from icosa.wire.version import TWENTY_2_19
from tests.values import value_of

OFFERS = offers_of(TWENTY_2_19, STANDARD_2_19)
FILLED_IN = {"createdBy", "updatedBy", "position"}
"""What the workspace fills in by itself; how it does depends on who asks."""


@dataclass(frozen=True)
class Step:
    """One thing to do: the operation, the record that it is about, which records, the fields of one record or the records, and
    what else is said.  `note` tells it from others of the same operation."""

    verb: str
    note: str = ""
    id: str = ""
    where: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    records: tuple[Mapping[str, Any], ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.verb} {self.note}".strip()


def id_of(of: Object, serial: int) -> str:
    """The id of a record, which nobody else has."""
    return str(UUID(int=(0x2190_0000_0000_4000_8000 << 48) + STANDARD_2_19.objects.index(of) * 100 + serial))


def target(of: Object) -> dict[str, Any]:
    """The record of each object that others belong to."""
    return {"id": id_of(of, 90), **{each.name: value(each, 90) for each in of.fields if each.required or each.name == of.label_identifier}}


def value(of: Field, serial: int) -> Any:
    """A value for a field, as 2.19 has it."""
    match of.type_name:
        case "RICH_TEXT":
            return {"markdown": f"**{serial}**"}
        case "CURRENCY":
            return {"amountMicros": serial * 1_000_000, "currencyCode": "EUR"}
        case "ADDRESS":
            return {"addressStreet1": f"{serial} rue Haute", "addressCity": "Lyon", "addressLat": 45.75}
        case "NUMERIC":
            return serial + 0.25
        case _:
            return value_of(of, serial)


def body(of: Object, serial: int) -> dict[str, Any]:
    """A value for every field that anybody sets; files are uploaded elsewhere."""
    return {each.name: value(each, serial) for each in of.fields if each.name not in FILLED_IN and each.type_name != "FILES"}


def links(of: Object) -> dict[str, str]:
    """Each relation to the record of its object that is there from the beginning."""
    return {each.foreign_key: id_of(STANDARD_2_19.by_singular[each.target], 90) for each in of.belongs_to}


def steps(of: Object) -> Iterator[Step]:
    """All that can be done, in an order in which it can be."""
    first, second, third = (id_of(of, serial) for serial in (1, 2, 3))
    all_three, pair = f"id[in]:[{first},{second},{third}]", f"id[in]:[{second},{third}]"
    changed = {name: each for name, each in body(of, 4).items() if not of.field_by_name[name].unique} or {"position": 4}
    yield Step("create_one", fields={"id": first, **body(of, 1), **links(of)}, more={"depth": 1})
    yield Step("create_many", records=({"id": second, **body(of, 2)}, {"id": third, **body(of, 3)}), more={"depth": 0})
    yield Step("find_one", id=first, more={"depth": 1})
    yield Step("find_many", "of three", where=all_three, more={"order_by": "createdAt,id[DescNullsLast]", "limit": 2, "depth": 0})
    yield from _along_relations(of, all_three)
    yield Step("update_one", id=first, fields=body(of, 5), more={"depth": 0})
    yield Step("create_one", "by upsert", fields={"id": first, **changed}, more={"upsert": True, "depth": 0})
    yield Step("create_many", "by upsert", records=({"id": second, **changed},), more={"upsert": True, "depth": 0})
    yield Step("find_duplicates", records=(), more={"ids": [first], "depth": 0})
    yield Step("update_many", where=pair, fields={name: changed[name] for name in sorted(changed)}, more={"depth": 0})
    yield from _groups(of, all_three)
    yield Step("delete_many", where=pair, more={"permanent": False})
    yield Step("find_many", "of the deleted", where=all_three, more={"deleted": True, "depth": 0})
    yield Step("restore_many", where=f"id[in]:[{second}]", more={"depth": 0})
    yield Step("delete_one", id=first, more={"permanent": False})
    yield Step("restore_one", id=first, more={"depth": 0})
    if "merge_many" in offered(of, OFFERS):
        yield Step("merge_many", "rehearsed", more={"ids": [first, second], "dry_run": True, "depth": 0})
        yield Step("merge_many", more={"ids": [first, second], "dry_run": False, "depth": 1})
    yield Step("delete_one", "for good", id=first, more={"permanent": True})
    yield Step("delete_many", "for good", where=pair, more={"permanent": True})
    yield Step("find_many", "of none", where=all_three, more={"depth": 0})


def _along_relations(of: Object, among: str) -> Iterator[Step]:
    """A filter and an order by a field of each record that one belongs to."""
    for each in of.belongs_to:
        there = STANDARD_2_19.by_singular[each.target]
        text = f"{each.name}.id[eq]:{id_of(there, 90)}"
        yield Step("find_many", f"by {each.name}", where=f"and({text},{among})", more={"order_by": f"{each.name}.createdAt", "depth": 0})


def _groups(of: Object, among: str) -> Iterator[Step]:
    """Groups by the first choice, flag or text of an object; all of its own rest on those that every object has."""
    kinds = ("SELECT", "BOOLEAN", "RATING", "TEXT", "NUMBER", "DATE")
    by = next((each for kind in kinds for each in of.fields if each.type_name == kind and not each.system), None)
    if by is not None:
        unique = f"countUniqueValues{by.name[0].upper()}{by.name[1:]}"
        yield Step("group_by", where=among, more={"by": by.name, "aggregate": ["totalCount", unique]})
