"""Columns of ids that another program made: every CRM has a "Company ID", and its values are of no record here."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from icosa.call.targets import find_target
from icosa.catalogue.kinds import Kind, coerce
from icosa.catalogue.model import Catalogue
from icosa.errors import InvalidValue
from icosa.imports.column_map import EXACTLY, ColumnMap, MappedColumn


def may_be_foreign(catalogue: Catalogue, mapping: ColumnMap, column: MappedColumn) -> bool:
    """Whether a column was taken for one of ids by a name that others use too: not by the path itself, and not because
    somebody told so."""
    return bool(column.path) and column.score < EXACTLY and find_target(catalogue, mapping.object, column.path).value_path == "id"


def is_foreign(text: str) -> bool:
    """Whether no record here can have such an id."""
    try:
        coerce(Kind.UUID, text.strip(), "")
    except InvalidValue:
        return True
    return False


def without(mapping: ColumnMap, foreign: Mapping[str, str]) -> ColumnMap:
    """The same, some columns left out: each with one of its values, and where that stands."""
    columns = (_left_out(each, foreign[each.column]) if each.column in foreign else each for each in mapping.columns)
    return ColumnMap(mapping.object, tuple(columns))


def without_foreign(catalogue: Catalogue, mapping: ColumnMap, values: Callable[[str], list[str]]) -> ColumnMap:
    """The same without the columns of which some values are known, and all of these are foreign."""
    maybe = {each.column: values(each.column) for each in mapping.columns if may_be_foreign(catalogue, mapping, each)}
    return without(mapping, {column: some[0] for column, some in maybe.items() if some and all(map(is_foreign, some))})


def _left_out(column: MappedColumn, example: str) -> MappedColumn:
    return replace(column, path="", score=0.0, reason=f"ids of another program, such as {example}; of no record here")
