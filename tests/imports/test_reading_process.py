"""What the process sends that reads a file, asked of its function here: a process may end in the middle of writing down what it did."""

import os
import pickle
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from icosa.errors import InvalidInput, InvalidValue
from icosa.imports.rows import reading_process
from icosa.imports.rows.reading_process import ROWS, send
from icosa.imports.rows.row import Row, Rows
from icosa.imports.rows.separate_process import LENGTH
from tests.imports import standins

FILE = Path("people.xlsx")


def sent(name: str, **options: Any) -> list[tuple[str, Any]]:
    """The messages about a file, each with its kind."""
    out = BytesIO()
    send(out, f"{standins.__name__}:{name}", FILE, options)
    out.seek(0)
    found = []
    while head := out.read(LENGTH):
        found.append(pickle.loads(out.read(int.from_bytes(head, "big"))))
    return found


def test_it_says_what_is_there_then_the_rows_some_at_a_time_then_their_end() -> None:
    opened, *some, end = sent("reading", rows=2 * ROWS + 1)
    assert opened == ("opened", (("n", "at"), 2 * ROWS + 1, {}))
    assert [(kind, len(rows)) for kind, rows in some] == [("rows", ROWS), ("rows", ROWS), ("rows", 1)]
    number, values, *bad = some[0][1][1]
    assert (number, values, bad[:2]) == (2, [2, None], ["n", "no"])
    assert end == ("end", None)


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (InvalidValue("people.xlsx", "is no workbook"), ("refused", ("people.xlsx", "is no workbook"))),
        (InvalidInput("install it"), ("lacking", "install it")),
        (SystemExit("the first line\nthe second"), ("failed", "SystemExit: the first line")),
        (KeyError("x" * 500), ("failed", "KeyError: '" + "x" * 199)),
    ],
)
def test_a_reader_that_gives_no_rows_is_told_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, raised: BaseException, message: tuple[str, Any]
) -> None:
    def refusing(path: Path) -> Rows:
        raise raised

    monkeypatch.setattr(standins, "reading", refusing)
    assert sent("reading") == [message]


def test_rows_that_are_long_go_in_messages_of_their_own_and_one_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_process, "LONGEST", 1 << 20)
    rows = [Row(1, {"n": "x" * 700_000}), Row(2, {"n": "y" * 700_000}), Row(3, {"n": "z" * 1_200_000})]
    monkeypatch.setattr(standins, "reading", lambda path: Rows(("n",), iter(rows), 3))
    _, first, second, refused = sent("reading")
    assert [first[1][0][0], second[1][0][0]] == [1, 2]
    assert refused == ("refused", ("row 3", "holds more than 1 MiB"))


def test_who_does_not_read_on_and_memory_that_is_not_there_are_left_to_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(BrokenPipeError), os.fdopen(writing, "wb", buffering=0) as pipe:
        send(pipe, f"{standins.__name__}:reading", FILE, {})

    def greedy(path: Path) -> Rows:
        raise MemoryError

    monkeypatch.setattr(standins, "reading", greedy)
    with pytest.raises(MemoryError):
        sent("reading")
