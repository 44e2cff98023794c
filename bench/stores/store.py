"""What a measurement asks of a kind of database: filled ones, and copies of them that may be written to."""

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import platformdirs

from bench import data
from bench.data import Size
from icosa.wire.version import TWENTY_1_0_3, Version
from icosa.workspace import Workspace, open_workspace
from icosa.workspace.access.issue import create_key

FOREVER = "2999-01-01T00:00:00.000Z"


@dataclass(frozen=True, slots=True)
class Filled:
    """The URL of a filled database, and a token that its server takes."""

    url: str
    token: str


class Databases(Protocol):
    """One kind of database."""

    @property
    def name(self) -> str:
        """Its name and version."""

    @property
    def embedded(self) -> bool:
        """Whether it runs in the server's own process."""

    @property
    def folder(self) -> Path:
        """A folder on the disk that it writes to."""

    def filled(self, size: Size) -> Filled:
        """A database of this size.  It is kept: filled where there is none that would be made the same today."""

    def copied(self, of: Filled) -> AbstractContextManager[Filled]:
        """A copy that may be written to, gone at the end."""

    def fresh(self) -> AbstractContextManager[str]:
        """The URL of a database with nothing in it, gone at the end."""


def cache_folder() -> Path:
    """Where databases are kept: ICOSA_BENCH_CACHE, or the user's cache.  Not /tmp: that may lie in memory, which has no fsync."""
    named = os.environ.get("ICOSA_BENCH_CACHE")
    folder = Path(named) if named else platformdirs.user_cache_path("icosa-bench")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fingerprint(tables: Iterable[str]) -> str:
    """Changes whenever a database filled today would differ from one filled before."""
    return hashlib.sha256("\n".join([str(data.VERSION), *tables]).encode()).hexdigest()[:12]


def fill(url: str, size: Size, write: Callable[[Workspace], None], version: Version = TWENTY_1_0_3) -> str:
    """Makes the tables, has `write` write all records, and makes a key; its token."""
    print(f"Filling a database: {size} …", file=sys.stderr, flush=True)
    begun = time.perf_counter()
    workspace = open_workspace(url, version=version)
    try:
        write(workspace)
        _, token = create_key(workspace, "bench", FOREVER)
    finally:
        workspace.close()
    print(f"  done in {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    return token
