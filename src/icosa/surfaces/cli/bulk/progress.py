"""How far a run is."""

from collections.abc import Iterator
from contextlib import contextmanager

from icosa.surfaces.cli.progress import Told, progress


@contextmanager
def stages(no_color: bool = False) -> Iterator[Told]:
    """Shows the stages of a run, one below the other, each with an estimate."""
    with progress(no_color) as shows:
        yield lambda what, done, total: shows(what.capitalize(), done, total)
