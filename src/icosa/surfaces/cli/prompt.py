"""A question to whoever runs a command."""

import sys

import click

from icosa.surfaces.cli.command_lines import again
from icosa.surfaces.cli.terminal import harmless

_ANSWERS = {"y": True, "yes": True, "n": False, "no": False, "": False}


class NobodyToAsk(click.UsageError):
    """A question that there is no terminal for.  `line` is the command line that agrees to it beforehand."""

    def __init__(self, line: str) -> None:
        super().__init__("nobody can be asked here whether to write, since there is no terminal; say yes beforehand")
        self.line = line


def confirmed(question: str, yes: bool) -> bool:
    """Whether somebody agrees to a question; who said yes beforehand is not asked, and whose input is at its end says no.

    Raises NobodyToAsk where nobody can be asked.
    """
    if yes:
        return True
    needed()
    out = sys.stderr if sys.stderr.isatty() else sys.stdout
    while True:
        # Not by input(), which writes to standard error even where that is a file.
        print(f"{harmless(question)} [y/N]: ", end="", file=out, flush=True)
        try:
            answer = sys.stdin.readline()
        except KeyboardInterrupt:
            print(file=out)  # the line of the question has no end yet
            raise
        if not answer:
            print(file=out)
        agreed = _ANSWERS.get(answer.strip().lower())
        if agreed is not None:
            return agreed
        print("Answer y or n.", file=out)


def needed() -> None:
    """Raises NobodyToAsk where a question would reach nobody."""
    if not (sys.stdin.isatty() and (sys.stderr.isatty() or sys.stdout.isatty())):
        raise NobodyToAsk(again("--yes"))
