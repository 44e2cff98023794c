"""`icosa apply`: runs a plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import icosa
from icosa.errors import IcosaError
from icosa.surfaces.cli.bulk import reports
from icosa.surfaces.cli.bulk.options import connected_for_long, place_options
from icosa.surfaces.cli.bulk.progress import stages
from icosa.surfaces.cli.input_files import ExistingFile
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.terminal import remark

if TYPE_CHECKING:
    from icosa.plans.plan import PlanFile


def _run(plan: Path, strict: bool, journal: bool, bad: Path | None, **values: Any) -> int:
    from icosa.plans.apply import CONCURRENCY, requests
    from icosa.plans.plan import read_plan

    common, made = Common.of(values), read_plan(plan)
    with connected_for_long(common, made.header.workspace) as crm:
        if common.dry_run:
            reports.show_plan(made, crm.estimate(requests(made), at_once=CONCURRENCY), common.as_json, common.no_color, plan)
            remark("\nNothing was written.")
            return 0
        return run(crm, made, common, strict=strict, journal=journal, bad=bad, seen=False)


def run(
    crm: icosa.Client,
    plan: "PlanFile",
    common: Common,
    *,
    strict: bool = False,
    journal: bool = True,
    bad: Path | None = None,
    undoes: str | None = None,
    seen: bool = True,
) -> int:
    """Runs a plan, says what came of it, and gives the exit code; `seen` says that it was shown before."""
    from icosa.imports.problems import write_bad_rows
    from icosa.plans.apply import applied_so_far, apply

    before = sum(applied_so_far(plan).counts.values())
    try:
        with stages(common.no_color) as report:
            applied = apply(
                crm, plan, strict=strict, journal=journal, undoes=undoes, progress=lambda done, total: report("applying", done, total)
            )
    except KeyboardInterrupt:
        reports.tell_interrupted(plan)
        raise
    except IcosaError as error:
        if sum(applied_so_far(plan).counts.values()):
            error.add_note(reports.broken_off(applied_so_far(plan), plan.writes))
        raise
    if 0 < plan.writes <= before:
        remark("All of it was done before; this is what came of it.")  # and its bad rows were written, and may be mended by now
        rest = bad and write_bad_rows(plan, bad)
    else:
        rest = write_bad_rows(plan, bad)
    return reports.show_applied(applied, plan, rest, crm.address, common.as_json, common.no_color, seen)


def run_options() -> list[click.Parameter]:
    return [
        click.Option(["--strict"], is_flag=True, help="Write nothing at all where anything has changed since the plan was made."),
        click.Option(
            ["--journal/--no-journal"], default=True, help="Keep each record as it was, for icosa undo; on unless it is turned off."
        ),
        click.Option(
            ["--bad"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Where the rows go that did not go in; else beside the source, as in people.bad.csv.",
        ),
    ]


COMMAND = click.Command(
    "apply",
    callback=_run,
    params=[
        Argument(["plan"], type=ExistingFile(), metavar="PLAN", help="A file that icosa plan wrote."),
        *run_options(),
        *place_options(dry_run="Show what would be done, and do nothing."),
    ],
    help="Run a plan, in batches and within the pace. What was interrupted goes on where it stopped when it is run again, and nothing is "
    "done twice. Records that somebody changed since the plan was made are left alone and said; exit code 8 says that something was left.",
    epilog="\b\nExample:\n  icosa apply people.plan.jsonl",
)
