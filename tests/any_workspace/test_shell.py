"""A workspace's own objects and fields in the shell: found once, known from then on, without the network for help."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from icosa.workspace import open_workspace
from tests.any_workspace.conftest import Custom
from tests.any_workspace.documents import newer
from tests.cli.conftest import Shell
from tests.client.scripted import Asked, Reply, scripted
from tests.shared import needs_shared

UUID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
ROCKET = ("--name", "Ariel", "--field-uuid", UUID, "--field-select", "MARS", "--field-array", '["a", "b"]')


def names(group: dict[str, Any]) -> set[str]:
    return {each["name"] for each in group["commands"]}


def test_a_command_of_a_custom_object_works_for_who_never_called_it(shell: Shell, on_custom: Custom) -> None:
    made = shell("rockets", "create-one", *ROCKET)
    assert made.code == 0, made.err
    assert (made.json["fieldSelect"], made.json["fieldArray"]) == ("MARS", ["a", "b"])
    found = shell("rockets", "find-many", "--filter", f"id[eq]:{made.json['id']}")
    assert [each["name"] for each in found.json["data"]["rockets"]] == ["Ariel"]
    assert "Ariel" in shell("rocket", "find-one", made.json["id"], terminal=True).out
    assert shell("rockets", "update-one", made.json["id"], "--field-select", "VENUS").json["fieldSelect"] == "VENUS"
    assert shell("rockets", "delete-one", made.json["id"], "--permanent").code == 0


def test_so_does_an_option_of_a_custom_field(shell: Shell, on_custom: Custom) -> None:
    made = shell("people", "create-one", "--field-links", '{"primaryLinkUrl": "https://example.com"}', "--field-number", "7")
    assert made.code == 0, made.err
    assert (made.json["fieldLinks"]["primaryLinkUrl"], made.json["fieldNumber"]) == ("https://example.com", 7)
    assert shell("people", "delete-one", made.json["id"], "--permanent").code == 0


def test_help_completion_describe_and_actions_know_them_from_then_on(
    shell: Shell, on_custom: Custom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "rockets" not in shell("--help").out
    assert shell("actions", "rockets").code == 1
    assert shell("rockets", "find-many").code == 0
    monkeypatch.setenv("ICOSA_TOKEN", "another-key")  # nothing below asks the server
    assert "Something that flies" in shell("--help").out
    assert "merge-many" not in shell("rockets", "--help").out
    assert "--field-currency JSON" in shell("rockets", "create-one", "--help").out
    (described,) = [each for each in shell("--describe").json["commands"] if each["name"] == "rockets"]
    assert {"find-many", "create-one", "restore-one"} <= names(described)
    assert [each["operation"] for each in shell("actions", "rocket", "dupl").json] == ["Find Rocket Duplicates"]
    assert completed("icosa rock") == ["rockets"]
    assert completed("icosa rockets create-one --field-se") == ["--field-select"]
    assert completed("icosa rockets create-one --field-select ") == ["MARS", "VENUS"]


def completed(words: str) -> list[str]:
    environment = {
        **os.environ,
        "_ICOSA_COMPLETE": "bash_complete",
        "COMP_WORDS": words.rstrip(),
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    program = (
        "import sys; from icosa.surfaces.cli.main import main\n"
        "try: main()\n"
        "finally: assert not {'httpx2', 'apsw', 'httptools', 'keyring', 'cryptography', 'rich'} & set(sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert not ran.stderr, ran.stderr
    return [line.partition(",")[2] for line in ran.stdout.splitlines()]


def test_the_address_may_stand_anywhere_on_the_line(
    shell: Shell, custom: Custom, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "key"
    key.write_text(custom.server.token)
    assert shell("rockets", "find-many", f"--url={custom.server.url}", "--token-file", str(key)).code == 0
    assert "rockets" not in shell("--help").out  # another workspace's
    monkeypatch.setenv("ICOSA_URL", custom.server.url)
    assert "rockets" in shell("--help").out


def test_what_is_nowhere_is_asked_for_once_and_then_refused(shell: Shell, on_custom: Custom) -> None:
    ran = shell("rokets", "find-many")
    assert (ran.code, "there is no command 'rokets'. Did you mean rockets" in ran.err) == (2, True)
    ran = shell("rockets", "find-most")
    assert (ran.code, "rockets has no command 'find-most'; it has find-many" in ran.err) == (2, True)
    ran = shell("rockets", "find-many", "--limits", "7")
    assert (ran.code, "No such option" in ran.err) == (2, True)


def test_where_nobody_can_be_asked_the_command_line_is_refused_with_the_reason(
    shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICOSA_URL", "https://crm.example.com")
    ran = shell("rockets", "find-many")
    assert ran.code == 2
    assert "there is no command 'rockets'" in ran.err
    assert "The workspace could not be asked: no API key for https://crm.example.com is known" in ran.err


def test_a_workspace_in_a_file_knows_its_own_objects_too(shell: Shell, custom: Custom, home: Path, tmp_path: Path) -> None:
    database = tmp_path / "own.db"
    open_workspace(f"sqlite:///{database}", custom.catalogue).close()
    made = shell("rockets", "create-one", *ROCKET, "--database", str(database))
    assert made.code == 0, made.err
    assert shell("companies", "find-many", "--database", str(database)).code == 0
    assert shell("rockets", "find-one", made.json["id"], "--database", str(database)).json["name"] == "Ariel"


def test_a_slip_of_the_hand_makes_no_database(shell: Shell, home: Path, tmp_path: Path) -> None:
    database = tmp_path / "never.db"
    assert shell("compnies", "find-many", "--database", str(database)).code == 2
    assert not database.exists()


@needs_shared
def test_what_a_newer_server_has_is_a_command(shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reply(asked: Asked) -> Reply:
        return Reply(newer()) if asked.target == "/open-api/core" else Reply({"data": {"mergePeople": {"city": "Lyon"}}})

    with scripted(reply) as server:
        monkeypatch.setenv("ICOSA_URL", server.url)
        monkeypatch.setenv("ICOSA_TOKEN", "a-key-that-nobody-may-see")
        merged = shell("people", "merge-many", "--data", '{"ids": ["a", "b"], "conflictPriorityIndex": 0}')
        assert (merged.code, merged.json) == (0, {"data": {"mergePeople": {"city": "Lyon"}}}), merged.err
        assert (server.asked[-1].method, server.asked[-1].target) == ("PATCH", "/rest/people/merge")
        assert json.loads(server.asked[-1].body) == {"ids": ["a", "b"], "conflictPriorityIndex": 0}
        assert "merge-many" in shell("people", "--help").out
        assert "icosa people merge-many --data @body.json" in shell("people", "merge-many", "--help").out
        assert [each["operation"] for each in shell("actions", "merge", "people").json] == ["Merge Many People"]
        refused = shell("people", "delete-many")
        assert (refused.code, "Filter" in refused.err) == (5, True)
