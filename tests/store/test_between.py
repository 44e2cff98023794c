"""A workspace on what may stand between it and its PostgreSQL: a pooler, and a standby that takes over."""

import asyncio
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from icosa.catalogue.standard import STANDARD
from icosa.errors import ReadOnly
from icosa.wire.message import Request
from icosa.workspace import IN_PROCESS, open_workspace
from tests.postgres import PASSWORD, Cluster, as_owner, owner
from tests.serving import free_port

WAIT_SECONDS = 60
ADA = b'{"name":{"firstName":"Ada","lastName":"Lovelace"},"emails":{"primaryEmail":"ada@example.com"}}'

needs_pgbouncer = pytest.mark.skipif(not shutil.which("pgbouncer"), reason="PgBouncer is not installed (on Debian: apt install pgbouncer)")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the user who runs databases may use."""
    made = Path(tempfile.mkdtemp(prefix="icosa-between-"))
    user = owner()
    if user:
        shutil.chown(made, user)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@contextmanager
def pgbouncer(cluster: Cluster, folder: Path, mode: str) -> Iterator[int]:
    """The port of a PgBouncer before the cluster."""
    port = free_port()
    escaped = PASSWORD.replace('"', '""')
    (folder / "users").write_text(f'"icosa" "{escaped}"\n', "utf-8")
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n* = host=127.0.0.1 port={cluster.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n"
        f"auth_type = scram-sha-256\nauth_file = {folder}/users\npool_mode = {mode}\nunix_socket_dir =\n"
        "ignore_startup_parameters = extra_float_digits,statement_timeout,jit,max_parallel_workers_per_gather\n"
        "server_reset_query = DISCARD ALL\n",
        "utf-8",
    )
    log = (folder / "log").open("w")
    program = str(shutil.which("pgbouncer"))
    running = subprocess.Popen([program, str(folder / "pgbouncer.ini")], stdout=log, stderr=log, user=owner(), cwd="/")
    try:
        yield port
    finally:
        running.terminate()
        running.wait(WAIT_SECONDS)
        log.close()


def await_port(url: str) -> None:
    async def ask() -> None:
        await (await asyncpg.connect(url)).close()

    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            asyncio.run(ask())
        except (OSError, asyncpg.PostgresError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


@needs_pgbouncer
def test_a_pooler_that_pools_sessions_makes_no_difference(postgres: Cluster, folder: Path) -> None:
    name = postgres.workspace(STANDARD)
    for setting in ("extra_float_digits = 1", "statement_timeout = '10s'", "jit = off", "max_parallel_workers_per_gather = 0"):
        postgres.sql(f"ALTER DATABASE {name} SET {setting}")
    with pgbouncer(postgres, folder, "session") as port:
        url = postgres.url(name).replace(f":{postgres.port}/", f":{port}/")
        await_port(url)
        workspace = open_workspace(url)
        assert workspace.answer(Request("POST", "/rest/people", body=ADA), IN_PROCESS).status == 201
        found = workspace.answer(Request("GET", "/rest/people", "depth=1"), IN_PROCESS)
        assert b'"totalCount":1' in found.body
        assert workspace.answer(Request("POST", "/rest/people", body=ADA), IN_PROCESS).status == 400
        workspace.close()
    postgres.drop(name)


@contextmanager
def standby(primary: Cluster, folder: Path) -> Iterator[Cluster]:
    """A running copy of the cluster that follows it."""
    as_owner(
        [str(primary.binaries / "pg_basebackup"), "-D", str(folder / "data"), "-R", "-c", "fast", "-d", primary.url("postgres")],
    )
    port = free_port()
    with (folder / "data" / "postgresql.conf").open("a") as settings:
        settings.write(f"port = {port}\nunix_socket_directories = '{folder}'\n")
    (folder / "data" / "postgresql.conf").chmod(0o600)
    following = Cluster(folder, primary.binaries, port)
    following.start()
    try:
        yield following
    finally:
        following.stop("immediate")


def test_a_standby_answers_reads_refuses_writes_and_takes_over(postgres: Cluster, folder: Path) -> None:
    name, empty = postgres.workspace(STANDARD), postgres.new()
    first = open_workspace(postgres.url(name))
    assert first.answer(Request("POST", "/rest/people", body=ADA), IN_PROCESS).status == 201
    with standby(postgres, folder) as following:
        with pytest.raises(ReadOnly, match="its tables are to be made or changed"):
            open_workspace(following.url(empty))
        second = open_workspace(following.url(name))
        assert b'"totalCount":1' in second.answer(Request("GET", "/rest/people"), IN_PROCESS).body
        refused = second.answer(Request("POST", "/rest/notes", body=b"{}"), IN_PROCESS)
        assert refused.status == 503
        assert dict(refused.headers).get("Retry-After")
        assert b"it is a standby, or was made read-only; nothing was written" in refused.body
        following.promote()
        assert second.answer(Request("POST", "/rest/notes", body=b"{}"), IN_PROCESS).status == 201
        assert b'"totalCount":1' in second.answer(Request("GET", "/rest/notes"), IN_PROCESS).body
        second.close()
    first.close()
    postgres.drop(name)
