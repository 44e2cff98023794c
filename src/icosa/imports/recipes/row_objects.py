"""What a row says of each object of a recipe."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from icosa.call.paths import paths
from icosa.imports.planning import RowResult
from icosa.imports.recipes.cells import cleaner, mapper, unmet
from icosa.imports.recipes.recipe import Condition, Recipe
from icosa.imports.recipes.texts import filled_in
from icosa.imports.rows.row import BadRow, Row
from icosa.imports.shaping import RowShape, Shaped
from icosa.imports.values.reading import says
from icosa.plans.step import Left


@dataclass(frozen=True, slots=True)
class ObjectReader:
    """What reads one object out of a row.  `texts` has constants and texts by the name of the column that they stand for;
    `fixed` are the paths that say nothing of a row by themselves."""

    plural: str
    shape: RowShape
    only: tuple[Condition, ...]
    texts: Mapping[str, Any]
    fixed: frozenset[str]


def objects_of_rows(recipe: Recipe, readers: Sequence[ObjectReader]) -> Callable[[Row | BadRow], Sequence[RowResult]]:
    """What a row says of each object, in their order."""
    clean, mapped = cleaner(recipe), mapper(recipe)

    def objects_of(row: Row | BadRow) -> Sequence[RowResult]:
        if isinstance(row, BadRow):
            return [row] * len(readers)
        cleaned = clean(row)
        failed = unmet(recipe.only, cleaned.values)
        cells = cleaned.values if failed else mapped(cleaned.values)
        return [_left(each, failed, row.number) if failed else _object_of(each, cleaned, cells) for each in readers]

    return objects_of


def as_read(recipe: Recipe, rows: Iterator[Row | BadRow]) -> Iterator[Row | BadRow]:
    """Rows with their cells as the recipe has them."""
    clean, mapped = cleaner(recipe), mapper(recipe)
    return (row if isinstance(row, BadRow) else Row(row.number, mapped(clean(row).values)) for row in rows)


def _object_of(reader: ObjectReader, row: Row, cells: Mapping[str, Any]) -> RowResult:
    if failed := unmet(reader.only, row.values):
        return _left(reader, failed, row.number)
    texts = {name: value for name, text in reader.texts.items() if (value := filled_in(text, row.values)) is not None}
    shaped = reader.shape(Row(row.number, {**cells, **texts}))
    if isinstance(shaped, Shaped) and not shaped.links and not any(_is_said(reader, path, value) for path, value in paths(shaped.record)):
        return Left(reader.plural, "the row says nothing of it", row.number)
    return shaped


def _is_said(reader: ObjectReader, path: str, value: Any) -> bool:
    return path not in reader.fixed and path.partition(".")[0] not in reader.fixed and (value is None or says(value))


def _left(reader: ObjectReader, failed: Condition, number: int) -> Left:
    return Left(reader.plural, f"only rows are taken of which {failed}", number)
