"""Files that records name.  This server takes none in, so that a record can keep those it came with, and no others."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from icosa.catalogue.model import Field, Object
from icosa.errors import InvalidValue
from icosa.workspace.store.records import Columns

TYPE = "FILES"


def check_files(of: Object, records: Sequence[Columns], before: Mapping[str, Any] | None = None) -> None:
    """Raises InvalidValue where one of these names a file that the record did not name `before`."""
    for field in names_files(of):
        for values in records:
            files = values.get(field.name)
            if not files:
                continue
            held = {file["fileId"] for file in (before or {}).get(field.name) or ()}
            new = next((file["fileId"] for file in files if file["fileId"] not in held), None)
            if new:
                problem = f"there is no file {new}, and this server takes none in; leave it out"
                raise InvalidValue(field.name, problem, legacy=f"File not found: {new}")


@lru_cache(maxsize=1024)
def names_files(of: Object) -> tuple[Field, ...]:
    """The fields that do."""
    return tuple(field for field in of.fields if field.type_name == TYPE)
