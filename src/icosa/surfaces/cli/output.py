"""What a command prints: a table for a person, JSON for a program.

Data goes to standard output and all else to standard error, so that a pipe carries data alone.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from icosa.surfaces.cli.terminal import is_person

if TYPE_CHECKING:
    from rich.console import RenderableType


def print_json(value: Any) -> None:
    """JSON, indented, with letters as they are."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # Half a surrogate pair has no bytes; as \\udXXX it is what JSON itself has for it.
    click.echo(text.encode("utf-8", "backslashreplace"))


def print_rich(what: "RenderableType", no_color: bool = False) -> None:
    """A table, as wide as the terminal, or wider where an id would be broken; NO_COLOR and TERM=dumb are heeded."""
    from rich.console import Console  # here, because programs never need it and it takes long to load

    console = Console(no_color=no_color or None, highlight=False)
    # Measured for a terminal of any width, since what is measured is never wider than the one it is for.
    least = console.measure(what, options=console.options.update(max_width=1000)).minimum
    console.width = max(console.width, least)
    console.print(what)


def print_rows(rows: Sequence[Mapping[str, Any]], headings: Mapping[str, str], as_json: bool, no_color: bool = False) -> None:
    """Rows of plain values, under headings by key: a table of the headed ones, or JSON of them all."""
    if not is_person(as_json):
        print_json(rows)
        return
    from icosa.surfaces.cli.tables import plain_table

    print_rich(plain_table(rows, headings), no_color)
