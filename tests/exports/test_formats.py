"""A format is whole: what reads or writes it is one table, and all that offers a choice offers each."""

import re
from pathlib import Path

from icosa.exports.writers import BY_SUFFIX, FORMATS
from icosa.imports.rows import SUFFIXES
from icosa.surfaces.cli import export as command
from icosa.surfaces.console.exports import asked
from icosa.surfaces.console.imports.uploading import OFFERED
from tests.docs.pages import ROOT, table


def test_what_is_written_is_offered_by_the_shell_and_by_the_console() -> None:
    assert sorted(command.FORMATS) == sorted(FORMATS), "FORMATS in surfaces/cli/export.py, which loads no writer to know them"
    assert {each.name for each in asked.FORMATS} == FORMATS.keys(), "FORMATS in surfaces/console/exports/asked.py"
    assert set(BY_SUFFIX.values()) == FORMATS.keys(), "BY_SUFFIX in exports/writers/__init__.py"


def test_what_is_read_is_offered_by_the_console_and_told() -> None:
    assert set(SUFFIXES) <= set(OFFERED)
    rows = table(ROOT / "docs" / "files.md", "Suffix")
    told = {each for row in rows for each in re.findall(r"`(\.\w+)`", row[0])}
    assert set(SUFFIXES) == told, "the table of sources in docs/files.md"


def test_every_suffix_that_a_reader_names_is_among_them() -> None:
    """A table of suffixes beside a reader, such as SUFFIXES in sheet.py, is part of what is offered."""
    folder = Path(__file__).parents[2] / "src" / "icosa" / "imports" / "rows"
    text = (folder / "__init__.py").read_text("utf-8")
    groups = re.findall(r"^([A-Z]+) = \(\"\.", text, re.MULTILINE)
    offered = re.search(r"^SUFFIXES = \((.*)\)$", text, re.MULTILINE)
    assert offered
    assert set(groups) <= {each.strip("* ") for each in offered[1].split(",")}, "SUFFIXES in imports/rows/__init__.py"
