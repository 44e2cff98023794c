"""What became of a step that was sent."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from icosa.errors import Conflict, InvalidInput, NotFound
from icosa.plans.staleness import Write
from icosa.plans.step import Json

REFUSED: Final = (InvalidInput, Conflict, NotFound)
"""Errors that are about a record.  All others are about the server or the way to it, and end a run."""


class Numbered(NamedTuple):
    """A step at its place in the plan, from 0, with the record as it is now.  A tuple, as the next, because one is made of each."""

    number: int
    step: Write
    current: Json | None = None


class Done(NamedTuple):
    """A step that was done, or that was done `already`."""

    number: int
    already: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A step that was not taken, and why."""

    number: int
    reason: str


Outcome = Done | Refused
