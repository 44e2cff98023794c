"""What backup, restore and copy have in common: what they moved, and options."""

from collections.abc import Sequence
from typing import Protocol

import click

from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.surfaces.cli import output

HEADINGS = {"part": "Part", "records": "Records", "checksum": "Checksum"}


class CountedPart(Protocol):
    """A part of a workspace, counted and summed."""

    @property
    def name(self) -> str: ...

    @property
    def records(self) -> int: ...

    @property
    def checksum(self) -> str: ...


def print_lines(lines: Sequence[CountedPart], as_json: bool, no_color: bool) -> None:
    """The parts that were moved."""
    rows = [{"part": line.name, "records": line.records, "checksum": line.checksum} for line in lines]
    output.print_rows(rows, HEADINGS, as_json, no_color)


def total(lines: Sequence[CountedPart]) -> str:
    return f"{sum(line.records for line in lines):,}"


def output_options() -> list[click.Parameter]:
    return [
        click.Option(["--json", "as_json"], is_flag=True, help="JSON, also on a terminal."),
        click.Option(["--no-color"], is_flag=True, help="No colours, as with NO_COLOR in the environment."),
    ]


def timeout() -> click.Option:
    return click.Option(
        ["--timeout"], type=float, default=TIMEOUT_SECONDS, show_default=True, metavar="SECONDS", help="How long to wait for an answer."
    )


def database() -> click.Option:
    return click.Option(
        ["--database"],
        metavar="URL",
        help="sqlite:///path, postgresql://…, or a path alone; else ICOSA_DATABASE, else the user's own workspace.",
    )
