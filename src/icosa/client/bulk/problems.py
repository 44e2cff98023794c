"""What did not go in, and the file of those rows: as they were, with the reason beside them, to be mended and run again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import orjson

from icosa.catalogue.kinds import Kind
from icosa.client.bulk.checkpoint import failures
from icosa.client.bulk.index import Index
from icosa.client.bulk.plan import PlanFile
from icosa.client.bulk.rows import JSON, BadRow, Rows, open_rows, rows_digest
from icosa.client.bulk.step import Bad, Conflict
from icosa.client.bulk.table import Column
from icosa.client.bulk.writers import BY_SUFFIX, FORMATS
from icosa.client.bulk.writers.whole import whole_file

REASON: Final = "icosa_reason"
"""The column that says what is wrong with a row; a later import leaves it out."""


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
        for step in plan.steps():
            if isinstance(step, Bad):
                yield Problem(step.row, step.column, step.reason)
            elif isinstance(step, Conflict):
                yield Problem(step.row, "", step.reason)
    for failure in failures(plan.path):
        yield Problem(failure.row, "", failure.reason)


def write_bad_rows(plan: PlanFile, path: Path | None = None) -> Path | None:
    """Writes the rows of the source that did not go in to a file of the same columns and one more, and says which;
    None where all went in, or where the plan came of no file.

    Left to itself the file stands beside the source, as `people.bad.csv`, and replaces none that is there.  Where
    the source is not what it was, the rows' numbers and reasons have to do.
    """
    source = plan.header.source
    if source is None:
        return None
    with Index() as told:
        found = False
        for each in problems(plan):
            if each.row is not None:
                told.first("bad", each.row, str(each))
                found = True
        if not found:
            return None
        origin = Path(source.path)
        if not origin.is_file() or rows_digest(origin) != source.sha256:
            rows = ({"row": each.row, REASON: str(each)} for each in problems(plan) if each.row is not None)
            return _written(path or _beside(origin, ".csv"), ("row", REASON), rows)
        opened = open_rows(origin, **plan.header.settings.get("reading", {}))
        columns = tuple(each for each in opened.columns if each != REASON)
        return _written(path or _beside(origin, f".{_format(origin)}"), (*columns, REASON), _marked(opened, told))


def _marked(opened: Rows, told: Index) -> Iterator[dict[str, Any]]:
    for each in opened.rows:
        row = each.row if isinstance(each, BadRow) else each
        reason = told.get("bad", row.number)
        if reason is not None:
            yield {**row.values, REASON: reason}


def _written(path: Path, names: tuple[str, ...], rows: Iterator[dict[str, Any]]) -> Path:
    """The file, written: its values are texts where its format wants one type for a column."""
    format_ = _format(path)
    typed = format_ in ("parquet", "xlsx")
    with whole_file(path, "bad", "all else is done, so run the same with --bad and another place") as file:  # may be the one that is read
        writer = FORMATS[format_](file, [Column(name, Kind.TEXT, itemgetter(name)) for name in names])
        writer.write(tuple(_text(row.get(name)) if typed else row.get(name) for name in names) for row in rows)
        writer.close()
    return path


def _format(path: Path) -> str:
    """What the rows of a file are written as again: CSV where nothing writes what the source is."""
    suffix = path.suffix.lower()
    return "jsonl" if suffix in JSON else BY_SUFFIX.get(suffix, "csv")


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value, default=str).decode().strip('"')


def _beside(source: Path, suffix: str) -> Path:
    """A name for a file that no file has: beside the source, or here where nothing can be written there."""
    folder = source.parent if os.access(source.parent, os.W_OK) else Path.cwd()
    stem = source.stem.partition(".bad")[0]
    names = (f"{stem}.bad{'' if at == 1 else f'.{at}'}{suffix}" for at in count(1))
    return next(path for name in names if not (path := folder / name).exists())
