"""A command on a real terminal."""

import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import Sequence

_PARTS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\n|\r|[^\x1b\n\r]+")


def on_terminal(arguments: Sequence[str], columns: int = 80) -> str:
    """All that `python ARGUMENTS` shows where standard output and standard error are one terminal, with what steers it."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (40, columns))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    streams = {"stdin": subprocess.DEVNULL, "stdout": theirs, "stderr": theirs}
    process = subprocess.Popen([sys.executable, *arguments], **streams, env={**environment, "TERM": "xterm"})
    os.close(theirs)
    shown = b""
    while part := _read(ours):
        shown += part
    process.wait(30)
    os.close(ours)
    return shown.decode()


def screen(shown: str) -> list[str]:
    """The lines that a reader sees in the end of what was written and erased meanwhile."""
    lines, at, across = [""], 0, 0
    for part in _PARTS.findall(shown):
        if part == "\n":
            at += 1
            lines += [""] * (at + 1 - len(lines))
        elif part == "\r":
            across = 0
        elif part.endswith("A") and part[0] == "\x1b":
            at = max(0, at - int(part[2:-1] or 1))
        elif part == "\x1b[2K":
            lines[at] = ""
        elif part[0] != "\x1b":
            lines[at] = lines[at][:across].ljust(across) + part + lines[at][across + len(part) :]
            across += len(part)
    return [line.rstrip() for line in lines]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # what Linux says at the end of a terminal
        return b""
