"""What becomes of each row of an export that holds several objects."""

from typing import TYPE_CHECKING, Any

import click

from icosa.surfaces.cli import output

if TYPE_CHECKING:
    from icosa.client.bulk.plan import PlanFile

_TITLES = {
    "object": "Object", "create": "Create", "change": "Change", "skip": "Same", "left": "Left out", "conflict": "Conflicts",
    "bad": "Bad", "rows": "Rows",
}  # fmt: skip
_MOST = 12


def as_json(plan: "PlanFile") -> dict[str, Any]:
    """The counts of a plan object by object, and why rows are left out; nothing where it is of no recipe."""
    from icosa.client.bulk.accounts import accounts

    if "recipe" not in plan.header.settings:
        return {}
    found, tables = accounts(plan), plan.header.settings["keys"]
    return {
        "objects": {plural: {**kinds, **({"rows": kinds.total()} if plural in tables else {})} for plural, kinds in found.kinds.items()},
        "left_out": [{"object": plural, "reason": reason, "rows": count} for (plural, reason), count in found.left.items()],
    }


def show(plan: "PlanFile", no_color: bool) -> None:
    """The same as tables."""
    from icosa.client.bulk.accounts import accounts

    found = accounts(plan)
    keys = plan.header.settings["keys"]
    rows = [
        {
            **{name: f"{kinds[name]:,}" if kinds[name] else "" for name in _TITLES},
            "object": plural,
            "rows": f"{kinds.total():,}" if plural in keys else "",
        }
        for plural, kinds in found.kinds.items()
    ]
    output.print_rows(rows, _TITLES, False, no_color)
    reasons = sorted(found.left.items(), key=lambda each: -each[1])
    if reasons:
        click.echo()
        lines = [{"rows": f"{count:,}", "object": plural, "reason": reason} for (plural, reason), count in reasons[:_MOST]]
        output.print_rows(lines, {"rows": "Rows", "object": "Left out of", "reason": "Because"}, False, no_color)
        if len(reasons) > _MOST:
            click.echo(f"and {len(reasons) - _MOST} reasons more")
