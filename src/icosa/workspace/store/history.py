"""Lines of the history of records: what all of them have, and which objects have a history.

What is written in them, and when, stands in rules/timeline.py.  The line that tells of a creation is known here too, since SQLite
makes it by itself (sqlite/owed_lines.py).
"""

from functools import lru_cache
from typing import Final

from icosa.catalogue.columns import column_by_name
from icosa.catalogue.model import Catalogue, Object
from icosa.wire.rest.body import Sent
from icosa.workspace.store.names import ACTIVITY
from icosa.workspace.store.records import Columns, new_columns
from icosa.workspace.store.system import SYSTEM

CREATED: Final = "created"
MOMENT: Final = "\0"
"""Stands for the moment of writing in a line that says nothing yet."""

_NEEDED: Final = {"name", "properties", "happensAt", "linkedRecordCachedName", "linkedRecordId", "linkedObjectMetadataId"}


@lru_cache(maxsize=64)
def keys(of: Object) -> dict[str, str]:
    """By the name of each object that has a history the column of a line that leads to its record; none where there can be no
    lines.  `of` is the object of lines."""
    if not column_by_name(of).keys() >= _NEEDED:
        return {}
    return {relation.target: relation.foreign_key for relation in of.belongs_to if relation.morph}


def has_history(catalogue: Catalogue, of: Object) -> bool:
    """Whether there are lines that tell of the records of an object."""
    lines = catalogue.by_singular.get(ACTIVITY)
    return lines is not None and of.singular in keys(lines)


def blank(of: Object) -> Columns:
    """The canonical values of a line that says nothing yet, by column, all but its position; its id is empty."""
    sent: Sent = {name: dict(SYSTEM) for name in ("createdBy", "updatedBy") if name in of.field_by_name}
    return new_columns(of, {**sent, "happensAt": {"": MOMENT}, "properties": {"": {}}}, "", MOMENT)


def name(singular: str, action: str) -> str:
    """What a line is called that tells of an action on a record of an object."""
    return f"{singular}.{action}"
