"""What becomes of scripts, saved calls and plans when a workspace of Twenty 1.0.3 moves to 2.19."""

from collections.abc import Iterable, Iterator

from icosa.catalogue.model import Catalogue
from icosa.doctor.asking import asked_otherwise
from icosa.doctor.comparing import compare
from icosa.doctor.examining import examine
from icosa.doctor.finding import Finding, worst_first
from icosa.doctor.moved import moved
from icosa.doctor.successors import with_successor
from icosa.doctor.uses import Found


def examine_move(old: Catalogue, found: Iterable[Found] | None = None) -> list[Finding]:
    """What becomes dangerous, then what breaks, at the places that were found, then what is new and safe; where none are
    given, what of the whole workspace is gone or otherwise.  `old` is what the workspace has before it moves.

    Raises InvalidInput where what it has of its own does not go together with 2.19.
    """
    new = moved(old)
    asked: dict[Finding, None] = {}
    findings = compare(old, new) if found is None else examine(old, new, _noted(new, found, asked))
    return worst_first([*asked, *(with_successor(each, new) for each in findings)])


def _noted(new: Catalogue, found: Iterable[Found], asked: dict[Finding, None]) -> Iterator[Found]:
    """The same places, one by one, since a plan has a million of them; what is asked otherwise is noted beside."""
    for each in found:
        asked |= dict.fromkeys(asked_otherwise(new, each))
        yield each
