"""Tables for a person, JSON for a program, and secrets for nobody who did not ask for them."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from icosa.catalogue.model import Object
from icosa.catalogue.naming import kebab_case
from icosa.catalogue.standard import STANDARD
from tests.cli.conftest import Shell
from tests.serving import icosa
from tests.values import body_of

SECRETS = ["--access-token", "access-s3cret", "--refresh-token", "refresh-s3cret"]


def test_a_program_gets_what_is_in_the_envelope_and_pages_whole(shell: Shell) -> None:
    made = shell("companies", "create-one", "--name", "Café", "--depth", "0")
    assert made.json["name"] == "Café"
    assert '"Café"' in made.out
    assert isinstance(shell("companies", "create-many", "--data", '[{"name": "b"}]').json, list)
    page = shell("companies", "find-many").json
    assert sorted(page) == ["data", "pageInfo", "totalCount"]
    assert sorted(shell("companies", "find-duplicates", "--data", '[{"name": "Café"}]').json) == ["data"]


def test_a_person_gets_tables(shell: Shell) -> None:
    person = ["--name", '{"firstName": "Ada", "lastName": "Lovelace"}', "--city", "London"]
    made = shell("people", "create-one", *person, "--depth", "0").json
    listed = shell("people", "find-many", terminal=True)
    assert "Ada Lovelace" in listed.out
    assert made["id"] in listed.out
    assert '"' not in listed.out
    assert listed.err == "1 of 1\n"
    one = shell("people", "find-one", made["id"], terminal=True).out
    assert "City" in one
    assert "London" in one
    assert shell("people", "find-one", made["id"], "--json", "--depth", "0", terminal=True).json == made
    assert shell("people", "delete-one", made["id"], terminal=True).out == f"Deleted {made['id']}.\n"


def test_a_person_is_told_how_to_get_the_next_page(shell: Shell) -> None:
    shell("companies", "create-many", "--data", '[{"name": "a"}, {"name": "b"}, {"name": "c"}]')
    ran = shell("companies", "find-many", "--limit", "2", "--order-by", "name", terminal=True)
    counted, cursor = ran.err.strip().split("; the next page: --starting-after ")
    assert counted == "2 of 3"
    rest = shell("companies", "find-many", "--limit", "2", "--order-by", "name", "--starting-after", cursor).json
    assert [each["name"] for each in rest["data"]["companies"]] == ["c"]


def test_a_person_sees_duplicates_group_by_group(shell: Shell) -> None:
    shell("companies", "create-one", "--name", "Analytical Engines")
    ran = shell("companies", "find-duplicates", "--data", '[{"name": "Analytical Engines"}, {"name": "Nobody at all"}]', terminal=True)
    assert "Like record 1:" in ran.out
    assert "Analytical Engines" in ran.out
    assert "Like record 2: none." in ran.out


@pytest.mark.parametrize("of", STANDARD.objects, ids=lambda each: each.plural)
def test_every_object_can_be_shown_as_a_table(shell: Shell, of: Object, tables: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICOSA_DATABASE", tables)
    made = shell(kebab_case(of.plural), "create-one", "--data", json.dumps(body_of(of, 1))).json
    for arguments in (["find-many", "--depth", "2"], ["find-one", made["id"], "--depth", "2"], ["find-one", made["id"], "--depth", "0"]):
        ran = shell(kebab_case(of.plural), *arguments, terminal=True)
        assert ran.code == 0
        assert made["id"] in ran.out


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('tables')}/crm.db"


def test_a_record_cannot_steer_the_terminal(shell: Shell) -> None:
    name = "\x1b[31mred\x1b]0;title\x07 \x9b2J"
    shell("companies", "create-one", "--name", name)
    shown = shell("companies", "find-many", "--no-color", terminal=True).out
    assert "red" in shown
    assert not {"\x07", "\x9b"} & set(shown)
    assert "\x1b[31m" not in shown
    assert "\x1b]" not in shown


def test_a_real_terminal_gets_a_table_and_a_pipe_json(home: Path, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/crm.db"
    icosa("companies", "create-one", "--name", "Acme", "--database", database)
    assert json.loads(icosa("companies", "find-many", "--database", database).stdout)["totalCount"] == 1
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "icosa", "companies", "find-many", "--database", database]
    process = subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env={**os.environ, "NO_COLOR": "1", "TERM": "xterm"})
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # what Linux says at the end of a terminal
            break
        if not part:
            break
        shown += part
    assert process.wait(30) == 0
    process.communicate()
    os.close(ours)
    assert b"Acme" in shown
    assert b"{" not in shown
    assert b"\x1b[3" not in shown


class TestSecrets:
    def account(self, shell: Shell, *more: str) -> str:
        owner = shell("workspace-members", "create-one", "--user-id", "20202020-1c25-4d02-bf25-6aeccf7ea419").json["id"]
        made = shell("connected-accounts", "create-one", "--handle", "a@example.com", "--account-owner-id", owner, *SECRETS, *more)
        assert "s3cret" not in made.out + made.err
        id_: str = made.json["id"]
        return id_

    def test_are_masked_in_a_record(self, shell: Shell) -> None:
        record = shell("connected-accounts", "find-one", self.account(shell)).json
        assert (record["accessToken"], record["refreshToken"], record["handle"]) == ("••••", "••••", "a@example.com")

    def test_that_are_empty_are_seen_to_be_empty(self, shell: Shell) -> None:
        assert shell("webhooks", "create-one", "--target-url", "https://hooks.example.com").json["secret"] == ""

    @pytest.mark.parametrize("depth", ["0", "1", "2"])
    @pytest.mark.parametrize("terminal", [False, True], ids=["program", "person"])
    def test_are_masked_at_every_depth_for_everybody(self, shell: Shell, depth: str, terminal: bool) -> None:
        id_ = self.account(shell)
        for resource in ("connected-accounts", "workspace-members"):
            ran = shell(resource, "find-many", "--depth", depth, terminal=terminal)
            assert (ran.code, "s3cret" in ran.out) == (0, False)
        assert "s3cret" not in shell("connected-accounts", "find-one", id_, "--depth", depth, terminal=terminal).out

    def test_are_shown_to_who_asks(self, shell: Shell) -> None:
        id_ = self.account(shell)
        record = shell("connected-accounts", "find-one", id_, "--show-secrets").json
        assert (record["accessToken"], record["refreshToken"]) == ("access-s3cret", "refresh-s3cret")

    def test_are_in_no_error(self, shell: Shell) -> None:
        ran = shell("connected-accounts", "create-one", *SECRETS, "--scopes", "[")
        assert ran.code == 5
        assert "s3cret" not in ran.out + ran.err

    def test_are_known_by_names_that_nothing_else_bears(self) -> None:
        secret = {field.name for each in STANDARD for field in each.fields if field.secret}
        assert secret == {"accessToken", "refreshToken", "secret"}
        assert not {field.name for each in STANDARD for field in each.fields if not field.secret} & secret
