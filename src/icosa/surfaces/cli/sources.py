"""Values that are not in the command line itself: in files and on standard input."""

import sys
from pathlib import Path

import click

from icosa.surfaces.cli.unreadable_files import wrong_with

STANDARD_INPUT = "-"


class Sources:
    """Reads files and standard input; the latter once, because there is but one."""

    def __init__(self) -> None:
        self._taken_by = ""

    def named(self, text: str, called: str) -> str:
        """The text behind `@FILE` or `-`; any other text is itself."""
        if text == STANDARD_INPUT:
            return self.standard_input(called)
        return self.file(Path(text[1:]), called) if text.startswith("@") else text

    def file(self, path: Path, called: str) -> str:
        """The text of a file; `-` stands for standard input.  Raises UsageError where it cannot be read."""
        if str(path) == STANDARD_INPUT:
            return self.standard_input(called)
        if problem := wrong_with(path.expanduser(), empty=True):
            raise click.UsageError(f"{called}: {problem}")
        try:
            return path.expanduser().read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
            raise click.UsageError(f"{called}: the file {str(path)!r} cannot be read: {reason}") from None

    def standard_input(self, called: str) -> str:
        """All of standard input.  Raises UsageError where another value took it already."""
        if self._taken_by:
            raise click.UsageError(f"{called} and {self._taken_by} cannot both come from standard input; put one of them in a file")
        self._taken_by = called
        try:
            return sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError:
            raise click.UsageError(f"{called}: standard input is not UTF-8 text") from None

    def line(self, path: Path, called: str) -> str:
        """The text of a file without the line break at its end, which editors and `echo` put there."""
        return self.file(path, called).rstrip("\r\n")
