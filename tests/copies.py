"""Empty workspaces in files of their own, copied from one that was made: to make one takes longer than most tests."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from icosa.catalogue.model import Catalogue
from icosa.wire.version import TWENTY_1_0_3, Version
from icosa.workspace import open_workspace


@dataclass
class Copies:
    """Makes what is copied in a folder, the first time that one of its kind is asked for."""

    folder: Path
    _made: dict[tuple[Catalogue | None, Version], Path] = field(default_factory=dict)

    def __call__(self, to: Path, catalogue: Catalogue | None = None, version: Version = TWENTY_1_0_3) -> str:
        """The URL of a new workspace in a file, with the objects of a catalogue, or the standard ones of a version."""
        made = self._made.get((catalogue, version))
        if made is None:
            made = self._made[catalogue, version] = self.folder / f"{len(self._made)}.db"
            open_workspace(f"sqlite:///{made}", catalogue, version=version).close()
        copied(made, to)
        return f"sqlite:///{to}"


def copied(database: Path, to: Path) -> Path:
    """The file of a workspace that nobody has open as another, with the key to its secrets where it has any."""
    key = Path(f"{database}.key")
    if key.exists():
        shutil.copy(key, f"{to}.key")
    shutil.copy(database, to)
    return to
