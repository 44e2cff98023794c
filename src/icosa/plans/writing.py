"""Sending the steps that are ready, and finding the one that a server refuses among those that it takes."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from icosa.call.paths import differing, nested, says_nothing, sendable, values, writable
from icosa.call.spelling import completed
from icosa.catalogue.columns import together
from icosa.catalogue.model import Object
from icosa.client.blocking import Client
from icosa.errors import IcosaError, NotFound, StoredOtherwise, UnknownAction
from icosa.journal.journal_file import Intent, JournalFile, was_not_done
from icosa.plans.done import REFUSED, Done, Numbered, Outcome, Refused
from icosa.plans.matching import by_ids
from icosa.plans.staleness import Write, is_made
from icosa.plans.step import Change, Creation, Deletion, Json, Restoration
from icosa.plans.together import Together, done_together

_PLACE: Final = re.compile(r"(?:Body)?\[0\][.:]\s*")


class StepWriter:
    """Sends steps to a workspace and records them in a journal, where there is one."""

    def __init__(self, client: Client, journal: JournalFile | None) -> None:
        self._client, self._journal = client, journal

    def write(self, steps: Sequence[Numbered]) -> Iterator[Outcome]:
        """What became of each step; all are of one kind and about one object.  Raises what is not about a record."""
        together = (
            Together((), steps)
            if isinstance(steps[0].step, Change) and any(map(_empties, steps))
            else done_together(self._client, self._journal, steps)
        )
        yield from together.outcomes
        if together.error is not None:
            raise together.error
        if isinstance(steps[0].step, Creation):
            yield from self._create_by_batches(together.left)
            return
        for each in together.left:
            try:
                otherwise = self._one(each.step, each.current)
            except REFUSED as error:
                yield Refused(each.number, error.message)
            else:
                yield Refused(each.number, otherwise) if otherwise else Done(each.number)

    def _create_by_batches(self, steps: Sequence[Numbered]) -> Iterator[Outcome]:
        size = self._client.offers.max_batch
        for at in range(0, len(steps), size):
            yield from self._create(steps[at : at + size])

    def _create(self, steps: Sequence[Numbered], *, again: bool = False) -> Iterator[Outcome]:
        """A batch goes in as a whole or not at all.  One that is refused is halved until the record is found that is
        the reason; first those are taken out that an earlier run put in, whose ids are taken."""
        records = [each.step.record for each in steps if isinstance(each.step, Creation)]
        resource = self._client[steps[0].step.object]
        wrong: Mapping[int, str] = {}
        try:
            with _Journalled(self._journal, resource.object, [Intent("create", each["id"], None, each) for each in records]) as entry:
                sent = [sendable(resource.object, each) for each in records]
                try:
                    entry.records = list(resource.create_many(sent, depth=0))
                except StoredOtherwise as error:
                    entry.records, wrong = error.records, error.wrong
        except REFUSED as error:
            refused = error
        else:
            yield from (Refused(each.number, wrong[at]) if at in wrong else Done(each.number) for at, each in enumerate(steps))
            return
        there = {} if again else self._made(resource.object, steps)
        yield from (Done(number, already=True) for number in there)
        left = [each for each in steps if each.number not in there]
        if len(left) == 1 and not there:
            yield Refused(left[0].number, _PLACE.sub("", refused.message, count=1))
        elif left:
            half = len(left) // 2
            for part in (left[:half], left[half:]):
                if part:
                    yield from self._create(part, again=True)

    def _made(self, of: Object, steps: Sequence[Numbered]) -> dict[int, Json]:
        """The records that an earlier run made of steps, by the numbers of these."""
        creations = {each.number: each.step for each in steps if isinstance(each.step, Creation)}
        there = by_ids(self._client, of, [each.record["id"] for each in creations.values()])
        made = ((number, step, there.get(step.record["id"])) for number, step in creations.items())
        return {number: record for number, step, record in made if record is not None and is_made(of, step, record)}

    def _one(self, step: Write, current: Json | None) -> str:
        """Does a step.  Where the server took it and stored something else, says what, else nothing."""
        resource = self._client[step.object]
        of = resource.object
        match step:
            case Change():
                with _Journalled(self._journal, of, [Intent("change", step.id, current, step.after)]) as entry:
                    after = completed(of, step.after, current) if current and not self._client.offers.icosa else step.after
                    return _unless_otherwise(entry, lambda: self._set(step.object, step.id, after))
            case Deletion():
                with _Journalled(self._journal, of, [Intent("delete", step.id, current, None)]) as entry:
                    resource.delete_one(step.id, permanent=step.permanent)
                    entry.records = [None]
            case Restoration():
                with _Journalled(self._journal, of, [Intent("restore", step.id, None, step.record)]) as entry:
                    return _unless_otherwise(entry, lambda: self._restored(step))
        return ""

    def _restored(self, step: Restoration) -> Json:
        """The record, there again with the values that it had."""
        resource = self._client[step.object]
        of = resource.object
        wanted = writable(of, values(of, step.record))
        try:
            record = resource.restore_one(step.id, depth=0)
        except (NotFound, UnknownAction):  # it was destroyed, as servers do that cannot restore
            filled = {path: value for path, value in wanted.items() if not says_nothing(value)}  # a blank is what is not said
            record = resource.create_one(sendable(of, nested(filled)), depth=0)
        current = values(of, record)
        off = [path for path in differing(current, wanted) if path != "createdAt"]
        other = {path: wanted[path] for path in together(of, off) if path in wanted}
        record = self._set(step.object, step.id, nested(other)) if other else record
        if step.record.get("deletedAt"):  # what was destroyed was deleted already
            resource.delete_one(step.id)
        return record

    def _set(self, plural: str, id_: str, after: Json) -> Json:
        """The record, changed.  Where a server stores another nothing than the one that was sent for a part of a
        composite (null for "", as it does for web addresses), the field is cleared and what is left of it set."""
        resource = self._client[plural]
        of = resource.object
        record: Json = resource.update_one(id_, sendable(of, after), depth=0)
        if not self._client.offers.icosa:
            return record  # nothing of one kind is as good there as nothing of another
        now, sent = values(of, record), values(of, after)
        off = [path.partition(".")[0] for path in differing(now, sent) if "." in path and says_nothing(sent[path])]
        names = {name for name in off if after[name] is not None}
        if not names:
            return record
        record = resource.update_one(id_, dict.fromkeys(names), depth=0)
        left = {path: value for path, value in now.items() if path.partition(".")[0] in names and not says_nothing(value)}
        return resource.update_one(id_, nested(left), depth=0) if left else record


def _empties(numbered: Numbered) -> bool:
    """Whether a part of a composite is to be nothing, for which a change may need several writes (`_set`)."""
    step = numbered.step
    return isinstance(step, Change) and any(
        isinstance(value, dict) and any(map(says_nothing, value.values())) for value in step.after.values()
    )


def _unless_otherwise(entry: "_Journalled", write: Callable[[], Json]) -> str:
    try:
        entry.records = [write()]
    except StoredOtherwise as error:
        entry.records = error.records
        return next(iter(error.wrong.values()), error.message)
    return ""


class _Journalled:
    """Writes that are in the journal before they are sent, and again when it is known what came of them.

    Where it is not known, because no answer came, the journal says nothing more: who reads it has to look.
    """

    def __init__(self, journal: JournalFile | None, of: Object, intents: Sequence[Intent]) -> None:
        self._journal, self._of, self._intents = journal, of, intents
        self.records: list[Json | None] = []

    def __enter__(self) -> "_Journalled":
        self._first = self._journal.begin(self._of, self._intents) if self._journal else 0
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if self._journal is None:
            return
        if error is None:
            self._journal.end(self._of, self._first, self.records)
        elif isinstance(error, IcosaError) and was_not_done(error):
            self._journal.fail(self._first, len(self._intents))
