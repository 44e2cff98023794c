"""The shell explains itself: to people by --help, to programs by --describe, to shells by completion."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from icosa.catalogue.standard import STANDARD
from icosa.surfaces.cli.known_workspace import known
from icosa.surfaces.cli.tree import COMMANDS
from icosa.wire.actions import Action, actions
from tests.cli.conftest import Shell


@pytest.fixture
def tree(shell: Shell) -> dict[str, Any]:
    described: dict[str, Any] = shell("--describe").json
    return described


def leaves(command: dict[str, Any], *path: str) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    if "commands" not in command:
        return [(path, command)]
    return [leaf for each in command["commands"] for leaf in leaves(each, *path, each["name"])]


def test_help_names_every_command_and_every_resource(shell: Shell) -> None:
    ran = shell("--help").out
    assert [name for name in (*COMMANDS, *known(()).groups) if not re.search(rf"^  {name}\b", ran, re.MULTILINE)] == []
    assert list(COMMANDS) == sorted(COMMANDS)
    assert "Exit codes:" in ran
    assert max(map(len, ran.splitlines())) <= 110


def test_by_itself_it_is_one_page_that_names_commands_that_there_are(shell: Shell) -> None:
    ran = shell()
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert max(map(len, lines)) < 80
    assert len(lines) < 24
    named = re.findall(r"^  icosa (\S+)", ran.out, re.MULTILINE)
    assert len(named) > 5
    assert [name for name in named if name not in COMMANDS and name not in known(()).groups] == []


def test_only_the_command_that_is_called_is_built() -> None:
    program = (
        "import sys; from icosa.surfaces.cli.main import run; assert run(['--help']) == 0;"
        "loaded = {name.rpartition('.')[2] for name in sys.modules if name.startswith('icosa.surfaces.cli.')};"
        "assert loaded == {'main', 'tree', 'known_workspace', 'misnamed', 'failures', 'terminal', 'welcome'}, loaded"
    )
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)


def test_the_tree_holds_all_253_actions_with_all_their_properties(tree: dict[str, Any]) -> None:
    found = {(each["resource"], each["operation"]): each for _, each in leaves(tree) if "operation" in each and "extension" not in each}
    assert len(found) == 253

    def described(action: Action) -> list[str]:
        command = found[action.resource, action.label]
        return [each["property"] for each in command["arguments"] + command["options"] if "property" in each and "extension" not in each]

    assert [each.label for each in actions(STANDARD) if sorted(described(each)) != sorted(own.label for own in each.properties)] == []


def test_the_tree_tells_names_choices_and_what_is_secret(tree: dict[str, Any]) -> None:
    (update,) = [each for path, each in leaves(tree) if path == ("connected-accounts", "update-one")]
    by_name = {each["name"]: each for each in update["options"]}
    assert by_name["--access-token"]["secret"] is True
    assert by_name["--depth"]["choices"] == ["0", "1", "2"]
    assert by_name["--scopes"]["type"] == "JSON"
    assert by_name["--clear"]["multiple"] is True
    assert by_name["--dry-run"]["common"] is True
    assert update["arguments"][0]["required"] is True


def test_the_tree_tells_what_goes_beyond_the_253_actions(tree: dict[str, Any]) -> None:
    added = {path[1:] for path, each in leaves(tree) if each.get("extension")}
    assert added == {("restore-one",)}
    switches = {(path[1], each["name"], each["type"]) for path, of in leaves(tree) for each in of["options"] if each.get("extension")}
    assert switches == {("create-one", "--upsert", "flag"), ("create-many", "--upsert", "flag"), ("delete-one", "--permanent", "flag")}


def test_no_property_has_the_name_of_another_option(tree: dict[str, Any]) -> None:
    for path, command in leaves(tree):
        names = [name for each in command["options"] for name in (each["name"], *each.get("aliases", []))]
        assert len(names) == len(set(names)), path


def test_every_help_ends_with_an_example(shell: Shell, tree: dict[str, Any]) -> None:
    for path, _ in leaves(tree):
        ran = shell(*path, "--help").out
        assert ran.rstrip().splitlines()[-2:][0].strip() == "Example:", path
        assert ran.rstrip().splitlines()[-1].strip().startswith("icosa " + path[0]), path


def test_the_examples_of_all_actions_are_good(shell: Shell, tree: dict[str, Any]) -> None:
    for path, command in leaves(tree):
        if "operation" in command and path != ("open-api",):
            example = shell(*path, "--help").out.rstrip().splitlines()[-1]
            ran = shell(*shlex.split(example)[1:], "--dry-run")
            assert (ran.code, ran.err) == (0, ""), example


def test_what_is_required_is_told(shell: Shell) -> None:
    shown = " ".join(shell("api-keys", "create-one", "--help").out.split())
    assert re.search(r"--expires-at TEXT .*? Required\.", shown)


@pytest.mark.parametrize("name", ["connectedAccounts", "connected_accounts", "connectedAccount", "connected-accounts"])
def test_a_resource_may_be_spelt_in_other_ways(shell: Shell, name: str) -> None:
    assert shell(name, "find-many", "--dry-run").json["url"].startswith("/rest/connectedAccounts?")


@pytest.mark.parametrize(("name", "command"), [("companies", "find-duplicates"), ("keys", "forget-secrets")])
def test_a_group_alone_explains_itself(shell: Shell, name: str, command: str) -> None:
    ran = shell(name)
    assert (ran.code, ran.out) == (2, "")
    assert command in ran.err
    assert ran.err.count(f"Usage: icosa {name}") == 1
    assert "error:" not in ran.err


def test_what_can_be_chosen_from_is_said_in_a_line(shell: Shell) -> None:
    assert "Choose from: bash, fish, zsh\n" in shell("completion").err


def test_help_can_be_written_in_few_letters(home: Path) -> None:
    command = [sys.executable, "-m", "icosa", "--help"]
    ran = subprocess.run(command, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_version(shell: Shell) -> None:
    assert shell("--version").out.startswith("icosa")


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: Shell, name: str) -> None:
    assert "_ICOSA_COMPLETE" in shell("completion", name).out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("icosa conn", "connected-accounts"),
        ("icosa companies find-", "find-duplicates"),
        ("icosa tasks create-one --sta", "--status"),
        ("icosa tasks create-one --status IN", "IN_PROGRESS"),
        ("icosa tasks find-one --depth ", "2"),
        ("icosa companies update-one --clear ideal", "ideal-customer-profile"),
        ("icosa keys re", "revoke"),
        ("icosa show opp", "opportunities"),
        ("icosa changed peo", "people"),
        ("icosa export --deleted note-", "note-targets"),
        ("icosa import people.csv --to comp", "companies"),
    ],
)
def test_completion_completes(home: Path, words: str, expected: str) -> None:
    typed = words.split(" ")
    environment = {
        **os.environ,
        "_ICOSA_COMPLETE": "bash_complete",
        "COMP_WORDS": words.rstrip(),
        "COMP_CWORD": str(len(typed) - 1),
    }
    program = "from icosa.surfaces.cli.main import main; main()"
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert f"plain,{expected}" in ran.stdout.splitlines(), ran.stderr


def test_a_server_starts_without_what_it_does_not_need_yet() -> None:
    program = (
        "import sys; before = set(sys.modules); from icosa.surfaces.cli.main import run; import icosa.workspace.http.serve;"
        "assert run(['serve', '--help']) == 0;"
        "late = {'cryptography', 'email.message', 'icosa.surfaces.cli.known_workspace', 'icosa.wire.openapi.reading', 'multiprocessing',"
        " 'pickle', 'tempfile'};"
        "assert not late & (set(sys.modules) - before), late & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
