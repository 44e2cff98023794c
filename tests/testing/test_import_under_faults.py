"""An import gets through a fifth of requests failing in every way there is, and through being killed: each record
is there exactly once."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from icosa.testing import CutAnswer, LostAnswer, RateLimited, Rule, Server, ServerError, Slow, server
from icosa.wire.message import Answer
from tests.imports.importers import each_once, write_csv, write_people
from tests.testing import importer

SHARE = 0.2
KINDS = [
    RateLimited(share=SHARE, retry_after=0),
    RateLimited(share=SHARE, retry_after=None),
    ServerError(500, share=SHARE, when="before"),
    ServerError(502, share=SHARE, when="after"),
    Slow(0.01, share=SHARE),
    LostAnswer(share=SHARE),
    CutAnswer(share=SHARE),
]
SEEDS = range(10)
KILLED = range(0, 10, 2)


@dataclass(frozen=True)
class Killed(Rule):
    """What was asked is done, and who asked it is dead."""

    kill: Callable[[], None] = field(kw_only=True, repr=False)

    def deliver(self, answer: Answer, query: str) -> Answer:
        self.kill()
        return answer


@dataclass
class Importer:
    """The script as a process: started again until it gets through, and killed where a rule says so."""

    server: Server
    folder: Path
    runs: list[int] = field(default_factory=list)
    _process: "subprocess.Popen[str] | None" = None

    def kill(self) -> None:
        assert self._process
        self._process.kill()

    def run(self) -> None:
        """Raises where it does not get through in five runs."""
        environment = {**os.environ, **self.server.environment, "PYTHONPATH": os.pathsep.join(sys.path)}
        environment |= {f"XDG_{each}_HOME": str(self.folder / each.lower()) for each in ("CACHE", "CONFIG", "DATA", "STATE")}
        errors: list[str] = []
        while len(self.runs) < 5:
            command = [sys.executable, importer.__file__, str(self.folder)]
            self._process = subprocess.Popen(command, env=environment, text=True, stderr=subprocess.PIPE)
            _, said = self._process.communicate()
            errors.append(said[-2000:])
            self.runs.append(self._process.returncode)
            if self.runs[-1] == 0:
                return
        raise AssertionError(f"it ended with {self.runs}:\n{chr(10).join(errors)}")


def imported(folder: Path, people: int, companies: int, seed: int, kills: tuple[int, ...]) -> None:
    """Imports so many, with so many creations after which the importer is killed, and looks what is there."""
    rows = [(f"Company {at}", f"company{at}.example.com") for at in range(companies)]
    write_csv(folder / "companies.csv", ("name", "domainName.primaryLinkUrl"), *rows)
    write_people(folder / "people.csv", people, companies=companies)
    with server() as at:
        script = Importer(at, folder)
        killed = [Killed(kill=script.kill, operation="create_many", nth=kills)] if kills else []
        at.faults.use(*killed, *KINDS)
        at.faults.seed = seed
        script.run()
        assert script.runs.count(-9) == len(kills)
        struck = {type(each.rule) for each in at.faults.log}
        assert struck >= {type(each) for each in KINDS}
        each_once(at.faultless, people, companies)
        assert at.faultless.people.find_many(filter="deletedAt[is]:NOT_NULL").total_count == 0


@pytest.mark.parametrize(("seed", "kills"), [(1, ()), (2, (5,))])
def test_a_small_import_is_there_exactly_once(tmp_path: Path, seed: int, kills: tuple[int, ...]) -> None:
    imported(tmp_path, people=600, companies=120, seed=seed, kills=kills)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_large_import_is_there_exactly_once(tmp_path: Path, seed: int) -> None:
    imported(tmp_path, people=20_000, companies=4_000, seed=seed, kills=(60 + 40 * seed,) if seed in KILLED else ())
