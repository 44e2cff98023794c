"""How far a run is, on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from icosa.surfaces.cli.moved import progress

Hears = Callable[[str, int, int | None], None]


@contextmanager
def stages() -> Iterator[Hears]:
    """Shows the stages of a run, one below the other, each with an estimate."""
    with progress() as shows:
        yield lambda what, done, total: shows(what.capitalize(), done, done if total is None else total)
