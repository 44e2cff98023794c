"""`icosa plan`: what an import would do."""

from pathlib import Path
from typing import Any

import click

import icosa
from icosa.surfaces.cli.bulk import reports
from icosa.surfaces.cli.bulk.options import connected_for_long, place_options, row_options, rows_of, settings
from icosa.surfaces.cli.bulk.progress import stages
from icosa.surfaces.cli.command_lines import command
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.terminal import remark


def _run(source: Path, to: str | None, recipe: Path | None, save_recipe: Path | None, out: Path | None, **values: Any) -> None:
    from icosa.imports.importing import plan_import
    from icosa.plans.apply import CONCURRENCY, requests

    common = Common.of(values)
    path = out or Path(f"{source.stem}.plan.jsonl")
    with connected_for_long(common) as crm:
        if save_recipe is not None:
            _save(crm, source, to, recipe, save_recipe, values)
            return
        with stages(common.no_color) as report:
            plan = plan_import(crm, rows_of(crm, source, to, recipe), source, path, report, **settings(values))
        reports.show_plan(plan, crm.estimate(requests(plan), at_once=CONCURRENCY), common.as_json, common.no_color, path)
    remark(f"\nNothing was written. To do it: {command('apply', path)}" if plan.writes else "\nThere is nothing to do.")


def _save(crm: icosa.Client, source: Path, to: str | None, recipe: Path | None, out: Path, values: dict[str, Any]) -> None:
    """Writes a recipe to edit, and makes no plan."""
    from icosa.imports.recipes.drafting import save_recipe

    if recipe is not None:
        raise click.UsageError("--save-recipe writes a new recipe, and --recipe is one; give one of the two")
    save_recipe(crm, source, out, to, **settings(values))
    remark(f"Wrote {out}. Edit it, then: {command('plan', '--recipe', str(out), source)}")


COMMAND = click.Command(
    "plan",
    callback=_run,
    params=[
        *row_options(),
        click.Option(
            ["--out"], type=click.Path(path_type=Path), metavar="FILE", help="The plan's file; else FILE's name with .plan.jsonl, here."
        ),
        click.Option(
            ["--save-recipe"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Write what the headings say to a recipe, with samples of each column, to be edited; no plan is made.",
        ),
        *place_options(),
    ],
    help="Find out what importing FILE would do: what is created, what is changed and how, what is left as it is, what is in conflict and "
    "what is wrong. It is shown and written to a plan, which icosa apply runs; the workspace is only read.",
    epilog="\b\nExample:\n  icosa plan people.csv --key emails.primaryEmail",
)
