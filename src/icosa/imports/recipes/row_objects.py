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
from icosa.imports.shaping import Shape, Shaped
from icosa.imports.values.reading import says
from icosa.plans.step import Left


@dataclass(frozen=True, slots=True)
class Listener:
    """What hears one object out of a row.  `texts` has constants and texts by the name of the column that they stand for;
    `fixed` are the paths that say nothing of a row by themselves."""

    plural: str
    shape: Shape
    only: tuple[Condition, ...]
    texts: Mapping[str, Any]
    fixed: frozenset[str]


def hears(recipe: Recipe, listeners: Sequence[Listener]) -> Callable[[Row | BadRow], Sequence[RowResult]]:
    """What a row says of each object, in their order."""
    clean, mapped = cleaner(recipe), mapper(recipe)

    def heard(row: Row | BadRow) -> Sequence[RowResult]:
        if isinstance(row, BadRow):
            return [row] * len(listeners)
        cleaned = clean(row)
        failed = unmet(recipe.only, cleaned.values)
        cells = cleaned.values if failed else mapped(cleaned.values)
        return [_left(each, failed, row.number) if failed else _heard(each, cleaned, cells) for each in listeners]

    return heard


def as_read(recipe: Recipe, rows: Iterator[Row | BadRow]) -> Iterator[Row | BadRow]:
    """Rows with their cells as the recipe has them."""
    clean, mapped = cleaner(recipe), mapper(recipe)
    return (row if isinstance(row, BadRow) else Row(row.number, mapped(clean(row).values)) for row in rows)


def _heard(listener: Listener, row: Row, cells: Mapping[str, Any]) -> RowResult:
    if failed := unmet(listener.only, row.values):
        return _left(listener, failed, row.number)
    texts = {name: value for name, text in listener.texts.items() if (value := filled_in(text, row.values)) is not None}
    shaped = listener.shape(Row(row.number, {**cells, **texts}))
    if isinstance(shaped, Shaped) and not shaped.links and not any(_is_said(listener, path, value) for path, value in paths(shaped.record)):
        return Left(listener.plural, "the row says nothing of it", row.number)
    return shaped


def _is_said(listener: Listener, path: str, value: Any) -> bool:
    return path not in listener.fixed and path.partition(".")[0] not in listener.fixed and (value is None or says(value))


def _left(listener: Listener, failed: Condition, number: int) -> Left:
    return Left(listener.plural, f"only rows are taken of which {failed}", number)
