"""What is said about a plan, and about what came of it."""

import sys
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from icosa.surfaces.cli import output
from icosa.surfaces.cli.bulk.options import PART_DONE
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.terminal import is_person, remark

if TYPE_CHECKING:
    from icosa.client.bulk.apply import Applied
    from icosa.client.bulk.plan import PlanFile
    from icosa.client.bulk.step import Step

SAMPLES = 3
_PLANNED = {
    "create": "to create", "change": "to change", "delete": "to delete", "restore": "to bring back",
    "skip": "as they should be", "conflict": "conflicts", "bad": "bad rows",
}  # fmt: skip
_DONE = {
    "created": "created", "changed": "changed", "deleted": "deleted", "restored": "brought back",
    "unchanged": "as they should be", "conflicts": "conflicts", "bad": "bad rows",
}  # fmt: skip


def show_plan(plan: "PlanFile", seconds: float, as_json: bool, no_color: bool, path: Path | None = None) -> None:
    """A plan: where columns go, how many steps of each kind, the first of them, how long it will take."""
    samples = _samples(plan)
    if not is_person(as_json):
        told = {
            "plan": str(path) if path else None,
            "workspace": plan.header.workspace,
            "title": plan.header.title,
            **plan.header.settings,
            "counts": plan.counts,
            "samples": {name: [_told(each) for each in steps] for name, steps in samples.items()},
            "seconds": round(seconds, 1),
        }
        output.print_json(told)
        return
    for what, found in plan.header.settings.get("found", {}).items():
        remark(f"{what}: {found}")
    columns = [{**each, "path": each["path"] or "(left out)"} for each in plan.header.settings.get("columns", ())]
    if columns:
        titles = {"column": "Column", "path": "Goes to", "reason": "Because"}
        if any("values" in each for each in columns):
            titles["values"] = "Its values"
        output.print_rows([{"values": "", **each} for each in columns], titles, False, no_color)
        click.echo()
    rows = [{"what": _PLANNED[name], "count": f"{count:,}"} for name, count in plan.counts.items() if count]
    output.print_rows(rows, {"count": "Records", "what": plan.header.title}, False, no_color)
    lines = [{"row": each.row, "what": name, "told": _line(each)} for name, steps in samples.items() for each in steps]
    if lines:
        click.echo()
        output.print_rows(lines, {"row": "Row", "what": "Step", "told": "For example"}, False, no_color)
    if plan.writes:
        remark(f"\nIt will take {lasting(seconds)}.")


def show_applied(applied: "Applied", bad_rows: Path | None, workspace: str, as_json: bool, no_color: bool) -> int:
    """What came of a plan; the exit code that says whether all of it did."""
    counts = _counted(applied)
    if is_person(as_json):
        rows = [{"what": _DONE[name], "count": f"{count:,}"} for name, count in counts.items() if count]
        output.print_rows(rows, {"count": "Records", "what": workspace}, False, no_color)
        if bad_rows:
            remark(f"\nWhat did not go in stands in {bad_rows}, with the reason. Mend it there, and import that file.")
        if applied.run:
            remark(f"\nTo put all of it back: icosa undo {applied.run}")
    else:
        output.print_json({"workspace": workspace, **counts, "bad_rows": str(bad_rows) if bad_rows else None, "run": applied.run})
    return 0 if applied.whole else PART_DONE


def tell_interrupted(plan: "PlanFile") -> None:
    """How far a run came that was broken off."""
    from icosa.client.bulk.apply import standing

    remark(f"\n{broken_off(standing(plan), plan.writes)}")


def broken_off(applied: "Applied", writes: int) -> str:
    settled = sum(applied.counts.values())
    done = f"{settled:,} of {writes:,} steps are done, {writes - settled:,} are not"
    return f"{done}. Run the same command again: it goes on there, and does nothing twice."


def lasting(seconds: float) -> str:
    """A time as somebody says it."""
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 1.5 * size:
            return f"about {seconds / size:.0f} {unit}"
    return f"about {seconds:.0f} seconds" if seconds >= 2 else "a moment"


def agreed(plan: "PlanFile", seconds: float, common: Common, question: str, yes: bool) -> bool:
    """Whether a plan is to be run: a person sees it first and is asked; nobody runs what was only to be shown."""
    if common.dry_run or is_person(common.as_json):
        show_plan(plan, seconds, common.as_json, common.no_color)
    if common.dry_run:
        remark("\nNothing was written.")
        return False
    if plan.writes and not _confirmed(question, yes):
        remark("Nothing was written.")
        return False
    return True


def _confirmed(question: str, yes: bool) -> bool:
    if yes or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    return click.confirm(question, err=True)


def _counted(applied: "Applied") -> dict[str, int]:
    done, planned = Counter(applied.counts), applied.planned
    return {
        "created": done["create"],
        "changed": done["change"],
        "deleted": done["delete"],
        "restored": done["restore"],
        "unchanged": planned["skip"] + done["already"],
        "conflicts": planned["conflict"] + done["moved"],
        "bad": planned["bad"] + done["refused"],
    }


def _samples(plan: "PlanFile") -> Mapping[str, list["Step"]]:
    """The first steps of each kind."""
    from icosa.client.bulk.step import name_of

    wanted = {name: min(count, SAMPLES) for name, count in plan.counts.items() if count and name != "skip"}
    found: dict[str, list[Step]] = {name: [] for name in wanted}
    for step in plan.steps():
        name = name_of(step)
        if len(found.get(name, ())) < wanted.get(name, 0):
            found[name].append(step)
        elif all(len(found[each]) == wanted[each] for each in wanted):
            break
    return found


def _told(step: "Step") -> dict[str, Any]:
    from icosa.client.bulk.step import fields_of

    return fields_of(step)


def _line(step: "Step") -> str:
    """A step in a line."""
    from icosa.client.bulk.step import Bad, Change, Conflict, Creation, Deletion, Restoration
    from icosa.client.bulk.values import paths

    match step:
        case Creation(record=record) | Deletion(before=record) | Restoration(record=record):
            return ", ".join(f"{path}: {_short(value)}" for path, value in islice(paths(record), 1, 5))
        case Change(before=before, after=after):
            was = dict(paths(before))
            return ", ".join(f"{path}: {_short(was.get(path))} → {_short(value)}" for path, value in islice(paths(after), 4))
        case Bad(column=column, reason=reason):
            return f"{column}: {reason}" if column else reason
        case Conflict(reason=reason):
            return reason
    return ""


def _short(value: Any) -> str:
    text = "nothing" if value is None or value == "" else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
