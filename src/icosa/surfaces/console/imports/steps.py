"""The steps of a plan, some at a time, as a person reads them: new records, differences, and what is left as it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from icosa.catalogue.model import Catalogue, Object
from icosa.client.blocking import Client
from icosa.errors import IcosaError, UnknownObject
from icosa.plans.plan import PlanFile
from icosa.plans.step import Change, Creation, Left, Skip, Step
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.record import address, called, label, value
from icosa.surfaces.console.showing.shown import Shown, ShownPiece
from icosa.surfaces.console.showing.table import Cell, ShownColumn, ShownRow, columns_of

PAGE: Final = 25
_COLUMNS: Final = 7
"""Values of a new record that stand beside each other; what more it has is in its row's end."""
_UNTOLD: Final = ("id", "createdAt", "updatedAt", "deletedAt", "position")

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record to change: its name and page, the row that changes it, and each value as it is and as it will be."""

    name: str
    href: str
    row: int | None
    changes: Sequence[tuple[str, Shown, Shown]]


@dataclass(frozen=True, slots=True)
class Note:
    """A row of which nothing becomes, and why."""

    row: int | None
    text: str
    name: str = ""
    href: str = ""


class StepsView:
    """Makes steps readable; what records that they point at are called is looked up for all of them at once."""

    def __init__(self, client: Client, plan: PlanFile, look: Looking) -> None:
        self._client, self._plan, self._look = client, plan, look.briefly
        self._catalogue: Catalogue = client.catalogue

    def page(self, kind: str, of: str, number: int) -> list[Step]:
        """A page of the steps of a kind and, where one is named, an object; from 1."""
        fitting = (each for each in self._plan.steps(kind) if not of or each.object == of)
        return list(islice(fitting, (number - 1) * PAGE, number * PAGE))

    def creations(self, of: Object, steps: Sequence[Step]) -> tuple[list[ShownColumn], list[ShownRow]]:
        """New records as a table."""
        made = [each for each in steps if isinstance(each, Creation)]
        records = self._with_related(of, [each.record for each in made])
        names = _filled_names(of, records)
        rows = []
        for step, record in zip(made, records, strict=True):
            cells = [Cell(Shown((ShownPiece(str(step.row) if step.row else "linked", "number"),), True))]
            cells += [Cell(value(self._catalogue, of, name, record, self._look)) for name in names]
            rows.append(ShownRow("", called(of, record), "", cells))
        return [ShownColumn("row", "Row"), *columns_of(of, names)], rows

    def differences(self, of: Object, steps: Sequence[Step]) -> list[ChangedRecord]:
        """Records to change, with what each value was and becomes."""
        made = [each for each in steps if isinstance(each, Change)]
        there = self._records(of, [each.id for each in made])
        before = self._with_related(of, [each.before for each in made])
        after = self._with_related(of, [each.after for each in made])
        return [
            ChangedRecord(called(of, there.get(each.id, {"id": each.id})), address(of, each.id), each.row, self._changes(of, was, becomes))
            for each, was, becomes in zip(made, before, after, strict=True)
        ]

    def notes(self, steps: Sequence[Step]) -> list[Note]:
        """Rows of which nothing becomes."""
        same: dict[str, list[str]] = {}
        for each in steps:
            if isinstance(each, Skip) and each.id:
                same.setdefault(each.object, []).append(each.id)
        there = {of: self._records(self._catalogue.by_plural[of], ids) for of, ids in same.items() if of in self._catalogue.by_plural}
        return [self._note(each, there) for each in steps]

    def _note(self, step: Step, there: Mapping[str, Mapping[str, Record]]) -> Note:
        match step:
            case Skip(id="", row=row):
                return Note(row, "the row says nothing")
            case Skip(object=plural, id=id_, row=row):
                of = self._catalogue.by_plural.get(plural)
                record = there.get(plural, {}).get(id_, {"id": id_})
                return Note(row, "is as it should be", called(of, record) if of else id_, address(of, id_) if of else "")
            case Left(reason=reason, row=row):
                return Note(row, reason)
        return Note(step.row, "")

    def _changes(self, of: Object, before: Record, after: Record) -> list[tuple[str, Shown, Shown]]:
        names = [each for each in after if each not in of.relation_by_name]
        made, look = self._catalogue, self._look
        return [(label(of, each), value(made, of, each, before, look), value(made, of, each, after, look)) for each in names]

    def _with_related(self, of: Object, records: Sequence[Record]) -> list[Record]:
        """Records with those that they point at, by what these are called."""
        found = [dict(each) for each in records]
        for key, relation in of.relation_by_key.items():
            ids = {str(each[key]) for each in found if each.get(key)}
            if not ids:
                continue
            other = self._catalogue.by_singular[relation.target]
            there = self._records(other, sorted(ids)) | self._new(other, ids)
            for each in found:
                if str(each.get(key)) in there:
                    each[relation.name] = there[str(each[key])]
        return list(found)

    def _records(self, of: Object, ids: Sequence[str]) -> dict[str, Record]:
        """Those of the records that are there, by their ids; none where the workspace cannot be asked."""
        if not ids:
            return {}
        try:
            found = self._client[of.plural].find_many(where=f"id[in]:[{','.join(ids)}]", limit=len(ids), depth=0)
        except IcosaError:  # the page is of use without their names
            return {}
        return {str(each["id"]): each for each in found}

    def _new(self, of: Object, ids: Iterable[str]) -> dict[str, Record]:
        """Those of the records that the plan itself makes, which stand at its beginning."""
        left, found = set(ids), dict[str, Record]()
        if not self._plan.by_object.get(of.plural, {}).get("create"):
            return found
        for step in islice(self._plan.steps("create"), _LOOKED_THROUGH):
            if isinstance(step, Creation) and step.object == of.plural and step.record["id"] in left:
                found[step.record["id"]] = step.record
                left.discard(step.record["id"])
            if not left:
                break
        return found


_LOOKED_THROUGH: Final = 20_000
"""Steps in which a new record's name is looked for: more would keep somebody waiting."""


def object_of(catalogue: Catalogue, plural: str) -> Object:
    """Raises UnknownObject where the workspace has none of that name any more."""
    if plural not in catalogue.by_plural:
        raise UnknownObject(f"the workspace has no object {plural!r} any more; plan again")
    return catalogue.by_plural[plural]


def _filled_names(of: Object, records: Sequence[Record]) -> list[str]:
    """What these records say anything of: what they are called first, relations in the place of their keys."""
    names = dict.fromkeys(name for each in records for name, held in each.items() if held not in (None, "", [], {}))
    keys = {key: relation.name for key, relation in of.relation_by_key.items()}
    filled = [each for each in names if each not in _UNTOLD and each not in keys.values()]
    members = [keys.get(each, each) for each in filled]
    return sorted(members, key=lambda each: each != of.label_identifier)[:_COLUMNS]
