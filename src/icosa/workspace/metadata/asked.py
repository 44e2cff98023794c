"""Whether metadata is asked for, and what of it: all that a request for records has to know of metadata."""

from collections.abc import Callable
from typing import NamedTuple

from icosa.wire.message import Answer
from icosa.wire.version import Version
from icosa.workspace.store.statement import Statements
from icosa.workspace.store.stored_catalogue import Reshaping


class MetadataRead(NamedTuple):
    """Something to be read, as the statements of one read."""

    steps: Callable[[], Statements[Answer]]


class MetadataReshape(NamedTuple):
    """A change of the objects."""

    change: Reshaping[Answer]


class MetadataWrite(NamedTuple):
    """Something else to be written, as the statements of one transaction."""

    steps: Callable[[], Statements[Answer]]


def asks_metadata(version: Version, path: str) -> bool:
    """Whether a path is one of metadata."""
    roots = version.metadata_roots
    return path.startswith(roots) and any(path == each or path.startswith(f"{each}/") for each in roots)
