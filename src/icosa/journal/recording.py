"""The journal of a client's own writes, one by one: what `connect(journal=…)` takes."""

from collections.abc import Sequence

from icosa.catalogue.model import Object
from icosa.errors import IcosaError
from icosa.journal.journal_file import Intent, JournalFile, Run, was_not_done
from icosa.journal.journal_file import Operation as Kind
from icosa.journal.protocol import Record
from icosa.journal.write import Write
from icosa.wire.actions import Operation
from icosa.wire.rest.query import upserts

_KINDS: dict[str, Kind] = {
    Operation.CREATE_ONE: "create", Operation.CREATE_MANY: "create", Operation.UPDATE_ONE: "change",
    Operation.DELETE_ONE: "delete", Operation.RESTORE: "restore", Operation.UPDATE_MANY: "change", Operation.DELETE_MANY: "delete",
    Operation.RESTORE_MANY: "restore",
}  # fmt: skip


class Recorder:
    """Puts every write of a client into a journal, from the first one on.

    A creation whose ids the workspace makes is written down when they are known, and so is one that the server
    may turn into a change (`upsert`); how the record was before is then not known, and cannot be put back.
    """

    def __init__(self, run: Run) -> None:
        self.journal = JournalFile(run)
        self._begun: dict[int, int] = {}

    def before(self, write: Write) -> None:
        kind = _KINDS.get(write.action.verb)
        if kind is None or write.action.object is None or _is_known_later(write, kind):
            return
        sent = write.sent if kind in ("create", "change") else (None,) * len(write.ids)
        was = write.before or (None,) * len(write.ids)
        intents = [Intent(kind, *each) for each in zip(write.ids, was, sent, strict=True)]
        self._begun[id(write)] = self.journal.begin(write.action.object, intents)

    def after(self, write: Write, records: Sequence[Record], error: IcosaError | None) -> None:
        of, kind = write.action.object, _KINDS.get(write.action.verb)
        if of is None or kind is None:
            return
        first = self._begun.pop(id(write), None)
        if error is not None:
            if first is not None and was_not_done(error):
                self.journal.fail(first, len(write.ids))
            return
        if first is None:
            first = self.journal.begin(of, [Intent(_made(write, each), each["id"], None, each) for each in records])
            self.journal.end(of, first, records)
        elif kind == "create":
            self.journal.end(of, first, records)
        else:
            self._end(of, first, write.ids, [{"id": each["id"]} for each in records] if kind == "delete" else records)

    def _end(self, of: Object, first: int, ids: Sequence[str], records: Sequence[Record]) -> None:
        """An answer has its records in no promised order; of one that it does not have nothing is known."""
        by_id = {each.get("id", ids[0]): each if each.keys() - {"id"} else None for each in records}
        if by_id.keys() >= set(ids):
            self.journal.end(of, first, [by_id[each] for each in ids])
            return
        for at, each in enumerate(ids):
            if each in by_id:
                self.journal.end(of, first + at, [by_id[each]])

    def close(self) -> None:
        self.journal.close()


def _is_known_later(write: Write, kind: Kind) -> bool:
    return upserts(write.request.query) or (kind == "create" and len(write.ids) != len(write.sent))


def _made(write: Write, record: Record) -> Kind:
    """Whether the server created a record or changed one that it found: one that is new was never updated."""
    return "create" if not upserts(write.request.query) or record.get("createdAt") == record.get("updatedAt") else "change"
