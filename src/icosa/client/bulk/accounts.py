"""What became of every row of a plan, object by object."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from icosa.client.bulk.plan import PlanFile
from icosa.client.bulk.step import Left, name_of

_ROW: Final = re.compile(r"\brow \d+")


@dataclass(frozen=True, slots=True)
class Accounts:
    """`kinds` has for each object how many steps there are of each kind, `left` how many rows were left out of it for
    each reason.  For an object that a recipe has a table of, the kinds add up to the rows of the file."""

    kinds: Mapping[str, Counter[str]]
    left: Mapping[tuple[str, str], int]


def accounts(plan: PlanFile) -> Accounts:
    """Reads a plan once."""
    kinds: dict[str, Counter[str]] = {}
    left: Counter[tuple[str, str]] = Counter()
    for step in plan.steps():
        kinds.setdefault(step.object, Counter())[name_of(step)] += 1
        if isinstance(step, Left):
            left[step.object, _ROW.sub("another row", step.reason)] += 1
    order = [*plan.header.settings.get("keys", ()), *sorted(kinds)]
    return Accounts({plural: kinds[plural] for plural in dict.fromkeys(order) if plural in kinds}, left)
