"""A file that a command reads and that is not there, is a folder, is empty or is somebody else's: a sentence, and exit code 2."""

import os
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from icosa.surfaces.cli.command_lines import command
from icosa.surfaces.cli.unreadable_files import wrong_with
from tests.cli.conftest import Shell

READING = {
    "import": ["import", "FILE", "--to", "people", "--yes"],
    "plan": ["plan", "FILE", "--to", "people"],
    "apply": ["apply", "FILE"],
    "restore": ["restore", "FILE"],
    "diff": ["diff", "FILE", "FILE"],
    "push": ["push", "FILE"],
    "doctor": ["doctor", "FILE"],
    "doctor --against": ["doctor", "--against", "FILE"],
    "run": ["run", "FILE"],
    "run @": ["run", "@FILE"],
    "serve --config": ["serve", "--config", "FILE"],
    "stubs --from": ["stubs", "--from", "FILE"],
    "--token-file": ["people", "find-many", "--url", "https://crm.example.com", "--token-file", "FILE"],
    "--data": ["people", "create-one", "--data", "@FILE"],
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(shell: Shell, name: str, file: str) -> tuple[int, str]:
    done = shell(*(each.replace("FILE", file) for each in READING[name]))
    return done.code, done.err


@pytest.mark.parametrize("name", READING)
def test_a_file_that_is_not_there_is_said_to_be_so_with_what_was_meant(shell: Shell, here: Path, name: str) -> None:
    (here / "poeple.txt").write_text("x")
    code, shown = ran(shell, name, "people.txt")
    assert code == 2
    assert f"there is no file people.txt in {here}; did you mean poeple.txt?" in shown
    assert "Traceback" not in shown
    code, shown = ran(shell, name, "nowhere/people.txt")
    assert (code, f"there is no file people.txt in {here}/nowhere, and no such folder either" in shown) == (2, True)


@pytest.mark.parametrize("name", [name for name in READING if name not in ("doctor", "run")])
def test_a_folder_is_no_file(shell: Shell, here: Path, name: str) -> None:
    (here / "people.csv").mkdir()
    code, shown = ran(shell, name, "people.csv")
    assert (code, "people.csv is a folder; give one of the files in it" in shown) == (2, True)


@pytest.mark.parametrize("name", ["import", "plan", "apply", "restore", "diff", "push", "doctor --against"])
def test_an_empty_file_holds_nothing(shell: Shell, here: Path, name: str) -> None:
    (here / "people.csv").touch()
    code, shown = ran(shell, name, "people.csv")
    assert (code, "people.csv is empty" in shown) == (2, True)


def test_what_may_not_be_read_is_said_to_be_so(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = here / "people.csv"
    file.write_text("x")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may read everything
    assert "you have no permission to" in wrong_with(file)


@pytest.mark.parametrize("name", ["\0", "x" * 5000, "a/" * 3000])
def test_a_name_that_no_file_can_have_is_refused_in_a_sentence(name: str) -> None:
    assert "cannot be read" in wrong_with(Path(name)) or "there is no file" in wrong_with(Path(name))


def test_files_that_are_there_are_read(shell: Shell, here: Path) -> None:
    (here / "people.csv").write_text("Email\nada@example.com\n")
    assert shell("import", "people.csv", "--yes").code == 0


_NAMES = some.text(some.characters(exclude_categories=("Cs", "Cc"), exclude_characters="/"), min_size=1)


@given(_NAMES)
def test_a_command_that_is_copied_names_the_same_file(name: str) -> None:
    hint = command("apply", Path(name))
    words = shlex.split(hint)
    assert words[:2] == ["icosa", "apply"]
    assert Path(words[-1]) == Path(name)
    assert len(words) == 3 + ("--" in words[2:-1])


@pytest.mark.parametrize("name", ["my plan.jsonl", "-x.jsonl", 'it\'s "so".jsonl', "Übersicht – 1.jsonl", "$HOME;ls.jsonl"])
def test_a_plan_of_any_name_is_applied_as_the_hint_says(shell: Shell, here: Path, name: str) -> None:
    (here / "people.csv").write_text("Email\nada@example.com\n")
    hint = shell("plan", "people.csv", f"--out={name}").err.partition("To do it: ")[2].strip()
    assert shell(*shlex.split(hint)[1:]).json["created"] == 1


@pytest.mark.parametrize("said", ["stubs --out plain/below", "demo --database plain/below.db", "changed people --since-file plain/below"])
def test_a_place_that_cannot_be_is_told_without_a_traceback(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plain").write_text("a file, and no folder", encoding="utf-8")
    ran = shell(*said.split())
    assert ran.code in (1, 2)
    assert ran.err.startswith("error: ")
    assert "plain" in ran.err
