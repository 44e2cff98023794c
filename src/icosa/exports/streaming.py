"""An export as bytes, for whoever sends it on: text formats as they are made, the others once they are whole."""

from collections.abc import Iterator
from io import BytesIO
from tempfile import TemporaryFile
from typing import Final

from icosa.client.blocking import Client
from icosa.exports.export import SelectedRows, Selection, export, format_of, written
from icosa.exports.text_format import TextFormat
from icosa.exports.writers.json_lines import JsonLinesWriter
from icosa.exports.writers.separated import CsvWriter

_AS_THEY_COME: Final = ("csv", "jsonl")
_BLOCK_BYTES: Final = 256 * 1024


def stream(client: Client, resource: str, selection: Selection, format_: str, *, safe_cells: bool = False) -> Iterator[bytes]:
    """The bytes of an export, some at a time; no more than a page of records is held.

    CSV and JSON Lines come page by page, the beginning with the first records: what goes wrong further down is raised there,
    and what came before is a file that was cut off.  A workbook and Parquet are written to a file without a name first.
    Raises as `export` does.
    """
    if format_of(BytesIO(), format_) in _AS_THEY_COME:
        yield from _as_they_come(client, resource, selection, format_, safe_cells)
        return
    with TemporaryFile(prefix="icosa-") as file:
        export(client, resource, file, selection, format=format_)
        file.seek(0)
        while block := file.read(_BLOCK_BYTES):
            yield block


def _as_they_come(client: Client, resource: str, selection: Selection, format_: str, safe_cells: bool) -> Iterator[bytes]:
    reading, held = SelectedRows(client, resource, selection), BytesIO()
    csv = CsvWriter(held, reading.columns, TextFormat(safe=safe_cells)) if format_ == "csv" else None
    writer = csv or JsonLinesWriter(held, reading.columns)
    try:
        for _ in written(reading, writer, format_):
            yield _taken(held)
        yield _taken(held)  # the heading, where there is no record
    finally:
        writer.close()


def _taken(held: BytesIO) -> bytes:
    """What was written since it was last asked for."""
    found = held.getvalue()
    held.seek(0)
    held.truncate()
    return found
