"""Rows of which each is a new record, or says what one record has already, where nothing else has to be weighed.  Nearly all rows of
most files are such, and many of them are planned together, by columns; `records` has the rules, and is asked about all others."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from icosa.call.keys import NUMBER, comparer, keys_at, part_of, values_compared
from icosa.call.paths import value_at
from icosa.catalogue.columns import column_by_path
from icosa.client.blocking import Client
from icosa.imports.import_part import REFUSE, ImportPart
from icosa.imports.index import Index
from icosa.imports.links import Linker
from icosa.imports.plain_columns import ABSENT, Column, has_absent
from icosa.imports.row_sheet import RowSheet
from icosa.imports.shaped import Shaped
from icosa.plans.matching import ByKey, by_key, columns_by_key
from icosa.plans.step import Json, StepLines, creations, skips


def is_matched_by_one_value(part: ImportPart) -> bool:
    """Whether one value alone says which record a row means."""
    return len(part.ways) == 1 == len(part.ways[0]) and part.attachment is None and not part.linked and part.repeats == REFUSE


def is_known_by_one_value(part: ImportPart) -> bool:
    """The same where no row says an id beside it: then a row that means the same record as another has the same value."""
    return is_matched_by_one_value(part) and ("id" not in part.columns or part.ways[0] == ("id",))


class FoundRows(NamedTuple):
    """What the workspace has of what rows say: `keys` is what each of these is known by, None where it says nothing of that; `rows` has
    by such a key the id of the one record that has it and what that has at `paths`, None where several have it.  `records` are these
    records, None where nobody has asked for them."""

    keys: Sequence[Hashable]
    paths: Sequence[str]
    rows: Mapping[Hashable, tuple[Any, ...] | None]
    records: ByKey | None


@dataclass(frozen=True, slots=True)
class ClearSheet:
    """What becomes of the clear rows of a sheet: by place, the id of the record that has all that a row says already, and the
    record that it makes.  All that are `left` are neither."""

    of: str
    key: str
    numbers: Sequence[int]
    there: Mapping[int, str]
    made: Mapping[int, Json]
    left: Sequence[int]

    def steps(self, begin: int, end: int) -> Iterator[StepLines]:
        """The steps of the clear rows at these places."""
        for found, lines_of in ((self.made, self._creations), (self.there, self._skips)):
            if found and (some := [at for at in range(begin, end) if at in found]):
                yield lines_of(some)

    def _creations(self, places: Sequence[int]) -> StepLines:
        return creations(self.of, [self.made[at] for at in places], self.key, [self.numbers[at] for at in places])

    def _skips(self, places: Sequence[int]) -> StepLines:
        return skips(self.of, [self.there[at] for at in places], [self.numbers[at] for at in places])


class ClearRows:
    """Plans such rows of an object whose records are matched by one value.  `space` is where the index has the number of the first
    row with a value; where rows say ids beside it, the ids of the records that are known by it, and in the space of `rows` by such an
    id what row means it, as `records` keeps both."""

    def __init__(self, client: Client, part: ImportPart, index: Index, linker: Linker, space: str, rows: str) -> None:
        self._rows = "" if is_known_by_one_value(part) else rows
        self._client, self._part, self._index, self._linker, self._space = client, part, index, linker, space
        self._of, self._path = part.of, part.ways[0][0]
        self._is_value = self._path in column_by_path(part.of) and part_of(part.of, self._path) != ("PHONES", NUMBER)
        self._compare = comparer(part.of, self._path)
        self._makes = not any(each.required or each.secret for each in part.of.fields)  # else more is asked of a new record
        relations = {path.partition(".")[0] for path in part.columns if "." in path} & part.of.relation_by_name.keys()
        self._keys = [part.of.relation_by_name[name].foreign_key for name in sorted(relations)]

    def look_up(self, sheet: RowSheet) -> FoundRows:
        """What the workspace has of what the rows of a sheet say.  May run in any thread."""
        keys, values = self._known_by(sheet)
        paths = [*dict.fromkeys((*(path for path, _ in _by_path(sheet)), *self._keys))]
        rows = columns_by_key(self._client, self._of, self._path, values, paths)
        if rows is not None:
            return FoundRows(keys, paths, rows, None)
        records = by_key(self._client, self._of, self._path, values) if values else {}
        return FoundRows(keys, paths, {key: _row_of(some, paths) for key, some in records.items()}, records)

    def plan(self, sheet: RowSheet, held: FoundRows, ids: Sequence[str]) -> ClearSheet:
        """What becomes of the rows of a sheet; `ids` has one for each of the whole ones, for a record that it may make."""
        keys, numbers = held.keys, [row.number for row in sheet.whole]
        foreign_keys = self._linker.clear_keys(sheet.columns.links)
        left = {*sheet.odd, *self._unclear(keys, foreign_keys)}
        rows = [*map(held.rows.get, keys)]
        places = [at for at, row in enumerate(rows) if row is not None]
        left |= _differing(_columns(sheet, self._keys, foreign_keys), held.paths, rows, places)
        there = {at: row[0] for at in places if at not in left and (row := rows[at])}
        made = {} if len(places) == len(rows) else self._made(sheet, held, left, foreign_keys, ids)
        if self._rows:
            self._leave_shared_ids(sheet, held, rows, there, made)
        rest = [at for at in range(len(rows)) if at not in there and at not in made] if len(there) + len(made) < len(rows) else []
        clear = [at for at in range(len(rows)) if at in there or at in made] if rest else range(len(rows))
        if self._rows:
            found = [(at, there[at] if at in there else made[at]["id"]) for at in clear]
            self._index.put_all(self._space, [((keys[at],), [id_]) for at, id_ in found])
            self._index.put_all(self._rows, [(id_, {"row": numbers[at], "new": at in made}) for at, id_ in found])
        else:
            self._index.put_all(self._space, [(keys[at], numbers[at]) for at in clear])
        return ClearSheet(self._of.plural, self._path, numbers, there, made, rest)

    def _leave_shared_ids(
        self, sheet: RowSheet, held: FoundRows, rows: Sequence[tuple[Any, ...] | None], there: dict[int, str], made: dict[int, Json]
    ) -> None:
        """Takes out what is about a record that another row means or names too, or may mean."""
        ids = {**there, **{at: record["id"] for at, record in made.items()}}
        of_odd = ((at, row.record.get("id", ABSENT)) for at, row in sheet.odd.items() if isinstance(row, Shaped))
        meant = ((at, row[0]) for at, row in enumerate(rows) if row is not None)
        named = {*enumerate(dict(_by_path(sheet)).get("id", ())), *of_odd, *meant, *ids.items()}
        counted = Counter(id_ for _, id_ in named)
        taken = self._index.among(self._rows, ids.values())
        for at, id_ in ids.items():
            if counted[id_] > 1 or id_ in taken or None in held.rows.values():
                there.pop(at, None)
                made.pop(at, None)

    def _known_by(self, sheet: RowSheet) -> tuple[Sequence[Hashable], Sequence[Any]]:
        """What each row is known by in its comparable form, and what all of them say of it."""
        column = next((column for path, column in _by_path(sheet) if path == self._path), None) if self._is_value else None
        if column is not None and not sheet.odd and not has_absent(column):
            keys = values_compared(self._of, self._path, column)
            return keys, [value for value, key in zip(column, keys, strict=True) if key is not None] if None in keys else column
        records = [row.record if isinstance(row, Shaped) else {} for row in sheet.each]
        return [*map(self._compare, records)], keys_at(self._of, self._path, records)

    def _unclear(self, keys: Sequence[Hashable], foreign_keys: Sequence[Json | None]) -> set[int]:
        """The places of rows that say nothing of what they are known by, or what others say too, or whose links have to be weighed."""
        unclear: set[Hashable] = (
            {key for (key,) in self._index.among(self._space, [(key,) for key in keys])}
            if self._rows
            else self._index.among(self._space, keys)
        )
        if len({*keys}) < len(keys):
            unclear |= {key for key, count in Counter(keys).items() if count > 1}
        if None in keys:
            unclear.add(None)
        found = {at for at, key in enumerate(keys) if key in unclear} if unclear else set[int]()
        return found | {at for at, each in enumerate(foreign_keys) if each is None}

    def _made(
        self, sheet: RowSheet, held: FoundRows, left: set[int], foreign_keys: Sequence[Json | None], ids: Sequence[str]
    ) -> dict[int, Json]:
        """The records that are made by the rows whose keys nobody has."""
        if not self._makes:
            return {}
        records, made = sheet.columns.records(), dict[int, Json]()
        for at, (key, record, links, id_) in enumerate(zip(held.keys, records, foreign_keys, ids, strict=True)):
            if at not in left and key not in held.rows:
                record = {**record, **links} if links else record
                made[at] = {"id": record.get("id") or id_, **with_defaults(self._part.defaults, record)}
        return made


def _by_path(sheet: RowSheet) -> Iterator[tuple[str, Column]]:
    """What rows say by path."""
    for member in sheet.columns.members:
        for part, column in member.parts.items():
            if part or not member.composite:
                yield (f"{member.name}.{part}" if part else member.name), column


def _columns(sheet: RowSheet, names: Iterable[str], foreign_keys: Sequence[Json | None]) -> Iterator[tuple[str, Column]]:
    """The same with the keys of their links, and with what is none of the parts that it should have, of which no record can have it."""
    yield from _by_path(sheet)
    for member in sheet.columns.members:
        if member.composite and "" in member.parts:
            yield "", member.parts[""]
    for name in names:
        yield name, [ABSENT if each is None else each.get(name, ABSENT) for each in foreign_keys]


def _differing(
    columns: Iterable[tuple[str, Column]], paths: Sequence[str], rows: Sequence[tuple[Any, ...] | None], places: Sequence[int]
) -> set[int]:
    """At which of these places a row says anything else than the record has."""
    found = [row for row in rows if row is not None]
    if not found:
        return set()
    held = dict(zip(paths, list(zip(*found, strict=True))[1:], strict=True))
    differing: set[int] = set()
    for path, column in columns:
        values, there = column if len(places) == len(rows) else [column[at] for at in places], held.get(path)
        if there is None:
            differing.update(at for at, value in zip(places, values, strict=True) if value is not ABSENT)
        elif not _is_same(values, there):
            differing.update(
                at
                for at, value, other in zip(places, values, there, strict=True)
                if value is not ABSENT and (value != other or value.__class__ is not other.__class__)
            )
    return differing


def _is_same(values: Column, there: Column) -> bool:
    types = {*map(type, values)}
    return [*values] == [*there] and (types <= _ALIKE or [*map(type, values)] == [*map(type, there)])


_ALIKE: Final = {str}
"""Types whose values equal none of another."""


def _row_of(records: Sequence[Json], paths: Sequence[str]) -> tuple[Any, ...] | None:
    """What a record has at paths, behind its id; None for several."""
    return (records[0]["id"], *(value_at(records[0], path) for path in paths)) if len(records) == 1 else None


def with_defaults(defaults: Mapping[str, Any], record: Json) -> Json:
    """A new record with what is said of it by default."""
    if not defaults:
        return record
    beside = {name: {**value, **record[name]} for name, value in defaults.items() if isinstance(value, dict) and record.get(name)}
    return {**defaults, **record, **beside}
