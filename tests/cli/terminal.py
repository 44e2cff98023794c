"""A command on a real terminal."""

import fcntl
import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from types import MappingProxyType

_PARTS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\n|\r|[^\x1b\n\r]+")


@dataclass(frozen=True)
class Session:
    """What a terminal showed, with what steers it, what went to the stream that is none, and the exit code."""

    shown: str
    elsewhere: str
    code: int


def on_terminal(arguments: Sequence[str], columns: int = 80) -> str:
    """All that `python ARGUMENTS` shows where standard output and standard error are one terminal, with what steers it."""
    return session(arguments, columns).shown


def session(
    arguments: Sequence[str],
    columns: int = 80,
    *,
    types: str | None = None,
    streams: Sequence[str] = ("stdout", "stderr"),
    variables: Mapping[str, str] = MappingProxyType({}),
) -> Session:
    """Runs `python ARGUMENTS` where those streams are one terminal, and standard input too where somebody types there:
    `types` is typed once a question ends with [y/N]."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (40, columns))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with TemporaryFile() as elsewhere:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL if types is None else theirs,
            stdout=theirs if "stdout" in streams else elsewhere,
            stderr=theirs if "stderr" in streams else elsewhere,
            env={**environment, "TERM": "xterm", **variables},
            start_new_session=True,
            preexec_fn=None if types is None else lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that Ctrl-C reaches it
        )
        os.close(theirs)
        shown = b""
        while part := _read(ours):
            shown += part
            if types and b"[y/N]" in shown:
                os.write(ours, types.encode())
                types = ""
        code = process.wait(30)
        os.close(ours)
        elsewhere.seek(0)
        return Session(shown.decode(), elsewhere.read().decode(), code)


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
