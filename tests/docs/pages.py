"""The pages of the documentation, taken apart: their blocks of code, their links and their headings."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = tuple(sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]))

_FENCE = re.compile(r"^```(\w*)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what stands behind it, its text, and the line where the text begins."""

    language: str
    info: str
    text: str
    line: int


def blocks(page: Path, language: str) -> list[Block]:
    text = page.read_text("utf-8")
    found = [Block(each[1], each[2].strip(), each[3], text.count("\n", 0, each.start(3)) + 1) for each in _FENCE.finditer(text)]
    return [each for each in found if each.language == language]


def links(page: Path) -> list[str]:
    """Where the links of a page lead, but for those that leave the project."""
    prose = _FENCE.sub("", page.read_text("utf-8"))
    return [each for each in _LINK.findall(prose) if not re.match(r"[a-z]+:", each)]


def anchors(page: Path) -> set[str]:
    """What a link into a page may name after the #."""
    prose = _FENCE.sub("", page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in _HEADING.findall(prose)}


def table(page: Path, first_head: str) -> list[list[str]]:
    """The rows of the table whose first column has this heading."""
    found = re.search(rf"^\| {re.escape(first_head)} \|[^\n]*\n\|[-| :]+\n((?:\|[^\n]*\n?)+)", page.read_text("utf-8"), re.MULTILINE)
    assert found, f"{page.name} has no table that begins with {first_head}"
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in found[1].splitlines()]
