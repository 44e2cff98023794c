"""A question to whoever runs a command."""

import sys

import click

from icosa.surfaces.cli.commands import again
from icosa.surfaces.cli.terminal import harmless

_ANSWERS = {"y": True, "yes": True, "n": False, "no": False, "": False}


def confirmed(question: str, yes: bool) -> bool:
    """Whether somebody agrees to a question; who said yes beforehand is not asked, and whose input is at its end says no.

    Raises UsageError where nobody can be asked.
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
    """Raises UsageError where a question would reach nobody, with the command that asks none."""
    if not (sys.stdin.isatty() and (sys.stderr.isatty() or sys.stdout.isatty())):
        raise click.UsageError(f"nobody can be asked here whether to write, since there is no terminal. To agree to it: {again('--yes')}")
