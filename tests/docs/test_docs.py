"""What the documentation says is so: its examples run, its output is the real one, its links lead somewhere.

In a ```python block, lines that begin with `#> ` are what the block prints.  In a ```console block, lines
after `$ …` are what the command prints, `…` on a line of its own standing for any lines; `exit=4` behind the
word console is the exit code of the last command, and `terminal` that a person with 80 columns runs them:
every id there stands for any id.
"""

import contextlib
import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, Block, anchors, blocks, links

NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder and a home of its own, in which `icosa` is the one that is tested, and is not measured: what a page shows is tested
    elsewhere too."""
    for name in list(os.environ):
        if name.startswith(("ICOSA_", "TWENTY_", "XDG_", "COVERAGE_")):
            monkeypatch.delenv(name)
    shim = tmp_path / "bin" / "icosa"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m icosa "$@"\n')
    shim.chmod(0o755)
    (tmp_path / "here").mkdir()
    monkeypatch.setenv("PATH", f"{shim.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH")))))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ICOSA_DATABASE", str(tmp_path / "docs.db"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_python_examples_run_and_print_what_they_say(page: Path, workshop: Path) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(page, "python"):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("\n" * (block.line - 1) + block.text, str(page), "exec"), names)
        said = [line[3:] for line in block.text.splitlines() if line.startswith("#> ")]
        assert printed.getvalue().splitlines() == said, f"{page.name}:{block.line}"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_shell_examples_run_and_print_what_they_say(page: Path, workshop: Path) -> None:
    for block in blocks(page, "console"):
        commands = _commands(block)
        run = _on_a_terminal if block.info == "terminal" else _in_a_pipe
        for number, (command, said) in enumerate(commands):
            code, shown = run(command)
            wanted = int(block.info.removeprefix("exit=")) if block.info.startswith("exit=") and number == len(commands) - 1 else 0
            assert code == wanted, f"{page.name}:{block.line}: {command}\n{shown}"
            if said:
                lines = (_without_ids(line) for line in said) if block.info == "terminal" else said
                pattern = "\n".join(r"(?:.*\n?)*?" if line.strip() == "…" else re.escape(line) for line in lines)
                assert re.fullmatch(pattern.replace("(?:.*\\n?)*?\n", "(?:.*\\n)*?"), shown), f"{page.name}:{block.line}: {shown}"


def _in_a_pipe(command: str) -> tuple[int, str]:
    run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=300, check=False)
    return run.returncode, (run.stdout + run.stderr).rstrip("\n")


def _on_a_terminal(command: str) -> tuple[int, str]:
    """What somebody sees, but for styles, blanks at the ends of lines, and which id it is."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"TERM": "xterm"}
    process = subprocess.Popen(["sh", "-c", command], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # what Linux says at the end of a terminal
        while part := os.read(ours, 65536):
            shown += part
    os.close(ours)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode())
    return process.wait(60), "\n".join(_without_ids(line.rstrip()) for line in plain.splitlines()).rstrip("\n")


def _without_ids(line: str) -> str:
    """A line in which any id is the same, and a rule is as long as any: versions of what draws it differ by a character."""
    return re.sub("─{9,}", "─", re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "an id", line))


def _commands(block: Block) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and (found[-1][0].endswith("\\") or _is_open(found[-1][0])):
            found[-1] = (f"{found[-1][0]}\n{line.removeprefix('>').removeprefix(' ')}", [])
        else:
            found[-1][1].append(line)
    return found


def _is_open(command: str) -> bool:
    """Whether a text is being typed into a command, up to EOF."""
    return "<<'EOF'" in command and not command.endswith("\nEOF")


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_make_targets_that_are_named_are_there(page: Path) -> None:
    named = set(re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE))
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {target for pair in named for target in pair if target} <= known
