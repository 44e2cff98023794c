"""What tests of several folders share: how properties are searched, the stores that a workspace can have, and that no
log holds what was written."""

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.workermanage import NodeManager

from icosa.catalogue.model import Catalogue
from icosa.wire.version import TWENTY_1_0_3, Version
from tests import logs
from tests.copies import Copies
from tests.measuring import pytest_sessionfinish, pytest_sessionstart
from tests.postgres import Cluster, binaries, cluster

__all__ = ["pytest_sessionfinish", "pytest_sessionstart"]

# No test fails on a clock: a machine may be slow and busy, and its caches cold.
_UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile("icosa", deadline=None, suppress_health_check=_UNHURRIED)
settings.load_profile("icosa")

_HERE = Path(__file__).parent
_MEMORY = "/dev/shm"
_MEMORY_BYTES = 4 << 30
"""How much room there must be: a run has no more than half of that at once."""


def _lie_in_memory() -> None:
    """Files of tests, databases above all, lie in memory where the system has room there: no test waits for a disk."""
    if "TMPDIR" not in os.environ and os.path.isdir(_MEMORY) and shutil.disk_usage(_MEMORY).free >= _MEMORY_BYTES:
        os.environ["TMPDIR"] = tempfile.tempdir = _MEMORY


def _compile_once() -> None:
    """Where Python is told to keep nothing that it compiled, the hundreds of programs that tests start would each compile all of
    Icosa and its libraries: half of the time that most of them take.  They share what is compiled until the end of the run."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", "") and "PYTHONPYCACHEPREFIX" not in os.environ:
        os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="icosa-compiled-")
        atexit.register(shutil.rmtree, os.environ["PYTHONPYCACHEPREFIX"], ignore_errors=True)


def _measure_what_is_started() -> None:
    """Where this run is measured, so are the programs that it starts, by settings of their own."""
    if os.environ.pop("COVERAGE_PROCESS_CONFIG", ""):
        os.environ["COVERAGE_PROCESS_START"] = str(_HERE / "processes.toml")
        os.environ["COVERAGE_FILE"] = str(_HERE.parent / "build" / "coverage" / "data")


_lie_in_memory()
_compile_once()
_measure_what_is_started()
# Who runs tests in a process of its own is given time to end: pytest-xdist kills it after ten seconds, and on a busy machine it is
# still writing down then what was measured of all that it ran.
NodeManager.EXIT_TIMEOUT = 600


@pytest.fixture(scope="session", autouse=True)
def programs_can_be_interrupted() -> None:
    """Also where this run is in the background of a script, whose shell has it ignore Ctrl-C: what tests start inherits that."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def no_log_holds_what_was_written() -> Iterator[None]:
    """The lines of this whole run, or of this process's share of it, searched at its end."""
    with logs.watching(logs.SEEN):
        yield
    leaks = list(logs.SEEN.leaks())
    assert leaks == [], "\n".join(map(str, leaks[:20]))


@pytest.fixture(autouse=True)
def named_in_what_is_seen(request: pytest.FixtureRequest) -> None:
    logs.SEEN.test = request.node.nodeid


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """One cluster for each process that runs tests."""
    if binaries() is None:
        pytest.skip("PostgreSQL 15 or newer is not installed (on Debian: apt install postgresql)")
    with cluster() as running:
        yield running


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Makes empty workspaces in files."""
    return Copies(tmp_path_factory.mktemp("made"))


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> Iterator[Callable[..., str]]:
    """Makes the URL of a new database for a catalogue, on each store in turn."""
    if request.param == "sqlite":
        folder: Path = request.getfixturevalue("tmp_path")
        copies: Copies = request.getfixturevalue("copies")
        numbers = count()
        yield lambda *of: copies(folder / f"{next(numbers)}.db", *of)
        return
    if request.node.get_closest_marker("sqlite"):
        pytest.skip("looks into a SQLite file")
    postgres: Cluster = request.getfixturevalue("postgres")
    made: list[str] = []

    def make(catalogue: Catalogue | None, version: Version = TWENTY_1_0_3) -> str:
        made.append(postgres.workspace(catalogue, version))
        return postgres.url(made[-1])

    yield make
    for database in made:
        postgres.drop(database)
