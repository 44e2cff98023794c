"""The cells of a row as a recipe has them: without what is called empty, and in the words of the workspace."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from icosa.catalogue.folding import caseless
from icosa.imports.recipes.recipe import Condition, Recipe
from icosa.imports.rows.row import Row
from icosa.imports.values.reading import says

Cells = Mapping[str, Any]


def cleaner(recipe: Recipe) -> Callable[[Row], Row]:
    """What makes cells empty that say so in one of the recipe's words, in any case and with any blanks."""
    everywhere = frozenset(map(_spoken, recipe.empty))
    own = {name: everywhere | set(map(_spoken, column.empty)) for name, column in recipe.columns.items() if column.empty}
    if not everywhere and not own:
        return lambda row: row

    def cleaned(row: Row) -> Row:
        cells = {
            name: "" if isinstance(value, str) and _spoken(value) in own.get(name, everywhere) else value
            for name, value in row.values.items()
        }
        return Row(row.number, cells)

    return cleaned


def mapper(recipe: Recipe) -> Callable[[Cells], Cells]:
    """What puts the values of the recipe's maps in the place of the words that a file has for them."""
    maps = {name: {_spoken(word): value for word, value in column.map.items()} for name, column in recipe.columns.items() if column.map}

    def mapped(cells: Cells) -> Cells:
        found = {
            name: words[_spoken(cells[name])] for name, words in maps.items() if says(cells.get(name)) and _spoken(cells[name]) in words
        }
        return {**cells, **found} if found else cells

    return mapped


def unmet(conditions: Sequence[Condition], cells: Cells) -> Condition | None:
    """The first condition that a row does not meet."""
    return next((each for each in conditions if not _is_met(each, cells.get(each.column))), None)


def _is_met(condition: Condition, value: Any) -> bool:
    if condition.is_set is not None:
        return says(value) == condition.is_set
    return says(value) and _spoken(value) in map(_spoken, condition.among)


def cell_text(value: Any) -> str:
    """A value as somebody writes it: a sheet has 7 as 7.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _spoken(value: Any) -> str:
    return caseless(cell_text(value))
