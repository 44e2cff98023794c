"""A run in a line: what it is called, how many records it wrote, how it stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue
from icosa.journal.journal_file import Operation, Run, journal_path
from icosa.journal.reading import DONE, tally
from icosa.plans.run_state import Standing, left_of, state_of, undone_by
from icosa.surfaces.console.showing import one_of

_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Account:
    """`wrote` is "2 companies changed", `writes` their number; `undone` is the run that put it back, all but `left` steps."""

    run: Run
    wrote: str
    writes: int
    state: Standing
    undone: Run | None
    left: int

    @property
    def may_be_undone(self) -> bool:
        """Whether it wrote something that was not put back."""
        return self.writes > 0 and not (self.undone and not self.left)


def account(run: Run, known: Sequence[Run], catalogue: Catalogue) -> Account:
    """What a run came to; `known` are all that may have put it back."""
    counts, undone = tally_of(journal_path(run.id)), undone_by(run.id, known)
    left = left_of(undone) or 0 if undone else 0
    return Account(run, in_words(counts, catalogue), counts.total(), state_of(run), undone, left)


def in_words(counts: Mapping[tuple[str, Operation], int], catalogue: Catalogue) -> str:
    """How many records there were of each kind: "2 companies changed, one person created"."""
    counted = (f"{count:,} {_of(catalogue, plural, count)} {DONE[did]}" for (plural, did), count in sorted(counts.items()))
    return ", ".join(counted) or "nothing"


def tally_of(path: Path) -> Counter[tuple[str, Operation]]:
    """As `tally`; of a journal that has not grown since it was counted, what was found then."""
    status = path.stat()
    return _tally(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=_KEPT)
def _tally(path: Path, size: int, changed: int) -> Counter[tuple[str, Operation]]:
    return tally(path)


def _of(catalogue: Catalogue, plural: str, count: int) -> str:
    of = catalogue.by_plural.get(plural)
    if of is None:
        return naming.label(plural).lower()
    return one_of(of) if count == 1 else naming.in_a_sentence(of.label_plural or naming.label(of.plural))
