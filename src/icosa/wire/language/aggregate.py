"""What is asked of each group: `aggregate`, a JSON list of names such as "totalCount" and "sumAmountAmountMicros".

A name is what is counted or computed, then the field, or a part of one, it is of.
"""

from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

import orjson

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.kinds import Kind, brief, shown
from icosa.catalogue.model import Object
from icosa.catalogue.naming import capitalised
from icosa.errors import InvalidQuery
from icosa.wire.language.path import guess

TOTAL_COUNT: Final = "totalCount"

MOST_AGGREGATES: Final = 200


class Aggregation(StrEnum):
    """Longer names that begin like others come first."""

    COUNT_UNIQUE = "countUniqueValues"
    COUNT_FILLED = "countNotEmpty"
    COUNT_EMPTY = "countEmpty"
    COUNT_TRUE = "countTrue"
    COUNT_FALSE = "countFalse"
    SHARE_FILLED = "percentageNotEmpty"
    SHARE_EMPTY = "percentageEmpty"
    LEAST = "min"
    GREATEST = "max"
    MEAN = "avg"
    SUM = "sum"


_OF_ANY: Final = (
    Aggregation.COUNT_UNIQUE,
    Aggregation.COUNT_FILLED,
    Aggregation.COUNT_EMPTY,
    Aggregation.SHARE_FILLED,
    Aggregation.SHARE_EMPTY,
)
_OF_DATES: Final = (Aggregation.LEAST, Aggregation.GREATEST)
_OF_NUMBERS: Final = (*_OF_DATES, Aggregation.MEAN, Aggregation.SUM)
_OF_KIND: Final = MappingProxyType(
    {
        Kind.BOOLEAN: (Aggregation.COUNT_TRUE, Aggregation.COUNT_FALSE),
        Kind.DATE: _OF_DATES,
        Kind.DATE_TIME: _OF_DATES,
        Kind.NUMBER: _OF_NUMBERS,
        Kind.NUMERIC: _OF_NUMBERS,
    }
)


class Aggregate(NamedTuple):
    """One number or date of a group.  `kind` is None for the count of its records; `columns` are those of the field, several
    where it is a whole of several parts."""

    name: str
    kind: Aggregation | None = None
    columns: tuple[Column, ...] = ()


def parse(text: str | None, of: Object) -> tuple[Aggregate, ...]:
    """What a text asks for, each once; nothing where there is none.  Raises InvalidQuery naming what there is not."""
    if text is None or not text.strip():
        return ()
    try:
        names = orjson.loads(text)
    except ValueError:
        names = None
    if isinstance(names, str):
        names = [names]
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise InvalidQuery(f'aggregate: {shown(text)} is no JSON list of names; send one such as ["{TOTAL_COUNT}"]', legacy=_LEGACY)
    names = list(dict.fromkeys(names))
    if len(names) > MOST_AGGREGATES:
        raise InvalidQuery(f"aggregate: {len(names)} are too many; ask for at most {MOST_AGGREGATES}")
    unknown = [each for each in names if each not in aggregates(of)]
    if unknown:
        near = guess(unknown[0], list(aggregates(of)))
        raise InvalidQuery(
            f"aggregate: nothing of {of.plural} is called {', '.join(map(shown, unknown[:5]))}; {near}",
            legacy=f"Unknown aggregate field(s): {', '.join(map(brief, unknown[:5]))}",
        )
    return tuple(aggregates(of)[each] for each in names)


@lru_cache(maxsize=256)
def aggregates(of: Object) -> MappingProxyType[str, Aggregate]:
    """Everything that can be asked of groups of an object's records, by its name."""
    found = {TOTAL_COUNT: Aggregate(TOTAL_COUNT)}
    by_field: dict[str, list[Column]] = {}
    for column in columns(of):
        by_field.setdefault(column.field, []).append(column)
    for name, own in by_field.items():
        for subject, held in ((name, own), *((column.name, [column]) for column in own if column.part)):
            found |= _of(subject, tuple(column for column in held if not column.secret))
    return MappingProxyType(found)


def _of(subject: str, held: tuple[Column, ...]) -> dict[str, Aggregate]:
    if not held:
        return {}
    kinds = (*_OF_ANY, *(_OF_KIND.get(held[0].kind, ()) if len(held) == 1 else ()))
    named = ((f"{kind}{capitalised(subject)}", kind) for kind in kinds)
    return {name: Aggregate(name, kind, held) for name, kind in named}


_LEGACY: Final = 'Invalid aggregate query parameter - should be a valid array of string - ex: ["countNotEmptyId", "countEmptyField"]'
