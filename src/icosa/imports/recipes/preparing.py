"""Rows of an export, read as its recipe says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from icosa.catalogue.model import Catalogue
from icosa.imports.column_map import ColumnMap
from icosa.imports.evidence import Evidence, look_through, watched
from icosa.imports.import_part import ImportPart, Way
from icosa.imports.planning import RowResult
from icosa.imports.preparing import PreparedRows, linked, reading_options, source_name
from icosa.imports.recipes.binding import Bound, bind, by_column, described
from icosa.imports.recipes.overrides import with_options
from icosa.imports.recipes.recipe import Recipe
from icosa.imports.recipes.row_objects import ObjectReader, as_read, objects_of_rows
from icosa.imports.rows import BadRow, Row, open_rows
from icosa.imports.shaping import shaper
from icosa.imports.values.conventions import Conventions


def by_recipe(catalogue: Catalogue, recipe: Recipe, source: Any, settings: Mapping[str, Any]) -> PreparedRows:
    """Rows of several objects at once.  `settings` win over what the recipe says.

    Raises InvalidValue, before any row is read, with all that is wrong with the recipe.
    """
    recipe = with_options(recipe, settings)
    conventions = settings.get("conventions") or Conventions(**recipe.conventions)
    how = reading_options({**recipe.file, **reading_options(settings), "conventions": conventions})
    opened = open_rows(source, **how)
    bound = bind(recipe, catalogue, opened.columns, conventions)
    shown = _shown(catalogue, recipe, bound, source, how, conventions)
    readers = [
        ObjectReader(
            each.part.of.plural, shaper(catalogue, each.mapping, conventions, shown.conventions), each.table.only, each.texts, each.fixed
        )
        for each in bound
    ]
    as_planned = {
        "recipe": recipe.path,
        "keys": {each.part.of.plural: [_way(each.part, way) for way in each.part.ways] for each in bound},
        "columns": described(recipe, bound, opened.columns, shown.notes),
        "reading": how,
        "found": dict(opened.found),
    }
    objects = [plural for each in bound for plural in _written(each)]
    looked_at = [plural for each in bound for plural in linked(catalogue, each.mapping)]
    return PreparedRows(
        partial(_chunks, objects_of_rows(recipe, readers), opened.rows),
        opened.count,
        [each.part for each in bound],
        list(dict.fromkeys((*objects, *looked_at))),
        f"import {source_name(source)} by {source_name(recipe.path)}",
        as_planned,
        recipe.create_links,
    )


def _chunks(
    read: Callable[[Sequence[Row | BadRow]], list[Sequence[RowResult]]], rows: Iterator[Row | BadRow], most: int
) -> Iterator[list[Sequence[RowResult]]]:
    while some := list(islice(rows, most)):
        yield read(some)


def _written(bound: Bound) -> Iterator[str]:
    yield bound.part.of.plural
    if bound.part.attachment is not None:
        yield bound.part.attachment.of.plural


def _way(part: ImportPart, way: Way) -> str:
    return " + ".join(path.removesuffix("Id") if path in part.linked else path for path in way)


def _shown(
    catalogue: Catalogue, recipe: Recipe, bound: list[Bound], source: Any, how: Mapping[str, Any], conventions: Conventions
) -> Evidence:
    """What columns show about themselves, beside what the recipe says of them."""
    own = by_column(recipe, conventions)
    watches = {
        name: watch
        for each in bound
        for column in each.mapping.columns
        if column.column not in each.texts
        for name, watch in watched(catalogue, ColumnMap(each.part.of, (column,)), own.get(column.column, conventions)).items()
    }
    if not watches or (hasattr(source, "__arrow_c_stream__") and not hasattr(source, "__len__")):
        return Evidence(own)
    found = look_through(watches, as_read(recipe, open_rows(source, **how).rows), conventions)
    seen = {name: replace(each, **recipe.columns[name].conventions) if name in own else each for name, each in found.conventions.items()}
    return Evidence({**own, **seen}, found.notes)
