"""What durability rests on, asked of live connections; and a write-ahead log that does not grow for ever."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from icosa.workspace import Workspace, open_workspace
from icosa.workspace.store.sqlite import writer
from icosa.workspace.store.statement import Statement, Statements
from tests.durability.filled import send

SETTINGS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(f"sqlite:///{tmp_path}/crm.db")
    yield workspace
    workspace.close()


def settings() -> Statements[dict[str, object]]:
    found = {}
    for name in (*SETTINGS, "busy_timeout"):
        rows = yield Statement(f"PRAGMA {name}")
        found[name] = rows[0][0]
    return found


@pytest.mark.parametrize("way", ["read", "write"])
def test_live_connections_have_the_settings(crm: Workspace, way: str) -> None:
    found = (crm.store.read if way == "read" else crm.store.write)(settings)
    assert int(str(found.pop("busy_timeout"))) >= 5000
    assert found == SETTINGS


def test_a_write_has_the_lock_before_its_first_statement(crm: Workspace, tmp_path: Path) -> None:
    """A transaction that took it later could fail at once, and no waiting would help it."""
    begun, go_on = threading.Event(), threading.Event()

    def steps() -> Statements[None]:
        begun.set()
        assert go_on.wait(60)
        yield Statement("SELECT 1")

    other = apsw.Connection(f"{tmp_path}/crm.db")
    with ThreadPoolExecutor() as threads:
        write = threads.submit(crm.store.write, steps)
        assert begun.wait(60)
        with pytest.raises(apsw.BusyError):
            other.execute("BEGIN IMMEDIATE")
        go_on.set()
        write.result()
    other.execute("BEGIN IMMEDIATE").fetchall()
    other.close()


def test_the_log_is_cut_while_somebody_always_reads(crm: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers that come and go without a pause never let SQLite begin its log anew by itself."""
    monkeypatch.setattr(writer, "LOG_BYTES", 1024 * 1024)
    crm.store._writer._cut_at = writer.LOG_BYTES  # type: ignore[attr-defined]
    log = tmp_path / "crm.db-wal"
    path, ended = str(tmp_path / "crm.db"), threading.Event()

    def read() -> None:
        connection = apsw.Connection(path)
        while not ended.is_set():
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM company").fetchall()
            ended.wait(0.02)
            connection.execute("COMMIT")
        connection.close()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    longest = 0
    for _ in range(60):
        send(crm, "POST", "/rest/batch/people", [{"jobTitle": "x" * 2000} for _ in range(60)])
        longest = max(longest, log.stat().st_size)
    ended.set()
    for reader in readers:
        reader.join()
    assert longest < 8 * writer.LOG_BYTES


def test_the_log_is_cut_when_a_long_reader_ends(
    crm: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(writer, "LOG_BYTES", 1024 * 1024)
    crm.store._writer._cut_at = writer.LOG_BYTES  # type: ignore[attr-defined]
    log = tmp_path / "crm.db-wal"
    reader = apsw.Connection(str(tmp_path / "crm.db"))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM company").fetchall()
    while log.stat().st_size < 3 * writer.LOG_BYTES:
        send(crm, "POST", "/rest/batch/people", [{"jobTitle": "x" * 2000} for _ in range(60)])
    assert "write-ahead log has grown" in caplog.text
    reader.close()
    for _ in range(20):
        send(crm, "POST", "/rest/batch/people", [{"jobTitle": "x" * 2000} for _ in range(60)])
    assert log.stat().st_size < 3 * writer.LOG_BYTES


def test_the_log_begins_anew_once_it_holds_so_much(crm: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "LOG_PAGES", 100)
    log, lengths = tmp_path / "crm.db-wal", []
    for _ in range(60):
        send(crm, "POST", "/rest/batch/people", [{"jobTitle": "x" * 2000} for _ in range(20)])
        lengths.append(log.stat().st_size)
    assert max(lengths) < 300 * 4096
