"""Clearing journals that nobody will put back any more."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icosa.catalogue.kinds import wire_moment
from icosa.journal.journal_file import Run, journal_folder, journal_path
from icosa.journal.reading import runs
from icosa.plans.run_state import PLANS, Standing, state_of


@dataclass(frozen=True, slots=True)
class Prunable:
    """Which journals are to be cleared, and the bytes that they take; `left` are those that would be, but that a
    program writes them, or that their run can still go on."""

    runs: tuple[Run, ...]
    size: int
    left: tuple[tuple[Run, Standing], ...]


def prunable_runs(older_than: timedelta | None, keep: int, *, broken_off: bool = False, now: datetime | None = None) -> Prunable:
    """The runs that were begun longer ago than that, but for the last `keep` of each workspace.  A run that goes on
    is never among them, one that was broken off only with `broken_off`."""
    begun_before = None if older_than is None else wire_moment((now or datetime.now(UTC)) - older_than)
    newer: Counter[str] = Counter()
    chosen: list[Run] = []
    left: list[tuple[Run, Standing]] = []
    for each in runs():
        newer[each.workspace] += 1
        if newer[each.workspace] <= keep or (begun_before is not None and each.made_at >= begun_before):
            continue
        stands = state_of(each)
        if stands is Standing.OVER or (broken_off and stands is Standing.BROKEN_OFF):
            chosen.append(each)
        else:
            left.append((each, stands))
    return Prunable(tuple(chosen), sum(path.stat().st_size for each in chosen for path in _files(each.id)), tuple(left))


def clear(chosen: Sequence[Run]) -> None:
    """Removes the journals of these runs, and the plans that put them back."""
    for each in chosen:
        for path in _files(each.id):
            path.unlink(missing_ok=True)


def _files(run: str) -> list[Path]:
    return [journal_path(run), *(journal_folder() / PLANS).glob(f"{run}.*")]
