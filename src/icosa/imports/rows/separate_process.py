"""Rows read in a process of their own.

Libraries that read workbooks and Parquet are not written in Python, and a file that lies can bring such a library
to abort the process, to ask for more memory than there is, or to go on for ever.  What reads is therefore a process
that has nothing else to lose; whatever becomes of it, the caller gets rows or a clear error.  It is an interpreter
started anew, which needs nothing of the caller: no guarded script, no main thread, no `fork`.
"""

import os
import pickle
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Event, Timer
from typing import IO, Any, Final

import orjson

from icosa.errors import InvalidInput, InvalidValue
from icosa.imports.rows.row import BadRow, Row, Rows

Reader = Callable[..., Rows]
"""A function of a module, which the other process imports: it takes a path and options that JSON can say."""

LENGTH: Final = 8
"""Bytes in front of each message, which say how long it is."""

LONGEST: Final = 64 << 20
"""Bytes of a message, and so of a row."""

_ENDS_WITHIN_SECONDS: Final = 1.0
"""How long a process may take to end by itself, and again when it is told to."""

_SENT = {("datetime", name) for name in ("datetime", "date", "time", "timedelta", "timezone")} | {
    ("decimal", "Decimal"),
    ("icosa.imports.rows.row", "Unreadable"),
}
_ANEW = "Open it in the program that it comes from and save it anew, or save it as CSV"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading a file may cost: bytes of memory (of the reading process, where the system can limit it), and
    seconds until the next rows are there.

    Both are choices: much room for large files, so that what is stopped is one that was made to unpack for ever, and
    before it stops the machine."""

    memory: int = 4 << 30
    seconds: float = 300.0


def open_apart(read: Reader, path: Path, bounds: Bounds, **options: Any) -> Rows:
    """What a reader gives, read in another process as the rows are asked for.

    Raises InvalidValue, naming the file, where the reader refuses it, and where it comes to an end of its own; the rows
    raise that too.
    """
    connection = _Connection(path, bounds)
    connection.ask(f"{read.__module__}:{read.__qualname__}", options)
    columns, count, found = connection.answer("opened")
    return Rows(tuple(columns), _Received(connection, columns), count, found)


class _Connection:
    """The reading process, which ends with this object at the latest."""

    def __init__(self, path: Path, bounds: Bounds) -> None:
        self._path, self._bounds = path, bounds
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "icosa.imports.rows.reading_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library cries out may hold what the file holds
            env={**os.environ, "PYTHONPATH": os.pathsep.join(each or os.getcwd() for each in sys.path)},
        )
        self._end = weakref.finalize(self, _end, self._process)
        self._late = Event()

    def ask(self, reader: str, options: Any) -> None:
        order = {"reader": reader, "path": str(self._path), "options": options, "memory": self._bounds.memory}
        with suppress(OSError):  # it is gone already: `answer` says so
            stdin = _pipe(self._process.stdin)
            stdin.write(orjson.dumps(order))
            stdin.close()

    def answer(self, wanted: str) -> Any:
        """The next message, which is to be of that kind, or None at the end.  Raises what the reader raised."""
        timer = Timer(self._bounds.seconds, _stop, (self._process, self._late))
        timer.daemon = True
        timer.start()
        try:
            kind, content = _Known(BytesIO(self._message())).load()
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            raise self._broken() from None
        finally:
            timer.cancel()
        if kind == wanted:
            return content
        self.close()
        if kind == "end":
            return None
        if kind == "refused":
            raise InvalidValue(*content)
        raise InvalidInput(content) if kind == "lacking" else self._refusal(content)

    def close(self) -> None:
        self._end()

    def _message(self) -> bytes:
        pipe = _pipe(self._process.stdout)
        length = int.from_bytes(_exactly(pipe, LENGTH), "big")
        if length > LONGEST:
            raise ValueError("a message is longer than any that is sent")
        return _exactly(pipe, length)

    def _broken(self) -> InvalidValue:
        """Why there is no further message."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)  # it is on its way out where it says nothing more
        code = self._process.poll()
        self.close()
        if self._late.is_set():
            return self._refusal(f"it was not done within {self._bounds.seconds:,.0f} seconds")
        if code is not None and code < 0:
            name = signal.Signals(-code).name
            memory = f"{self._bounds.memory / (1 << 20):,.0f} MiB"
            return self._refusal(f"what reads it broke off ({name}): it is damaged, or more than {memory} of memory would be needed for it")
        return self._refusal("what reads it broke off")

    def _refusal(self, reason: str) -> InvalidValue:
        return InvalidValue(self._path.name, f"cannot be read: {reason}. {_ANEW}")


class _Received(Iterator[Row | BadRow]):
    """The rows of a connection, a message of them at a time."""

    def __init__(self, connection: _Connection, columns: tuple[str, ...]) -> None:
        self._connection, self._columns = connection, columns
        self._held: Iterator[Any] = iter(())
        self._done = False

    def __next__(self) -> Row | BadRow:
        while (each := next(self._held, None)) is None:
            some = None if self._done else self._connection.answer("rows")
            if some is None:
                self._done = True
                raise StopIteration
            self._held = iter(some)
        number, values, *bad = each
        row = Row(number, dict(zip(self._columns, values, strict=True)))
        return BadRow(row, *bad) if bad else row


class _Known(pickle.Unpickler):
    """Takes plain values and nothing else: what was read may not become what is run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _SENT:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a row")


def _stop(process: "subprocess.Popen[bytes]", late: Event) -> None:
    late.set()
    process.kill()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Also at the interpreter's own end, and where nobody reads on.  Most are on their way out, or are when they find that
    nobody reads: told to end meanwhile, what measures them would be cut off as it writes down what it saw.  One that reads on
    is told, and made to where it does not listen, as a library that is in its own code does not."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    for force in (process.terminate, process.kill):
        try:
            process.wait(_ENDS_WITHIN_SECONDS)
            return
        except subprocess.TimeoutExpired:
            force()
    process.wait()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # both were asked for
    return pipe


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    found = pipe.read(length)
    if len(found) < length:
        raise EOFError
    return found
