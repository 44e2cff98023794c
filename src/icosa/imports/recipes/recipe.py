"""What a recipe says, as it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from icosa.imports.import_part import MERGE


@dataclass(frozen=True, slots=True)
class Condition:
    """That a column is set or empty, or has one of these values."""

    column: str
    is_set: bool | None = None
    among: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.is_set is not None:
            return f"{self.column} is {'set' if self.is_set else 'empty'}"
        return f"{self.column} is {' or '.join(self.among)}"


@dataclass(frozen=True, slots=True)
class RecipeColumn:
    """How the values of one column are written: what they are called here, which of them are empty, their conventions."""

    map: Mapping[str, Any] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    conventions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """What rows say of one object.

    `key` holds the ways to match, the surest first, None where none is said.  `columns` is heading to path, `values` path
    to a constant or a text with headings in braces, `defaults` path to what a new record gets.  `link` is relation to
    table, None where links are to be found; `attach` are the tables whose records a note is attached to.
    """

    name: str
    key: tuple[str, ...] | None = None
    repeats: str = MERGE
    only: tuple[Condition, ...] = ()
    link: Mapping[str, str] | None = None
    attach: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe that was read; which of its words a workspace and an export have is found out when it is bound to them.

    `file` has the options of `open_rows`, `conventions` those of Conventions, by their names in Python.
    """

    path: str
    text: str
    file: Mapping[str, Any] = field(default_factory=dict)
    conventions: Mapping[str, Any] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    only: tuple[Condition, ...] = ()
    ignore: tuple[str, ...] = ()
    create_links: bool = False
    columns: Mapping[str, RecipeColumn] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
