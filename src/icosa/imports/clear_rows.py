"""Rows of which each is a new record, or says what one record has already, where nothing else has to be weighed.  Nearly all rows of
most files are such, and many of them are planned together; `records` has the rules, and is asked about all others."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from icosa.call.keys import comparer, several_compared
from icosa.call.paths import is_held
from icosa.imports.import_part import REFUSE, ImportPart
from icosa.imports.index import Index
from icosa.imports.links import Linker
from icosa.imports.shaping import Shaped
from icosa.plans.matching import ByKey
from icosa.plans.step import Creation, Json, Skip


def is_known_by_one_value(part: ImportPart) -> bool:
    """Whether a row's record is known by one value alone, and no row says an id beside it: then a row that means the same record as
    another has the same value."""
    return (
        len(part.ways) == 1 == len(part.ways[0])
        and part.attachment is None
        and not part.linked
        and part.repeats == REFUSE
        and ("id" not in part.columns or part.ways[0] == ("id",))
    )


class ClearRows:
    """Plans such rows of an object whose records are known by one value.  `space` is where the index has the number of the first
    row with a value."""

    def __init__(self, part: ImportPart, index: Index, linker: Linker, space: str) -> None:
        self._part, self._index, self._linker, self._space = part, index, linker, space
        self._path = part.ways[0][0]
        self._compare: Callable[[Mapping[str, Any]], Hashable] = comparer(part.of, self._path)
        self._needs_more = any(each.required for each in part.of.fields)

    def steps(self, rows: Sequence[Shaped], known: ByKey, ids: Sequence[str]) -> list[Creation | Skip | None]:
        """What becomes of rows; None for one that needs more than this.  `known` are the records that are there, and `ids` has one for
        each row that makes a record."""
        keys = several_compared(self._part.of, self._path, [row.record for row in rows], self._compare)
        taken = self._index.among(self._space, keys)
        if len({*keys}) < len(keys):
            taken.update(key for key, count in Counter(keys).items() if count > 1)
        steps: list[Creation | Skip | None] = []
        for row, key, links, id_ in zip(rows, keys, self._linker.clear_keys(rows), ids, strict=True):
            if key is None or links is None or row.further or key in taken:
                steps.append(None)
            else:
                steps.append(self._step(row, known.get(key, ()), {**row.record, **links} if links else row.record, id_))
        clear = [(key, row.row.number) for row, key, step in zip(rows, keys, steps, strict=True) if step is not None]
        self._index.put_all(self._space, clear)
        return steps

    def _step(self, row: Shaped, candidates: Sequence[Json], record: Json, id_: str) -> Creation | Skip | None:
        if candidates:
            there = candidates[0]
            return Skip(self._part.of.plural, there["id"], row.row.number) if len(candidates) == 1 and is_held(there, record) else None
        if self._needs_more:
            return None
        made = {"id": record.get("id") or id_, **with_defaults(self._part.defaults, record)}
        return Creation(self._part.of.plural, made, self._path, row.row.number)


def with_defaults(defaults: Mapping[str, Any], record: Json) -> Json:
    """A new record with what is said of it by default."""
    if not defaults:
        return record
    beside = {name: {**value, **record[name]} for name, value in defaults.items() if isinstance(value, dict) and record.get(name)}
    return {**defaults, **record, **beside}
