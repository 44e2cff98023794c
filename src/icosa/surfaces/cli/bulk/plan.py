"""`icosa plan`: what an import would do."""

from pathlib import Path
from typing import Any

import click

from icosa.surfaces.cli.bulk import told
from icosa.surfaces.cli.bulk.options import connected, place_options, resource_of, row_options, settings
from icosa.surfaces.cli.bulk.progress import stages
from icosa.surfaces.cli.commands import command
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.terminal import remark


def _run(source: Path, to: str | None, out: Path | None, **values: Any) -> None:
    from icosa.client.bulk.apply import CONCURRENCY, requests
    from icosa.client.bulk.importing import plan_import

    common = Common.of(values)
    path = out or Path(f"{source.stem}.plan.jsonl")
    with connected(common) as crm:
        with stages(common.no_color) as hears:
            plan = plan_import(crm, resource_of(crm, source, to), source, path, hears, **settings(values))
        told.show_plan(plan, crm.estimate(requests(plan), at_once=CONCURRENCY), common.as_json, common.no_color, path)
    remark(f"\nNothing was written. To do it: {command('apply', path)}" if plan.writes else "\nThere is nothing to do.")


COMMAND = click.Command(
    "plan",
    callback=_run,
    params=[
        *row_options(),
        click.Option(
            ["--out"], type=click.Path(path_type=Path), metavar="FILE", help="The plan's file; else FILE's name with .plan.jsonl, here."
        ),
        *place_options(),
    ],
    help="Find out what importing FILE would do: what is created, what is changed and how, what is left as it is, what is in conflict and "
    "what is wrong. It is shown and written to a plan, which icosa apply runs; the workspace is only read.",
    epilog="\b\nExample:\n  icosa plan people.csv --key emails.primaryEmail",
)
