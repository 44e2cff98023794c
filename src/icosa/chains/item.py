"""What a step gave for one item, with what it descends from."""

from dataclasses import dataclass, field
from typing import Any

from icosa.errors import IcosaError


@dataclass(frozen=True, slots=True)
class ChainItem:
    """One item of a chain's run: a record, as a rule.

    `step` is the step that gave it ("input" for what the chain began with) and `at` its place among the items of that
    step, from 0, failed ones counted too.  `value` is JSON; where the step failed it is None, and `error` says why.
    `parent` is the item that the step ran for, None where there was none.
    """

    step: str
    at: int
    value: Any = field(default=None, repr=False)  # it may hold secrets
    error: IcosaError | None = None
    parent: "ChainItem | None" = None

    def of(self, step: str) -> "ChainItem | None":
        """The item of a step that this one is, or descends from."""
        found: ChainItem | None = self
        while found is not None and found.step != step:
            found = found.parent
        return found
