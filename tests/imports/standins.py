"""Readers in the place of those that read workbooks and Parquet, each of which comes to an end of its own."""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from icosa.imports.rows.row import BadRow, Row, Rows, Unreadable


def reading(path: Path, rows: int = 3) -> Rows:
    when = datetime(2026, 2, 3, tzinfo=UTC)
    odd: list[Row | BadRow] = [
        Row(1, {"n": 1, "at": when}),
        BadRow(Row(2, {"n": 2}), "n", "no"),
        Row(3, {"n": Unreadable("#N/A", "is an error")}),
    ]
    return Rows(("n", "at"), iter([*odd, *(Row(at, {"n": at}) for at in range(4, rows + 1))]), rows)


def aborting(path: Path) -> Rows:
    print("what it holds", flush=True)
    print("what it holds", file=sys.stderr, flush=True)
    os.abort()


def aborting_later(path: Path) -> Rows:
    def rows() -> Iterator[Row]:
        yield from (Row(at, {"n": at}) for at in range(1, 1000))
        os.abort()

    return Rows(("n",), rows(), 1000)


def greedy(path: Path) -> Rows:
    bytearray(1 << 40)
    raise AssertionError


def endless(path: Path) -> Rows:
    time.sleep(600)
    raise AssertionError


def leaving(path: Path) -> Rows:
    os._exit(3)


def panicking(path: Path) -> Rows:
    class Panic(BaseException):
        pass

    raise Panic("index out of bounds\nat the second line")


def talkative(path: Path) -> Rows:
    print("x" * 100_000)
    return reading(path)


class Other:
    """What is no value of a row."""


def sending_what_is_run(path: Path) -> Rows:
    return Rows(("n",), iter([Row(1, {"n": Other()})]), 1)


def wide(path: Path) -> Rows:
    held: Any = "x" * (40 << 20)
    return Rows(("n",), iter([Row(1, {"n": held}), Row(2, {"n": held}), Row(3, {"n": held + held})]), 3)
