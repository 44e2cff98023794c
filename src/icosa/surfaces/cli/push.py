"""`icosa push`: what was changed in a pulled file, on its way back."""

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import icosa
from icosa.catalogue.kinds import wire_moment
from icosa.client.bulk.apply import apply
from icosa.client.bulk.plan import Header, PlanWriter, shape
from icosa.client.bulk.step import COUNTED, Conflict, Step, name_of
from icosa.client.credentials.place import without_password
from icosa.client.mirror.pull import Pull
from icosa.client.mirror.push import steps_to_push
from icosa.client.mirror.target import open_mirror, origin_of
from icosa.client.mirror.walking import remote
from icosa.errors import InvalidInput
from icosa.surfaces.cli import output, where
from icosa.surfaces.cli.commands import command
from icosa.surfaces.cli.diff import existing
from icosa.surfaces.cli.moved import output_options, timeout
from icosa.surfaces.cli.options import verbose
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import remark

if TYPE_CHECKING:
    from icosa.client.mirror.target import Mirror

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
    database = existing(file)
    mirror = open_mirror(database)
    try:
        address = _goal(mirror, to)
        path = plan or Path(f"{Path(file).stem}.plan")
        with icosa.connect(database) as here, icosa.connect(address, where.token(token_file, Sources()), timeout=timeout) as there:
            if there.address != address:
                raise _elsewhere(mirror, address)
            title = f"push {mirror.name}"
            header = Header(address, shape(there.catalogue, *(each.plural for each in there.catalogue)), _now(), title)
            with progress(no_color) as told, nullcontext() if dry_run else PlanWriter(path, header, there.catalogue) as writer:
                steps = steps_to_push(mirror, remote(here), remote(there), lambda name, done: told(name, done, None))
                counts = _count(steps, writer)
            rows = [{"step": name, "count": counts[name]} for name in COUNTED if counts[name]]
            output.print_rows(rows, {"step": "Step", "count": "Count"}, as_json, no_color)
            if dry_run:
                remark("Nothing was written.")
            elif not yes:
                remark(f"The plan is {path}. Look at it, then run: {command('apply', path)}")
            else:
                with progress(no_color) as told:
                    done = apply(there, path, told=lambda count, total: told("Applying", count, total))
                remark(f"{done.done} of {sum(count for name, count in counts.items() if name != 'conflict')} steps are done.")
                with progress(no_color) as told:
                    Pull(remote(there), mirror, told, remark).run()
                return 0 if done.whole else LEFT_OUT
        return LEFT_OUT if counts["conflict"] else 0
    finally:
        mirror.close()


def _goal(mirror: "Mirror", to: str | None) -> str:
    """The workspace to push to: the one that the mirror was pulled from.  Raises InvalidInput."""
    origin = origin_of(mirror)
    if origin is None:
        raise InvalidInput(f"{mirror.name} was never pulled, so nobody knows what was changed in it; icosa pull makes a mirror")
    if origin.masked:
        raise InvalidInput(f"{mirror.name} is masked: its made-up values would replace the true ones of {without_password(origin.address)}")
    if to is not None and to.rstrip("/") != origin.address:
        raise _elsewhere(mirror, origin.address)
    return origin.address


def _elsewhere(mirror: "Mirror", address: str) -> InvalidInput:
    origin = without_password(address)
    return InvalidInput(f"{mirror.name} was pulled from {origin}, and can be pushed to that alone; for another, icosa copy or icosa import")


def _count(steps: Iterator[Step], writer: PlanWriter | None) -> Counter[str]:
    counts: Counter[str] = Counter()
    for step in steps:
        counts[name_of(step)] += 1
        if isinstance(step, Conflict) and counts["conflict"] <= _SHOWN:
            remark(f"conflict: {step.object} {' '.join(step.ids)}: {step.reason}")
        if writer:
            writer.write(step)
    return counts


def _now() -> str:
    return wire_moment(datetime.now(UTC))


COMMAND = click.Command(
    "push",
    callback=_run,
    params=[
        click.Argument(["file"], help="The file that was pulled."),
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
