"""What runs are called."""

from collections.abc import Mapping

from icosa.journal.journal_file import Run


def title_of(run: Run, by_name: Mapping[str, Run]) -> str:
    """What a run did, in words; an undo by what it put back, and an undo of an undo by what it did again."""
    origin, back, part = run, False, False
    while origin.undoes is not None and origin.undoes in by_name:
        back, part = not back, part or origin.record is not None
        origin = by_name[origin.undoes]
    title = origin.title[:1].upper() + origin.title[1:]  # commands begin with a small letter
    return title if origin is run else f"{'Put back' if back else 'Done again'}{', one record' if part else ''}: {title}"
