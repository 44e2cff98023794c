"""A chain: actions in order, each run for every item of the one before, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

OnError = Literal["keep", "stop"]
ON_ERROR: Final = ("keep", "stop")

INPUT: Final = "input"
"""The name of the items that a chain begins with."""

ITEM: Final = "item"
ENV: Final = "env"
NULL: Final = "null"
RESERVED: Final = (INPUT, ITEM, ENV, NULL)
"""What no step is called, because references begin so."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a chain, run once for each item of another step.

    `run` is the action as Python says it, "companies.find_many".  `properties` are the action's own, by any of their
    names; their values are JSON, and texts in them may hold references (`icosa.chains.references`).  `over` names the step
    whose items it runs for, or "input"; None is the step before.  `all` reads every page of a find many.  With `on_error`
    "keep" an item that fails is kept with its error and the others go on; with "stop" the error ends the run.
    """

    name: str
    run: str
    properties: Mapping[str, Any] = field(default_factory=dict, repr=False)  # they may hold values of records
    over: str | None = None
    all: bool = False
    on_error: OnError = "keep"


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps in order, under a name.  `path` and `text` are the file that it was read from, in which what is wrong has its
    line; nothing for one that was made."""

    name: str
    steps: tuple[Step, ...]
    description: str = ""
    path: str = field(default="", compare=False)
    text: str = field(default="", compare=False, repr=False)

    def over(self, step: Step) -> str:
        """Whose items a step runs for: the name of an earlier step, or "input"."""
        if step.over is not None:
            return step.over
        at = self.steps.index(step)
        return self.steps[at - 1].name if at else INPUT

    def ancestors(self, step: Step) -> tuple[str, ...]:
        """The steps that each of its items descends from, the nearest first, "input" last."""
        by_name = {each.name: each for each in self.steps}
        found: list[str] = []
        above = self.over(step)
        while above in by_name and above not in found:  # a chain that was not checked may go round
            found.append(above)
            above = self.over(by_name[above])
        return (*found, above)
