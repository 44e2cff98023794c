"""A command line that cannot be read as it was tried: its names are not known, or mean something else."""

from typing import Final

import click

ARGUMENTS: Final = "icosa.arguments"
"""Where a context keeps the whole command line."""


class Misnamed(click.UsageError):
    """A name that is not known.  `line` is the command line that is meant."""

    def __init__(self, message: str, ctx: click.Context | None, line: str = "") -> None:
        super().__init__(message, ctx)
        self.line = line


class UnknownName(Misnamed):
    """A command that is not known, though the workspace may have it."""


class UnknownOption(click.NoSuchOption):
    """An option that is not known, though the workspace may have it.  `line` is the command line that is meant."""

    def __init__(self, name: str, message: str, ctx: click.Context | None, line: str) -> None:
        super().__init__(name, message, ctx=ctx)
        self.line = line


class KnownOtherwise(Exception):
    """The workspace has other objects than a command line was read for; `now` is what is known of it instead."""

    def __init__(self, now: object) -> None:
        super().__init__("the workspace is not what it was taken for")
        self.now = now
