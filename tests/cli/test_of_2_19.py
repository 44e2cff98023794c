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


def test_deleted_records_are_listed_by_a_flag(shell: Shell, crm: icosa.Client, mills: list[str]) -> None:
    for each in mills[:2]:
        crm.companies.delete_one(each)
    assert names(shell("companies", "find-many", "--deleted").json["data"]["companies"]) == ["Mill 0", "Mill 1"]
    assert names(shell("companies", "find-many", "--deleted", "--all").json["data"]["companies"]) == ["Mill 0", "Mill 1"]
    found = shell("companies", "find-many", "--deleted", "--filter", 'name[eq]:"Mill 1"', "--search", "mill")
    assert names(found.json["data"]["companies"]) == ["Mill 1"]
    said = shell("companies", "find-many", "--deleted", "--depth", "0", "--as", "cli").out
    again = shell("run", "icosa companies find-many --deleted --depth 0", "--as", "cli").out
    assert said == again
    assert "deletedAt[is]:NOT_NULL" in said
    assert shell("companies", "find-many", "--next", "--deleted").code == 2


def test_a_filter_and_an_order_may_name_fields_of_a_related_record(shell: Shell, crm: icosa.Client, mills: list[str]) -> None:
    for at, first in ((2, "Ada"), (0, "Bob")):
        crm.people.create_one(name={"firstName": first}, company_id=mills[at])
    found = shell("people", "find-many", "--filter", 'company.name[eq]:"Mill 2"').json["data"]["people"]
    assert [each["name"]["firstName"] for each in found] == ["Ada"]
    sorted_ = shell("people", "find-many", "--order-by", "company.name").json["data"]["people"]
    assert [each["name"]["firstName"] for each in sorted_] == ["Bob", "Ada"]
    assert "company.name" in shell("people", "find-many", "--filter", 'company.name[eq]:"Mill 2"', "--dry-run").json["url"]
