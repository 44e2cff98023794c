"""`icosa push`: what was changed in a pulled file, on its way back."""

from collections.abc import Callable
from pathlib import Path

import click

import icosa
from icosa import mirror
from icosa.plans.apply import apply
from icosa.plans.step import COUNTED, Conflict
from icosa.surfaces.cli import output, target_workspace
from icosa.surfaces.cli.command_lines import command
from icosa.surfaces.cli.copy_report import output_options, timeout
from icosa.surfaces.cli.diff import address_meant
from icosa.surfaces.cli.options import verbose
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import remark

LEFT_OUT = 5
"""The exit code where something was changed on both sides, or could not be written."""

_SHOWN = 10


def _run(
    file: str,
    to: str | None,
    plan: Path | None,
    yes: bool,
    token_file: Path | None,
    timeout: float,
    dry_run: bool,
    as_json: bool,
    no_color: bool,
) -> int:
    database = address_meant(file)
    path = plan or Path(f"{Path(file).stem}.plan")
    address = mirror.push_address(database, to)
    with icosa.connect(address, target_workspace.token(token_file, Sources()), timeout=timeout) as there:
        with progress(no_color) as report:
            counts = mirror.plan_push(
                database, there, None if dry_run else path, progress=lambda name, done: report(name, done, None), conflict=_first_few()
            )
        rows = [{"step": name, "count": counts[name]} for name in COUNTED if counts[name]]
        output.print_rows(rows, {"step": "Step", "count": "Count"}, as_json, no_color)
        if dry_run:
            remark("Nothing was written.")
        elif not yes:
            remark(f"The plan is {path}. Look at it, then run: {command('apply', path)}")
        else:
            with progress(no_color) as report:
                done = apply(there, path, progress=lambda count, total: report("Applying", count, total))
            remark(f"{done.done} of {sum(count for name, count in counts.items() if name != 'conflict')} steps are done.")
            with progress(no_color) as report:
                mirror.pull_back(database, there, progress=report, remark=remark)
            return 0 if done.whole else LEFT_OUT
    return LEFT_OUT if counts["conflict"] else 0


def _first_few() -> Callable[[Conflict], None]:
    """Says what a conflict is about, as long as there are not too many of them to be read."""
    left = iter(range(_SHOWN))

    def show(step: Conflict) -> None:
        if next(left, None) is not None:
            remark(f"conflict: {step.object} {' '.join(step.ids)}: {step.reason}")

    return show


COMMAND = click.Command(
    "push",
    callback=_run,
    params=[
        Argument(["file"], help="The file that was pulled."),
        click.Option(["--to"], metavar="URL", help="The workspace that it was pulled from; any other is refused."),
        click.Option(["--plan"], type=click.Path(path_type=Path), metavar="PLAN", help="The plan to write, else FILE with .plan."),
        click.Option(["--yes"], is_flag=True, help="Apply the plan at once, and pull what came of it."),
        click.Option(["--token-file"], type=click.Path(path_type=Path), help="A file that holds the API key; - for standard input."),
        timeout(),
        verbose(),
        click.Option(["--dry-run"], is_flag=True, help="Count the steps, and write no plan."),
        *output_options(),
    ],
    help="Make a plan of what was changed in a pulled file since then, to be looked at and run with icosa apply. What was changed on both "
    "sides is a conflict and stays as it is. Secrets and API keys are not pushed. The exit code is 5 where there is a conflict.",
    epilog="\b\nExample:\n  icosa push crm.db --to https://crm.example.com",
)
