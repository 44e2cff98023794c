"""What became of every row of a plan, object by object."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from icosa.plans.plan import PlanFile
from icosa.plans.step import Left

_ROW: Final = re.compile(r"\brow \d+")


@dataclass(frozen=True, slots=True)
class Accounts:
    """`kinds` has for each object how many steps there are of each kind, `left` how many rows were left out of it for
    each reason.  For an object that a recipe has a table of, the kinds add up to the rows of the file."""

    kinds: Mapping[str, Counter[str]]
    left: Mapping[tuple[str, str], int]


def accounts(plan: PlanFile) -> Accounts:
    """The counts of a plan, those of a recipe's objects first, and what its left out rows say; nothing else is read of it."""
    order = dict.fromkeys((*plan.header.settings.get("keys", ()), *sorted(plan.by_object)))
    kinds = {
        plural: Counter({kind: count for kind, count in plan.by_object[plural].items() if count})
        for plural in order
        if plural in plan.by_object
    }
    left = Counter((step.object, _ROW.sub("another row", step.reason)) for step in plan.steps("left") if isinstance(step, Left))
    return Accounts(kinds, left)
