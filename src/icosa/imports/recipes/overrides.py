"""What the options of a call say otherwise than a recipe: they win."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from icosa.errors import InvalidValue
from icosa.imports.recipes.recipe import Recipe, Table
from icosa.toml.faults import not_there


def with_options(recipe: Recipe, settings: Mapping[str, Any]) -> Recipe:
    """A recipe with the options of a call in their places.  A column's place has its table in front of it
    ("people.jobTitle") where the recipe has several.  Raises InvalidValue for a key or a place of no table."""
    tables = recipe.tables
    if settings.get("key"):
        table = _only(recipe, "key", "say the keys of several tables in the recipe")
        tables = (replace(table, key=(settings["key"],)),)
    ignored = list(recipe.ignore)
    for column, path in (settings.get("columns") or {}).items():
        to, place = _place(recipe, path) if path else (None, "")
        tables = tuple(_moved(each, column, place if to is not None and each.name == to.name else None, to) for each in tables)
        ignored += [] if path else [column]
    create = recipe.create_links or bool(settings.get("create_links"))
    return replace(recipe, tables=tables, ignore=tuple(ignored), create_links=create)


def _moved(table: Table, column: str, place: str | None, to: Table | None) -> Table:
    """A table in which a column goes to a place, or, where it is left out, nowhere; where it goes to another table, the
    column is read in this one as before, since a heading may be of both: that of a company is a person's link to it too."""
    if place is not None:
        return replace(table, columns={**table.columns, column: place})
    return table if to is not None else replace(table, columns={name: path for name, path in table.columns.items() if name != column})


def _place(recipe: Recipe, path: str) -> tuple[Table, str]:
    name, _, rest = path.partition(".")
    table = next((each for each in recipe.tables if each.name == name), None)
    if table is not None and rest:
        return table, rest
    return _only(recipe, "map", f"{path!r} names none of them; write one such as {recipe.tables[0].name}.{path}"), path


def _only(recipe: Recipe, what: str, otherwise: str) -> Table:
    if not recipe.tables:
        raise InvalidValue(recipe.path, not_there("table", "", ()))
    if len(recipe.tables) > 1:
        raise InvalidValue(what, f"the recipe has the tables {', '.join(each.name for each in recipe.tables)}; {otherwise}")
    return recipe.tables[0]
