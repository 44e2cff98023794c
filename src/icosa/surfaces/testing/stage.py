"""A workspace that is put back as it was before each test.

It is one SQLite file for a whole run of tests.  An image of what a test begins with is kept beside it, and its
pages are copied over the file: that takes a few milliseconds, whatever the test before did.  The file lies in memory
where the system has room there, so that no test waits for a disk.
"""

import shutil
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock
from types import TracebackType
from typing import Self
from urllib.parse import quote

from icosa import Client
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue
from icosa.client.sending.sender import Sender
from icosa.errors import InvalidValue
from icosa.surfaces.testing.clock import Clock
from icosa.surfaces.testing.direct import ADDRESS, Direct, calls_of
from icosa.surfaces.testing.faults import Faults
from icosa.surfaces.testing.images import Images
from icosa.surfaces.testing.renaming import rename_columns, renamed_catalogue
from icosa.surfaces.testing.rules import AnyRule, RenamedField
from icosa.surfaces.testing.seeds import SAMPLE, SAMPLE_MOMENT, Seed, sow
from icosa.wire.version import TWENTY_1_0_3, VERSIONS, Version
from icosa.workspace import Workspace, open_workspace
from icosa.workspace.store.statement import Statements

_EMPTY = ""
_MEMORY = Path("/dev/shm")
_MEMORY_BYTES = 1 << 30
"""How much room there must be: containers often have 64 MB, and a big test would fill them."""
_KEPT_EMPTY = 4
"""So many empty workspaces of different objects are kept, of 1.2 MB where the objects are the standard ones."""


class Stage:
    """A workspace, the `clock` that it goes by, and the `faults` of who asks it.  `prepare` begins a test."""

    def __init__(self, catalogue: Catalogue | None = None, api: str = TWENTY_1_0_3.name) -> None:
        spoken = version_named(api)
        self.clock = Clock()
        self._folder = TemporaryDirectory(prefix="icosa-", dir=_folder())
        self._file = str(Path(self._folder.name) / "crm.db")
        self._url = f"sqlite:///{quote(self._file)}"
        Path(self._file).write_bytes(_empty(catalogue, spoken))
        self._workspace = open_workspace(self._url, catalogue, self.clock, spoken)
        self.catalogue, self.version = self._workspace.catalogue, self._workspace.version
        self.faults = Faults(catalogue=self.catalogue, version=self.version)
        self.faultless = Client(self.transport(), calls_of(self.catalogue, self.version, Sender()), address=ADDRESS)
        self._renamed: tuple[RenamedField, ...] = ()
        self._lock = RLock()
        self._images = Images(self._file)
        self._images.keep(_EMPTY)

    @property
    def workspace(self) -> Workspace:
        """The workspace, with the fields that the rules have renamed."""
        if self._renamed != self.faults.renamed:
            with self._lock:
                self._rename(self.faults.renamed)
        return self._workspace

    def transport(self) -> Direct:
        """A way to it that meets no faults."""
        return Direct(lambda: self.workspace)

    def prepare(self, seed: Seed | None = None, faults: Faults | Iterable[AnyRule] = (), now: str | datetime | None = None) -> None:
        """Makes it what a test begins with, whatever was before: the records of the seed and no others, rules
        that have struck nothing yet, and the time that it is, which stands still where `now` says it."""
        given, number = (faults.rules, faults.seed) if isinstance(faults, Faults) else (tuple(faults), 0)
        renamed_catalogue(self.catalogue, [each for each in given if isinstance(each, RenamedField)])
        wanted = Faults(given, seed=number, catalogue=self.catalogue, version=self.version)
        if seed == SAMPLE and self.version.generation > TWENTY_1_0_3.generation:
            text = f'"sample" has objects and fields that {self.version.name} has not; give records by the name of their object'
            raise InvalidValue("seed", text)
        with self._lock:
            self.faults.clear()
            self._rename(())
            self._workspace.store.write(_nothing)  # what an abandoned request still had to write is behind this
            if seed == SAMPLE:
                self._show_sample(now)
            else:
                self._images.restore(_EMPTY)
            self.clock.reset()
            if now is not None:
                self.clock.set(now)
            if seed is not None and seed != SAMPLE:
                sow(self.faultless, seed)
            self.faults = wanted

    def close(self) -> None:
        with self._lock:
            self._images.close()
            self._workspace.close()
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _show_sample(self, now: str | datetime | None) -> None:
        """The sample takes a moment to be made, so that it is kept too."""
        image = f"{SAMPLE} {now}"
        if image not in self._images:
            self._images.restore(_EMPTY)
            self.clock.set(now or SAMPLE_MOMENT)
            sow(self.faultless, "sample")
            self._images.keep(image)
        self._images.restore(image)

    def _rename(self, renamed: tuple[RenamedField, ...]) -> None:
        """Shows the workspace with these fields renamed, and no others."""
        if self._renamed == renamed:
            return
        wanted = renamed_catalogue(self.catalogue, renamed)
        self._workspace.close()
        back = [RenamedField(each.object, each.new, each.old) for each in reversed(self._renamed)]
        rename_columns(self._file, self._workspace.catalogue, back)
        rename_columns(self._file, self.catalogue, renamed)
        self._workspace = open_workspace(self._url, wanted, self.clock)
        self._renamed = renamed


@lru_cache(maxsize=_KEPT_EMPTY)
def _empty(catalogue: Catalogue | None, version: Version) -> bytes:
    """The file of an empty workspace with these objects: to make its tables takes five times as long as to write it again."""
    with TemporaryDirectory(prefix="icosa-", dir=_folder()) as folder:
        file = Path(folder) / "crm.db"
        open_workspace(f"sqlite:///{quote(str(file))}", catalogue, version=version).close()
        return file.read_bytes()


def version_named(name: str) -> Version:
    """A version that a workspace can speak.  Raises InvalidValue for one that no workspace speaks."""
    if name not in VERSIONS:
        raise InvalidValue("api", f"{shown(name)} is none that a workspace can speak; give one of {', '.join(VERSIONS)}")
    return VERSIONS[name]


def _nothing() -> Statements[None]:
    yield from ()


def _folder() -> str | None:
    try:
        return str(_MEMORY) if shutil.disk_usage(_MEMORY).free >= _MEMORY_BYTES else None
    except OSError:  # a system without it
        return None
