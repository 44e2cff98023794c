"""The journal of a run: a file that says before each write what is about to happen, and after it what did.

It is JSON Lines: a header, then an intent for each write, and for each intent a `done` with the record as it is
then, or a `failed`.  An intent with neither was under way when the run ended; who reads it looks at the workspace.
Both are on disk before the run goes on.  Only its owner may read it, and secret values are left out.
"""

import os
import secrets
import weakref
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO, Final, Literal, NamedTuple, Self

import orjson

from icosa.catalogue.kinds import wire_moment
from icosa.catalogue.model import Object
from icosa.errors import IcosaError, NetworkFailure, ServerFailure
from icosa.journal.lock import hold
from icosa.unwritten import blaming

FORMAT: Final = 1
SUFFIX: Final = ".jsonl"

Json = dict[str, Any]
Operation = Literal["create", "change", "delete", "restore"]


@dataclass(frozen=True, slots=True)
class Run:
    """What a journal is about.  `title` says in words what was run, `undoes` is the run that it put back, and `plan`
    the file of the plan that was run, where it was one.  Where several people use one journal folder, as those of a
    console do, `by` is who did it, and `key_id` the API key with which they had signed in, if it was one.  `record` is
    the id of the one record that was put back, where it was not all that `undoes` names."""

    workspace: str
    title: str
    undoes: str | None = None
    id: str = field(default_factory=lambda: new_run())
    made_at: str = field(default_factory=lambda: wire_moment(datetime.now(UTC)))
    plan: str | None = None
    by: str | None = None
    key_id: str | None = None
    record: str | None = None


class Intent(NamedTuple):
    """A write that is about to be sent: `before` is the record as it is, None where there is none; `after` holds what
    is sent, None for a deletion.  A tuple, because one is made of every write."""

    operation: Operation
    id: str
    before: Json | None
    after: Json | None


class JournalFile:
    """Writes the journal of one run, from its first write on, or goes on with the one that is there.  May be used by
    several threads."""

    def __init__(self, run: Run, path: Path | None = None) -> None:
        self.run = run
        self.path = path or journal_path(run.id)
        self._lock = Lock()
        self._out: BinaryIO | None = None
        self._next = 0

    def begin(self, of: Object, intents: Sequence[Intent]) -> int:
        """Says what is about to be sent for records of an object; the number of the first, those after it counting on."""
        with self._lock:
            if self._out is None:
                self._open()
            first = self._next
            self._next += len(intents)
            self._write([{"intent": first + at, "object": of.plural, **_described(of, each)} for at, each in enumerate(intents)])
        return first

    def end(self, of: Object, first: int, records: Sequence[Json | None]) -> None:
        """The writes from that number on were done, and these are the records now; None for one that is gone."""
        with self._lock:
            self._write([{"done": first + at, "after": _kept(of, each)} for at, each in enumerate(records)])

    def end_with(self, first: int, records: Sequence[bytes]) -> None:
        """The same where the records are there as JSON of their own values, without secrets."""
        if not records:
            return
        with self._lock:
            self._put(b"".join(b'{"done":%d,"after":%s}\n' % (first + at, each) for at, each in enumerate(records)))

    def fail(self, first: int, count: int = 1) -> None:
        """So many writes from that number on were refused, and nothing of them was done."""
        with self._lock:
            self._write([{"failed": first + at} for at in range(count)])

    def close(self) -> None:
        """Lets go of the file; what is written later goes on in it."""
        with self._lock:
            if self._out is not None:
                out, self._out = self._out, None
                with blaming(self.path):
                    out.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> None:
        """Opens the file at the end of its last whole line, from where the numbers go on."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._out = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        weakref.finalize(self, _closed, self._out)  # that of a client is closed by nobody; all of it is on disk already
        hold(self._out)
        whole = 0
        for line in self._out:
            found: Any = None
            with suppress(ValueError):
                found = orjson.loads(line) if line.endswith(b"\n") else None
            if found is None:
                break
            whole += len(line)
            self._next = max(self._next, found.get("intent", -1) + 1)
        self._out.seek(whole)
        self._out.truncate()
        if not whole:
            self._write([{"icosa": "journal", "format": FORMAT, **asdict(self.run)}])

    def _write(self, lines: Sequence[Mapping[str, Any]]) -> None:
        self._put(b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines))

    def _put(self, lines: bytes) -> None:
        assert self._out is not None
        with blaming(self.path):
            self._out.write(lines)
            self._out.flush()
            os.fsync(self._out.fileno())


def _closed(out: BinaryIO) -> None:
    """Lets go of a file that nobody closed; what did not get to the disk was told where it was written."""
    with suppress(OSError):
        out.close()


def _described(of: Object, intent: Intent) -> Json:
    """An intent without secrets, and which it would have had."""
    before = None if intent.before is None else _kept(of, intent.before)
    line = {"operation": intent.operation, "id": intent.id, "before": before, "after": _kept(of, intent.after)}
    if not _secret_names(of):
        return line
    lost = {**(intent.after or {}), **((intent.before or {}) if intent.operation == "delete" else {})}
    held = [name for name in _secret_names(of) if lost.get(name)]
    return {**line, "secrets": held} if held else line


def _kept(of: Object, record: Json | None) -> Json | None:
    """The record's own values, without secrets and without the records that came along."""
    if record is None:
        return None
    if record.keys() <= _open_names(of):
        return record
    own = {name: of.field_by_name.get(name) for name in record if name in of.field_by_name or name in of.relation_by_key}
    return {name: record[name] for name, field in own.items() if field is None or not field.secret}


@lru_cache(maxsize=1024)
def _secret_names(of: Object) -> tuple[str, ...]:
    return tuple(field.name for field in of.fields if field.secret)


@lru_cache(maxsize=1024)
def _open_names(of: Object) -> frozenset[str]:
    """The names of an object's own values that are no secrets."""
    return frozenset(each.name for each in of.field_by_name.values() if not each.secret) | of.relation_by_key.keys()


def journalled(of: Object, record: Json | None) -> bytes:
    """A record as a journal keeps it, as JSON: its own values, without secrets."""
    return orjson.dumps(_kept(of, record))


def was_not_done(error: IcosaError) -> bool:
    """Whether a write that ended so was certainly not done."""
    return not isinstance(error, NetworkFailure | ServerFailure) or (isinstance(error, NetworkFailure) and not error.sent)


def journal_folder() -> Path:
    """Where journals lie: in the user's state directory."""
    from platformdirs import user_state_path

    return user_state_path("icosa", appauthor=False) / "journal"


def journal_path(run: str) -> Path:
    """Where the journal of a run lies, by the run's name."""
    return journal_folder() / f"{run}{SUFFIX}"


def new_run() -> str:
    """The name of a new run: the moment to the millisecond, so that names are in order, and two digits that tell apart
    what several processes began together.  In one process each has a millisecond of its own."""
    with _naming:
        now = max(datetime.now(UTC), _named[0] + timedelta(milliseconds=1))
        _named[0] = now
    return f"{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03}{secrets.token_hex(1)}"


_naming = Lock()
_named = [datetime.min.replace(tzinfo=UTC)]
