"""A run of a chain as a folder of files, which outlives the process that does it: what it began with, each item as a line of
JSON, as `icosa run` prints them, and how far it is."""

import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from icosa.catalogue.kinds import wire_moment
from icosa.chains import Chain, ChainItem, chain_in, chain_text, read_items
from icosa.chains.saved import SUFFIX
from icosa.surfaces.console.site import Visitor

_ID: Final = re.compile(r"[0-9a-f]{16}")
_KEPT: Final = 30
"""Runs of one workspace that are kept."""
_TOLD_SECONDS: Final = 0.25
_RUNNING: Final[set[str]] = set()
"""The runs of this process."""


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is: of `step`, `done` of `total` items of the step before.  `counts` has, by step, how many items went well and
    how many failed.  Where it `ended`, `problem` and `code` say why it went no further, and `journal` names the run that is undone."""

    step: str = ""
    done: int = 0
    total: int = 0
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    ended: bool = False
    problem: str = ""
    code: str = ""
    journal: str = ""
    process: int = 0


@dataclass(frozen=True, slots=True)
class ChainRun:
    """`chain` is its name; `items` the name of the file that it began with, "" for none; `limit` how many of those at most."""

    id: str
    chain: str
    by: str
    made_at: str
    dry: bool
    items: str
    limit: int | None
    folder: Path = field(compare=False, default=Path())

    @property
    def lines(self) -> Path:
        """A line of JSON for each item, or for each request of a dry run."""
        return self.folder / "items.jsonl"

    def as_it_was(self) -> Chain:
        """The chain as it was when it was run."""
        return replace(chain_in((self.folder / "chain.toml").read_text("utf-8"), f"{self.chain}{SUFFIX}"), name=self.chain)

    def began(self) -> list[ChainItem] | None:
        """The items that it began with.  Raises InvalidValue where the file says none."""
        return read_items(self.folder / self.items) if self.items else None

    def progress(self) -> RunProgress:
        try:
            found = RunProgress(**json.loads((self.folder / "progress.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            found = RunProgress(ended=True, problem="What this run did was not kept.")
        if found.ended or self.id in _RUNNING or (found.process != os.getpid() and _is_alive(found.process)):
            return found
        return replace(
            found, ended=True, problem="The server was stopped in the midst of it; what was done before stays done.", code="interrupted"
        )

    def read(self) -> Iterator[dict[str, Any]]:
        """Its lines, as far as they are written."""
        with suppress(FileNotFoundError), self.lines.open(encoding="utf-8") as file:
            for line in file:
                with suppress(ValueError):  # the last, while it is being written
                    yield json.loads(line)

    def stop(self) -> None:
        """Has it end behind the item that it is at."""
        (self.folder / "stop").touch()

    def forget(self) -> None:
        """Takes it away, as one that was never begun."""
        _RUNNING.discard(self.id)
        shutil.rmtree(self.folder, ignore_errors=True)

    def is_stopped(self) -> bool:
        return (self.folder / "stop").exists()


def begin(
    folder: Path, id_: str, chain: Chain, visitor: Visitor, *, dry: bool, items: tuple[str, bytes] | None, limit: int | None
) -> ChainRun | None:
    """A new run among those of a workspace; None where that one was begun already, as by a second click.  `items` are the name
    and the bytes of the file that it begins with."""
    run = ChainRun(id_, chain.name, visitor.name, wire_moment(datetime.now(UTC)), dry, items[0] if items else "", limit, folder / id_)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        run.folder.mkdir(mode=0o700)
    except FileExistsError:
        return None
    _RUNNING.add(run.id)
    (run.folder / "chain.toml").write_text(chain_text(chain), "utf-8")
    if items:
        (run.folder / items[0]).write_bytes(items[1])
    (run.folder / "run.json").write_text(json.dumps(asdict(run) | {"folder": ""}), "utf-8")
    _write(run, RunProgress(process=os.getpid()))
    _forget_old(folder)
    return run


def run_called(folder: Path, id_: str) -> ChainRun | None:
    """The run of that id."""
    return _read(folder / id_) if _ID.fullmatch(id_) else None


def runs_of(folder: Path, chain: str = "") -> list[ChainRun]:
    """The runs of one chain, or of all, the newest first."""
    found = [run for each in folder.glob("*/run.json") if (run := _read(each.parent)) is not None and chain in ("", run.chain)]
    return sorted(found, key=lambda run: (run.made_at, run.id), reverse=True)


def last_run(runs: Sequence[ChainRun]) -> ChainRun | None:
    """The newest that was no dry run."""
    return next((each for each in runs if not each.dry), None)


class RunFile:
    """Writes what a run does, while it does it."""

    def __init__(self, run: ChainRun) -> None:
        self._run = run
        self._file = run.lines.open("a", encoding="utf-8", errors="backslashreplace")
        self._progress = RunProgress(process=os.getpid())
        self._written = 0.0

    def step(self, step: str, done: int, total: int) -> None:
        """How far a step is."""
        self._progress = replace(self._progress, step=step, done=done, total=total)
        if time.monotonic() - self._written > _TOLD_SECONDS:
            self._file.flush()
            self._written = time.monotonic()
            _write(self._run, self._progress)

    def line(self, text: str, step: str, failed: bool) -> None:
        """An item, or a request of a dry run."""
        well, wrong = self._progress.counts.get(step, (0, 0))
        self._progress.counts[step] = (well + (not failed), wrong + failed)
        self._file.write(text + "\n")

    def end(self, problem: str, code: str, journal: str) -> None:
        self._file.close()
        _write(self._run, replace(self._progress, ended=True, problem=problem, code=code, journal=journal))
        _RUNNING.discard(self._run.id)


def _write(run: ChainRun, progress: RunProgress) -> None:
    """Whole or not at all: a page may read it at any moment."""
    beside = run.folder / "progress.part"
    beside.write_text(json.dumps(asdict(progress)), "utf-8")
    beside.replace(run.folder / "progress.json")


def _read(folder: Path) -> ChainRun | None:
    try:
        return replace(ChainRun(**json.loads((folder / "run.json").read_text("utf-8")) | {"folder": folder}))
    except (OSError, ValueError, TypeError):
        return None


def _forget_old(folder: Path) -> None:
    for each in runs_of(folder)[_KEPT:]:
        if each.progress().ended:
            shutil.rmtree(each.folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    """Whether there is such a process; on Windows, where a server is one process alone, never another than this."""
    if os.name == "nt" or process <= 0:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
