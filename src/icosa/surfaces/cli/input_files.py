"""Files that a command reads: one that is not there is said to be so before anything else is done."""

from pathlib import Path
from typing import Any

import click

from icosa.surfaces.cli.sources import STANDARD_INPUT
from icosa.surfaces.cli.unreadable_files import wrong_with


class ExistingFile(click.Path):
    """The path of a file that is read.  Refuses, as a usage error, what is not there, a folder (unless `folders`), what may
    not be read, and, unless `empty`, a file without anything in it.  `-` is standard input where a command takes that."""

    def __init__(self, *, folders: bool = False, empty: bool = False, standard_input: bool = False) -> None:
        super().__init__(path_type=Path)
        self._folders, self._empty, self._standard_input = folders, empty, standard_input

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(value)
        if not (self._standard_input and str(path) == STANDARD_INPUT):
            problem = wrong_with(path.expanduser(), folders=self._folders, empty=self._empty)
            if problem:
                raise click.UsageError(problem, ctx)
        return path
