"""The journal of a client's own writes, one by one: what `connect(journal=…)` takes."""

from collections.abc import Sequence

from icosa.errors import IcosaError
from icosa.journal.journal_file import Intent, JournalFile, Run, was_not_done
from icosa.journal.journal_file import Operation as Kind
from icosa.journal.protocol import Record, Write
from icosa.wire.actions import Operation
from icosa.wire.rest.query import upserts

_KINDS: dict[str, Kind] = {
    Operation.CREATE_ONE: "create", Operation.CREATE_MANY: "create", Operation.UPDATE_ONE: "change",
    Operation.DELETE_ONE: "delete", Operation.RESTORE: "restore",
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
        kind = _KINDS.get(write.action.operation)
        if kind is None or write.action.object is None or _is_known_later(write):
            return
        sent = write.sent if kind in ("create", "change") else (None,) * len(write.ids)
        was = write.before or (None,) * len(write.ids)
        intents = [Intent(kind, *each) for each in zip(write.ids, was, sent, strict=True)]
        self._begun[id(write)] = self.journal.begin(write.action.object, intents)

    def after(self, write: Write, records: Sequence[Record], error: IcosaError | None) -> None:
        of, kind = write.action.object, _KINDS.get(write.action.operation)
        if of is None or kind is None:
            return
        first = self._begun.pop(id(write), None)
        if error is not None:
            if first is not None and was_not_done(error):
                self.journal.fail(first, len(write.ids))
            return
        if first is None:
            first = self.journal.begin(of, [Intent(_made(write, each), each["id"], None, each) for each in records])
        self.journal.end(of, first, [None if kind == "delete" else each for each in records])

    def close(self) -> None:
        self.journal.close()


def _is_known_later(write: Write) -> bool:
    return upserts(write.request.query) or (_KINDS[write.action.operation] == "create" and len(write.ids) != len(write.sent))


def _made(write: Write, record: Record) -> Kind:
    """Whether the server created a record or changed one that it found: one that is new was never updated."""
    return "create" if not upserts(write.request.query) or record.get("createdAt") == record.get("updatedAt") else "change"
