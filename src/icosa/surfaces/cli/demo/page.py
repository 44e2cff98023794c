"""How the demo shows its steps: plain text, with some colour where it is read on a terminal."""

import os
import unicodedata
from collections.abc import Sequence
from typing import TextIO

BOLD, DIM, CYAN, GREEN = "1", "2", "36", "32"


class TourPage:
    """Writes to `out`.  Colour goes to terminals only, and to none where NO_COLOR is set or TERM is dumb."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._step = 0
        self._coloured = out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def line(self, text: str = "") -> None:
        self._out.write(f"{text}\n")

    def step(self, title: str, *, python: str = "", shell: str = "") -> None:
        """A heading, and how one would ask for the same in Python and in a shell."""
        self._step += 1
        self.line()
        self.line(self._styled(f"{self._step}. {title}", BOLD))
        if python:
            self.python(python)
        if shell:
            self._asked("$ ", shell, "> ")

    def python(self, text: str) -> None:
        """An expression that is evaluated next."""
        self._asked(">>> ", text, "... ")

    def answer(self, text: str) -> None:
        self.line(f"   {self._styled(text, GREEN)}")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Columns as wide as their widest text; numbers stand to the right."""
        texts = [["" if value is None else str(value) for value in row] for row in rows]
        widths = [max(map(_cells, column)) for column in zip(heads, *texts, strict=True)]
        right = [all(isinstance(row[at], int | float) or row[at] is None for row in rows) for at in range(len(heads))]
        self.line("   " + self._styled(_row(heads, widths, right), DIM))
        for row in texts:
            self.line("   " + _row(row, widths, right))

    def _asked(self, prompt: str, text: str, further: str) -> None:
        for number, line in enumerate(text.splitlines()):
            self.line("   " + self._styled(further if number else prompt, DIM) + self._styled(line, CYAN))

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._coloured else text


def _row(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for text, width, to_the_right in zip(texts, widths, right, strict=True):
        blanks = " " * (width - _cells(text))
        padded.append(blanks + text if to_the_right else text + blanks)
    return "  ".join(padded).rstrip()


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for each wide letter."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
