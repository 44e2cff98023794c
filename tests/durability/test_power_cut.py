"""A power cut leaves the database and some beginning of its log: what is found is then some beginning of what
was acknowledged, and nothing else."""

import random
import shutil
from pathlib import Path

import apsw
import pytest

from icosa.workspace import open_workspace
from icosa.workspace.store.statement import Statement, Statements
from tests.durability.filled import send

WRITES = 60
CUTS = 40


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """A database whose log was never merged into it, and how long the log was after each acknowledged write."""
    path = tmp_path_factory.mktemp("power") / "crm.db"
    workspace = open_workspace(f"sqlite:///{path}")
    workspace.store.write(lambda: _no_merging())
    lengths = []
    for at in range(WRITES):
        send(workspace, "POST", "/rest/batch/companies", [{"name": f"{at}"}, {"name": f"{at}"}])
        lengths.append(Path(f"{path}-wal").stat().st_size)
    kept = path.with_name("kept.db")
    shutil.copy(path, kept)
    shutil.copy(f"{path}-wal", f"{kept}-wal")
    workspace.close()
    return kept, lengths


def _no_merging() -> Statements[None]:
    yield Statement("PRAGMA wal_autocheckpoint = 0")


def test_any_beginning_of_the_log_is_a_beginning_of_the_writes(written: tuple[Path, list[int]], tmp_path: Path) -> None:
    kept, lengths = written
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    whole = Path(f"{kept}-wal").read_bytes()
    for cut in [0, len(whole), *(chance.randrange(len(whole)) for _ in range(CUTS)), *lengths[:: WRITES // 6]]:
        path = tmp_path / f"{cut}.db"
        shutil.copy(kept, path)
        Path(f"{path}-wal").write_bytes(whole[:cut])
        connection = apsw.Connection(str(path))
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = [int(row[0]) for row in connection.execute("SELECT name FROM company ORDER BY CAST(name AS INTEGER)")]
        events = connection.execute("SELECT count(*) FROM icosa_outbox").fetchall()
        connection.close()
        there = len(found) // 2
        assert found == [at for at in range(there) for _ in range(2)]
        assert events == [(there,)]
        assert there >= sum(length <= cut for length in lengths)
        path.unlink()
