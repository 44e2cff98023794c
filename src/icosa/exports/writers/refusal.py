"""What a format cannot hold, said so that the value is found."""

from collections.abc import Sequence
from typing import Any

from icosa.errors import InvalidValue
from icosa.exports.table import ExportColumn


def refused(columns: Sequence[ExportColumn], row: Sequence[Any], at: int, problem: str) -> InvalidValue:
    """The refusal of a value: `at` is its column, and the record is named by its id, else by its first value."""
    names = [each.name for each in columns]
    known_by = names.index("id") if "id" in names else 0
    return InvalidValue(columns[at].name, f"of the record with the {names[known_by]} {str(row[known_by])[:60]!r}: {problem}")
