"""Pulling: a mirror is made like the workspace it was pulled from, and never loses what was changed in it.

An object is walked once, in the order of ids.  From then on only what changed since is asked for, and the count
of live records, which tells whether anything is gone; where it is not the same the object is walked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

import orjson

from icosa.call.page import Record
from icosa.catalogue.model import Object
from icosa.mirror.content import Columns, fingerprint, fingerprinted, shape_digest
from icosa.mirror.many_contents import contents_of, digests_of
from icosa.mirror.readable_objects import heads, naming_unreadable
from icosa.mirror.three_way import Changed, changed_where
from icosa.mirror.walking import Head, Remote, ahead, changed_since, earlier, head, in_pages, walk, with_ids

if TYPE_CHECKING:
    from icosa.mirror.target import Base, Learned, Mirror

NEVER = "!"
"""The digest of what was never written to the mirror."""

OVERLAP = timedelta(minutes=5)
"""So much of what was seen is looked at again: a long transaction may show later what bears an earlier moment."""

ROUNDS = 3
"""How often an object whose count differs is walked again before that is told: somebody else is writing."""

_AT_ONCE = 500
"""Records that are looked up by id in one go, and held at that time: a choice, some megabytes."""

Progress = Callable[[str, int, int], None]
"""Called with what is being pulled, how many of its records are done, and how many there are."""

Remark = Callable[[str], None]


class Mask(Protocol):
    """Replaces what is personal in a record."""

    def masked(self, of: Object, values: Columns) -> Columns: ...


@dataclass(slots=True)
class Counts:
    """What became of the records of an object: those that are `kept` were changed in the mirror too, and stay as
    they are there; those `refused` could not be written."""

    added: int = 0
    changed: int = 0
    gone: int = 0
    kept: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def any(self) -> bool:
        return bool(self.added or self.changed or self.gone or self.kept or self.refused)


@dataclass(slots=True)
class _State:
    """How far an object went: `walked` is the id up to which it was, `done` that it was to the end, `seen` the
    moment or token from which changes are asked for, and `shape` what its columns were."""

    shape: str
    walked: str = ""
    done: bool = False
    seen: str = ""


class _Unequal(NamedTuple):
    """How many records of an object the server counts, and how many the mirror has after all was walked."""

    total: int
    living: int

    @property
    def is_more(self) -> bool:
        return self.living > self.total

    def __str__(self) -> str:
        counted = f"the server counts {self.total:,} and lists {self.living:,}"
        return f"{counted}; the others are in no list, as messages of no mailbox and events of no calendar in Twenty 2.19"


class _Looked(NamedTuple):
    """Records as they are there: their ids in order, and by id the fingerprints of their answers, what was known of them and of what
    is gone, what those say that are answered otherwise than before, and the digest of that; what is to be remarked."""

    ids: tuple[str, ...]
    seen: dict[str, str]
    bases: dict[str, Base]
    coming: dict[str, Columns]
    there: dict[str, str]
    remarks: list[str]

    @property
    def upto(self) -> str:
        return self.ids[-1]


class Pull:
    """One run.  `theirs` gives up what was changed in the mirror where the other workspace has it otherwise;
    `full` walks all objects."""

    def __init__(
        self, source: Remote, mirror: Mirror, progress: Progress, remark: Remark, *, mask: Mask | None = None, theirs: bool = False
    ) -> None:
        self.counts: dict[str, Counts] = {each.plural: Counts() for each in mirror.catalogue}
        self._source, self._mirror = source, mirror
        self._progress, self._remark = progress, remark
        self._mask, self._theirs = mask, theirs
        self._notes = mirror.notes()
        self._heads: dict[str, Head] = {}

    def run(self, *, full: bool = False) -> dict[str, Counts]:
        """What was done, by the plural of each object."""
        objects = self._mirror.ordered()
        states = {each.plural: self._state(each, full) for each in objects}
        self._heads = heads(self._source, (of for of in objects if not states[of.plural].seen))
        for plural, each in self._heads.items():
            if each.total:
                self._progress(plural, 0, each.total)
        unequal: dict[str, _Unequal] = {}
        for _ in range(ROUNDS):
            before = unequal
            for of in objects:
                if not states[of.plural].done:
                    with naming_unreadable(of):
                        self._walk(of, states[of.plural])
            found = ((of, self._followed(of, states[of.plural])) for of in objects)
            unequal = {of.plural: each for of, each in found if each is not None}
            for of in objects:
                self._finish(of)
            moving = [plural for plural, each in unequal.items() if each.is_more or each != before.get(plural)]
            if not moving:
                break
            for of in (of for of in objects if of.plural in moving):
                states[of.plural].done, states[of.plural].walked = False, ""
                self._mirror.note(*_note(of, states[of.plural]))
        else:
            listed = ", ".join(moving)
            self._remark(f"{listed}: somebody creates or deletes records all the while; pull again for those of the last moments")
        for plural in unequal.keys() - {*moving}:
            self._remark(f"{plural}: {unequal[plural]}")
        return self.counts

    def _state(self, of: Object, full: bool) -> _State:
        text = self._notes.get(_name(of))
        state = _State(**orjson.loads(text)) if text else _State(shape_digest(of))
        if state.shape != shape_digest(of) or (full and state.done):
            state = _State(shape_digest(of))
        return state

    def _walk(self, of: Object, state: _State) -> None:
        """All records after those that were walked before; what is in the mirror and not among them is gone."""
        if not state.seen:
            state.seen = earlier(self._heads[of.plural].newest, OVERLAP)
        known = self._heads.pop(of.plural, None)
        total, done = known.total if known else 0, 0
        for page in ahead(self._walked(of, state.walked)):
            state.walked = page.upto
            total = total or head(self._source, of).total
            self._take(of, page, _note(of, state))
            done += len(page.ids)
            self._progress(of.plural, min(done, total), total)
        state.done = True
        self._take(of, self._looked_at(of, [], self._mirror.known(of, state.walked)), _note(of, state))

    def _followed(self, of: Object, state: _State) -> _Unequal | None:
        with naming_unreadable(of):
            return self._follow(of, state)

    def _follow(self, of: Object, state: _State) -> _Unequal | None:
        """What changed since; None where the mirror has as many live records as there are then."""
        now = head(self._source, of)
        changes = changed_since(self._source, of, state.seen, OVERLAP)
        for page in ahead(self._looked_at(of, some) for some in in_pages(changes, self._source.size)):
            self._take(of, page)
        state.seen = changes.token
        self._mirror.note(*_note(of, state))
        living = self._mirror.living(of)
        total = now.total if now.total == living else head(self._source, of).total
        return None if total == living else _Unequal(total, living)

    def _finish(self, of: Object) -> None:
        """Writes once more what was not whole: links to what came later, and records that had to make way."""
        after = ""
        while ids := self._mirror.unfinished(of, after, _AT_ONCE):
            after = ids[-1]
            found = list(with_ids(self._source, of, ids))
            known = self._mirror.bases(of, ids)
            self._take(of, self._looked_at(of, found, ((id_, known[id_]) for id_ in ids)), last=True)

    def _walked(self, of: Object, after: str) -> Iterator[_Looked]:
        for page in walk(self._source, of, after):
            looked = self._looked_at(of, page, self._mirror.known(of, after, str(page[-1]["id"])))
            after = looked.upto
            yield looked

    def _looked_at(self, of: Object, records: Sequence[Record], known: Iterable[tuple[str, Base]] = ()) -> _Looked:
        """Reads records, but for those that are answered as when they were last looked at; nothing is written.  Those that are
        `known` and not among them are gone."""
        kept = self._mask is None and fingerprinted(of)
        seen = {str(each["id"]): fingerprint(each) if kept else "" for each in records}
        bases = dict(known)
        bases |= self._mirror.bases(of, [id_ for id_ in seen if id_ not in bases])
        remarks = list[str]()
        new = [each for each in records if not _is_as_seen(bases.get(str(each["id"])), seen[str(each["id"])])]
        contents = contents_of(of, new, remarks.append)
        masked = [self._mask.masked(of, each) for each in contents] if self._mask else contents
        coming = {str(each["id"]): values for each, values in zip(new, masked, strict=True)}
        there = dict(zip(coming, digests_of(of, list(coming.values())), strict=True))
        return _Looked(tuple(seen), seen, bases, coming, there, remarks)

    def _take(self, of: Object, page: _Looked, note: tuple[str, str] | None = None, *, last: bool = False) -> None:
        """Brings records into the mirror, and destroys those that are gone."""
        counts, seen, coming, there = self.counts[of.plural], page.seen, page.coming, page.there
        # A page is read while the one before is written, and a record of this one may have had to make way then.
        bases = page.bases | self._mirror.bases(of, sorted(self._mirror.made_way & page.bases.keys()))
        for remark in page.remarks:
            self._remark(remark)
        alike = {id_ for id_ in coming if id_ in bases and not bases[id_].again and bases[id_].digest == there[id_]}
        looked = [id_ for id_ in (*coming, *(id_ for id_ in bases if id_ not in seen)) if id_ not in alike]
        held = self._mirror.held(of, looked)
        here = dict(zip(held, digests_of(of, list(held.values())), strict=True))
        rows, gone = list[Columns](), list[str]()
        learned: dict[str, Learned | None] = {id_: (bases[id_].alive, bases[id_].digest, seen[id_]) for id_ in alike if seen[id_]}
        for id_ in looked:
            base, alive = bases.get(id_), id_ in coming and coming[id_]["deletedAt"] is None
            where = changed_where(here.get(id_), base.was if base else None, there.get(id_))
            if where is Changed.NOWHERE or (id_ not in here and base and id_ in coming and not alive):
                learned[id_] = (alive, there[id_], seen[id_]) if id_ in there else None
            elif where is Changed.HERE or (where is Changed.BOTH and not self._theirs):
                learned[id_] = (alive, base.digest if base else NEVER, "")
                if where is Changed.BOTH:
                    counts.kept.add(id_)
            elif id_ in coming:
                rows.append(coming[id_])
            else:
                gone.append(id_)
        if not (rows or gone or learned or note):
            return
        refused = set(
            self._mirror.write(of, rows, learned, gone, note, last=last, sums={id_: (text, seen[id_]) for id_, text in there.items()})
        )
        counts.refused |= refused
        added = {each["id"] for each in rows if each["id"] not in here} - refused
        counts.added += len(added)
        counts.refused -= added  # it found its place after all
        if not last:
            counts.changed += len(rows) - len(added) - len(refused)
        counts.gone += len(gone)


def _is_as_seen(base: Base | None, seen: str) -> bool:
    """Whether a record is answered as when it was last looked at, and nothing was left to be done then."""
    return base is not None and seen != "" and base.seen == seen and not base.again


def _name(of: Object) -> str:
    return f"object {of.singular}"


def _note(of: Object, state: _State) -> tuple[str, str]:
    return _name(of), orjson.dumps(asdict(state)).decode()
