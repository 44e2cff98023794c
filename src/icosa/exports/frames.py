"""Records as Arrow data, which Polars, pandas, DuckDB and others take as their own."""

from collections.abc import Iterator
from typing import Any

from icosa.client.blocking import Client
from icosa.exports.export import Progress, SelectedRows, Selection
from icosa.exports.writers.parquet import arrow_schema, record_batch
from icosa.extras import library


def to_arrow(client: Client, resource: str, selection: Selection | None = None, *, progress: Progress | None = None) -> Any:
    """The records of a resource as a `pyarrow.RecordBatchReader`, read page by page as it is read.

        polars.DataFrame(to_arrow(crm, "people"))
        to_arrow(crm, "people").read_pandas()

    It can be read once; `.read_all()` makes a table of it.  Needs the extra `parquet`.  Raises as `export`,
    what reading raises when it is read.
    """
    arrow = library("pyarrow", "Arrow tables", "parquet")
    reading = SelectedRows(client, resource, selection or Selection(), progress)
    schema = arrow_schema(reading.columns)

    def batches() -> Iterator[Any]:
        for page in reading.pages():
            yield record_batch(schema, reading.columns, page)

    return arrow.RecordBatchReader.from_batches(schema, batches())
