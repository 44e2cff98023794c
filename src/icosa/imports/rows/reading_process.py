"""The process that `rows.separate_process` starts: reads a file as it is told, and sends what it reads."""

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

import orjson

from icosa.errors import InvalidInput, InvalidValue
from icosa.imports.rows.row import BadRow, Row
from icosa.imports.rows.separate_process import LENGTH, LONGEST

ROWS: Final = 256
"""Rows of a message, fewer where they are long."""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted is the one that asked, who ends this one
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no message
    order = orjson.loads(sys.stdin.buffer.read())
    _limit(order["memory"])
    try:
        send(out, order["reader"], Path(order["path"]), order["options"])
    except BrokenPipeError:
        os._exit(0)  # nobody reads on
    except MemoryError:
        os.abort()  # as a library does that gets no memory: nothing here can be relied on any more


def send(out: IO[bytes], reader: str, path: Path, options: dict[str, Any]) -> None:
    """Sends what a reader, `module:function`, makes of a file: that it is open, its rows and their end, or why there are none.

    Raises BrokenPipeError where nobody reads on, and MemoryError."""
    try:
        _read(out, reader, path, options)
    except (BrokenPipeError, MemoryError):
        raise
    except InvalidValue as error:
        _send(out, "refused", (error.path, error.problem))
    except InvalidInput as error:
        _send(out, "lacking", error.message)
    except BaseException as error:  # a library's panic is no Exception
        _send(out, "failed", f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}")


def _read(out: IO[bytes], reader: str, path: Path, options: dict[str, Any]) -> None:
    module, _, name = reader.partition(":")
    opened = getattr(import_module(module), name)(path, **options)
    _send(out, "opened", (opened.columns, opened.count, dict(opened.found)))
    messages = (_plain(each, opened.columns) for each in opened.rows)
    while some := list(islice(messages, ROWS)):
        for each in _of_length(some):
            _put(out, each)
    _send(out, "end", None)


def _plain(each: Row | BadRow, columns: tuple[str, ...]) -> tuple[Any, ...]:
    row = each.row if isinstance(each, BadRow) else each
    values = [row.values.get(column) for column in columns]
    return (row.number, values, each.column, each.reason, each.text) if isinstance(each, BadRow) else (row.number, values)


def _of_length(rows: list[Any]) -> Iterator[bytes]:
    """Rows as messages that are not too long."""
    message = pickle.dumps(("rows", rows), pickle.HIGHEST_PROTOCOL)
    if len(message) <= LONGEST:
        yield message
    elif len(rows) > 1:
        yield from _of_length(rows[: len(rows) // 2])
        yield from _of_length(rows[len(rows) // 2 :])
    else:
        raise InvalidValue(f"row {rows[0][0]}", f"holds more than {LONGEST >> 20} MiB")


def _send(out: IO[bytes], kind: str, content: Any) -> None:
    _put(out, pickle.dumps((kind, content), pickle.HIGHEST_PROTOCOL))


def _put(out: IO[bytes], message: bytes) -> None:
    out.write(len(message).to_bytes(LENGTH, "big"))
    out.write(message)
    out.flush()


def _limit(memory: int) -> None:
    """No more memory than that, where the system can say so; and no picture of the memory of a process that aborts."""
    with suppress(ImportError, ValueError, OSError):
        resource = import_module("resource")  # there is none on Windows
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    main()
