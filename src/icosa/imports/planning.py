"""What importing rows would do to a workspace, found out without writing to it.

Rows are taken in chunks.  For each chunk, the records that are there already, and those that it links to, are
looked up in as few requests as a URL has room for; a row then becomes a creation, a change of what differs, a
skip, a conflict or a bad row, once for each object that it says something of.  Nothing but a chunk is held in memory.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice
from operator import itemgetter
from tempfile import TemporaryFile
from typing import IO, Final

from icosa.client.blocking import Client, in_process
from icosa.imports.clear_rows import FoundRows
from icosa.imports.import_part import ImportPart
from icosa.imports.index import Index
from icosa.imports.links import Answers, Linker, Questions
from icosa.imports.plain_members import Link
from icosa.imports.records import Lookups, MatchedRow, RecordPlanner
from icosa.imports.row_sheet import RowSheet
from icosa.imports.rows.row import BadRow
from icosa.imports.shaped import Shaped
from icosa.plans.plan import PlanWriter
from icosa.plans.step import Bad, Conflict, Creation, Left, Skip, Step, StepLines, line_of, name_of
from icosa.wire.identifiers import new_ids

CHUNK: Final = 240
"""Rows that are looked up together."""

AHEAD: Final = 3
"""Chunks that are looked up while one is planned."""

_EMBEDDED: Final = (480, 1)
"""The same two in a workspace in this process: a look costs more than what it finds, and nobody has to be waited for."""

RowResult = Shaped | BadRow | Left
"""What a row says of one object."""

Chunk = RowSheet | Sequence[Sequence[RowResult]]
"""Rows that are looked up together: what they say of the one object that they are of, or each of all its objects, in their order."""

Chunks = Callable[[int], Iterator[Chunk]]
"""Rows in their order, no more than so many at a time."""

Progress = Callable[[int], None]


class Planner:
    """Makes steps of rows, each of which may say something of several objects.

    A row of an export of deals may say a company, a person and the deal of both.  Each of these is a part, planned by a
    `RecordPlanner` of its own: is it a record that the workspace has (then a change, or nothing), one that an earlier row
    made, or a new one?  What the parts point at each other with is known once the one before is planned.
    """

    def __init__(self, client: Client, index: Index, parts: Sequence[ImportPart], *, create_links: bool = False) -> None:
        """`parts` are in the order in which they can be linked to each other."""
        self._chunk, self._ahead = (CHUNK, AHEAD) if in_process(client) is None else _EMBEDDED
        self._linker = Linker(client, index, ((part.of, path) for part in parts for path in part.columns), create=create_links)
        self._parts = [RecordPlanner(client, index, self._linker, part) for part in parts]
        self._clear = self._parts[0].clear if len(parts) == 1 else None

    def plan(self, chunks: Chunks, progress: Progress = lambda done: None) -> Iterator[Step | StepLines]:
        """The steps of all rows, then the creations of what they are linked to.  `progress` is called with how many rows are done."""
        waiting: deque[tuple[Chunk, Questions, Future[tuple[FoundRows | list[Lookups], Answers]]]] = deque()
        remaining, done = chunks(self._chunk), 0
        with ThreadPoolExecutor(self._ahead) as pool:
            while True:
                for chunk in islice(remaining, self._ahead - len(waiting)):
                    questions = self._linker.questions(_links(chunk))
                    waiting.append((chunk, questions, pool.submit(self._look_up, chunk, questions)))
                if not waiting:
                    break
                chunk, questions, asked = waiting.popleft()
                known, answers = asked.result()
                self._linker.learn(questions, answers)
                if isinstance(known, FoundRows):
                    assert isinstance(chunk, RowSheet)
                    yield from self._mostly_clear(chunk, known)
                else:
                    for row in _rows(chunk):
                        yield from self._steps(row, known)
                done += len(chunk)
                progress(done)
        yield from self._linker.creations()
        for records in self._parts:
            yield from records.rest()

    def _look_up(self, chunk: Chunk, questions: Questions) -> tuple[FoundRows | list[Lookups], Answers]:
        if self._clear is not None and isinstance(chunk, RowSheet):
            return self._clear.look_up(chunk), self._linker.ask(questions)
        known: list[Lookups] = []
        there: dict[str, set[str]] = {}
        for at, records in enumerate(self._parts):
            rows = [each for row in _rows(chunk) if isinstance(each := row[at], Shaped)]
            known.append(Lookups(records.look_up(rows), records.attached(there)))
            there[records.part.of.plural] = known[at].ids
        return known, self._linker.ask(questions)

    def _mostly_clear(self, sheet: RowSheet, held: FoundRows) -> Iterator[Step | StepLines]:
        """What becomes of rows of one object, most of which say no more than what they are about."""
        assert self._clear is not None
        ids = new_ids(len(sheet.whole))
        clear = self._clear.plan(sheet, held, ids)
        left = [row for at in clear.left if isinstance(row := sheet.each[at], Shaped)]
        known = [Lookups(self._parts[0].look_up(left) if held.records is None else [held.records])] if left else [_NOTHING]
        begin = 0
        for at, end, row in _others(sheet, clear.left):
            yield from clear.steps(begin, at)
            yield from self._steps((row,), known, ids[at] if end > at else "")
            begin = end
        yield from clear.steps(begin, len(ids))

    def _steps(self, row: Sequence[RowResult], known: Sequence[Lookups], new: str = "") -> Iterator[Step]:
        """What becomes of a row: of all of it, or of nothing where a part of it cannot go in.  `new` is the id for a record of it."""
        found: list[MatchedRow | Left | Skip] = []
        ids: dict[str, str] = {}
        there: set[str] = set()
        for records, result, looked_up in zip(self._parts, row, known, strict=True):
            of = records.part.of.plural
            each = self._understood(records, result, looked_up, ids, there, new)
            if isinstance(each, Bad | Conflict):
                yield each
                yield from self._left(row, of, each)
                return
            if isinstance(each, MatchedRow):
                ids[of] = each.id
                there |= set() if each.new else {each.id}
            found.append(each)
        for records, understood, looked_up in zip(self._parts, found, known, strict=True):
            if isinstance(understood, MatchedRow):
                yield from records.keep(understood, looked_up, ids)
            else:
                yield understood

    def _understood(
        self, records: RecordPlanner, result: RowResult, known: Lookups, ids: dict[str, str], there: set[str], new: str
    ) -> MatchedRow | Left | Skip | Bad | Conflict:
        """What a row means of one object; `ids` are those of its other records, and `there` which of them are no new ones."""
        if isinstance(result, BadRow):
            return Bad(records.part.of.plural, result.column, result.reason, result.row.number)
        if isinstance(result, Left):
            return result
        attachment = records.part.attachment
        if attachment is not None and (unasked := there - known.attached.asked):
            known.attached.add(records.attached({of: {ids[of]} & unasked for of, _ in attachment.to if of in ids}))
        return records.meant(result, known, ids, new)

    def _left(self, row: Sequence[RowResult], of: str, why: Bad | Conflict) -> Iterator[Left]:
        """The other parts of a row that does not go in."""
        for records, result in zip(self._parts, row, strict=True):
            plural = records.part.of.plural
            if isinstance(result, Left):
                yield result
            elif plural != of:
                yield Left(plural, f"the row does not go in, because of its {of}", why.row)


_NOTHING: Final = Lookups()


def _rows(chunk: Chunk) -> Sequence[Sequence[RowResult]]:
    return [(row,) for row in chunk.all] if isinstance(chunk, RowSheet) else chunk


def _links(chunk: Chunk) -> list[tuple[Link, ...]]:
    """The links of all that the rows say."""
    if isinstance(chunk, RowSheet):
        clear = chunk.columns.links
        if not chunk.odd:
            return [*clear]
        return [*(links for at, links in enumerate(clear) if at not in chunk.odd), *(_of_shaped(chunk.odd.values()))]
    return [*_of_shaped(each for row in chunk for each in row)]


def _of_shaped(rows: Iterable[RowResult]) -> Iterator[tuple[Link, ...]]:
    return (row.links for row in rows if isinstance(row, Shaped))


def _others(sheet: RowSheet, left: Sequence[int]) -> Iterator[tuple[int, int, Shaped | BadRow]]:
    """The rows at these places among the whole ones, and the broken ones, in their order: where each stands among the whole ones,
    and where what is behind it does."""
    if len(sheet.whole) == len(sheet.rows):
        yield from ((at, at + 1, sheet.each[at]) for at in left)
        return
    places, at = {*left}, 0
    for row in sheet.rows:
        if isinstance(row, BadRow):
            yield at, at, row
            continue
        if at in places:
            yield at, at + 1, sheet.each[at]
        at += 1


_KINDS: Final = ("change", "create")
"""What changes hands is let go of before somebody else gets it."""

BLOCK: Final = 1 << 20
"""Bytes that are copied together."""

_REST: Final = ("skip", "conflict", "bad", "left")


def in_order(plan: PlanWriter, steps: Iterable[Step | StepLines], plurals: Sequence[str]) -> None:
    """Writes steps object by object and kind by kind, so that they are done in batches, and what is linked to is there
    first; those of a kind keep their order.  `plurals` are the objects in the order of their writes."""
    kept: dict[tuple[int, int, str], IO[bytes]] = {}
    counts: dict[tuple[int, int, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    places: dict[tuple[type[Step], str, str, bool], tuple[int, int, str]] = {}
    with ExitStack() as files:

        def put(place: tuple[int, int, str], lines: bytes, of: str, kind: str, count: int) -> None:
            if place not in kept:
                kept[place] = files.enter_context(TemporaryFile())
            kept[place].write(lines)
            counts[place][of, kind] += count

        for step in steps:
            if isinstance(step, StepLines):
                put(_place(step.kind, step.object, step.key, plurals), step.lines, step.object, step.kind, step.steps)
                continue
            alike = step.__class__, step.object, getattr(step, "key", ""), step.row is None
            place = places.get(alike)
            if place is None:
                links = isinstance(step, Creation) and step.row is None
                place = places[alike] = _place(name_of(step), step.object, getattr(step, "key", ""), plurals, links=links)
            plan.check(step)
            put(place, line_of(step), step.object, name_of(step), 1)
        for place, lines in sorted(kept.items(), key=itemgetter(0)):
            for (plural, kind), count in counts[place].items():
                plan.count(plural, kind, count)
            lines.seek(0)
            while some := lines.read(BLOCK):
                plan.put(some)


def _place(kind: str, of: str, key: str, plurals: Sequence[str], *, links: bool = False) -> tuple[int, int, str]:
    """Where steps stand: links first, then the writes of each object, then what is not written."""
    if kind in _REST:
        return len(plurals), _REST.index(kind), ""
    if links:
        return -1, _KINDS.index(kind), ""
    return plurals.index(of), _KINDS.index(kind), key
