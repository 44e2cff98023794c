"""What did not go in, and the file of those rows: as they were, with the reason beside them, to be mended and run again."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from icosa.catalogue.kinds import Kind
from icosa.exports.table import ExportColumn
from icosa.exports.writers import BY_SUFFIX, FORMATS, RowWriter
from icosa.exports.writers.atomic_file import whole_file
from icosa.exports.writers.json_lines import JsonLinesWriter
from icosa.exports.writers.parquet import ParquetWriter
from icosa.exports.writers.separated import CsvWriter
from icosa.imports.index import Index
from icosa.imports.rows import JSON, BadRow, Row, Rows, TextFormat, Unreadable, open_rows, rows_digest, suffix_of
from icosa.imports.rows.heading import REASON
from icosa.imports.rows.json_rows import UNREAD
from icosa.plans.checkpoint import failures
from icosa.plans.plan import PlanFile
from icosa.plans.step import Bad, Change, Conflict, Deletion, Restoration


@dataclass(frozen=True, slots=True)
class Problem:
    """A row of the source that did not become what it says; `row` is None for a step that came of no row."""

    row: int | None
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.column}: {self.reason}" if self.column else self.reason


def problems(plan: PlanFile) -> Iterator[Problem]:
    """What is wrong with a plan: its bad rows and conflicts, then what was not done when it was run."""
    if plan.counts["bad"] or plan.counts["conflict"]:
        for step in plan.steps("bad", "conflict"):
            if isinstance(step, Bad):
                yield Problem(step.row, step.column, step.reason)
            elif isinstance(step, Conflict):
                yield Problem(step.row, "", step.reason)
    yield from undone(plan)


def undone(plan: PlanFile) -> Iterator[Problem]:
    """What was not done of a plan when it was run."""
    for failure in failures(plan.path):
        yield Problem(failure.row, "", failure.reason)


def left_alone(plan: PlanFile) -> Iterator[str]:
    """What a plan left as it is, each with the record that it is about and the reason."""
    for step, reason in left_steps(plan):
        yield f"{step.object} {', '.join(ids_of(step))}: {reason}"


Left = Conflict | Change | Deletion | Restoration


def left_steps(plan: PlanFile) -> Iterator[tuple[Left, str]]:
    """The steps that were not done of a plan, as far as they are about records that are there, and why."""
    reasons = {each.step: each.reason for each in failures(plan.path)}
    if not reasons and not plan.counts["conflict"]:
        return
    for at, step in enumerate(plan.steps()):
        if isinstance(step, Conflict):
            yield step, step.reason
        elif at in reasons and isinstance(step, Change | Deletion | Restoration):
            yield step, reasons[at]


def ids_of(step: Left) -> tuple[str, ...]:
    """The records that a step is about."""
    return step.ids if isinstance(step, Conflict) else (step.id,)


def write_bad_rows(plan: PlanFile, path: Path | None = None) -> Path | None:
    """Writes the rows of the source that did not go in to a file of the same columns and one more, and says which;
    None where all went in, or where the plan came of no file.

    A line that cannot be read stands there as it stood.  Left to itself the file stands beside the source, as
    `people.bad.csv`, and replaces none that is there; only its owner can read it.  Where the source is not what it was,
    the rows' numbers and reasons have to do.
    """
    source = plan.header.source
    if source is None:
        return None
    with Index() as reasons:
        found = False
        for each in problems(plan):
            if each.row is not None:
                reasons.first("bad", each.row, str(each))
                found = True
        if not found:
            return None
        origin = Path(source.path)
        if not origin.is_file() or rows_digest(origin) != source.sha256:
            rows = ((Row(each.row, {"row": each.row}), None, str(each)) for each in problems(plan) if each.row is not None)
            return _written(path or _beside(origin, ".csv"), ("row",), rows, None)
        opened = open_rows(origin, **plan.header.settings.get("reading", {}))
        columns = tuple(each for each in opened.columns if each != REASON)
        suffix = suffix_of(origin) if opened.written else f".{_format(origin)}"
        return _written(path or _beside(origin, suffix), columns, _marked(opened, reasons), opened.written)


_Marked = Iterator[tuple[Row, str | None, str]]
"""Rows, the text of each that cannot be read, and what is wrong with it."""


def _marked(opened: Rows, reasons: Index) -> _Marked:
    for each in opened.rows:
        row = each.row if isinstance(each, BadRow) else each
        reason = reasons.get("bad", row.number)
        if reason is not None:
            text = each.text if isinstance(each, BadRow) else None
            yield row, _without_reason(text, opened), reason


def _without_reason(text: str | None, opened: Rows) -> str | None:
    """A line without the reason that an earlier run has put behind it."""
    if text is None or REASON not in opened.columns or opened.written is None:
        return text
    return re.sub(re.escape(opened.written.delimiter) + '"(?:[^"]|"")*"$', "", text)


def _written(path: Path, names: tuple[str, ...], rows: _Marked, written: TextFormat | None) -> Path:
    """The file, written as the source is, where that is text; what cannot be read stands in it as it stood."""
    format_ = _format(path)
    columns = [ExportColumn(name, Kind.TEXT, itemgetter(name)) for name in (*names, REASON)]
    with whole_file(path, "bad", "all else is done, so run the same with --bad and another place") as file:  # may be the one that is read
        writer = CsvWriter(file, columns, _as(path, written)) if format_ == "csv" else FORMATS[format_](file, columns)
        try:
            for row, text, reason in rows:
                _put(writer, names, row, text, reason)
            writer.close()
        except BaseException:
            writer.discard()
            raise
    return path


def _as(path: Path, written: TextFormat | None) -> TextFormat:
    """How a file of text is written: as another is, unless its name says what stands between its cells."""
    written = written or TextFormat()
    return replace(written, delimiter="\t") if suffix_of(path) in (".tsv", ".tab") else written


def _put(writer: RowWriter, names: tuple[str, ...], row: Row, text: str | None, reason: str) -> None:
    if isinstance(writer, CsvWriter) and text is not None:
        writer.write_as_it_stood(text, reason)
    elif isinstance(writer, JsonLinesWriter):
        values = row.values if text is None else {UNREAD: text}
        writer.write_object({**{name: each for name, each in values.items() if name != REASON}, REASON: reason})
    else:
        held = {names[0]: text} if text is not None else row.values
        read = _text if isinstance(writer, ParquetWriter) else _cell
        writer.write([(*(read(held.get(name)) for name in names), reason)])


def _format(path: Path) -> str:
    """What the rows of a file are written as again: CSV where nothing writes what the source is."""
    suffix = suffix_of(path)
    return "jsonl" if suffix in JSON else BY_SUFFIX.get(suffix, "csv")


def _cell(value: Any) -> Any:
    """A value as a cell has it."""
    if value is None or isinstance(value, str | bool | list | dict):
        return value
    if isinstance(value, int | float) and value == value:
        return int(value) if value == value // 1 else value
    return _text(value)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Unreadable):
        return value.text
    if value != value:  # no number
        return None
    return orjson.dumps(value, default=str).decode().strip('"')


def _beside(source: Path, suffix: str) -> Path:
    """A name for a file that no file has: beside the source, or here where nothing can be written there."""
    folder = source.parent if os.access(source.parent, os.W_OK) else Path.cwd()
    stem = source.stem.partition(".bad")[0]
    names = (f"{stem}.bad{'' if at == 1 else f'.{at}'}{suffix}" for at in count(1))
    return next(path for name in names if not (path := folder / name).exists())
