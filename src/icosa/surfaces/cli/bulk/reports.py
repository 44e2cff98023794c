"""What is said about a plan, and about what came of it."""

import shlex
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from icosa.catalogue import naming
from icosa.client.credentials.text_address import without_password
from icosa.durations import in_words
from icosa.surfaces.cli import output
from icosa.surfaces.cli.bulk import counts, reason_table, row_accounts
from icosa.surfaces.cli.bulk.options import PART_DONE
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.prompt import confirmed
from icosa.surfaces.cli.terminal import is_person, remark

if TYPE_CHECKING:
    from icosa.imports.reasons import Reason
    from icosa.plans.apply import Applied
    from icosa.plans.plan import PlanFile
    from icosa.plans.step import Step

SAMPLES = 3


def show_plan(plan: "PlanFile", seconds: float, as_json: bool, no_color: bool, path: Path | None = None) -> None:
    """A plan: where columns go, how many steps of each kind, the first of them, what is wrong, how long it will take."""
    from icosa.imports.problems import problems
    from icosa.imports.reasons import reasons

    found, samples = reasons(problems(plan)), _samples(plan)
    if is_person(as_json):
        _show_tables(plan, samples, found, no_color)
        if plan.writes:
            remark(f"\nIt will take {in_words(seconds)}.")
        return
    output.print_json(
        {
            "plan": str(path) if path else None,
            "workspace": without_password(plan.header.workspace),
            "title": plan.header.title,
            **plan.header.settings,
            "counts": plan.counts,
            **(row_accounts.as_json(plan) if "recipe" in plan.header.settings else {"objects": plan.by_object}),
            "reasons": reason_table.as_json(found, reason_table.AskedImport.of(plan)),
            "samples": {name: [_fields(each) for each in steps] for name, steps in samples.items()},
            "seconds": round(seconds, 1),
        }
    )


def _show_tables(plan: "PlanFile", samples: Mapping[str, list["Step"]], found: Sequence["Reason"], no_color: bool) -> None:
    """Where columns go, what becomes of how many rows, the first steps of each kind, and what is wrong."""
    for what, conventions in plan.header.settings.get("found", {}).items():
        remark(f"{what}: {conventions}")
    by_recipe = "recipe" in plan.header.settings
    columns = [{**each, "path": each["path"] or _left_out(each["reason"], by_recipe)} for each in plan.header.settings.get("columns", ())]
    if columns:
        titles = {"column": "Column", "path": "Goes to", **({} if by_recipe else {"reason": "Because"})}
        if any("values" in each for each in columns):
            titles["values"] = "Its values"
        output.print_rows([{"values": "", **each} for each in columns], titles, False, no_color)
        click.echo()
    if by_recipe:
        row_accounts.show(plan, no_color)
    else:
        counts.show(plan.by_object, plan.header.title, no_color)
    lines = [
        {"row": each.row or "", "of": naming.label(each.object), "what": name, "example": _line(each)}
        for name, steps in samples.items()
        if name not in ("conflict", "bad")
        for each in steps
    ]
    if lines:
        click.echo()
        output.print_rows(lines, {"row": "Row", "of": "Of", "what": "Step", "example": "For example"}, False, no_color)
    if found:
        click.echo()
        reason_table.show(found, reason_table.AskedImport.of(plan), no_color)


def _left_out(reason: str, by_recipe: bool) -> str:
    """What is said of a column that goes nowhere; of a recipe there is one reason for all others."""
    return f"({reason})" if by_recipe else "(left out)"


def show_applied(
    applied: "Applied", plan: "PlanFile", bad_rows: Path | None, workspace: str, as_json: bool, no_color: bool, seen: bool
) -> int:
    """What came of a plan, and why not all of it; the exit code that says whether all of it did.  A person who has `seen`
    the plan is told of what went wrong since."""
    from icosa.imports.problems import problems, undone
    from icosa.imports.reasons import reasons
    from icosa.plans.outcome import by_object, total

    if is_person(as_json):
        counts.show(by_object(applied), without_password(workspace), no_color)
        if found := reasons(undone(plan) if seen else problems(plan)):
            click.echo()
            reason_table.show(found, reason_table.AskedImport.of(plan), no_color)
        if bad_rows:
            remark(f"\nWhat did not go in stands in {shlex.quote(str(bad_rows))}, with the reason. Mend it there, and import that file.")
        if applied.run:
            remark(f"\nTo put all of it back: icosa undo {applied.run}")
    else:
        counted = {
            **total(applied),
            "objects": by_object(applied),
            "reasons": reason_table.as_json(reasons(problems(plan)), reason_table.AskedImport.of(plan)),
        }
        output.print_json(
            {"workspace": without_password(workspace), **counted, "bad_rows": str(bad_rows) if bad_rows else None, "run": applied.run}
        )
    return 0 if applied.whole else PART_DONE


def tell_interrupted(plan: "PlanFile") -> None:
    """How far a run came that was broken off."""
    from icosa.plans.apply import applied_so_far

    remark(f"\n{broken_off(applied_so_far(plan), plan.writes)}")


def broken_off(applied: "Applied", writes: int) -> str:
    settled = sum(applied.counts.values())
    done = f"{settled:,} of {writes:,} steps are done, {writes - settled:,} are not"
    return f"{done}. Run the same command again: it goes on there, and does nothing twice."


def agreed(plan: "PlanFile", seconds: float, common: Common, question: str, yes: bool) -> bool:
    """Whether a plan is to be run: a person sees it first and is asked; nobody runs what was only to be shown.

    Raises UsageError where nobody can be asked."""
    if common.dry_run or is_person(common.as_json):
        show_plan(plan, seconds, common.as_json, common.no_color)
    elif plan.writes and not yes:
        remark(counts.summed_up(plan.by_object))
    if common.dry_run:
        remark("\nNothing was written.")
        return False
    if plan.writes and not confirmed(question, yes):
        remark("Nothing was written.")
        return False
    return True


def _samples(plan: "PlanFile") -> Mapping[str, list["Step"]]:
    """The first steps of each kind, of each object."""
    from icosa.plans.step import name_of

    wanted = {name for name, count in plan.counts.items() if count and name not in ("skip", "left")}
    left = {(of, name): min(count, SAMPLES) for of, each in plan.by_object.items() for name, count in each.items() if name in wanted}
    found: dict[str, list[Step]] = {name: [] for name in plan.counts if name in wanted}
    if not found:
        return found  # of no kind, rather than of all
    for step in plan.steps(*found):
        if left[step.object, name_of(step)]:
            left[step.object, name_of(step)] -= 1
            found[name_of(step)].append(step)
            if not any(left.values()):
                break
    return found


def _fields(step: "Step") -> dict[str, Any]:
    from icosa.plans.step import fields_of

    return fields_of(step)


def _line(step: "Step") -> str:
    """A step in a line."""
    from icosa.call.paths import paths
    from icosa.journal.reading import UNSAID
    from icosa.plans.step import Change, Creation, Deletion, Restoration

    match step:
        case Creation(record=record) | Deletion(before=record) | Restoration(record=record):
            unsaid = ("id",) if isinstance(step, Creation) else UNSAID
            held = ((path, value) for path, value in paths(record) if path.partition(".")[0] not in unsaid)
            filled = ((path, value) for path, value in held if value not in (None, "", [], {}))
            return ", ".join(f"{path}: {_short(value)}" for path, value in islice(filled, 4))
        case Change(before=before, after=after):
            was = dict(paths(before))
            return ", ".join(f"{path}: {_short(was.get(path))} → {_short(value)}" for path, value in islice(paths(after), 4))
    return ""


def _short(value: Any) -> str:
    text = "nothing" if value is None or value == "" else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
