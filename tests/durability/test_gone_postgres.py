"""PostgreSQL stopped under a server, and started again: callers are told in a sentence that says nothing of where it is,
the shell ends with it, and nobody restarts anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.servers import Server, until
from tests.postgres import Cluster, binaries, cluster
from tests.serving import icosa


@pytest.fixture
def own() -> Iterator[Cluster]:
    """A cluster that nobody else uses, so that it can be stopped."""
    if binaries() is None:
        pytest.skip("PostgreSQL 15 or newer is not installed (on Debian: apt install postgresql)")
    with cluster() as running:
        yield running


def test_it_is_told_and_it_comes_back(own: Cluster, tmp_path: Path) -> None:
    name = own.new()
    url = own.url(name)
    server = Server(url, tmp_path)
    server.start()
    try:
        with server.caller() as caller:
            assert caller.send("POST", "/rest/companies", {"name": "before"})[0] == 201
            own.stop()
            for method, path, body in (("GET", "/rest/companies", None), ("POST", "/rest/companies", {"name": "lost"})):
                status, shown = caller.send(method, path, body)
                assert (status, caller.headers["icosa-error"], caller.headers["retry-after"]) == (503, "overloaded", "1")
                assert shown["message"] == "the database cannot be reached now; nothing was written; try again when it is there"
            assert caller.send("GET", "/readyz") == (503, {"status": "unavailable"})
            assert caller.send("GET", "/healthz") == (200, {"status": "ok"})
            assert server.log.read_text().count(f"cannot reach the database 127.0.0.1:{own.port}/{name} now") == 1
            for command in (("companies", "find-many"), ("companies", "create-one", "--name", "lost"), ("serve",)):
                ran = icosa(*command, "--database", url, check=False)
                assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (9, "", 1)
                assert ran.stderr.startswith(f"error: cannot reach the database 127.0.0.1:{own.port}/{name} now")
            own.start()
            until(lambda: caller.send("POST", "/rest/companies", {"name": "after"})[0] == 201, "writes to be taken")
            assert caller.send("GET", "/rest/companies")[1]["totalCount"] == 2
            until(lambda: caller.send("GET", "/readyz")[0] == 200, "the server to be ready")
        assert server.stop() == 0
    finally:
        if server.runs():
            server.kill()
