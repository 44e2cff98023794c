"""Connections that only read.

Every read starts on a short budget of steps, time and bytes, so that the thread that serves all requests is never
held for long; what uses it up is run again on a connection of its own, under a time limit that ends in a clear error.
Which reads do so is kept in mind by their text, so that the next one of the same kind need not use it up first.
"""

import time
from collections.abc import Callable, Set
from contextlib import suppress
from weakref import WeakSet

import apsw

from icosa.errors import InvalidInput, Overloaded, ServerFailure
from icosa.workspace.store.answer_length import LONGEST_ANSWER, too_long
from icosa.workspace.store.sqlite import functions
from icosa.workspace.store.sqlite.connect import connect_to_read
from icosa.workspace.store.sqlite.file import Identity, identity, state
from icosa.workspace.store.sqlite.memory import Memory
from icosa.workspace.store.sqlite.owed import Lines
from icosa.workspace.store.sqlite.read_only import OpenedFile
from icosa.workspace.store.sqlite.run import TooLong, TooSlow
from icosa.workspace.store.statement import Statements, T

LIMIT_SECONDS = 10.0

_LOOK_SECONDS = 1.0

_STEPS = 2_000
"""Steps of SQLite's virtual machine between two looks at the budget.  A step that handles a value of a megabyte takes
a tenth of a millisecond, so that a look comes in time whatever is read."""

_PATIENT_STEPS = 25_000
"""The same for a read that may take its time: each look waits for the interpreter, which others are using meanwhile.  Over values
of a megabyte one comes in two or three seconds."""

_QUICK_LOOKS = 25
"""A quick read ends after 50,000 steps, about two milliseconds, where a page at depth 1 takes some ten thousand."""

_QUICK_SECONDS = 0.005
_QUICK_BYTES = 768 * 1024
"""The longest value that a quick read may meet, or make: a longer answer is made beside the event loop."""

_QUICK_CHARACTERS = 1 << 14
"""How much text a quick read may compare in Python (functions.py)."""

_SLOW_KEPT = 1000
"""Texts of slow reads that are kept in mind."""

_UNUSED_SECONDS = 20.0
"""How long a connection is kept that nobody reads with.  Each holds a part of the schema and of the log, and maps the whole file, which
counts as memory of the process once for each."""

_TRIES = 3
"""How often a read is begun anew because what it read may not be what is there."""


class Readers:
    """Read connections of one file; each read has one to itself while it runs."""

    def __init__(self, path: str, seen: Identity | None = None, first: apsw.Connection | None = None) -> None:
        """`first` is a connection to read with that is there already, open on the file that was `seen`."""
        self._path = path
        self._identity = seen
        self._look_again = 0.0
        self._read_only: WeakSet[_ReadOnlyMemory] = WeakSet()
        self._slow: set[str] = set()
        self._idle: list[_Reader] = [] if first is None else [_Reader(path, OpenedFile(first), self._slow)]

    def quick(self, begin: Callable[[], Statements[T]]) -> T:
        """Runs statements within the budget.  Raises TooSlow or TooLong where they need more, or such as they did the last time,
        and Owed; run them again with `patient`."""
        try:
            return self._run(begin, quick=True)
        except StaleRead:
            return self._anew(begin, quick=True)

    def patient(self, begin: Callable[[], Statements[T]], *, lines: Lines = Lines.ASKED) -> T:
        """Runs statements within the time limit.  Raises Overloaded where they need more, InvalidQuery where what they make
        is longer than any answer may be, and Owed where they would miss lines of history that are `asked` for."""
        self._close_unused(time.monotonic() - _UNUSED_SECONDS)
        try:
            try:
                return self._run(begin, quick=False, lines=lines)
            except StaleRead:
                return self._anew(begin, quick=False, lines=lines)
        except TooSlow:
            raise Overloaded(
                f"the request was stopped after {LIMIT_SECONDS:g} seconds; ask for less: a smaller limit or depth, "
                "or a filter on an indexed field"
            ) from None
        except TooLong:
            raise too_long() from None

    def commits(self) -> object:
        """As `Store` has it: the connection that was asked, and the commits that it has met; another may count otherwise."""
        reader = self._taken(quick=True)
        try:
            found = reader.memory.commits()
        except BaseException as error:
            self._take_back(reader, error, quick=True)
            if isinstance(error, TooSlow | StaleRead):
                return object()
            raise
        self._idle.append(reader)
        return found

    def _run(self, begin: Callable[[], Statements[T]], *, quick: bool, lines: Lines = Lines.ASKED) -> T:
        reader = self._taken(quick=quick)
        reader.memory.lines = lines if reader.writable else Lines.SHOWN
        try:
            result = reader.memory.run(begin)
        except BaseException as error:
            self._take_back(reader, error, quick=quick)
            raise
        if not quick and reader.met in self._slow and reader.was_quick():
            self._slow.discard(reader.met)
        self._put_back(reader)
        return result

    def _taken(self, *, quick: bool) -> "_Reader":
        now = time.monotonic()
        if now > self._look_again:
            self._look(now)
        try:
            reader = self._idle.pop()
        except IndexError:
            reader = self._open()
        reader.allow(now, quick=quick)
        return reader

    def _take_back(self, reader: "_Reader", error: BaseException, *, quick: bool) -> None:
        """Takes one back at which something was raised, and keeps in mind what was too slow."""
        if isinstance(error, ServerFailure | StaleRead):
            reader.connection.close()  # what it remembers of a file that failed may be wrong
        else:
            if quick and reader.met and isinstance(error, TooSlow):
                if len(self._slow) >= _SLOW_KEPT:
                    self._slow.clear()
                self._slow.add(reader.met)
            self._put_back(reader)

    def _put_back(self, reader: "_Reader") -> None:
        """From here on others may take it, unless it reads some of what there is more slowly than another would."""
        if reader.memory.shows_lines and reader.writable:
            reader.connection.close()
        else:
            self._idle.append(reader)

    def _anew(self, begin: Callable[[], Statements[T]], *, quick: bool, lines: Lines = Lines.ASKED) -> T:
        for _ in range(_TRIES):
            self.let_go()
            with suppress(StaleRead):
                return self._run(begin, quick=quick, lines=lines)
        raise Overloaded("others were writing to the database all the while; try again in a moment")

    def _look(self, now: float) -> None:
        """Lets connections go whose file was replaced by another, as a restore by hand does."""
        found = identity(self._path)
        if found != self._identity:
            self.close()
            self._identity = found
        self._look_again = now + _LOOK_SECONDS

    def _open(self) -> "_Reader":
        identity(self._path)  # raises, where SQLite would make a new file
        try:
            opened = connect_to_read(self._path, mapped=True, named=False)
        except InvalidInput as error:
            raise Overloaded(error.message) from None
        reader = _Reader(self._path, opened, self._slow)
        if isinstance(reader.memory, _ReadOnlyMemory):
            self._read_only.add(reader.memory)
        return reader

    def _close_unused(self, since: float) -> None:
        """Closes connections that nobody has read with since then, but for one: who reads takes the last that was put back, so the first
        are the longest unused.  To close one of a large file takes milliseconds, so this is for who may take time."""
        with suppress(IndexError):  # others take them meanwhile
            while len(self._idle) > 1 and self._idle[0].used < since:
                self._idle.pop(0).connection.close()

    def let_go(self) -> None:
        """Closes what was opened to read only: now, or when the read that it is used for has ended."""
        for each in list(self._read_only):
            each.over = True
        self.close()

    def close(self) -> None:
        while self._idle:
            self._idle.pop().connection.close()


class StaleRead(Exception):
    """What was read may not be what the database holds; read it again on another connection."""


class _ReadOnlyMemory(Memory):
    """That of a connection which only reads, and is of no use any more once others can write."""

    def __init__(self, path: str, opened: OpenedFile, met: Callable[[str], None]) -> None:
        super().__init__(opened.connection, met)
        self._path = path
        self._state = opened.state
        self.over = False

    def run(self, begin: Callable[[], Statements[T]]) -> T:
        self._look()
        result = super().run(begin)
        self._look()
        return result

    def commits(self) -> object:
        return object()  # what others write to such a file, it need not meet

    def _look(self) -> None:
        if self.over or (self._state is not None and self._state != state(self._path)):
            raise StaleRead


class _Reader:
    """A connection that is interrupted when it has used what it was allowed."""

    def __init__(self, path: str, opened: OpenedFile, slow: Set[str]) -> None:
        """`slow` are the texts of reads that are not to be begun on the short budget."""
        self.connection = connection = opened.connection
        self.writable = not connection.readonly("main")
        self.memory = Memory(connection, self._meet) if self.writable else _ReadOnlyMemory(path, opened, self._meet)
        self.met = ""
        self.used = time.monotonic()
        """When it was last taken to read with."""
        self._slow = slow
        self._quick: bool | None = None
        self._looks = 0
        self._characters = 0
        self._ends = 0.0
        functions.register(connection, self._compare)

    def allow(self, now: float, *, quick: bool) -> None:
        if quick is not self._quick:
            self._quick = quick
            self.connection.limit(apsw.SQLITE_LIMIT_LENGTH, _QUICK_BYTES if quick else LONGEST_ANSWER)
            self.connection.set_progress_handler(self._spent, _STEPS if quick else _PATIENT_STEPS)
        self.met, self.used = "", now
        self._looks = self._characters = 0
        self._ends = now + (_QUICK_SECONDS if quick else LIMIT_SECONDS)

    def was_quick(self) -> bool:
        """Whether a patient read, which has ended, would have kept to the short budget, as far as it was looked at."""
        return self._looks <= 1 and self._characters <= _QUICK_CHARACTERS

    def _meet(self, sql: str) -> None:
        self.met = sql
        if self._quick and sql in self._slow:
            raise TooSlow

    def _spent(self) -> bool:
        self._looks += 1
        return time.monotonic() > self._ends or (self._looks > _QUICK_LOOKS and self._quick is True)

    def _compare(self, characters: int) -> None:
        """Raises TooSlow where so many characters more are too many: while they are looked at, SQLite takes no step."""
        self._characters += characters
        if (self._quick and self._characters > _QUICK_CHARACTERS) or time.monotonic() > self._ends:
            raise TooSlow
