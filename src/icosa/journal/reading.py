"""Journals, read: which runs there were, and what each did to each record."""

import os
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import apsw
import orjson

from icosa.errors import InvalidValue
from icosa.journal.journal_file import FORMAT, SUFFIX, Json, Operation, Run, journal_folder


@dataclass(frozen=True, slots=True)
class Touched:
    """What a run did to one record, from the first write of it to the last.

    `before` is the record as it was, None where there was none; `after` as it is since, None where it is gone.
    `settled` is False where the answer to the last write is not known; `after` is then what was sent.
    `secrets` are the fields that were written and are in no journal, and `again` is whether it was written several times.
    """

    object: str
    id: str
    first: Operation
    last: Operation
    before: Json | None
    after: Json | None
    settled: bool
    secrets: tuple[str, ...]
    again: bool = False


LAST: Final = "last"
"""As a name: the last run of a workspace that put back no other."""

DONE: Final[Mapping[str, str]] = {"create": "created", "change": "changed", "delete": "deleted", "restore": "brought back"}
"""What a run did to a record, in a word."""

UNSAID: Final = frozenset({"id", "createdAt", "updatedAt", "deletedAt", "position", "createdBy", "updatedBy"})
"""What every record has, and nobody knows one by."""

_GONE: Final = "there is no run of that name, or its journal was cleared"


def runs(folder: Path | None = None, *, workspace: str | None = None, key_id: str | None = None) -> list[Run]:
    """The runs that have a journal, the newest first; those of one workspace, or of who signed in to a console with one
    key, where either is named.  A file that is no journal is left out."""
    found, where = [], folder or journal_folder()
    with suppress(FileNotFoundError):
        for name in sorted((each for each in os.listdir(where) if each.endswith(SUFFIX)), reverse=True):
            with suppress(InvalidValue):
                found.append(_header(f"{where}/{name}"))
    return [run for run in found if workspace in (None, run.workspace) and key_id in (None, run.key_id)]


@lru_cache(maxsize=10_000)
def _header(path: str) -> Run:
    """What a journal that is there begins with, which stays as it is; a program that shows runs asks again and again."""
    return read_run(Path(path))


def find_run(name: str, folder: Path | None = None, workspace: str | None = None) -> tuple[Run, Path]:
    """The run of that name, of the only name that begins so, or the "last": of that workspace, where one is named.

    The last is never one that put back another, so that an undo that was broken off is gone on with when it is asked
    for again, rather than put back itself.  Raises InvalidValue.
    """
    if name == LAST:
        return _last(folder or journal_folder(), workspace)
    fitting = [each for each in sorted((folder or journal_folder()).glob(f"*{SUFFIX}")) if name and each.stem.startswith(name)]
    if len(fitting) != 1:
        raise InvalidValue("run", f"{name!r}: {_GONE if not fitting else f'{len(fitting)} runs begin so'}; icosa runs lists them")
    return read_run(fitting[0]), fitting[0]


def _last(folder: Path, workspace: str | None) -> tuple[Run, Path]:
    for each in runs(folder):
        if each.undoes is None and workspace in (None, each.workspace):
            return each, folder / f"{each.id}{SUFFIX}"
    raise InvalidValue("run", f"no run{' of this workspace' if workspace else ''} has a journal; icosa runs lists those of all workspaces")


def read_run(path: Path) -> Run:
    """The header of a journal.  Raises InvalidValue for a file that is none."""
    found: Any = None
    with suppress(OSError, ValueError), path.open("rb") as lines:
        found = orjson.loads(lines.readline())
    if not isinstance(found, dict) or found.pop("icosa", None) != "journal" or found.pop("format", None) != FORMAT:
        raise InvalidValue(str(path), "is not a journal that this version of Icosa can read")
    return Run(**{name: value for name, value in found.items() if name in _OF_RUN})


_OF_RUN: Final = frozenset(each.name for each in fields(Run))
"""What is read of a header: a later Icosa may say more."""


def tally(path: Path) -> Counter[tuple[str, Operation]]:
    """How many writes of a journal were done, or may have been, by object (its plural) and kind.  Reads the beginnings
    of lines alone."""
    kinds: list[tuple[str, Operation]] = []
    of_write = array("H")
    counts: Counter[int] = Counter()
    with path.open("rb") as lines:
        for line in lines:
            if intent := _INTENT.match(line):
                kind = (intent[1].decode(), cast(Operation, intent[2].decode()))
                if kind not in kinds:
                    kinds.append(kind)
                of_write.append(kinds.index(kind))
                counts[of_write[-1]] += 1
            elif (failed := _FAILED.match(line)) and int(failed[1]) < len(of_write):
                counts[of_write[int(failed[1])]] -= 1
    return Counter({kinds[at]: count for at, count in counts.items() if count})


_INTENT = re.compile(rb'\{"intent":\d+,"object":"(\w+)","operation":"(\w+)"')
_FAILED = re.compile(rb'\{"failed":(\d+)')


_ENTRIES = """
CREATE TABLE entry (number INTEGER PRIMARY KEY, object TEXT, id TEXT, intent INTEGER, done INTEGER, failed INTEGER DEFAULT 0);
BEGIN
"""
_BY_RECORD = """
SELECT first.intent, last.intent, last.done
FROM (SELECT min(number) AS first, max(number) AS last FROM entry WHERE NOT failed GROUP BY object, id) AS span
JOIN entry AS first ON first.number = span.first JOIN entry AS last ON last.number = span.last
ORDER BY last.number DESC
"""


def touched(path: Path) -> Iterator[Touched]:
    """What a run did, record by record, what was written last coming first.

    The lines stay in the file and only their places are held, on disk too; a line that was cut off is left out.
    """
    index = apsw.Connection("")
    index.execute(_ENTRIES)
    with path.open("rb") as lines:
        at = 0
        for line in lines:
            found: Any = None
            with suppress(ValueError):
                found = orjson.loads(line) if line.endswith(b"\n") else None
            match found:
                case {"intent": number, "object": of, "id": id_}:
                    index.execute("INSERT INTO entry (number, object, id, intent) VALUES (?, ?, ?, ?)", (number, of, id_, at))
                case {"done": number}:
                    index.execute("UPDATE entry SET done = ? WHERE number = ?", (at, number))
                case {"failed": number}:
                    index.execute("UPDATE entry SET failed = 1 WHERE number = ?", (number,))
            at += len(line)
        for first, last, done in index.execute(_BY_RECORD):
            yield _touched(_line(lines, first), _line(lines, last), None if done is None else _line(lines, done))
    index.close()


def touched_record(path: Path, of: str, id_: str) -> Touched | None:
    """What a run did to one record of an object, by its plural; None where nothing.  Other lines are looked through, and not read."""
    sought = orjson.dumps(id_)
    intents: dict[int, Json] = {}
    done: dict[int, Json] = {}
    with path.open("rb") as lines:
        for line in lines:
            if line.startswith(b'{"intent"'):
                found = _whole(line) if sought in line else None
                if found and (found["object"], found["id"]) == (of, id_):
                    intents[found["intent"]] = found
            elif (end := _END.match(line)) and (number := int(end[2])) in intents:
                if end[1] == b"failed":
                    del intents[number]
                elif found := _whole(line):
                    done[number] = found
    return _touched(intents[min(intents)], intents[max(intents)], done.get(max(intents))) if intents else None


_END = re.compile(rb'\{"(done|failed)":(\d+)')


def _whole(line: bytes) -> Json | None:
    """What a line says; None for one that was cut off."""
    with suppress(ValueError):
        found: Json = orjson.loads(line)
        return found if line.endswith(b"\n") else None
    return None


def _touched(first: Json, last: Json, done: Json | None) -> Touched:
    after = None if last["operation"] == "delete" else last["after"] if done is None else done["after"]
    secrets = tuple(sorted({*first.get("secrets", ()), *last.get("secrets", ())}))
    kinds, again = (first["operation"], last["operation"]), first["intent"] != last["intent"]
    return Touched(first["object"], first["id"], *kinds, first["before"], after, done is not None, secrets, again)


def _line(lines: BinaryIO, at: int) -> Json:
    lines.seek(at)
    found: Json = orjson.loads(lines.readline())
    return found
