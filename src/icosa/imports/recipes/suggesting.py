"""The conventions that an export suggests, each with what shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from icosa.call.targets import find_target
from icosa.catalogue.model import Catalogue
from icosa.imports.column_map import ColumnMap
from icosa.imports.evidence import Evidence, look_through, watched
from icosa.imports.recipes.placing import Placed
from icosa.imports.recipes.regions import language_of, region_of
from icosa.imports.recipes.samples import Samples
from icosa.imports.rows.row import BadRow, Row
from icosa.imports.values.conventions import Conventions

_WRITTEN: Final = MappingProxyType({"date-order": "dmy", "decimal": ","})
"""How German and French have dates and numbers."""

_SORTS: Final = MappingProxyType({"date-order": "date", "decimal": "number"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value of a convention, and why; `sure` is whether the recipe says it, rather than proposes it."""

    value: str
    why: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Looked:
    """What columns show about how they are written; `unclear` are the ways in which dates and numbers can be meant that
    none of them settles."""

    shown: Evidence
    unclear: frozenset[tuple[str, str]] = frozenset()


def look_at(catalogue: Catalogue, tables: Sequence[Placed], rows: Iterable[Row | BadRow], conventions: Conventions) -> Looked:
    """Reads rows to their end."""
    watches = {name: each for one in tables for name, each in watched(catalogue, ColumnMap(one.of, one.columns), conventions).items()}
    if not watches:
        return Looked(Evidence())
    shown = look_through(watches, rows, conventions)
    unclear = {(sort, way) for sort, watch in watches.values() if watch.unclear and watch.only is None for way in watch.left or ()}
    return Looked(shown, frozenset(unclear))


def suggestions(
    catalogue: Catalogue, tables: Sequence[Placed], headings: Sequence[str], seen: Samples, looked: Looked
) -> dict[str, Suggestion]:
    """By the names of conventions in a recipe: what all columns that show anything agree on, else what is usual in the
    language of the headings, where there is anything to settle."""
    language = language_of(headings)
    found: dict[str, Suggestion] = {}
    for name, usual in _WRITTEN.items():
        held = {column: getattr(each, name.replace("-", "_")) for column, each in looked.shown.conventions.items()}
        ways = {value: column for column, value in held.items() if value}
        if len(ways) == 1:
            value, column = ways.popitem()
            found[name] = Suggestion(value, f"{column}: {looked.shown.notes[column]}")
        elif not ways and language and (_SORTS[name], usual) in looked.unclear:
            found[name] = Suggestion(usual, f"the headings are {language}")
    region = region_of(_values(catalogue, tables, seen, "PHONES"), _values(catalogue, tables, seen, "ADDRESS", "addressCountry"), language)
    return {**found, **({"region": Suggestion(region.code, region.why, region.sure)} if region else {})}


def _values(catalogue: Catalogue, tables: Sequence[Placed], seen: Samples, type_name: str, part: str = "") -> list[str]:
    """The values of all columns that go to a type of field."""
    found: dict[str, None] = {}
    for table in tables:
        for each in table.columns:
            target = find_target(catalogue, table.of, each.path)
            if target.field is not None and target.field.type_name == type_name and (not part or target.part == part):
                found |= seen.values[each.column]
    return list(found)
