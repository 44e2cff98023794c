"""`icosa backup` and `icosa restore`: what is brought back is what was there, and nothing else is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

import icosa
from tests.commands import icosa as command
from tests.durability.filled import SECRET, answers, fill
from tests.durability.load import Memory, Writers
from tests.durability.servers import Server, until


def run(*arguments: object, code: int = 0) -> "subprocess.CompletedProcess[str]":
    ran = command(*(str(each) for each in arguments), check=False)
    assert ran.returncode == code, ran.stderr
    return ran


@pytest.fixture
def crm(tmp_path: Path) -> Path:
    path = tmp_path / "crm.db"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture
def backup(crm: Path) -> Path:
    file = crm.with_name("monday.db")
    run("backup", file, "--database", crm)
    return file


def secrets(path: Path) -> list[str]:
    answered = answers(f"sqlite:///{path}")["webhooks, alive"]
    return [record["secret"] for record in answered]


def test_what_is_restored_answers_as_before(crm: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "monday.db", "--database", crm, "--with-key")
    run("restore", tmp_path / "monday.db", "--database", tmp_path / "other" / "place.db")
    assert answers(f"sqlite:///{tmp_path}/other/place.db") == answers(f"sqlite:///{crm}")
    assert SECRET in secrets(tmp_path / "other" / "place.db")


def test_both_print_the_same_counts_and_checksums(crm: Path, tmp_path: Path) -> None:
    saved = json.loads(run("backup", tmp_path / "monday.db", "--database", crm, "--with-key").stdout)
    restored = json.loads(run("restore", tmp_path / "monday.db", "--database", tmp_path / "other.db").stdout)
    assert saved == restored
    people = next(part for part in saved if part["part"] == "people")
    assert people["records"] == 3
    assert int(people["checksum"], 16)


def test_a_backup_is_one_file_that_only_its_owner_reads(backup: Path) -> None:
    assert [path.name for path in backup.parent.glob("monday.db*")] == ["monday.db"]
    assert backup.stat().st_mode & 0o077 == 0
    connection = apsw.Connection(str(backup), flags=apsw.SQLITE_OPEN_READONLY)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_neither_the_key_nor_a_secret_is_in_it(crm: Path, backup: Path) -> None:
    assert SECRET.encode() not in backup.read_bytes()
    assert Path(f"{crm}.key").read_bytes().strip() not in backup.read_bytes()


def test_the_key_goes_beside_it_where_it_is_asked_for(crm: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "monday.db", "--database", crm, "--with-key")
    key = tmp_path / "monday.db.key"
    assert key.read_text() == Path(f"{crm}.key").read_text()
    assert key.stat().st_mode & 0o077 == 0


def test_without_the_key_all_but_the_secrets_is_back_and_it_is_told(backup: Path, tmp_path: Path) -> None:
    ran = run("restore", backup, "--database", tmp_path / "other.db")
    assert "cannot be opened" in ran.stderr
    assert str(tmp_path / "other.db.key") in ran.stderr
    refused = run("people", "find-many", "--database", tmp_path / "other.db", code=5)
    assert "icosa keys forget-secrets" in refused.stderr
    run("keys", "forget-secrets", "--database", tmp_path / "other.db", "--yes")
    assert not any(secrets(tmp_path / "other.db"))
    run("people", "find-many", "--database", tmp_path / "other.db")


def test_the_databases_own_key_does_where_it_is_still_there(crm: Path, backup: Path) -> None:
    before = answers(f"sqlite:///{crm}")
    crm.unlink()
    ran = run("restore", backup, "--database", crm)
    assert "cannot be opened" not in ran.stderr
    assert answers(f"sqlite:///{crm}") == before


def test_a_database_that_holds_anything_is_left_alone(backup: Path, tmp_path: Path) -> None:
    run("companies", "create-one", "--name", "Mine", "--database", tmp_path / "other.db")
    ran = run("restore", backup, "--database", tmp_path / "other.db", code=5)
    assert "--force" in ran.stderr
    names = [record["name"] for record in answers(f"sqlite:///{tmp_path}/other.db")["companies, alive"]]
    assert names == ["Mine"]


def test_with_force_it_is_replaced_and_its_key_kept(crm: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    run("backup", tmp_path / "monday.db", "--database", crm, "--with-key")
    run("companies", "create-one", "--name", "Mine", "--database", other)
    before = Path(f"{other}.key").read_text()
    ran = run("restore", tmp_path / "monday.db", "--database", other, "--force")
    assert answers(f"sqlite:///{other}") == answers(f"sqlite:///{crm}")
    kept = tmp_path / "other.db.key.before-restore"
    assert kept.read_text() == before
    assert str(kept) in ran.stderr


def test_a_damaged_database_is_put_aside_and_replaced(crm: Path, backup: Path) -> None:
    before = answers(f"sqlite:///{crm}")
    crm.write_bytes(b"nonsense " * 1000)
    run("restore", backup, "--database", crm, code=5)
    run("restore", backup, "--database", crm, "--force")
    assert answers(f"sqlite:///{crm}") == before
    assert crm.with_name("crm.db.damaged").read_bytes().startswith(b"nonsense")


def test_a_damaged_backup_is_refused_and_nothing_touched(crm: Path, backup: Path, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 60_000] = os.urandom(60_000)
    backup.write_bytes(content)
    before = answers(f"sqlite:///{crm}")
    ran = run("restore", backup, "--database", crm, "--force", code=9)
    assert "damaged" in ran.stderr
    assert answers(f"sqlite:///{crm}") == before


@pytest.mark.parametrize("what", ["missing", "text", "another database"])
def test_what_is_no_backup_is_refused(tmp_path: Path, what: str) -> None:
    file = tmp_path / "file"
    if what == "text":
        file.write_text("A shopping list\n" * 100)
    elif what == "another database":
        connection = apsw.Connection(str(file))
        connection.execute("CREATE TABLE shopping (item)")
        connection.close()
    ran = run("restore", file, "--database", tmp_path / "crm.db", code=2 if what == "missing" else 5)
    assert (f"no file {file.name} in {tmp_path}" if what == "missing" else str(file)) in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_file_that_is_there_is_not_written_over(crm: Path, backup: Path) -> None:
    before = backup.read_bytes()
    ran = run("backup", backup, "--database", crm, code=5)
    assert "--force" in ran.stderr
    assert backup.read_bytes() == before
    run("backup", backup, "--database", crm, "--force")


def test_a_backup_of_nothing_makes_nothing(tmp_path: Path) -> None:
    run("backup", tmp_path / "monday.db", "--database", tmp_path / "crm.db", code=5)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_is_killed_leaves_no_file_of_that_name(crm: Path, tmp_path: Path) -> None:
    program = """
import os, signal, sys
from pathlib import Path
from icosa.workspace.moving.backup import back_up
from icosa.workspace.moving.databases import Database
def told(what, done, total):
    if what == "records compared":
        os.kill(os.getpid(), signal.SIGKILL)
back_up(Database(sys.argv[1]), Path(sys.argv[2]), told)
"""
    killed = subprocess.run([sys.executable, "-c", program, f"sqlite:///{crm}", tmp_path / "monday.db"], check=False)
    assert killed.returncode == -9
    assert not (tmp_path / "monday.db").exists()
    run("backup", tmp_path / "monday.db", "--database", crm)


def test_a_backup_under_load_is_of_one_moment(tmp_path: Path) -> None:
    """Batches are in it whole or not at all, and all that was acknowledged before it began."""
    path = tmp_path / "crm.db"
    server, memory = Server(str(path), tmp_path), Memory()
    server.start()
    try:
        writers = Writers(server, memory, 4, 1)
        until(lambda: memory.acknowledged > 40, "some writes")
        before = {id_ for id_, company in list(memory.companies.items()) if company.known}
        run("backup", tmp_path / "monday.db", "--database", path)
        written = memory.acknowledged
        until(lambda: memory.acknowledged > written, "writes after the backup")
        writers.join()
        assert memory.refused == []
    finally:
        server.stop()
    connection = apsw.Connection(str(tmp_path / "monday.db"), flags=apsw.SQLITE_OPEN_READONLY)
    assert before <= {row[0] for row in connection.execute("SELECT id FROM company")}
    people = {row[0] for row in connection.execute("SELECT id FROM person")}
    assert {len(people.intersection(ids)) for ids in memory.batches} <= {0, 60}
    connection.close()


def test_a_restore_under_a_running_server_is_seen_at_once(crm: Path, backup: Path, tmp_path: Path) -> None:
    server = Server(str(crm), tmp_path)
    server.start()
    try:
        with server.caller() as caller:
            status, made = caller.send("POST", "/rest/companies", {"name": "After the backup"})
            assert status == 201
            run("restore", backup, "--database", crm, "--force")
            assert caller.send("GET", f"/rest/companies/{made['data']['createCompany']['id']}")[0] in (401, 400)
    finally:
        assert server.stop() == 0


def test_a_restored_key_of_the_api_is_good(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    token = fill(f"sqlite:///{path}")
    run("backup", tmp_path / "monday.db", "--database", path, "--with-key")
    run("restore", tmp_path / "monday.db", "--database", tmp_path / "other.db")
    with icosa.connect(f"sqlite:///{tmp_path}/other.db", token) as client:
        assert client.people.find_many(depth=0).total_count == 3
