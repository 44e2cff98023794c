"""What becomes of each row of an export that holds several objects."""

from typing import TYPE_CHECKING, Any

import click

from icosa.catalogue import naming
from icosa.surfaces.cli import output
from icosa.surfaces.cli.terminal import remark

if TYPE_CHECKING:
    from icosa.plans.plan import PlanFile

_TITLES = {
    "object": "Object", "create": "Create", "change": "Change", "skip": "Same", "left": "Left out", "conflict": "Conflicts",
    "bad": "Bad", "rows": "Rows",
}  # fmt: skip
_MOST = 12


def as_json(plan: "PlanFile") -> dict[str, Any]:
    """The counts of a recipe's plan object by object, and why rows are left out."""
    from icosa.plans.accounts import accounts

    found, tables = accounts(plan), plan.header.settings["keys"]
    return {
        "objects": {plural: {**kinds, **({"rows": kinds.total()} if plural in tables else {})} for plural, kinds in found.kinds.items()},
        "left_out": [{"object": plural, "reason": reason, "rows": count} for (plural, reason), count in found.left.items()],
    }


def show(plan: "PlanFile", no_color: bool) -> None:
    """The same as tables."""
    from icosa.plans.accounts import accounts

    found = accounts(plan)
    keys = plan.header.settings["keys"]
    rows = [
        {
            **{name: kinds[name] or "" for name in _TITLES},
            "object": naming.label(plural),
            "rows": kinds.total() if plural in keys else "",
        }
        for plural, kinds in found.kinds.items()
    ]
    output.print_rows(rows, _TITLES, False, no_color)
    reasons = sorted(found.left.items(), key=lambda each: -each[1])
    if reasons:
        click.echo()
        lines = [{"rows": count, "object": naming.label(plural), "reason": reason} for (plural, reason), count in reasons[:_MOST]]
        output.print_rows(lines, {"rows": "Rows", "object": "Left out of", "reason": "Because"}, False, no_color)
        if len(reasons) > _MOST:
            remark(f"Other reasons: {len(reasons) - _MOST:,}; --json has all of them")
