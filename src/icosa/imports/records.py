"""The records of one object that rows mean: which one a row means, and what becomes of it.

A row is understood first and kept afterwards, so that nothing of a row goes in where one part of it cannot.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from icosa.call.keys import comparable, comparer, key_at, keys_at
from icosa.call.paths import Values, canonical, differing, is_held, nested, says_nothing, values
from icosa.catalogue import naming
from icosa.catalogue.columns import together
from icosa.client.blocking import Client
from icosa.errors import InvalidInput
from icosa.imports.attaching import Attached, attached_to
from icosa.imports.clear_rows import ClearRows, is_known_by_one_value, is_matched_by_one_value, with_defaults
from icosa.imports.import_part import FIRST, LAST, REFUSE, ImportPart, Way
from icosa.imports.index import Index
from icosa.imports.links import Dangling, Followed, Linker
from icosa.imports.repeats import merged
from icosa.imports.shaped import Shaped
from icosa.imports.values.reading import says
from icosa.plans.matching import ByKey, by_key
from icosa.plans.step import Bad, Change, Conflict, Creation, Json, Left, Skip, Step
from icosa.wire.identifiers import new_id

Key = tuple[Hashable, ...]
Ids = Mapping[str, str]
"""The ids of the records that a row means, by the plurals of their objects."""


@dataclass(slots=True)
class Lookups:
    """What the workspace has of what some rows say: records by the first value of each way to match, and what is
    attached to the other records of these rows."""

    by_way: Sequence[ByKey] = ()
    attached: Attached = field(default_factory=Attached)

    @property
    def ids(self) -> set[str]:
        return {each["id"] for records in self.by_way for some in records.values() for each in some}


class MatchedRow(NamedTuple):
    """A row, and the record that it means: `there` is what the workspace has of it, as far as that is known; `new` is
    one that it does not have.  A tuple, because one is made of every row, and it is made in half the time."""

    row: Shaped
    id: str
    there: Json | None
    new: bool
    keys: Sequence[tuple[int, Key]]
    links: Sequence[Followed]
    foreign_keys: Json


class RecordPlanner:
    """Plans the records of one object: which record a row means, and what has to be done to it.  What is known of them is kept
    in the index, on disk, so that an import may be as long as it likes."""

    def __init__(self, client: Client, index: Index, linker: Linker, part: ImportPart) -> None:
        self.part = part
        self._client, self._index, self._linker, self._of = client, index, linker, part.of
        self._names = [" and ".join(path.removesuffix("Id") if path in part.linked else path for path in way) for way in part.ways]
        self._rows, self._order, self._known_by = (f"{word} of {part.of.plural}" for word in ("rows", "order", "keys"))
        self._spaces = [f"{self._known_by} {at}" for at in range(len(part.ways))]
        self._kept = 0
        self._catalogue = client.catalogue
        self._required = {each.name: naming.label(each.name) for each in part.of.fields if each.required}
        self._comparers = {path: comparer(part.of, path) for way in part.ways for path in way if path not in part.linked}
        alone = len(part.ways) == 1 == len(part.ways[0]) and part.attachment is None and not part.linked
        self._only = self._comparers[part.ways[0][0]] if alone else None  # where no other way and no other record counts
        self._by_value = is_known_by_one_value(part)
        self.clear = ClearRows(client, part, index, linker, self._spaces[0], self._rows) if is_matched_by_one_value(part) else None

    def look_up(self, rows: Sequence[Shaped]) -> list[ByKey]:
        """What the workspace has of what rows say.  May run in any thread."""
        if self.part.attachment is not None:
            return []
        found: list[ByKey] = []
        for way in self.part.ways:
            path = self._first(way)
            keys = keys_at(self._of, path, [each.record for each in rows])
            found.append(by_key(self._client, self._of, path, keys) if keys else {})
        return found

    def attached(self, ids: Mapping[str, Iterable[str]]) -> Attached:
        """What is attached to records, by the plurals of their objects.  May run in any thread."""
        attachment = self.part.attachment
        if attachment is None:
            return Attached()
        asked = {key: found for plural, key in attachment.to if (found := set(ids.get(plural, ())))}
        return attached_to(self._client, self._of, attachment, asked)

    def meant(self, row: Shaped, known: Lookups, ids: Ids, new: str = "") -> MatchedRow | Left | Skip | Bad | Conflict:
        """Which record a row means, or why none can be made of it; `ids` are those of the row's other records, and `new` is one for a
        record that it makes."""
        plural, number = self._of.plural, row.row.number
        if not (row.record or row.links):
            return self._silent(row)
        to = self._targets(ids)
        if self.part.attachment is not None and not to:
            return Bad(plural, "", "there is no record in the row that it could be attached to", number)
        keys = self._keys(row.record, ids, to)
        if self.part.ways and not keys:
            path = self._first(self.part.ways[0])
            mend = f"give it a value ({' or '.join(self._names)}), or match by another (key, --key)"
            reason = f"says nothing, and records are matched by it; {mend}"
            return Bad(plural, self._column(path), reason, number)
        found, name = self._found(keys, known, to)
        before = self._before(keys, found)
        if before is not None and self.part.repeats == REFUSE:
            return Conflict(plural, f"row {before['row']} has the same {name} and goes first; leave one of the two", (), number)
        if len(found) > 1:
            return Conflict(plural, f"{len(found)} records have this {name}; merge them, or match by another value", tuple(found), number)
        there = (next(iter(found.values())) if found else None) or (before or {}).get("there")
        try:
            if row.further:  # all else was checked when it was read
                canonical(self._catalogue, self._of, row.written_to(self._of, there) if there else row.record)
            if not there:
                self._require(row.record)
        except InvalidInput as error:
            return Bad(plural, "", error.message, number)
        links = self._linker.find(row) if row.links else ()
        if isinstance(links, Dangling):
            return self._dangling(links, number)
        id_ = (next(iter(found)) if found else None) or row.record.get("id") or new or new_id()
        linked = {key: ids[other] for key, other in self.part.linked.items() if other in ids} if self.part.linked else {}
        return MatchedRow(row, id_, there, before["new"] if before else there is None, keys, links, linked)

    def keep(self, meant: MatchedRow, known: Lookups, ids: Ids) -> Iterator[Step]:
        """What becomes of a row's record: at once, or among `rest` where later rows may say more of it."""
        number = meant.row.row.number
        before = self._index.get(self._rows, meant.id) if self.part.repeats != REFUSE else None  # it would not be here
        if before is not None and self.part.repeats == FIRST:
            yield Left(self._of.plural, f"means the same as row {before['row']}, and the first one counts", number)
            return
        self._learn(meant, self._targets(ids))
        row = meant.row
        written = row.written_to(self._of, meant.there) if row.further and meant.there else row.record
        foreign_keys = self._linker.foreign_keys(meant.links) if meant.links else {}
        record = {**written, **foreign_keys, **meant.foreign_keys}
        if self.part.repeats in (REFUSE, FIRST):
            if meant.keys and not self._by_value:
                self._index.put(self._rows, meant.id, {"row": number, "new": meant.new})
            yield self._step(meant.id, record, meant.there, meant.keys, number)
        else:
            yield from self._held(meant, record, before)
        yield from self._attached_now(meant, known, ids)

    def rest(self) -> Iterator[Step]:
        """The steps of records of which later rows could have said more, in the order of the rows that began them."""
        for at in range(self._kept):
            id_ = self._index.get(self._order, at)
            held = self._index.get(self._rows, id_)
            keys = [(way, tuple(key)) for way, key in held["keys"]]
            yield self._step(id_, held["record"], held["there"], keys, held["row"])

    def _held(self, meant: MatchedRow, record: Json, before: Json | None) -> Iterator[Step]:
        """Puts a record where the next row that means it finds it."""
        number, plural, keys = meant.row.row.number, self._of.plural, dict(meant.keys)
        if before is None:
            self._index.put(self._order, self._kept, meant.id)
            self._kept += 1
        elif self.part.repeats == LAST:
            yield Left(plural, f"row {number} means the same, and the last one counts", before["row"])
            record, _ = merged(self._of, record, self._known_by_of(before["record"]))
        else:
            record, otherwise = merged(self._of, before["record"], record)
            otherwise = [path for path in otherwise if path not in self._agreeing(meant.keys, before["record"])]
            difference = f"; row {before['row']} says another {', '.join(otherwise)}, which stands" if otherwise else ""
            yield Left(plural, f"means the same as row {before['row']}{difference}", number)
            number, keys = before["row"], {**keys, **dict(before["keys"])}
        held = {"row": number, "new": meant.new, "record": record, "there": meant.there, "keys": sorted(keys.items())}
        self._index.put(self._rows, meant.id, held)

    def _known_by_of(self, record: Json) -> Json:
        """What a record is known by, which stays even where another row counts."""
        names = {path.partition(".")[0] for way in self.part.ways for path in way}
        return {name: value for name, value in record.items() if name in names}

    def _step(self, id_: str, record: Json, there: Json | None, keys: Sequence[tuple[int, Key]], number: int) -> Step:
        if there is None:
            way = self.part.ways[0] if keys and keys[0][0] == 0 else ()  # by a less sure one, others of the plan may be known too
            key = way[0] if len(way) == 1 and self.part.attachment is None else ""
            return Creation(self._of.plural, {"id": id_, **with_defaults(self.part.defaults, record)}, key, number)
        if is_held(there, record):
            return Skip(self._of.plural, there["id"], number)
        row_values = canonical(self._catalogue, self._of, record)
        return self._compared(there, row_values, self._agreeing(keys, there), number)

    def _compared(self, there: Json, row_values: Values, agreeing: set[str], number: int) -> Step:
        """A change of what a row says otherwise than the record that is there, or a skip."""
        members = {path.partition(".")[0] for path in row_values}
        current = values(self._of, {name: value for name, value in there.items() if name in members})
        paths = [
            path
            for path in differing(current, row_values)
            if path not in agreeing and path != "id" and not (says_nothing(row_values[path]) and says_nothing(current.get(path)))
        ]
        if not paths:
            return Skip(self._of.plural, there["id"], number)
        whole = [path for path in together(self._of, paths) if path in row_values or path in current]
        before, after = (nested({path: held.get(path) for path in whole}) for held in (current, {**current, **row_values}))
        return Change(self._of.plural, there["id"], before, after, there.get("updatedAt"), number)

    def _agreeing(self, keys: Sequence[tuple[int, Key]], there: Json) -> set[str]:
        """The paths at which a row and a record mean the same, however it is spelt."""
        agreeing: set[str] = set()
        for way, key in keys:
            for path, value in zip(self.part.ways[way], key, strict=False):
                if path not in self.part.linked and _plain(self._comparable(path, there)) == _plain(value):
                    parts = self._of.field_by_name[path].type.parts if path in self._of.field_by_name else ()
                    agreeing |= {path, *(f"{path}.{part.name}" for part in parts)}
        return agreeing

    def _attached_now(self, meant: MatchedRow, known: Lookups, ids: Ids) -> Iterator[Step]:
        """What attaches a record to the others of its row, where it is not yet."""
        attachment = self.part.attachment
        if attachment is None:
            return
        for plural, foreign_key in attachment.to:
            other = ids.get(plural)
            if other is None or (meant.id, other) in known.attached.pairs:
                continue
            if self._index.first(f"attached {self._of.plural}", [meant.id, other], meant.row.row.number) is None:
                record = {"id": new_id(), attachment.own: meant.id, foreign_key: other}
                yield Creation(attachment.of.plural, record, "", meant.row.row.number)

    def _targets(self, ids: Ids) -> list[str]:
        """The ids of what a row's record is attached to, the surest first."""
        return [ids[plural] for plural, _ in self.part.attachment.to if plural in ids] if self.part.attachment else []

    def _keys(self, record: Json, ids: Ids, to: Sequence[str]) -> list[tuple[int, Key]]:
        """The ways to match that a row says, the surest first."""
        if self._only is not None:
            only = self._only(record)
            return [] if only is None else [(0, (only,))]
        found: list[tuple[int, Key]] = []
        for at, way in enumerate(self.part.ways):
            key = tuple(ids.get(self.part.linked[path]) if path in self.part.linked else self._comparable(path, record) for path in way)
            if all(value is not None for path, value in zip(way, key, strict=True) if path not in self.part.linked):
                found.append((at, (*key, *to[:1])))
        return found

    def _before(self, keys: Sequence[tuple[int, Key]], found: Mapping[str, Json | None]) -> Json | None:
        """What is known of the first row that means the same record."""
        if self._by_value and keys:
            number = self._index.get(self._spaces[0], keys[0][1][0])
            return None if number is None else {"row": number}
        return next(filter(None, (self._index.get(self._rows, each) for each in found)), None)

    def _found(self, keys: Sequence[tuple[int, Key]], known: Lookups, to: Sequence[str]) -> tuple[dict[str, Json | None], str]:
        """The records that the surest way leads to which leads to any, by their ids, with what the workspace has of
        them; and what that way is called.  A record that has another value at a surer way is not meant."""
        nowhere: list[tuple[int, Key]] = []
        for at, key in keys:
            candidates = self._candidates(at, key, known, to)
            there: dict[str, Json | None] = {each["id"]: each for each in candidates if self._only or self._is_still(at, key, each, to)}
            earlier = () if self._by_value else self._index.get(self._spaces[at], key) or ()
            meant: dict[str, Json | None] = {id_: there.get(id_) for id_ in earlier}
            if nowhere:
                meant, there = ({i: each for i, each in some.items() if not self._is_another(i, each, nowhere)} for some in (meant, there))
            if found := meant or there:  # what earlier rows mean by it, this one means too
                return found, self._names[at]
            nowhere.append((at, key))
        return {}, self._names[0] if self._names else ""

    def _candidates(self, at: int, key: Key, known: Lookups, to: Sequence[str]) -> Sequence[Json]:
        if self._only is not None:
            return known.by_way[0].get(key[0], ())
        if not to:
            way = self.part.ways[at]
            return known.by_way[at].get(key[way.index(self._first(way))], ())
        return known.attached.records.get(to[0], ())

    def _key_of(self, at: int, record: Json, to: Sequence[str]) -> Key:
        return (*(self._comparable(path, record) for path in self.part.ways[at]), *to[:1])

    def _is_still(self, at: int, key: Key, record: Json, to: Sequence[str]) -> bool:
        """Whether a record is known by a key, and no earlier row says that it is another by now."""
        if (to or len(key) > 1) and self._key_of(at, record, to) != key:
            return False  # where it is known by one value alone, it was found by that
        learnt = (self._index.get(self._known_by, record["id"]) or {}).get(str(at)) if len(self.part.ways) > 1 else None
        return learnt is None or learnt == _plain(key)

    def _is_another(self, id_: str, there: Json | None, nowhere: Sequence[tuple[int, Key]]) -> bool:
        learnt: Mapping[str, Any] = self._index.get(self._known_by, id_) or {}
        for at, key in nowhere:
            has = learnt.get(str(at)) or (self._key_of(at, there, ()) if there else None)
            own = [each for each, path in zip(has or (), self.part.ways[at], strict=False) if path not in self.part.linked]
            if own and None not in own and _plain(has)[: len(self.part.ways[at])] != _plain(key)[: len(self.part.ways[at])]:
                return True
        return False

    def _learn(self, meant: MatchedRow, to: Sequence[str]) -> None:
        """Keeps by what a record is known from now on."""
        if self._by_value:
            self._index.put(self._spaces[0], meant.keys[0][1][0], meant.row.row.number)
            return
        alone = self.part.repeats == REFUSE and len(self.part.ways) == 1  # else it would be a conflict
        for at, key in meant.keys:
            space = self._spaces[at]
            known = [] if alone else self._index.get(space, key) or []
            if meant.id not in known:
                self._index.put(space, key, [*known, meant.id])
        if len(self.part.ways) > 1:
            held = {str(at): self._key_of(at, meant.there, to) for at in range(len(self.part.ways))} if meant.there else {}
            learnt, own = self._index.get(self._known_by, meant.id) or {}, {str(at): key for at, key in meant.keys}
            self._index.put(self._known_by, meant.id, {**held, **learnt, **own} if self.part.repeats == LAST else {**held, **own, **learnt})

    def _require(self, record: Json) -> None:
        """Raises InvalidInput where a new record lacks what it has to have."""
        if not self._required:
            return
        filled = {**self.part.defaults, **record}
        lacking = [label for name, label in self._required.items() if filled.get(name) is None]
        if lacking:
            raise InvalidInput(f"{', '.join(lacking)} is required of a new record, and the row does not say it")

    def _first(self, way: Way) -> str:
        return next(path for path in way if path not in self.part.linked)

    def _column(self, path: str) -> str:
        """The column that says a value, or the field that it is a part of, or a part of it."""
        columns = self.part.columns
        near = (name for each, name in columns.items() if each == path.partition(".")[0] or each.startswith(f"{path}."))
        return columns.get(path) or next(near, path)

    def _comparable(self, path: str, record: Json) -> Hashable:
        compare = self._comparers.get(path)
        if compare is not None:
            return compare(record)
        value = key_at(self._of, path, record)
        return None if says_nothing(value) else comparable(self._of, path, value)

    def _silent(self, row: Shaped) -> Skip | Bad:
        """A row in which no column that is understood says anything: no record, and a bad row where another one does."""
        going = set(self.part.columns.values())
        column = next((column for column, value in row.row.values.items() if says(value) and column not in going), None)
        if column is None:
            return Skip(self._of.plural, "", row.row.number)
        reason = "says something, but goes nowhere, and no other column says anything; say where it goes (columns, --map)"
        return Bad(self._of.plural, column, reason, row.row.number)

    def _dangling(self, links: Dangling, number: int) -> Bad | Conflict:
        path = f"{links.link.relation}.{links.link.path}"
        column = self.part.columns.get(path, path)
        if links.ids:
            return Conflict(self._of.plural, f"{column}: {links.reason}", links.ids, number)
        return Bad(self._of.plural, column, links.reason, number)


def _plain(value: Any) -> Any:
    """A value as the index gives it back."""
    return orjson.loads(orjson.dumps(value))
