"""How far a run is."""

from collections.abc import Iterator
from contextlib import contextmanager

from icosa.surfaces.cli.progress import Progress, progress


@contextmanager
def stages(no_color: bool = False) -> Iterator[Progress]:
    """Shows the stages of a run, one below the other, each with an estimate."""
    with progress(no_color) as report:
        yield lambda task, done, total: report(task.capitalize(), done, total)
