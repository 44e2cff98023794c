"""Figures as tables: for a terminal, as Markdown, and as JSON."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.load import Run
from bench.machine import Machine

DOCS = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Figure:
    """One operation as it was measured, with the floor beside it, and its `share` of the floor's rate: the median of
    the turns.  `at_least` is the share, and `rate` the number a second, that are aimed at."""

    name: str
    run: Run
    floor: Run | None
    share: float | None
    at_least: float | None
    rate: float | None
    before: float | None

    @property
    def reached(self) -> bool | None:
        """Whether all that is aimed at was reached; None where nothing is."""
        if self.at_least is None and self.rate is None:
            return None
        fast = self.rate is None or self.run.rate >= self.rate
        return fast and (self.at_least is None or (self.share or 0) >= self.at_least)


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure of the whole server, and what it should stay below where something is aimed at."""

    name: str
    value: float
    unit: str
    at_most: float | None = None


def operations_table(figures: Sequence[Figure]) -> list[list[str]]:
    """Rows of text, the heading first."""
    rows = [["operation", "requests/s", "p50 ms", "p99 ms", "KB each", "floor/s", "of floor", "aimed at", "", "Twenty 1.0.3"]]
    for each in figures:
        aims = [f"≥ {each.rate:,.0f}/s"] if each.rate else []
        aims += [f"≥ {each.at_least:.0%}"] if each.at_least else []
        rows.append(
            [
                each.name,
                rate(each.run.rate),
                f"{each.run.p50:.1f}",
                f"{each.run.p99:.1f}",
                f"{each.run.bytes / each.run.requests / 1024:.1f}",
                rate(each.floor.rate) if each.floor else "",
                f"{each.share:.0%}" if each.share else "",
                ", ".join(aims),
                {True: "yes", False: "no", None: ""}[each.reached],
                f"{each.before:g}/s" if each.before else "",
            ]
        )
    return rows


def wholes_table(wholes: Sequence[Whole]) -> list[list[str]]:
    rows = [["", "measured", "aimed at", ""]]
    for each in wholes:
        aim = f"≤ {each.at_most:g} {each.unit}" if each.at_most else ""
        reached = "" if each.at_most is None else "yes" if each.value <= each.at_most else "no"
        rows.append([each.name, f"{each.value:,.{0 if each.value >= 10 else 2}f} {each.unit}", aim, reached])
    return rows


def rate(number: float) -> str:
    return f"{number:,.0f}" if number >= 20 else f"{number:.1f}"


def headline(machine: Machine, of: str) -> str:
    """What was measured, where and when."""
    return (
        f"{machine.database} with {of}. {machine.cores} cores of {machine.processor}, {machine.memory_gb:.0f} GB of memory, "
        f"a disk with {machine.fsyncs:,.0f} fsyncs a second, {machine.system}; {machine.versions}. {machine.date}."
    )


def plain(rows: Sequence[Sequence[str]]) -> str:
    """A table for a terminal: the first column to the left, the others to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.ljust(widths[at]) if at == 0 else cell.rjust(widths[at]) for at, cell in enumerate(row)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *rest = [f"| {' | '.join(row)} |" for row in rows]
    rule = "|---" + "|--:" * (len(rows[0]) - 1) + "|"
    return "\n".join([head, rule, *rest])


def as_json(machine: Machine, of: str, figures: Sequence[Figure], wholes: Sequence[Whole]) -> str:
    told = [{**asdict(each), "rate_measured": each.run.rate, "reached": each.reached} for each in figures]
    return json.dumps({"of": of, "machine": asdict(machine), "operations": told, "server": [asdict(each) for each in wholes]}, indent=2)


def write_docs(part: str, text: str) -> None:
    """Puts text between the marks of a part of docs/performance.md.  Raises ValueError where they are not there."""
    page = DOCS.read_text("utf-8")
    marks = re.compile(rf"(<!-- {part} -->\n).*?(<!-- end of {part} -->)", re.DOTALL)
    if not marks.search(page):
        raise ValueError(f"{DOCS.name} has no marks for {part}; put <!-- {part} --> and <!-- end of {part} --> where the figures belong")
    DOCS.write_text(marks.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page), "utf-8")
