"""What became of a step that was sent."""

from dataclasses import dataclass
from typing import Final

from icosa.errors import Conflict, InvalidInput, NotFound
from icosa.plans.staleness import Write
from icosa.plans.step import Json

REFUSED: Final = (InvalidInput, Conflict, NotFound)
"""Errors that are about a record.  All others are about the server or the way to it, and end a run."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A step at its place in the plan, from 0, with the record as it is now."""

    number: int
    step: Write
    current: Json | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done, or that was done `already`."""

    number: int
    already: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A step that was not taken, and why."""

    number: int
    reason: str


Outcome = Done | Refused
