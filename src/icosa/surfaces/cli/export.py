"""`icosa export`: all records of a resource, as a file."""

import sys
from pathlib import Path
from typing import Any

import click

from icosa.surfaces.cli import output
from icosa.surfaces.cli.connection import connected
from icosa.surfaces.cli.options import Common, Text, common_options
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.resource_argument import ResourceName
from icosa.surfaces.cli.resource_argument import resource as named
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import is_person, remark

FORMATS = ("csv", "jsonl", "parquet", "xlsx")
_BINARY = ("parquet", "xlsx")


def _run(resource: str, out: Path | None, format_: str | None, columns: str | None, force: bool, safe_cells: bool, **values: Any) -> None:
    from icosa.exports.export import Selection, export

    common = Common.of(values)
    chosen = None if columns is None else [each.strip() for each in columns.split(",") if each.strip()]
    selection = Selection(values["filter_"], values["order_by"], int(values["depth"]), chosen, values["deleted"], common.show_secrets)
    if out is None:
        format_ = format_ or "csv"
        if format_ in _BINARY and sys.stdout.isatty():
            raise click.UsageError(f"{format_} is nothing that a terminal shows; name a file with --out")
    with connected(common, Sources()) as crm, progress(common.no_color, beside_data=out is None) as report:
        name = named(crm, resource).object.resource
        done = export(
            crm, resource, sys.stdout.buffer if out is None else out, selection, format=format_,
            progress=lambda records, total: report(name, records, total), safe_cells=safe_cells, replace=force,
        )  # fmt: skip
    summary = {"resource": name, "records": done.records, "complete": done.complete, "format": done.format, "columns": list(done.columns)}
    if out is not None and not is_person(common.as_json):
        output.print_json({"out": str(out), **summary})
    elif out is not None:
        remark(f"{done.records:,} {name}, {len(done.columns)} columns: {out}")
    if not done.complete:
        remark(f"note: there are {done.total:,} now: somebody wrote to the workspace meanwhile. Export again for what is new")


COMMAND = click.Command(
    "export",
    callback=_run,
    params=[
        Argument(["resource"], type=ResourceName(), help="Whose records: people, companies, or any other resource."),
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Where to write; its suffix says the format: .csv, .jsonl, .parquet or .xlsx. Else standard output.",
        ),
        click.Option(["--format", "format_"], type=click.Choice(FORMATS), help="The format, where no suffix says it; else csv."),
        click.Option(["--force"], is_flag=True, help="Replace a file that is there already."),
        click.Option(
            ["--safe-cells"],
            is_flag=True,
            help="For a CSV file that a spreadsheet opens: no text in it is run as a formula. icosa import reads it back as it was.",
        ),
        click.Option(
            ["--depth"], type=click.Choice(("0", "1")), default="0", help="1 adds what related records are called; else their ids alone."
        ),
        click.Option(["--filter", "filter_"], type=Text("TEXT"), metavar="TEXT", help="Only records that match, as for find-many."),
        click.Option(["--order-by"], type=Text("TEXT"), metavar="TEXT", help="In which order, as for find-many; else by id."),
        click.Option(
            ["--columns"], metavar="NAMES", help="These fields, parts and relations alone, as in name,emails.primaryEmail,company."
        ),
        click.Option(["--deleted"], is_flag=True, help="Records that were deleted too, with the column deletedAt."),
        *(each for each in common_options() if each.name != "dry_run"),
    ],
    help="Write all records of RESOURCE to a file that other programs read and icosa import reads back. It is written page by page, "
    "counted against what the workspace says it has, and gets its name once it is whole. Only its owner can read it.",
    epilog="\b\nExample:\n  icosa export people --out people.parquet --depth 1",
)  # fmt: skip
