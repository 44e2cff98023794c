"""What runs are called."""

from collections.abc import Mapping

from icosa.journal.journal_file import Run


def title_of(run: Run, by_name: Mapping[str, Run]) -> str:
    """What a run did, in words; an undo by what it put back, and an undo of an undo by what it did again."""
    said, back, part = run, False, False
    while said.undoes is not None and said.undoes in by_name:
        back, part = not back, part or said.record is not None
        said = by_name[said.undoes]
    if said is run:
        return run.title
    return f"{'Put back' if back else 'Done again'}{', one record' if part else ''}: {said.title}"
