"""What the documentation says is so: its examples run, its output is the real one, its links lead somewhere.

In a ```python block, lines that begin with `#> ` are what the block prints.  In a ```console block, lines
after `$ …` are what the command prints, `…` on a line of its own standing for any lines; `exit=4` behind the
word console is the exit code of the last command.
"""

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, Block, anchors, blocks, links

NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder and a home of its own, in which `icosa` is the one that is tested."""
    for name in list(os.environ):
        if name.startswith(("ICOSA_", "TWENTY_", "XDG_")):
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
        for number, (command, said) in enumerate(commands):
            run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)
            wanted = int(block.info.removeprefix("exit=") or 0) if number == len(commands) - 1 else 0
            assert run.returncode == wanted, f"{page.name}:{block.line}: {command}\n{run.stderr}"
            if said:
                pattern = "\n".join(r"(?:.*\n?)*?" if line.strip() == "…" else re.escape(line) for line in said)
                shown = (run.stdout + run.stderr).rstrip("\n")
                assert re.fullmatch(pattern.replace("(?:.*\\n?)*?\n", "(?:.*\\n)*?"), shown), f"{page.name}:{block.line}: {shown}"


def _commands(block: Block) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and found[-1][0].endswith("\\"):
            found[-1] = (f"{found[-1][0]}\n{line.removeprefix('> ')}", [])
        else:
            found[-1][1].append(line)
    return found


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
