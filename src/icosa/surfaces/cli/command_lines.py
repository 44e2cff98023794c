"""Command lines of icosa that somebody can copy."""

import shlex
from pathlib import Path

import click

from icosa.surfaces.cli.misnamed import ARGUMENTS


def command(*words: str | Path) -> str:
    """A command line, quoted for a shell: `icosa apply 'my plan.jsonl'`.  A path that begins with a dash is none the less a path."""
    quoted: list[str] = []
    for each in words:
        if isinstance(each, Path) and str(each).startswith("-") and "--" not in quoted:
            quoted.append("--")
        quoted.append(str(each))
    return shlex.join(["icosa", *quoted])


def again(*options: str) -> str:
    """The command line that is running, with more options."""
    given = list(click.get_current_context().meta.get(ARGUMENTS, ()))
    at = given.index("--") if "--" in given else len(given)
    return shlex.join(["icosa", *given[:at], *options, *given[at:]])
