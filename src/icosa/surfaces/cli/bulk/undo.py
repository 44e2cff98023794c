"""`icosa undo`: the runs that were journalled, and putting one back."""

from typing import Any

import click

from icosa.surfaces.cli import output
from icosa.surfaces.cli.bulk import told
from icosa.surfaces.cli.bulk.apply import run as run_plan
from icosa.surfaces.cli.bulk.options import confirmation, connected, place_options
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.terminal import is_person, remark

LISTED = 20


def _run(run: str | None, every: bool, force: bool, yes: bool, **values: Any) -> int:
    common = Common.of(values)
    if run is None:
        return _list(every, common)
    return _undo(run, force, yes, common)


def _list(every: bool, common: Common) -> int:
    from icosa.client.journal.journal import journal_path
    from icosa.client.journal.reading import count, runs

    found = runs()
    undone = {each.undoes: each.id for each in reversed(found)}
    shown = found if every else found[:LISTED]
    rows = [
        {
            "id": each.id,
            "at": each.made_at,
            "what": each.title,
            "writes": count(journal_path(each.id)),
            "undone": undone.get(each.id),
            "workspace": each.workspace,
        }
        for each in shown
    ]
    headings = {"id": "Run", "what": "What", "writes": "Writes", "undone": "Undone by"}
    if rows or not is_person(common.as_json):
        output.print_rows(rows, headings, common.as_json, common.no_color)
    if not rows:
        remark("No run has a journal yet.")
    elif len(found) > len(shown):
        remark(f"{len(found) - len(shown)} earlier ones: --all")
    return 0


def _undo(name: str, force: bool, yes: bool, common: Common) -> int:
    from icosa.client.bulk.apply import CONCURRENCY, requests
    from icosa.client.journal.reading import find_run
    from icosa.client.journal.undo import plan_undo

    run, _ = find_run(name)
    with connected(common, run.workspace) as crm:
        plan = plan_undo(crm, run.id, force=force)
        seconds = crm.estimate(requests(plan), at_once=CONCURRENCY)
        if not told.agreed(plan, seconds, common, f"Put this back on {crm.address}?", yes):
            return 0
        return run_plan(crm, plan, common, undoes=run.id)


COMMAND = click.Command(
    "undo",
    callback=_run,
    params=[
        click.Argument(
            ["run"], required=False, metavar="RUN", help="The name of a run, or the beginning of it, or last; else they are listed."
        ),
        click.Option(["--all", "every"], is_flag=True, help=f"List all runs, rather than the last {LISTED}."),
        click.Option(["--force"], is_flag=True, help="Put back what somebody changed since, too."),
        confirmation(),
        *place_options(dry_run="Show what would be put back, and do nothing."),
    ],
    help="List the runs that wrote something, or put RUN back, the last write first: what it created is destroyed, what it changed gets "
    "the values it had, what it deleted comes back. What somebody changed since is left alone and said. An undo is a run too.",
    epilog="\b\nExample:\n  icosa undo last --dry-run",
)
