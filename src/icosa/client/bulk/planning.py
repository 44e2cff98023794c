"""What importing rows would do to a workspace, found out without writing to it.

Rows are taken in chunks.  For each chunk, the records that are there already, and those that it links to, are
looked up in as few requests as a URL has room for; a row then becomes a creation, a change of what differs, a
skip, a conflict or a bad row.  Nothing but a chunk is held in memory.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, Final

from icosa.catalogue import naming
from icosa.catalogue.columns import together
from icosa.catalogue.model import Object
from icosa.client.actions import Client
from icosa.client.bulk.index import Index
from icosa.client.bulk.links import Answers, Dangling, Linker, Questions
from icosa.client.bulk.matching import Known, by_key
from icosa.client.bulk.normalising.keys import comparable, key_at
from icosa.client.bulk.normalising.reading import says
from icosa.client.bulk.plan import PlanWriter
from icosa.client.bulk.rows.row import BadRow
from icosa.client.bulk.shaping import Shaped
from icosa.client.bulk.step import Bad, Change, Conflict, Creation, Json, Skip, Step, line_of, name_of
from icosa.client.bulk.values import Values, differing, nested, says_nothing, values, wanted
from icosa.errors import InvalidInput
from icosa.wire.identifiers import new_id

CHUNK: Final = 240
"""Rows that are looked up together."""

AHEAD: Final = 3
"""Chunks that are looked up while one is planned."""

Chunk = list[Shaped | BadRow]
Told = Callable[[int], None]


class Planner:
    """Makes steps of the rows for one object."""

    def __init__(self, client: Client, of: Object, index: Index, *, key: str, create_links: bool, columns: dict[str, str]) -> None:
        """`key` is the path by which records are matched, "" to create every row; `columns` says for a path
        which column it came from."""
        self._client, self._of, self._index, self._key, self._columns = client, of, index, key, columns
        self._linker = Linker(client, index, of, columns, create=create_links)
        self._own_key = {key, *(f"{key}.{part.name}" for part in of.field_by_name[key].type.parts)} if key in of.field_by_name else {key}

    def plan(self, rows: Iterable[Shaped | BadRow], told: Told = lambda done: None) -> Iterator[Step]:
        """The steps of all rows, then the creations of what they are linked to.  `told` hears how many rows are done."""
        waiting: deque[tuple[Chunk, Questions, Future[tuple[Known, Answers]]]] = deque()
        remaining, done = iter(rows), 0
        with ThreadPoolExecutor(AHEAD) as pool:
            while True:
                while len(waiting) < AHEAD and (chunk := list(islice(remaining, CHUNK))):
                    questions = self._linker.questions([each for each in chunk if isinstance(each, Shaped)])
                    waiting.append((chunk, questions, pool.submit(self._look_up, chunk, questions)))
                if not waiting:
                    break
                chunk, questions, asked = waiting.popleft()
                known, answers = asked.result()
                self._linker.learn(questions, answers)
                for row in chunk:
                    yield from self._steps(row, known)
                done += len(chunk)
                told(done)
        yield from self._linker.creations()

    def _look_up(self, chunk: Chunk, questions: Questions) -> tuple[Known, Answers]:
        keys = [value for each in chunk if isinstance(each, Shaped) and not says_nothing(value := key_at(self._of, self._key, each.record))]
        return (by_key(self._client, self._of, self._key, keys) if keys and self._key else {}), self._linker.ask(questions)

    def _steps(self, row: Shaped | BadRow, known: Known) -> Iterator[Step]:
        plural = self._of.plural
        if isinstance(row, BadRow):
            yield Bad(plural, row.column, row.reason, row.row.number)
            return
        number = row.row.number
        if not (row.record or row.links):
            yield self._silent(row)
            return
        key = self._comparable(row.record)
        if self._key and key is None:
            mend = f"give it a value ({self._key}), or match by another (key, --key)"
            yield Bad(plural, self._columns.get(self._key, self._key), f"says nothing, and records are matched by it; {mend}", number)
            return
        if self._key and (before := self._index.get("rows", key)) is not None:
            yield Conflict(plural, f"row {before} has the same {self._key} and goes first; leave one of the two", (), number)
            return
        there = known.get(key, []) if self._key else []
        if len(there) > 1:
            ids = tuple(each["id"] for each in there)
            yield Conflict(plural, f"{len(there)} records have this {self._key}; merge them, or match by another value", ids, number)
            return
        try:
            said = wanted(self._client.catalogue, self._of, row.written_to(self._of, there[0]) if there else row.record)
            if not there:
                _require(self._of, row.record)
        except InvalidInput as error:
            yield Bad(plural, "", error.message, number)
            return
        foreign_keys = self._linker.follow(row)  # last, since what is created for a row is there for those after it too
        if isinstance(foreign_keys, Dangling):
            yield self._dangling(foreign_keys, number)
            return
        if self._key:
            self._index.put("rows", key, number)
        if there:
            yield self._compared(there[0], {**said, **foreign_keys}, number)
        else:
            yield Creation(plural, {"id": new_id(), **row.record, **foreign_keys}, self._key, number)

    def _silent(self, row: Shaped) -> Step:
        """A row in which no column that is understood says anything: no record, and a bad row where another one does."""
        going = set(self._columns.values())
        said = next((column for column, value in row.row.values.items() if says(value) and column not in going), None)
        if said is None:
            return Skip(self._of.plural, "", row.row.number)
        reason = "says something, but goes nowhere, and no other column says anything; say where it goes (columns, --map)"
        return Bad(self._of.plural, said, reason, row.row.number)

    def _compared(self, there: Json, said: Values, number: int) -> Step:
        """A change of what a row says otherwise than the record that is there, or a skip."""
        current = values(self._of, there)
        paths = [
            path
            for path in differing(current, said)
            if path not in self._own_key and path != "id" and not (says_nothing(said[path]) and says_nothing(current.get(path)))
        ]
        if not paths:
            return Skip(self._of.plural, there["id"], number)
        whole = [path for path in together(self._of, paths) if path in said or path in current]
        before, after = (nested({path: held.get(path) for path in whole}) for held in (current, {**current, **said}))
        return Change(self._of.plural, there["id"], before, after, there.get("updatedAt"), number)

    def _comparable(self, record: Json) -> Any:
        value = key_at(self._of, self._key, record) if self._key else None
        return None if says_nothing(value) else comparable(self._of, self._key, value)

    def _dangling(self, links: Dangling, number: int) -> Step:
        path = f"{links.link.relation}.{links.link.path}"
        if links.ids:
            return Conflict(self._of.plural, f"{self._columns.get(path, path)}: {links.reason}", links.ids, number)
        return Bad(self._of.plural, self._columns.get(path, path), links.reason, number)


def _require(of: Object, record: Json) -> None:
    lacking = [naming.label(field.name) for field in of.fields if field.required and record.get(field.name) is None]
    if lacking:
        raise InvalidInput(f"{', '.join(lacking)} is required of a new record, and the row does not say it")


_ORDER: Final = ("links", "change", "create", "skip", "conflict", "bad")
"""What is linked to is there first; what changes hands is let go of before somebody else gets it."""


def in_order(plan: PlanWriter, steps: Iterable[Step]) -> None:
    """Writes steps kind by kind, so that they are done in batches; those of a kind keep their order."""
    kept: dict[str, IO[bytes]] = {}
    with ExitStack() as files:
        for step in steps:
            kind = name_of(step)
            section = "links" if kind == "create" and step.row is None else kind
            if section not in kept:
                kept[section] = files.enter_context(TemporaryFile())
            plan.check(step)
            kept[section].write(line_of(step))
        for section in _ORDER:
            if section in kept:
                kept[section].seek(0)
                for line in kept[section]:
                    plan.write_line("create" if section == "links" else section, line)
