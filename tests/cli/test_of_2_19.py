"""The shell and a workspace that answers as Twenty 2.19, in a file and behind a server, that it has never asked before."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa import testing
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from tests.cli.conftest import Shell


@pytest.fixture(params=["in a file", "behind a server"])
def crm(home: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[icosa.Client]:
    if request.param == "in a file":
        url = f"sqlite:///{tmp_path}/crm.db"
        open_workspace(url, version=TWENTY_2_19).close()
        monkeypatch.setenv("ICOSA_DATABASE", url)
        with icosa.connect(url) as client:
            yield client
        return
    with testing.server(version="2.19") as server:
        monkeypatch.setenv("ICOSA_URL", server.url)
        monkeypatch.setenv("ICOSA_TOKEN", server.token)
        with icosa.connect(server.url, server.token) as client:
            yield client


@pytest.fixture
def mills(crm: icosa.Client) -> list[str]:
    return [each["id"] for each in crm.companies.create_many([{"name": f"Mill {at}"} for at in range(3)], depth=0)]


def names(records: Any) -> list[str]:
    return sorted(each["name"] for each in records)


def test_a_deleted_record_is_kept_unless_it_is_to_be_destroyed(shell: Shell, crm: icosa.Client, mills: list[str]) -> None:
    assert shell("companies", "delete-one", mills[0]).code == 0
    assert shell("companies", "delete-one", mills[1], "--permanent").code == 0
    assert names(crm.companies.find_many(deleted=True)) == ["Mill 0"]
    assert shell("companies", "restore-one", mills[0]).code == 0
    assert names(crm.companies.find_many()) == ["Mill 0", "Mill 2"]
