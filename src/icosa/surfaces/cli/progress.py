"""How far something is: a bar on a terminal, a line now and then elsewhere."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

Progress = Callable[[str, int, int | None], None]
"""Called with what is being done, how much of it is done, and of how much where that is known."""

EVERY = 10.0
"""Seconds between two lines where there is no terminal."""


@contextmanager
def progress(no_color: bool = False, *, beside_data: bool = False, clock: Callable[[], float] = monotonic) -> Iterator[Progress]:
    """Shows how far something is, until the end of the block, of which nothing is left on the screen.

    A terminal gets a bar, on standard error or, where that is none, on standard output, unless data are written there
    meanwhile (`beside_data`).  Where there is no terminal, or one that cannot draw, standard error gets a line every ten
    seconds, so that a log shows that something goes on.
    """
    out = _terminal(beside_data)
    if out is None:
        yield _lines(clock)
        return
    if beside_data and out is sys.stderr and sys.stdout.isatty():
        yield lambda task, done, total: None  # the data themselves show it
        return
    with _bar(out, no_color) as report:
        yield report


def _terminal(beside_data: bool) -> TextIO | None:
    """The stream that a bar is drawn on, or None."""
    if os.environ.get("TERM") == "dumb":
        return None
    streams = (sys.stderr,) if beside_data else (sys.stderr, sys.stdout)
    return next((each for each in streams if each.isatty()), None)


@contextmanager
def _bar(out: TextIO, no_color: bool) -> Iterator[Progress]:
    # Here, because programs never need it and it takes long to load.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[counted]}"), TimeRemainingColumn())
    console = Console(file=out, no_color=no_color or None)
    # What is said meanwhile stands above the bar where both go to one terminal, and where it belongs in any case.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=out is sys.stderr) as bar:
        tasks: dict[str, TaskID] = {}

        def report(task: str, done: int, total: int | None) -> None:
            if task not in tasks:
                tasks[task] = bar.add_task(task, total=total, counted="")
            bar.update(tasks[task], completed=done, total=total, counted=_counted(done, total))

        yield report


def _lines(clock: Callable[[], float]) -> Progress:
    last = clock()

    def report(task: str, done: int, total: int | None) -> None:
        nonlocal last
        if clock() - last >= EVERY:
            last = clock()
            share = f" ({done / total:.0%})" if total else ""
            print(f"{task}: {_counted(done, total)}{share}", file=sys.stderr, flush=True)

    return report


def _counted(done: int, total: int | None) -> str:
    return f"{done:,}" if total is None else f"{done:,} of {total:,}"
