"""Steps that a workspace in this process does in one transaction.

The journal has all of them before the transaction begins, and what came of each once it has ended: whoever waits for the
disk, waits once.  Where one step is refused none is done, and all go one by one, as they go to a server.
"""

from collections.abc import Sequence

from icosa.call.extensions import offered
from icosa.call.paths import sendable
from icosa.call.request import build
from icosa.call.response import content, read
from icosa.catalogue.model import Object
from icosa.client.blocking import Client
from icosa.client.sending.verifying import described, unmet
from icosa.client.transport.blocking import EmbeddedTransport
from icosa.errors import IcosaError
from icosa.journal.journal_file import Intent, JournalFile, was_not_done
from icosa.plans.done import REFUSED, Done, Numbered, Outcome, Refused
from icosa.plans.step import Change, Creation, Deletion, Json
from icosa.wire.actions import Action, Operation
from icosa.wire.message import Request


def done_together(client: Client, journal: JournalFile | None, steps: Sequence[Numbered]) -> list[Outcome]:
    """What became of steps of one kind and about one object; nothing where they have to go one by one: to a server, because one
    of them is refused, because they hold secrets, or because the client's own journal is to be called with each write.  Raises what
    is not about a record."""
    of, workspace = client.catalogue.by_plural[steps[0].step.object], client.embedded
    if workspace is None or client.journal is not None or any(field.secret for field in of.fields):
        return []
    intents = [intent for each in steps if (intent := _intent(each)) is not None]
    if len(intents) < len(steps):
        return []
    first = journal.begin(of, intents) if journal else 0
    try:
        if isinstance(steps[0].step, Creation):
            return _created(workspace, journal, first, of, steps)
        return _sent(client, workspace, journal, first, of, steps)
    except IcosaError as error:
        if journal and was_not_done(error):
            journal.fail(first, len(intents))
        if isinstance(error, REFUSED):
            return []
        raise


def _intent(numbered: Numbered) -> Intent | None:
    match numbered.step:
        case Creation(record=record):
            return Intent("create", record["id"], None, record)
        case Change(id=id_, after=after):
            return Intent("change", id_, numbered.current, after)
        case Deletion(id=id_):
            return Intent("delete", id_, numbered.current, None)
        case _:
            return None  # bringing back is a look and several writes


def _created(workspace: EmbeddedTransport, journal: JournalFile | None, first: int, of: Object, steps: Sequence[Numbered]) -> list[Outcome]:
    made = workspace.create(of.plural, [sendable(of, each.step.record) for each in steps if isinstance(each.step, Creation)])
    if journal:
        journal.end_with(first, made)
    return [Done(each.number) for each in steps]


def _sent(
    client: Client, workspace: EmbeddedTransport, journal: JournalFile | None, first: int, of: Object, steps: Sequence[Numbered]
) -> list[Outcome]:
    asked = [_request(client, of, each) for each in steps]
    answers = workspace.together([request for _, request in asked])
    found = [content(action, read(action, request, answer)) for (action, request), answer in zip(asked, answers, strict=True)]
    records = [each if isinstance(each, dict) else {} for each in found]
    if journal:
        journal.end(of, first, [None if isinstance(each.step, Deletion) else record for each, record in zip(steps, records, strict=True)])
    return [_outcome(client, of, each, record) for each, record in zip(steps, records, strict=True)]


def _request(client: Client, of: Object, numbered: Numbered) -> tuple[Action, Request]:
    step, actions = numbered.step, offered(of, client.offers)
    if isinstance(step, Deletion):
        action = actions[Operation.DELETE_ONE]
        return action, build(client.catalogue, action, {"id": step.id, "permanent": step.permanent})
    assert isinstance(step, Change)
    action = actions[Operation.UPDATE_ONE]
    return action, build(client.catalogue, action, {"id": step.id, "depth": 0}, sendable(of, step.after))


def _outcome(client: Client, of: Object, numbered: Numbered, record: Json) -> Outcome:
    """Whether what is there now is what was meant."""
    other = unmet(client.catalogue, of, sendable(of, numbered.step.after), record) if isinstance(numbered.step, Change) else []
    return Refused(numbered.number, described(of, record.get("id"), other)) if other else Done(numbered.number)
