"""The shell and a workspace that answers as Twenty 2.19, in a file and behind a server, that it has never asked before."""

import json
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
    with testing.server(api="2.19") as server:
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
    every = shell("people", "find-many", "--all", "--filter", 'company.name[eq]:"Mill 2"').json["data"]["people"]
    assert [each["name"]["firstName"] for each in every] == ["Ada"]
    sorted_ = shell("people", "find-many", "--order-by", "company.name").json["data"]["people"]
    assert [each["name"]["firstName"] for each in sorted_] == ["Bob", "Ada"]
    assert "company.name" in shell("people", "find-many", "--filter", 'company.name[eq]:"Mill 2"', "--dry-run").json["url"]


def test_what_a_filter_finds_is_changed_deleted_and_brought_back(shell: Shell, crm: icosa.Client, mills: list[str]) -> None:
    some = f"id[in]:[{mills[0]},{mills[1]}]"
    changed = shell("companies", "update-many", "--filter", some, "--address.city", "Lyon", "--annual-revenue.amount", "12.5")
    assert changed.code == 0, changed.err
    assert names(changed.json["data"]["updateCompanies"]) == ["Mill 0", "Mill 1"]
    assert names(crm.companies.find_many(where=icosa.F.address.address_city == "Lyon")) == ["Mill 0", "Mill 1"]
    told = shell("companies", "delete-many", "--filter", some, terminal=True)
    assert (told.code, told.out.strip()) == (0, "Deleted 2 companies.")
    assert names(crm.companies.find_many(deleted=True)) == ["Mill 0", "Mill 1"]
    assert shell("companies", "restore-many", "--filter", some, terminal=True).out.strip().endswith("Brought back 2 companies.")
    assert names(crm.companies.find_many()) == ["Mill 0", "Mill 1", "Mill 2"]
    assert shell("companies", "delete-many", "--filter", some, "--permanent").code == 0
    assert names(crm.companies.find_many(deleted=True)) == []
    assert names(crm.companies.find_many()) == ["Mill 2"]


@pytest.mark.parametrize("command", ["update-many --name Gone", "delete-many", "restore-many"])
def test_without_a_filter_nothing_is_done(shell: Shell, crm: icosa.Client, mills: list[str], command: str) -> None:
    for more in ([], ["--filter", ""]):
        ran = shell("companies", *command.split(), *more)
        assert (ran.code != 0, "Filter is missing" in ran.err) == (True, True), ran.err
    assert names(crm.companies.find_many()) == ["Mill 0", "Mill 1", "Mill 2"]


def test_what_would_be_sent_can_be_seen_first(shell: Shell, crm: icosa.Client, mills: list[str]) -> None:
    some = 'name[eq]:"Mill 0"'
    asked = shell("companies", "delete-many", "--filter", some, "--dry-run").json
    assert (asked["method"], "soft_delete=true" in asked["url"], "filter=name" in asked["url"]) == ("DELETE", True, True)
    assert "soft_delete" not in shell("companies", "delete-many", "--filter", some, "--permanent", "--dry-run").json["url"]
    assert shell("companies", "update-many", "--filter", some, "--name", "Loom", "--dry-run").json["body"] == {"name": "Loom"}
    assert names(crm.companies.find_many()) == ["Mill 0", "Mill 1", "Mill 2"]


def test_a_dry_run_says_how_many_records_it_is_about_and_which(shell: Shell, crm: icosa.Client, mills: list[str]) -> None:
    crm.companies.delete_one(mills[2])
    for command, found in (
        ("update-many --name Loom", mills[:2]),
        ("delete-many", mills[:2]),
        ("delete-many --permanent", mills),
        ("restore-many", mills[2:]),
    ):
        asked = shell("companies", *command.split(), "--filter", "name[startsWith]:Mill", "--dry-run")
        assert (asked.json["count"], sorted(asked.json["ids"])) == (len(found), sorted(found)), asked.err
    told = shell("companies", "update-many", "--name", "Loom", "--filter", "name[startsWith]:Mill", "--dry-run", terminal=True)
    assert told.out.strip().endswith("It is about 2 companies.")
    assert ("Mill 1" in told.out, "Nothing was sent" in told.err) == (True, True)
    assert names(crm.companies.find_many()) == ["Mill 0", "Mill 1"]


def test_what_is_written_in_a_journal_is_put_back(shell: Shell, crm: icosa.Client, mills: list[str]) -> None:
    crm.companies.delete_one(mills[2])
    for command in (
        ["update-many", "--filter", "name[startsWith]:Mill", "--name", "Loom"],
        ["delete-many", "--filter", "name[startsWith]:Mill"],
        ["restore-many", "--filter", "deletedAt[is]:NOT_NULL"],
        ["merge-many", "--data", json.dumps({"ids": mills[:2], "conflictPriorityIndex": 0})],
    ):
        ran = shell("companies", *command, "--journal")
        assert (ran.code, "icosa undo" in ran.err) == (0, True), ran.err
        assert names(crm.companies.find_many()) != ["Mill 0", "Mill 1"]
        assert shell("undo", "last", "--yes").code == 0
        assert names(crm.companies.find_many()) == ["Mill 0", "Mill 1"]
        assert names(crm.companies.find_many(deleted=True)) == ["Mill 2"]


def test_more_than_a_server_changes_at_once_are_changed_in_several_requests(shell: Shell, crm: icosa.Client) -> None:
    for _ in range(2):
        crm.companies.create_many([{"name": "Loom"}] * 120)
    assert (
        shell("companies", "update-many", "--filter", "name[eq]:Loom", "--name", "Weave", terminal=True)
        .out.strip()
        .endswith("Changed 240 companies.")
    )


def test_a_change_of_nothing_is_not_sent(shell: Shell, crm: icosa.Client, mills: list[str]) -> None:
    ran = shell("companies", "update-many", "--filter", "name[startsWith]:Mill")
    assert (ran.code != 0, "no field to change" in ran.err) == (True, True)


def test_a_value_that_cannot_be_is_refused_by_its_label(shell: Shell, crm: icosa.Client, mills: list[str]) -> None:
    ran = shell("people", "update-many", "--filter", "createdAt[gt]:2000-01-01", "--emails.primary", "nobody")
    assert (ran.code != 0, "Emails" in ran.err) == (True, True)
    ran = shell("companies", "update-many", "--filter", "nme[eq]:Mill", "--name", "Loom")
    assert (ran.code != 0, "did you mean 'name'" in ran.err) == (True, True)


def test_a_workspace_that_was_never_asked_is_asked_for_its_own_fields(shell: Shell, crm: icosa.Client) -> None:
    made = shell("calendar-events", "create-one", "--title", "First call", "--i-cal-uid", "call-1@example.com")
    assert (made.code, made.err) == (0, "")
    assert made.json["iCalUid"] == "call-1@example.com"
    ran = shell("people", "create-one", "--city", "Paris")
    assert (ran.code, "no such option" in ran.err.lower()) == (2, True), ran.err
