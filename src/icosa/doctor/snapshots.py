"""What a workspace had at one time, kept in a file: a snapshot, or an OpenAPI document."""

import json
from pathlib import Path
from typing import Any, Final

from icosa.catalogue.as_json import as_json, from_json
from icosa.catalogue.model import Catalogue
from icosa.errors import InvalidValue
from icosa.wire.openapi.reading import read_document

_KIND: Final = "snapshot"

FORMAT: Final = 1
"""Raise it when a snapshot is written so that an older Icosa would read it wrongly."""


def write_snapshot(path: Path, catalogue: Catalogue, workspace: str) -> None:
    """Keep the catalogue of a workspace in a file.  Raises InvalidValue where it cannot be written."""
    held = {"icosa": _KIND, "format": FORMAT, "workspace": workspace, "catalogue": as_json(catalogue)}
    try:
        path.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise InvalidValue(str(path), f"cannot be written: {error.strerror}") from None


def read_reference(path: Path) -> Catalogue:
    """The catalogue in a snapshot, or of an OpenAPI document.  Raises InvalidValue or UnreadableAnswer for
    what is neither."""
    try:
        held: Any = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InvalidValue(str(path), f"cannot be read: {error.strerror}") from None
    except ValueError:
        raise InvalidValue(str(path), f"is no JSON; {_EXPECTED}") from None
    if isinstance(held, dict) and held.get("icosa") == _KIND:
        if held.get("format") != FORMAT:
            raise InvalidValue(str(path), "is a snapshot of another version of Icosa. Make it again with this one")
        return from_json(held.get("catalogue"))
    if isinstance(held, dict) and "openapi" in held:
        return read_document(held)[0]
    raise InvalidValue(str(path), f"is neither a snapshot nor an OpenAPI document; {_EXPECTED}")


_EXPECTED: Final = "icosa doctor --snapshot FILE writes a snapshot, icosa open-api > FILE a document"
