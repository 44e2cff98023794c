"""All records of an object, page by page, into a file."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import IO, Any, TypeVar

from icosa.call.where import LIVE_OR_DELETED, both
from icosa.client.blocking import Client
from icosa.client.resource import Resource
from icosa.errors import InvalidValue, UnreadableAnswer
from icosa.exports.embedded_rows import EmbeddedRows, embedded_rows
from icosa.exports.table import ExportColumn, table
from icosa.exports.text_format import TextFormat
from icosa.exports.writers import BY_SUFFIX, FORMATS, RowWriter
from icosa.exports.writers.atomic_file import whole_file
from icosa.exports.writers.json_lines import JsonLinesWriter
from icosa.exports.writers.separated import CsvWriter
from icosa.wire.version import TWENTY_1_0_3

ROWS_AT_A_TIME = 250
"""Rows that are handed to a writer in one go: a choice.  Each carries its JSON, which is a few kilobytes at depth 1, so that a
megabyte or so is held beside the page."""

DEEP_PAGE = TWENTY_1_0_3.page
"""Records a page where related records come along, collections of up to a thousand among them."""

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Called with how many records are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.  `total` is how many records there were at the end; where that is not how many were
    written, somebody wrote to the workspace meanwhile, and it is not `complete`."""

    path: Path | None
    format: str
    records: int
    total: int
    columns: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return self.records == self.total


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records, and what of them.

    `filter` and `order_by` are as for find_many; `depth` 1 adds what related records are called; `columns`
    are names of columns, fields or relations, and say the order; `deleted` takes those that were deleted
    too; secret values are masked without `show_secrets`.  `page_size` is as many as the server takes, up to
    500, unless it is given.
    """

    filter: str | None = None
    order_by: str | None = None
    depth: int = 0
    columns: Sequence[str] | None = None
    deleted: bool = False
    show_secrets: bool = False
    page_size: int | None = None


def export(
    client: Client,
    resource: str,
    path: str | PathLike[str] | IO[bytes],
    selection: Selection | None = None,
    *,
    format: str | None = None,  # noqa: A002  (what everybody calls it)
    progress: Progress | None = None,
    safe_cells: bool = False,
    replace: bool = True,
) -> Exported:
    """Write the records of a resource to a file, of the format that its suffix says (csv, jsonl, parquet,
    xlsx), or to an open file.

    Pages are written as they come, so that memory stays flat.  The file gets its name once it is whole, and only its
    owner can read it: one of that name is replaced then, whose mode it keeps, unless `replace` says otherwise, and
    nothing is left of an export that broke off.  With `safe_cells` no spreadsheet runs a text of a CSV file as a formula.

    Raises InvalidValue for a path or format that cannot be, for a file that is there and not to be replaced, and for a
    value that the format cannot hold; UnknownField for a column, UnreadableAnswer where the server gave fewer records
    than it said; and what reading raises.
    """
    selection = selection or Selection()
    format = format_of(path, format)  # noqa: A001
    if safe_cells and format != "csv":
        raise InvalidValue("safe_cells", f"only csv needs them: no text is run as a formula in {format}")
    reading = SelectedRows(client, resource, selection, progress)
    with _opened(path, replace) as file:
        writer = CsvWriter(file, reading.columns, TextFormat(safe=True)) if safe_cells else FORMATS[format](file, reading.columns)
        try:
            for _ in written(reading, writer, format):
                pass
            writer.close()
        except BaseException:
            writer.discard()
            raise
    target = None if hasattr(path, "write") else Path(path)
    return Exported(target, format, reading.done, reading.total, tuple(each.name for each in reading.columns))


def _opened(path: str | PathLike[str] | IO[bytes], replace: bool) -> AbstractContextManager[IO[bytes]]:
    if isinstance(path, str | PathLike):
        return whole_file(Path(path), "out", "give a file in a folder that is there", replace=replace)
    return nullcontext(path)


def written(reading: "SelectedRows", writer: RowWriter, format_: str) -> Iterator[None]:
    """Writes all rows, some at a time."""
    if not isinstance(writer, JsonLinesWriter):
        for page in reading.pages():
            _write(writer.write, page, format_)
            yield
        return
    for lines in reading.lines():
        if isinstance(lines, bytes):
            _write(writer.write_lines, lines, format_)
        else:
            _write(writer.write, lines, format_)
        yield


def _write(write: Callable[[T], None], some: T, format_: str) -> None:
    """Servers answer what they like: what no writer foresaw is a refusal too."""
    try:
        write(some)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise InvalidValue("out", f"a value cannot be written as {format_}: {error}; export to csv or jsonl instead") from None


def format_of(path: str | PathLike[str] | IO[bytes], wanted: str | None) -> str:
    """The format that is told, else the one that a suffix says.  Raises InvalidValue where there is none."""
    known = ", ".join(FORMATS)
    if wanted is not None:
        if wanted not in FORMATS:
            raise InvalidValue("format", f"{wanted!r} is none; give one of {known}")
        return wanted
    found = BY_SUFFIX.get("" if hasattr(path, "write") else Path(path).suffix.lower())
    if found is None:
        raise InvalidValue("format", f"{str(path)!r} does not say by its suffix in which format to write; give it one of {known}")
    return found


class SelectedRows:
    """The records of a selection as rows, and how far they are."""

    def __init__(self, client: Client, resource: str, selection: Selection, progress: Progress | None = None) -> None:
        self._client = client
        self._resource: Resource = client[resource]
        self._selection = selection
        self._progress = progress
        self.columns: tuple[ExportColumn, ...] = table(
            client.catalogue,
            self._resource.object,
            depth=selection.depth,
            chosen=selection.columns,
            deleted=selection.deleted,
            show_secrets=selection.show_secrets,
        )
        self.done = 0
        self.total = 0

    def pages(self) -> Iterator[list[tuple[Any, ...]]]:
        """Rows, some at a time.  Raises UnreadableAnswer at the end where records are missing though nobody
        added or took any."""
        where = _filter(self._selection)
        at_first = self.total = self._count(where)
        rows = self._embedded(where)
        pages = self._asked_for(where) if rows is None else map(_by_row, rows.columns_at_once())
        for page in pages:
            self.done += len(page)
            if rows is not None:
                self._tell()
            yield page
        self._end(where, at_first)

    def lines(self) -> Iterator[bytes | list[tuple[Any, ...]]]:
        """The same as lines of JSON, by the names of columns, where they are there as such."""
        where = _filter(self._selection)
        rows = self._embedded(where)
        if rows is None:
            yield from self.pages()
            return
        at_first = self.total = self._count(where)
        for count, page in rows.lines():
            self.done += count
            self._tell()
            yield page if isinstance(page, bytes) else _by_row(page)
        self._end(where, at_first)

    def _embedded(self, where: str | None) -> EmbeddedRows | None:
        if self._selection.page_size is not None:
            return None
        return embedded_rows(self._client, self._resource.object, self.columns, where, self._selection.order_by)

    def _asked_for(self, where: str | None) -> Iterator[list[tuple[Any, ...]]]:
        values, selection = [each.value for each in self.columns], self._selection
        page_size = selection.page_size or (DEEP_PAGE if selection.depth else None)
        records = self._resource.iterate(
            where=where, order_by=selection.order_by, depth=selection.depth, page_size=page_size, progress=self._progress
        )
        while some := list(islice(records, ROWS_AT_A_TIME)):
            yield [tuple(value(record) for value in values) for record in some]

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self.done, max(self.done, self.total))

    def _end(self, where: str | None, at_first: int) -> None:
        self.total = self._count(where)
        if self.done != self.total == at_first:
            raise UnreadableAnswer(
                f"the server said that there are {self.total:,} records and gave {self.done:,}; nothing was kept. Try again"
            )

    def _count(self, where: str | None) -> int:
        return self._resource.find_many(where=where, limit=1, depth=0).total_count


def _by_row(columns: list[Sequence[Any]]) -> list[tuple[Any, ...]]:
    return list(zip(*columns, strict=True))


def _filter(selection: Selection) -> str | None:
    if not selection.deleted:
        return selection.filter
    return str(both(selection.filter, LIVE_OR_DELETED))
