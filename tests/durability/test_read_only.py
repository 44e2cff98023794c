"""A file system that is read-only, as a disk error leaves it: reads and backups go on, writes say so, and nothing that was
acknowledged is passed over.  The disks are real; where none can be mounted, the tests say so and are left out."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
import pytest

from icosa.errors import ReadOnly
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from icosa.workspace.moving.databases import Database
from tests import unmeasured
from tests.durability.disks import Disk, in_a_file, in_memory
from tests.durability.filled import SECRET, answers, fill, send
from tests.durability.servers import Caller, Server
from tests.serving import icosa

SAID = "the file system of the database is read-only"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with in_memory(tmp_path / "disk") as mounted:
        yield mounted


@pytest.fixture
def server(disk: Disk, tmp_path: Path) -> Iterator[Server]:
    """Not started; killed at the end."""
    made = Server(disk.database, tmp_path)
    yield made
    if made.process is not None and made.runs():
        made.kill()


def names(caller: Caller) -> list[str]:
    status, page = caller.send("GET", "/rest/companies?order_by=name")
    assert status == 200
    return [each["name"] for each in page["data"]["companies"]]


def create(caller: Caller, name: str) -> int:
    return caller.send("POST", "/rest/companies", {"name": name})[0]


def refused(caller: Caller) -> str:
    """What a write is answered."""
    status, body = caller.send("POST", "/rest/companies", {"name": "lost"})
    assert (status, caller.headers["icosa-error"], caller.headers.get("retry-after")) == (503, "read_only", None)
    message: str = body["message"]
    return message


def leave_behind(server: Server, log: bool, index: bool) -> None:
    """Two companies; with a log that holds one of them, as a kill leaves it, and the index to the log, or without."""
    server.start()
    with server.caller() as caller:
        assert create(caller, "one") == 201
    server.stop()
    server.start()
    with server.caller() as caller:
        assert create(caller, "two") == 201
    server.kill() if log else server.stop()
    beside = Path(f"{server.database}-wal")
    assert (beside.exists() and beside.stat().st_size > 0) is log
    if log and not index:
        Path(f"{server.database}-shm").unlink()


@pytest.mark.parametrize(("log", "index"), [(False, False), (True, True), (True, False)], ids=["stopped", "killed", "killed, no index"])
def test_a_server_reads_all_that_was_acknowledged_and_writes_again_without_a_restart(
    disk: Disk, server: Server, tmp_path: Path, log: bool, index: bool
) -> None:
    leave_behind(server, log, index)
    disk.remount("ro")
    server.start()
    with server.caller() as caller:
        assert names(caller) == ["one", "two"]
        message = refused(caller)
        assert message.startswith(SAID)
        assert str(tmp_path) not in message
        assert caller.send("GET", "/readyz") == (503, {"status": "unavailable"})
        assert caller.send("GET", "/healthz") == (200, {"status": "ok"})
        assert names(caller) == ["one", "two"]
        disk.remount("rw")
        assert create(caller, "three") == 201
        assert names(caller) == ["one", "three", "two"]
    assert server.stop() == 0
    assert server.log.read_text().count(f"the workspace is only read: {SAID}") == 1
    assert {each.name for each in disk.folder.glob("crm.db*")} == {"crm.db", "crm.db-turn", "crm.db.key"}


@pytest.mark.parametrize("index", [True, False], ids=["killed", "killed, no index"])
def test_a_record_has_its_history_where_nobody_can_write_it(disk: Disk, server: Server, tmp_path: Path, index: bool) -> None:
    open_workspace(f"sqlite:///{disk.database}", version=TWENTY_2_19).close()
    leave_behind(server, log=True, index=index)
    disk.remount("ro")
    server.start()
    with server.caller() as caller:
        page = caller.send("GET", "/rest/timelineActivities?order_by=id")[1]
        assert page["totalCount"] == 2
        assert [each["name"] for each in page["data"]["timelineActivities"]] == ["company.created"] * 2
        assert caller.send("GET", "/rest/companies?depth=1")[1]["data"]["companies"][0]["timelineActivities"]
    server.stop()
    icosa("backup", str(tmp_path / "backup.db"), "--with-key", "--database", disk.database)
    found = icosa("timeline-activities", "find-many", "--database", str(tmp_path / "backup.db")).stdout
    assert '"totalCount": 2' in found


@pytest.mark.parametrize(("log", "index"), [(False, False), (True, True), (True, False)], ids=["stopped", "killed", "killed, no index"])
def test_the_shell_reads_exports_and_backs_up_and_its_writes_end_in_a_sentence(
    disk: Disk, server: Server, tmp_path: Path, log: bool, index: bool
) -> None:
    leave_behind(server, log, index)
    disk.remount("ro")
    backup, database = tmp_path / "backup.db", ("--database", disk.database)
    assert '"totalCount": 2' in icosa("companies", "find-many", *database).stdout
    assert "two" in icosa("export", "companies", "--columns", "name", *database).stdout
    icosa("backup", str(backup), "--with-key", *database)
    assert '"totalCount": 2' in icosa("companies", "find-many", "--database", str(backup)).stdout
    for command in (("companies", "create-one", "--name", "lost"), ("keys", "create", "Lost")):
        ran = icosa(*command, *database, check=False)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (9, "", 1)
        assert ran.stderr.startswith(f"error: {SAID}")
    ran = icosa("backup", str(disk.folder / "backup.db"), *database, check=False)
    assert (ran.returncode, ran.stderr.count("\n")) == (5, 1)
    assert "Read-only file system" in ran.stderr


def test_a_server_whose_disk_fails_under_it_goes_on_reading(tmp_path: Path) -> None:
    """As ext4 does after an error: it takes no write any more, from those that have files open either."""
    with in_a_file(tmp_path / "disk") as disk:
        server = Server(disk.database, tmp_path)
        server.start()
        try:
            with server.caller() as caller:
                assert create(caller, "before") == 201
                disk.remount("abort")
                assert refused(caller).startswith(SAID)
                assert names(caller) == ["before"]
                assert caller.send("GET", "/readyz")[0] == 503
                assert caller.send("GET", "/healthz")[0] == 200
            icosa("backup", str(tmp_path / "backup.db"), "--database", disk.database)
            server.kill()
            server.start()
            with server.caller() as caller:
                assert names(caller) == ["before"]
                assert refused(caller).startswith(SAID)
        finally:
            server.kill()


def test_others_that_write_to_it_by_another_way_are_noticed(disk: Disk, tmp_path: Path) -> None:
    """As a folder of the host that a container may only read."""
    fill(f"sqlite:///{disk.database}", records=1)
    seen = tmp_path / "seen"
    seen.mkdir()
    mount = ["mount", "--bind", str(disk.folder), str(seen)], ["mount", "-o", "remount,bind,ro", str(seen)]
    for each in mount:
        subprocess.run(each, check=True)
    reader = open_workspace(f"sqlite:///{seen}/crm.db")
    writer = open_workspace(f"sqlite:///{disk.database}")
    try:
        for number in range(20):
            send(writer, "POST", "/rest/notes", {"title": str(number)})
            if number % 7 == 0:
                writer.close()
                writer = open_workspace(f"sqlite:///{disk.database}")
            assert len(send(reader, "GET", "/rest/notes")["notes"]) == 2 + number
    finally:
        writer.close()
        reader.close()
        subprocess.run(["umount", "--lazy", str(seen)], check=True)


def test_everything_is_answered_as_before_secrets_too(disk: Disk) -> None:
    url = f"sqlite:///{disk.database}"
    fill(url)
    before = answers(url)
    disk.remount("ro")
    assert answers(url) == before
    assert SECRET in str(before)


def test_a_backup_is_looked_into_where_it_lies(disk: Disk, tmp_path: Path) -> None:
    """It has no key beside it, and none is made until one is needed."""
    url = f"sqlite:///{tmp_path}/crm.db"
    workspace = open_workspace(url)
    send(workspace, "POST", "/rest/companies", {"name": "one"})
    workspace.close()
    icosa("backup", disk.database, "--database", str(tmp_path / "crm.db"))
    disk.remount("ro")
    workspace = open_workspace(f"sqlite:///{disk.database}")
    try:
        assert send(workspace, "GET", "/rest/companies")["companies"][0]["name"] == "one"
        disk.remount("rw")
        send(workspace, "POST", "/rest/webhooks", {"targetUrl": "https://example.com/hook", "secret": SECRET})
    finally:
        workspace.close()
    assert Database(f"sqlite:///{disk.database}").known_sealing() is not None
    assert SECRET in str(answers(f"sqlite:///{disk.database}"))


def test_tables_that_have_to_be_changed_first_are_told(disk: Disk) -> None:
    open_workspace(f"sqlite:///{disk.database}").close()
    connection = apsw.Connection(disk.database)
    connection.execute("UPDATE icosa_schema SET fingerprint = 'of an older version' WHERE name = 'company'")
    connection.close()
    disk.remount("ro")
    with pytest.raises(ReadOnly, match=SAID) as caught:
        open_workspace(f"sqlite:///{disk.database}")
    assert "have to be changed before they can be read" in caught.value.__notes__[0]


def test_a_new_workspace_is_not_made_there(disk: Disk) -> None:
    disk.remount("ro")
    ran = icosa("serve", "--database", disk.database, check=False)
    assert (ran.returncode, ran.stderr.count("\n")) == (5, 1)
    assert "Read-only file system" in ran.stderr


_AS_NOBODY = """
import os, sys
from icosa.surfaces.cli.main import run
file, other = sys.argv[1:]
commands = ["companies", "find-many"], ["companies", "create-one", "--name", "lost"]
for command in commands:
    run([*command, "--database", other])  # whoever has no rights may not be able to load what it needs
if os.geteuid() == 0:
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
print(flush=True)
print("now", file=sys.stderr, flush=True)
codes = [run([*command, "--database", file]) for command in commands]
sys.exit(codes != [0, 9])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another thing there")
def test_a_file_that_one_may_only_read_is_read(tmp_path: Path) -> None:
    with TemporaryDirectory() as folder:  # that of the test is closed to others
        file = Path(folder) / "crm.db"
        workspace = open_workspace(f"sqlite:///{file}")
        send(workspace, "POST", "/rest/companies", {"name": "one"})
        workspace.close()
        for each in Path(folder).iterdir():
            each.chmod(0o444)
        Path(folder).chmod(0o555)
        command = [sys.executable, "-c", _AS_NOBODY, str(file), str(tmp_path / "other.db")]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=unmeasured.environment())
        Path(folder).chmod(0o755)
    assert ran.returncode == 0, ran.stderr
    assert '"name": "one"' in ran.stdout
    said = ran.stderr.partition("now\n")[2]
    assert said.count("\n") == 1
    assert "give its file and its folder back their rights" in said
