"""Steps that a workspace in this process does in one transaction.

The journal has them before the transaction begins, and what came of each once it has ended: whoever waits for the disk waits
once for many.  Where one step is refused none of its transaction is done, and all of those go one by one, as they go to a server.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from icosa.call.extensions import offered
from icosa.call.paths import sendable
from icosa.call.request import build
from icosa.call.response import content, read
from icosa.catalogue.model import Object
from icosa.client.blocking import Client, in_process
from icosa.client.sending.verifying import described, unmet
from icosa.client.transport.blocking import EmbeddedTransport
from icosa.errors import IcosaError
from icosa.journal.journal_file import Intent, JournalFile, journalled, was_not_done
from icosa.plans.done import REFUSED, Done, Numbered, Outcome, Refused
from icosa.plans.step import Change, Creation, Deletion, Json
from icosa.wire.actions import Action, Operation
from icosa.wire.message import Request

Made = bytes | Json | None
"""A record as it is once a step was done, as JSON or read; None where it is gone."""

_A_TRANSACTION: Final = 960
"""Steps of one transaction: sixteen batches.  Others who write wait as long as it takes, a twentieth of a second for most, and where one
step is refused all of it is done again."""


@dataclass(frozen=True, slots=True)
class Together:
    """What became of steps that were done; those that are `left` have to go one by one, unless an `error` ends the run."""

    outcomes: Sequence[Outcome]
    left: Sequence[Numbered]
    error: IcosaError | None = None


def done_together(client: Client, journal: JournalFile | None, steps: Sequence[Numbered]) -> Together:
    """Does steps of one kind and about one object, as many as can be done together.  All are left that go to a server, hold
    secrets, or are to be told to the client's own journal one by one; and those of a transaction of which one is refused."""
    of, workspace = client.catalogue.by_plural[steps[0].step.object], in_process(client)
    intents = [intent for each in steps if (intent := _intent(each)) is not None]
    if workspace is None or client.journal is not None or len(intents) < len(steps) or any(field.secret for field in of.fields):
        return Together((), steps)
    first = journal.begin(of, intents) if journal else 0
    outcomes: list[Outcome] = []
    left: list[Numbered] = []
    known: list[bytes] = []  # of those before `at` what the journal does not have yet
    for at in range(0, len(steps), _A_TRANSACTION):
        some = steps[at : at + _A_TRANSACTION]
        try:
            made = _created(workspace, of, some) if isinstance(steps[0].step, Creation) else _sent(client, workspace, of, some)
        except IcosaError as error:
            ends = not isinstance(error, REFUSED)
            if journal:
                journal.end_with(first + at - len(known), known)
                known.clear()
            if journal and was_not_done(error):
                journal.fail(first + at, len(steps) - at if ends else len(some))
            if ends:
                return Together(outcomes, (), error)
            left += some
            continue
        known += [record if isinstance(record, bytes) else journalled(of, record) for record in made]
        if isinstance(some[0].step, Change):
            outcomes += [_outcome(client, of, each, record) for each, record in zip(some, made, strict=True)]
        else:
            outcomes += [Done(each.number) for each in some]
    if journal and known:
        journal.end_with(first + len(steps) - len(known), known)
    return Together(outcomes, left)


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


def _created(workspace: EmbeddedTransport, of: Object, steps: Sequence[Numbered]) -> Sequence[Made]:
    return workspace.create(of.plural, [each.step.record for each in steps if isinstance(each.step, Creation)])


def _sent(client: Client, workspace: EmbeddedTransport, of: Object, steps: Sequence[Numbered]) -> Sequence[Made]:
    asked = [_request(client, of, each) for each in steps]
    answers = workspace.together([request for _, request in asked])
    found = [content(action, read(action, request, answer)) for (action, request), answer in zip(asked, answers, strict=True)]
    records = [each if isinstance(each, dict) else {} for each in found]
    return [None if isinstance(each.step, Deletion) else record for each, record in zip(steps, records, strict=True)]


def _request(client: Client, of: Object, numbered: Numbered) -> tuple[Action, Request]:
    step, actions = numbered.step, offered(of, client.offers)
    if isinstance(step, Deletion):
        action = actions[Operation.DELETE_ONE]
        return action, build(client.catalogue, action, {"id": step.id, "permanent": step.permanent})
    assert isinstance(step, Change)
    action = actions[Operation.UPDATE_ONE]
    return action, build(client.catalogue, action, {"id": step.id, "depth": 0}, sendable(of, step.after))


def _outcome(client: Client, of: Object, numbered: Numbered, made: Made) -> Outcome:
    """Whether what is there now is what was meant."""
    if not isinstance(numbered.step, Change) or not isinstance(made, dict):
        return Done(numbered.number)
    other = unmet(client.catalogue, of, numbered.step.after, made)
    return Refused(numbered.number, described(of, made.get("id"), other)) if other else Done(numbered.number)
