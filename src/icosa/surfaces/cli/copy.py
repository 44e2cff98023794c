"""`icosa copy`: a whole workspace from one database to another."""

import click

from icosa.surfaces.cli import output
from icosa.surfaces.cli.copy_report import output_options, print_lines, total
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.target_workspace import database_url
from icosa.surfaces.cli.terminal import remark


def _run(source: str, target: str, dry_run: bool, as_json: bool, no_color: bool) -> None:
    from icosa.workspace.moving.copy import copy_workspace, record_counts
    from icosa.workspace.moving.databases import Database

    one, other = Database(database_url(source)), Database(database_url(target))
    if dry_run:
        counts = record_counts(one)
        rows = [{"part": name, "records": records} for name, records in counts.items()]
        output.print_rows(rows, {"part": "Part", "records": "Records"}, as_json, no_color)
        remark(f"{sum(counts.values()):,} records would be copied from {one.name} to {other.name}; nothing was.")
        return
    with progress(no_color) as report:
        held = copy_workspace(one, other, report)
    print_lines(held, as_json, no_color)
    remark(f"{other.name} holds what {one.name} holds: {total(held)} records, counted, summed and found equal.")


COMMAND = click.Command(
    "copy",
    callback=_run,
    params=[
        Argument(["source"], help="The database to copy from: sqlite:///path, postgresql://…, or a path alone."),
        Argument(["target"], help="The database to copy to, an empty one."),
        click.Option(["--dry-run"], is_flag=True, help="Count what would be copied, and write nothing."),
        *output_options(),
    ],
    help="Copy a whole workspace to another database, SQLite or PostgreSQL, and compare the two. What is interrupted leaves nothing "
    "in the target. Stop what writes to the source first: what is written there meanwhile is not copied.",
    epilog="\b\nExample:\n  icosa copy crm.db postgresql://icosa@db.example.com/crm",
)
