"""`icosa import`: rows into a workspace, planned and done."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from icosa.surfaces.cli.bulk import reports
from icosa.surfaces.cli.bulk.apply import run, run_options
from icosa.surfaces.cli.bulk.listing import at_home
from icosa.surfaces.cli.bulk.options import confirmation, connected_for_long, place_options, row_options, rows_of, settings
from icosa.surfaces.cli.bulk.progress import stages
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.prompt import needed
from icosa.surfaces.cli.terminal import remark


def _run(source: Path, to: str | None, recipe: Path | None, yes: bool, strict: bool, journal: bool, bad: Path | None, **values: Any) -> int:
    from icosa.imports.importing import kept_plan
    from icosa.plans.apply import CONCURRENCY, applied_so_far, requests

    common = Common.of(values)
    if not (yes or common.dry_run):
        needed()  # before minutes are spent on a plan
    with connected_for_long(common) as crm, ExitStack() as kept:
        with stages(common.no_color) as report:  # ends before anything else is shown or asked
            plan = kept.enter_context(kept_plan(crm, rows_of(crm, source, to, recipe), source, report, **settings(values)))
        if begun := sum(applied_so_far(plan).counts.values()):
            remark(f"{begun:,} of {plan.writes:,} steps were done before; it goes on from there.")
        seconds = crm.estimate(requests(plan), at_once=CONCURRENCY)
        if not reports.agreed(plan, seconds, common, f"Write to {at_home(crm.address)}?", yes):
            return 0
        return run(crm, plan, common, strict=strict, journal=journal, bad=bad)


COMMAND = click.Command(
    "import",
    callback=_run,
    params=[
        *row_options(),
        *run_options(),
        confirmation(),
        *place_options(dry_run="Show what would be done, and do nothing."),
    ],
    help="Import FILE: icosa plan and icosa apply in one. On a terminal it shows the plan and asks first. Run it again after an "
    "interruption: it goes on where it stopped. Rows that do not go in come out as a file beside FILE, with the reason.",
    epilog="\b\nExample:\n  icosa import people.csv --key emails.primaryEmail",
)
