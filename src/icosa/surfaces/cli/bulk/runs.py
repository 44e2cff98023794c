"""`icosa runs`: the runs that have a journal, what each wrote, and clearing old ones."""

import json
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from icosa.client.credentials.resolving import address_of
from icosa.durations import span
from icosa.errors import IcosaError, InvalidValue
from icosa.surfaces.cli import output, target_workspace
from icosa.surfaces.cli.bulk.listing import at_home, described, print_runs
from icosa.surfaces.cli.bulk.options import confirmation
from icosa.surfaces.cli.copy_report import output_options
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.prompt import confirmed
from icosa.surfaces.cli.terminal import is_person, remark

if TYPE_CHECKING:
    from icosa.journal.reading import Touched

LISTED = 20
_VALUES = 4


def show_runs(every: bool, common: Common) -> None:
    """Lists the runs of all workspaces, and says which is the last of this one."""
    from icosa.journal.reading import LAST, find_run, runs

    known = runs()
    shown = known if every else known[:LISTED]
    print_runs(shown, known, common.as_json, common.no_color)
    if not known:
        remark("No run has a journal yet.")
        return
    if len(known) > len(shown):
        remark(f"{len(known) - len(shown)} earlier ones: --all")
    if not is_person(common.as_json):
        return
    try:
        last, _ = find_run(LAST, workspace=address_of(target_workspace.address(common.url, common.database)))
    except IcosaError:
        return  # it has none, or nobody knows which it is: nothing is to be put back without a name
    remark(f"\nicosa undo last puts back {last.id}, the last of {at_home(last.workspace)}.")


def _list(every: bool, **values: Any) -> None:
    context = click.get_current_context()
    if isinstance(context.command, click.Group) and context.invoked_subcommand is not None:
        return
    show_runs(every, Common.of(values))


def _show(run: str, every: bool, **values: Any) -> None:
    from icosa.journal.reading import find_run, touched

    common = Common.of(values)
    found, path = find_run(run)
    if not is_person(common.as_json):
        for each in touched(path):
            line = {"object": each.object, "id": each.id, "operation": each.first, "before": each.before, "after": each.after}
            click.echo(json.dumps({**line, "settled": each.settled, "secrets": each.secrets}, ensure_ascii=False).encode())
        return
    remark(f"{described(found)}\non {at_home(found.workspace)}\n")
    records = touched(path)
    rows = [_row(each) for each in (records if every else islice(records, LISTED))]
    output.print_rows(rows, {"what": "Record", "values": "What it wrote"}, False, common.no_color)
    if left := sum(1 for _ in records):
        remark(f"{left:,} more: --all")


def _row(record: "Touched") -> dict[str, str]:
    """What was done to one record, with the values that tell it."""
    from icosa.journal.reading import DONE

    return {"what": f"{record.object} {DONE[record.first]}\n{record.id}", "values": _values(record)}


def _values(record: "Touched") -> str:
    from icosa.call.paths import paths, says
    from icosa.journal.reading import UNSAID
    from icosa.surfaces.cli.cells import in_words

    was, now = dict(paths(record.before or {})), dict(paths(record.after or {}))
    if record.before is not None and record.after is not None:
        changed = [path for path in now if path not in ("updatedAt", "position") and now[path] != was.get(path)]
        lines = [f"{path}: {in_words(was.get(path)) or 'nothing'} → {in_words(now[path]) or 'nothing'}" for path in changed]
    else:
        held = now or was
        named = [path for path in held if says(held[path]) and held[path] is not False and path.partition(".")[0] not in UNSAID]
        lines = [f"{path}: {in_words(held[path])}" for path in named[:_VALUES]]
    lines += [f"{name}: a secret, which no journal holds" for name in record.secrets]
    return "\n".join([*lines, *(() if record.settled else ("no answer came to it",))])


def _prune(older_than: str | None, keep: int | None, broken_off: bool, dry_run: bool, yes: bool, **values: Any) -> None:
    from icosa.plans.pruning import clear, prunable_runs

    if older_than is None and keep is None:
        raise click.UsageError("say which: --older-than 90d clears what is older, --keep 20 all but the last 20 of each workspace")
    common = Common.of(values)
    chosen = prunable_runs(_span(older_than), keep or 0, broken_off=broken_off)
    if is_person(common.as_json):
        print_runs(chosen.runs, chosen.runs, False, common.no_color)
    question = f"Clear {len(chosen.runs):,} of {_size(chosen.size)}? None of them can be put back then."
    cleared = bool(chosen.runs) and not dry_run and confirmed(question, yes)
    if cleared:
        clear(chosen.runs)
    if not is_person(common.as_json):
        left = [{"id": run.id, "state": state.value} for run, state in chosen.left]
        output.print_json({"runs": [each.id for each in chosen.runs], "bytes": chosen.size, "cleared": cleared, "left": left})
    for run, state in chosen.left:
        remark(f"{run.id} is kept: it is {state.value}." + (" --broken-off clears it too." if state.value == "broken off" else ""))
    journals = f"{len(chosen.runs):,} journal{'' if len(chosen.runs) == 1 else 's'}, {_size(chosen.size)}"
    if not chosen.runs:
        remark("There is nothing to clear.")
    else:
        remark(f"Cleared: {journals}." if cleared else f"Nothing was cleared of {journals}.")


def _span(text: str | None) -> timedelta | None:
    if text is None:
        return None
    try:
        found = span(text)
    except OverflowError:
        found = None
    if found is None or found > timedelta(days=365 * 1000):
        raise InvalidValue("--older-than", f"{text!r} is no length of time; give one such as 12h, 90d, 2w or 1y")
    return found


def _size(size: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000  # type: ignore[assignment]
    return f"{size:,.1f} GB"


def every_run() -> click.Option:
    return click.Option(["--all", "every"], is_flag=True, help=f"List all runs, rather than the last {LISTED}.")


_LIST = click.Command(
    "list",
    callback=_list,
    params=[every_run(), *output_options()],
    help="List the runs: what each did, when, on which workspace, and whether it was put back.",
    epilog="\b\nExample:\n  icosa runs list --all",
)
_SHOW = click.Command(
    "show",
    callback=_show,
    params=[
        Argument(["run"], metavar="RUN", help="The name of a run, or the beginning of it."),
        click.Option(["--all", "every"], is_flag=True, help=f"Show all records, rather than the {LISTED} that were written last."),
        *output_options(),
    ],
    help="Show what RUN wrote, record by record, what was written last coming first. A program gets JSON Lines, with each record as it "
    "was and as it was then.",
    short_help="Show what a run wrote, record by record.",
    epilog="\b\nExample:\n  icosa runs show 20260203-040506",
)
_PRUNE = click.Command(
    "prune",
    callback=_prune,
    params=[
        click.Option(["--older-than"], metavar="TIME", help="Clear what was begun longer ago: 12h, 90d, 2w or 1y."),
        click.Option(["--keep"], type=click.IntRange(0), metavar="NUMBER", help="Keep the last so many of each workspace in any case."),
        click.Option(["--broken-off"], is_flag=True, help="Clear those too that were broken off and can go on."),
        click.Option(["--dry-run"], is_flag=True, help="Show what would be cleared, and do nothing."),
        confirmation(),
        *output_options(),
    ],
    help="Clear the journals of old runs, which can then not be put back. On a terminal it shows them and asks first. A run that goes on "
    "is kept, and so is one that was broken off and can go on, unless it is told otherwise.",
    short_help="Clear the journals of old runs.",
    epilog="\b\nExample:\n  icosa runs prune --older-than 90d",
)
COMMAND = click.Group(
    "runs",
    callback=_list,
    invoke_without_command=True,
    commands=[_LIST, _SHOW, _PRUNE],
    params=[every_run(), *output_options()],
    help="List the runs that wrote something and have a journal, show what one wrote, and clear old ones. icosa undo puts one back.",
)
