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


def objects_of_rows(recipe: Recipe, readers: Sequence[ObjectReader]) -> Callable[[Sequence[Row | BadRow]], list[Sequence[RowResult]]]:
    """What each of some rows says of each object, in their order."""
    clean, mapped = cleaner(recipe), mapper(recipe)

    def objects_of(rows: Sequence[Row | BadRow]) -> list[Sequence[RowResult]]:
        found: list[Sequence[RowResult]] = []
        taken: list[tuple[int, Row]] = []
        for at, row in enumerate(rows):
            if isinstance(row, BadRow):
                found.append([row] * len(readers))
                continue
            cleaned = clean(row)
            failed = unmet(recipe.only, cleaned.values)
            found.append([_left(each, failed, row.number) for each in readers] if failed else ())
            if not failed:
                taken.append((at, cleaned))
        some = [row for _, row in taken]
        cells = [mapped(row.values) for row in some]
        for (at, _), results in zip(taken, zip(*(_objects_of(each, some, cells) for each in readers), strict=True), strict=True):
            found[at] = results
        return found

    return objects_of


def as_read(recipe: Recipe, rows: Iterator[Row | BadRow]) -> Iterator[Row | BadRow]:
    """Rows with their cells as the recipe has them."""
    clean, mapped = cleaner(recipe), mapper(recipe)
    return (row if isinstance(row, BadRow) else Row(row.number, mapped(clean(row).values)) for row in rows)


def _objects_of(reader: ObjectReader, rows: Sequence[Row], cells: Sequence[Mapping[str, Any]]) -> list[RowResult]:
    """What rows say of one object; `cells` are theirs in the words of the workspace."""
    failed = [unmet(reader.only, row.values) for row in rows]
    read = reader.shape.sheet([_with_texts(reader, row, own) for row, own, why in zip(rows, cells, failed, strict=True) if why is None])
    shaped = iter(read.all)
    return [
        _unless_silent(reader, next(shaped)) if why is None else _left(reader, why, row.number)
        for row, why in zip(rows, failed, strict=True)
    ]


def _with_texts(reader: ObjectReader, row: Row, cells: Mapping[str, Any]) -> Row:
    texts = {name: value for name, text in reader.texts.items() if (value := filled_in(text, row.values)) is not None}
    return Row(row.number, {**cells, **texts} if texts else cells)


def _unless_silent(reader: ObjectReader, shaped: Shaped | BadRow) -> RowResult:
    if isinstance(shaped, Shaped) and not shaped.links and not any(_is_said(reader, path, value) for path, value in paths(shaped.record)):
        return Left(reader.plural, "the row says nothing of it", shaped.row.number)
    return shaped


def _is_said(reader: ObjectReader, path: str, value: Any) -> bool:
    return path not in reader.fixed and path.partition(".")[0] not in reader.fixed and (value is None or says(value))


def _left(reader: ObjectReader, failed: Condition, number: int) -> Left:
    return Left(reader.plural, f"only rows are taken of which {failed}", number)
