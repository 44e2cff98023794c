"""`icosa undo`: puts back what a run wrote."""

from typing import TYPE_CHECKING, Any

import click

from icosa.client.credentials.resolving import address_of
from icosa.surfaces.cli import target_workspace
from icosa.surfaces.cli.bulk import reports
from icosa.surfaces.cli.bulk.apply import run as run_plan
from icosa.surfaces.cli.bulk.listing import at_home, described
from icosa.surfaces.cli.bulk.options import confirmation, connected_for_long, place_options
from icosa.surfaces.cli.bulk.runs import every_run, show_runs
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.terminal import is_person, remark

if TYPE_CHECKING:
    from icosa.plans.plan import PlanFile

SHOWN = 10


def _run(run: str | None, every: bool, force: bool, yes: bool, **values: Any) -> int:
    common = Common.of(values)
    if run is not None:
        return _undo(run, force, yes, common)
    given = [name for name, is_given in (("--yes", yes), ("--force", force), ("--dry-run", common.dry_run)) if is_given]
    if given:
        raise click.UsageError(f"{given[0]} says nothing of which run; write icosa undo last {given[0]}, or the name of a run for last")
    show_runs(every, common)
    return 0


def _undo(name: str, force: bool, yes: bool, common: Common) -> int:
    from icosa.journal.reading import LAST, find_run
    from icosa.plans.apply import CONCURRENCY, requests
    from icosa.plans.undo import plan_undo

    here = address_of(target_workspace.address(common.url, common.database)) if name == LAST else None
    run, _ = find_run(name, workspace=here)
    if name == LAST:
        remark(f"The last run of {at_home(run.workspace)}: {described(run)}")
    with connected_for_long(common, run.workspace) as crm:
        plan = plan_undo(crm, run.id, force=force)
        seconds = crm.estimate(requests(plan), at_once=CONCURRENCY)
        if not reports.agreed(plan, seconds, common, f"Put this back on {at_home(crm.address)}?", yes):
            return 0
        code = run_plan(crm, plan, common, undoes=run.id)
    _tell_left(plan, run.id, force, common)
    return code


def _tell_left(plan: "PlanFile", run: str, force: bool, common: Common) -> None:
    """What was left alone, and why; a program finds the number of them in what was printed."""
    from icosa.imports.problems import left_alone

    left = list(left_alone(plan))
    if not left:
        return
    remark("\nLeft as it is:")
    for each in left[:SHOWN]:
        remark(f"  {each}")
    if len(left) > SHOWN:
        remark(f"  and {len(left) - SHOWN:,} more")
    if not force and is_person(common.as_json):
        remark(f"To put back what others changed since too: icosa undo {run} --force")


COMMAND = click.Command(
    "undo",
    callback=_run,
    params=[
        Argument(
            ["run"],
            required=False,
            metavar="RUN",
            help="The name of a run, or the beginning of it; or last, for the last run of this workspace that put back no other. Else "
            "the runs are listed.",
        ),
        every_run(),
        click.Option(["--force"], is_flag=True, help="Put back what somebody changed since, too."),
        confirmation(),
        *place_options(dry_run="Show what would be put back, and do nothing."),
    ],
    help="List the runs that wrote something, or put RUN back, the last write first: what it created is destroyed, what it changed gets "
    "the values it had, what it deleted comes back. What somebody changed since is left alone and said. An undo is a run too.",
    epilog="\b\nExample:\n  icosa undo last --dry-run",
)
