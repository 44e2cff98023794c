"""The types of the 36 standard objects, which ship as icosa.standard."""

from pathlib import Path

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.stubs.module import module
from icosa.stubs.stub import stub

_ABOUT = "The 36 objects that every workspace has, typed."


def shipped() -> dict[Path, str]:
    """The files of icosa.standard, as they have to be."""
    folder = Path(icosa.__file__).parent
    return {folder / "standard.py": module(STANDARD, _ABOUT, None), folder / "standard.pyi": stub(STANDARD, _ABOUT)}
