"""What a group by costs beside the bare SQL that counts the same records.

    python -m bench.grouping [--store sqlite] [--records 200000] [--turns 7]

A database of opportunities is filled, measured in this process in turns, and thrown away.  A group by an indexed field may
cost three times what its database needs for the counting alone; exits with 1 where one costs more.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlencode

import click

from bench.data import ROWS_AT_ONCE, insert_text, moment, record_id
from bench.load import NotMeasured
from bench.machine import machine
from bench.stores import STORES, databases
from icosa.catalogue.columns import column_by_name, columns
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.message import Request
from icosa.wire.rest.body import read_record
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import IN_PROCESS, Workspace, open_workspace
from icosa.workspace.store.names import quoted
from icosa.workspace.store.records import new_columns
from icosa.workspace.store.statement import Row, Statement, Statements

TIMES_AT_MOST = 3.0
DEALS = STANDARD_2_19.by_singular["opportunity"]
STAGES = ("NEW", "SCREENING", "MEETING", "PROPOSAL", "CUSTOMER")
NAMES = 40


@dataclass(frozen=True, slots=True)
class Grouped:
    """A group by, and the column that bare SQL groups by; `indexed` is whether it is held to TIMES_AT_MOST."""

    name: str
    group_by: str
    column: str
    indexed: bool = False
    more: tuple[tuple[str, str], ...] = (("aggregate", '["totalCount"]'),)


ASKED = (
    Grouped("by an indexed text", '[{"name": true}]', "name", indexed=True),
    Grouped("by a choice", '[{"stage": true}]', "stage"),
    Grouped("by months in UTC", '[{"closeDate": {"granularity": "MONTH", "timeZone": "UTC"}}]', "closeDate"),
    Grouped("by months in Paris", '[{"closeDate": {"granularity": "MONTH", "timeZone": "Europe/Paris"}}]', "closeDate"),
    Grouped("by a choice, amounts summed up", '[{"stage": true}]', "stage", more=(("aggregate", '["sumAmountAmountMicros"]'),)),
    Grouped("by a choice, ten records of each", '[{"stage": true}]', "stage", more=(("include_records_sample", "true"),)),
)


def fill(workspace: Workspace, count: int) -> None:
    """Writes `count` opportunities, past the API."""
    dialect, by_name = workspace.store.dialect, column_by_name(DEALS)
    sent = read_record(STANDARD_2_19, DEALS, {"name": "Deal", "amount": {"amountMicros": 5_000_000}}, TWENTY_2_19)
    pattern = {"position": 0.0, **new_columns(DEALS, sent, record_id("opportunity", 0), moment(0))}
    for begin in range(0, count, ROWS_AT_ONCE):
        rows = []
        for number in range(begin, min(count, begin + ROWS_AT_ONCE)):
            own = {"id": record_id("opportunity", number), "name": f"Deal {number % NAMES}", "stage": STAGES[number % len(STAGES)]}
            values: dict[str, Any] = {**pattern, **own, "closeDate": moment(number * 7)}
            rows.append([dialect.value(by_name[column.name], values[column.name]) for column in columns(DEALS)])

        def steps(rows: list[list[Any]] = rows) -> Statements[None]:
            yield Statement(insert_text(DEALS), rows, many=True)

        workspace.store.write(steps)


def costs(workspace: Workspace, asked: Grouped, turns: int) -> Iterator[tuple[float, float]]:
    """Seconds of the group by and of the bare SQL, turn by turn.  Raises NotMeasured where it is refused."""
    query = urlencode({"group_by": asked.group_by, **dict(asked.more)})
    request = Request("GET", f"/rest/{DEALS.plural}/groupBy", query)
    bare = f'SELECT {quoted(asked.column)}, count(*) FROM {quoted(DEALS.table)} WHERE "deletedAt" IS NULL GROUP BY {quoted(asked.column)}'

    def steps() -> Statements[list[Row]]:
        return (yield Statement(bare))

    def answered() -> None:
        answer = workspace.answer(request, IN_PROCESS)
        if answer.status != 200:
            raise NotMeasured(f"{asked.name}: {answer.status} {answer.body[:300].decode()}")

    for _ in range(turns):
        yield _seconds(answered), _seconds(lambda: workspace.store.read(steps))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--store", type=click.Choice(STORES), default="sqlite", show_default=True)
@click.option("--records", default=200_000, show_default=True, help="How many are grouped.")
@click.option("--turns", default=7, show_default=True, help="How often each is measured.")
def main(store: str, records: int, turns: int) -> None:
    """Measures group by beside bare SQL."""
    try:
        with databases(store) as kind, kind.fresh() as url:
            workspace = open_workspace(url, version=TWENTY_2_19)
            try:
                fill(workspace, records)
                found = machine(kind)
                print(f"{records:,} records, {found.database}, {found.processor}, {found.cores} cores", flush=True)
                slow = [asked.name for asked in ASKED if not _measured(workspace, asked, turns)]
            finally:
                workspace.close()
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    if slow:
        raise click.ClickException(f"costs more than {TIMES_AT_MOST:g} times the bare SQL: {', '.join(slow)}")


def _measured(workspace: Workspace, asked: Grouped, turns: int) -> bool:
    """Prints what a group by costs; whether that is little enough."""
    found = list(costs(workspace, asked, turns))
    ours, bare = (median(each) for each in zip(*found, strict=True))
    times = median(one / other for one, other in found)
    print(f"{asked.name:35} {ours * 1000:8.0f} ms, bare SQL {bare * 1000:8.0f} ms, {times:5.2f} times", flush=True)
    return not asked.indexed or times <= TIMES_AT_MOST


if __name__ == "__main__":
    sys.exit(main())
