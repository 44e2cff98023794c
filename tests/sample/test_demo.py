"""The demo does what it says, leaves what it did not make alone, and prints for who reads."""

import io
import os
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import icosa
from icosa.sample import records
from icosa.surfaces.cli.demo import run_demo


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A sample workspace, and what the demo said while it made it."""
    path, out = tmp_path_factory.mktemp("demo") / "new folder" / "demo.db", io.StringIO()
    run_demo(str(path), out)
    return path, out.getvalue()


def test_it_fills_a_workspace_with_the_sample(shown: tuple[Path, str]) -> None:
    path, _ = shown
    with icosa.connect(f"sqlite:///{path}") as crm:
        for plural, made in records().items():
            assert crm[plural].find_many(limit=1, depth=0).total_count == len(made), plural


def test_it_shows_the_main_job_with_real_answers(shown: tuple[Path, str]) -> None:
    text = shown[1]
    told = ("252 actions", "Willowbrook Hospitals", "InvalidId", "NotFound", "MalformedJson", "Leïla Lindqvist")
    for promised in (*told, "icosa serve", "icosa console --database"):
        assert promised in text
    assert "None" not in text


def test_it_shows_no_token(shown: tuple[Path, str]) -> None:
    answers = [line for line in shown[1].splitlines() if not re.match(r" *(>>>|\.\.\.|\$|>) ", line)]
    assert not re.search(r"sample-(access|refresh|renewed)", "\n".join(answers))


def test_nobody_else_may_read_the_sample(shown: tuple[Path, str]) -> None:
    assert stat.S_IMODE(shown[0].stat().st_mode) == 0o600


def test_it_can_be_run_again_and_says_the_same(shown: tuple[Path, str]) -> None:
    path, before = shown
    out = io.StringIO()
    run_demo(f"sqlite:///{path}", out)

    def timeless(text: str) -> str:
        return re.sub(r"(updatedAt +)\S+", r"\1", text)

    assert timeless(out.getvalue()) == timeless(before)


def test_the_shell_lines_it_shows_can_be_run(shown: tuple[Path, str], tmp_path: Path) -> None:
    path, text = shown
    lines = re.findall(r"^   (?:\$ )?(icosa .+(?:\n   > .+)*)$", text, re.MULTILINE)
    assert len(lines) >= 6
    for line in lines:
        words = shlex.split(re.sub(r"\\\n   > +", " ", line))[1:]
        if words[0] not in ("serve", "console"):
            command = [sys.executable, "-m", "icosa", *words]
            run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "ICOSA_DATABASE": str(path)}, check=False)
            assert run.returncode == 0, f"{line}\n{run.stderr}"
            assert run.stdout.strip() not in ("", "[]"), line


def test_it_leaves_a_workspace_that_it_did_not_make_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    with icosa.connect(f"sqlite:///{path}") as crm:
        crm.companies.create_one(name="Mine")
    with pytest.raises(icosa.InvalidInput, match=r"mine\.db holds something else"):
        run_demo(str(path), io.StringIO())
    with icosa.connect(f"sqlite:///{path}") as crm:
        assert crm.companies.find_many().total_count == 1


def test_it_leaves_a_file_that_is_no_workspace_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada")
    with pytest.raises(icosa.InvalidInput):
        run_demo(str(path), io.StringIO())
    assert path.read_text() == "Dear Ada"


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_goes_to_terminals_that_want_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    path, pipe, terminal, plain = tmp_path / "demo.db", io.StringIO(), Terminal(), Terminal()
    run_demo(str(path), pipe)
    run_demo(str(path), terminal)
    monkeypatch.setenv(variable, value)
    run_demo(str(path), plain)
    assert "\x1b[" not in pipe.getvalue()
    assert "\x1b[" in terminal.getvalue()
    assert "\x1b[" not in plain.getvalue()
