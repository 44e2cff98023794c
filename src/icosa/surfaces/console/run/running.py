"""An action run for a form, once: what came of it, and the run that it is in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

import icosa
from icosa.call.masking import masked
from icosa.call.page import Page, Record
from icosa.call.response import content
from icosa.catalogue.model import Object
from icosa.errors import InvalidValue, RecordExists
from icosa.journal.journal_file import Run
from icosa.journal.reading import Touched, find_run, runs, touched
from icosa.surfaces.console.browse.related import with_related
from icosa.surfaces.console.site import Visitor
from icosa.surfaces.console.written_run import run_of
from icosa.wire.actions import Action, Operation

_LAST = 12
_NAMED = 60
"""So many records of a run are shown with what they point at by its name: those that a table has."""


@dataclass(frozen=True, slots=True)
class ActionRun:
    """`groups` are the records that came back, page by page: one page, but for duplicates.  `total` is how many there are in all.
    `before` are records as they were, by id.  `json` is the whole answer, its secrets masked; None where only the journal tells.
    `run` is the name of the run, "" for one that wrote nothing.  `repeated` where an earlier sending of the same form did it."""

    action: Action
    groups: tuple[tuple[Record, ...], ...]
    total: int
    json: Any = field(default=None, repr=False)
    run: str = ""
    before: Mapping[str, Record] = field(default_factory=dict, repr=False)
    repeated: bool = False

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(each for group in self.groups for each in group)

    @property
    def groupings(self) -> tuple[Record, ...]:
        """The groups in the answer to a group by, as the server wrote them; none of anything else."""
        if self.action.called != Operation.GROUP_BY or not isinstance(self.json, list):
            return ()
        return tuple(each for each in self.json if isinstance(each, dict) and isinstance(each.get("groupByDimensionValues"), list))


def run_action(crm: icosa.Client, action: Action, given: Mapping[str, Any], token: str) -> ActionRun:
    """Runs the action.  Records that it creates have ids that follow from the form's token, so that the same form sent twice
    creates nothing twice.  Raises what running it raises."""
    sent, made = _identified(action, given, token)
    try:
        payload = crm.run_action(action, sent)
    except RecordExists:
        if not made:
            raise
        return _made_before(crm, action, made)
    run = run_of(crm)
    found = _groups(action, payload)
    before = {each.id: each.before for each in _touched(run) if each.before} if run else {}
    shown = payload if action.object is None else masked(crm.catalogue, payload)
    return ActionRun(action, found[0], found[1], shown, run, before)


def in_journal(crm: icosa.Client, visitor: Visitor, action: Action, run: str) -> ActionRun | None:
    """What a run of the visitor's did, as its journal tells; None where there is no such run."""
    try:
        header, _ = find_run(run, workspace=crm.address)
    except InvalidValue:
        return None
    if header.id != run or header.workspace != crm.address or (visitor.key_id is not None and header.key_id != visitor.key_id):
        return None
    written = [each for each in _touched(run) if action.object is None or each.object == action.object.plural]
    found = written[:1] if action.called == Operation.MERGE else written[::-1]  # a merge writes last the record that stays
    of = action.object
    records = [each.after or {"id": each.id} for each in found]
    if of is not None:  # a journal has the ids alone of what records point at
        records[:_NAMED] = with_related(crm, of, records[:_NAMED], [*of.relation_by_name])
    return ActionRun(action, (tuple(records),), len(records), None, run, {each.id: each.before for each in found if each.before})


def history(crm: icosa.Client, visitor: Visitor, action: Action) -> list[Run]:
    """The last runs of the action by the visitor, the newest first."""
    return [each for each in runs(workspace=crm.address, key_id=visitor.key_id) if each.title == action.label][:_LAST]


def _touched(run: str) -> list[Touched]:
    return list(touched(find_run(run)[1]))


def _groups(action: Action, payload: Any) -> tuple[tuple[tuple[Record, ...], ...], int]:
    if action.object is None:
        return (), 0
    if action.operation is Operation.OTHER:
        answered = _answered(action.object, payload)
        return ((answered,), len(answered)) if answered else ((), 0)
    match content(action, payload):
        case Page() as page:
            return (tuple(page),), page.total_count
        case list() as several if action.operation is Operation.FIND_DUPLICATES:
            return tuple(tuple(each) for each in several), sum(len(each) for each in several)
        case list() as records:
            return (tuple(records),), len(records)
        case record:
            return ((record,),), 1


def _answered(of: Object, payload: Any) -> tuple[Record, ...]:
    """The records in the answer of an action that only some servers have; none where it is about something else, as a group is."""
    data = payload.get("data") if isinstance(payload, dict) else None
    only = next(iter(data.values())) if isinstance(data, dict) and len(data) == 1 else None
    found: list[Any] = only if isinstance(only, list) else [only]
    return tuple(found) if all(isinstance(each, dict) and "id" in each and of.label_identifier in each for each in found) else ()


def _identified(action: Action, given: Mapping[str, Any], token: str) -> tuple[Mapping[str, Any], list[str]]:
    """What is sent, with the ids that its new records get; none where it updates what is there (`upsert`)."""
    seed = _uuid(token)
    if seed is None or given.get("upsert"):
        return given, []
    if action.operation is Operation.CREATE_ONE and not given.get("id"):
        return {**given, "id": str(seed)}, [str(seed)]
    body = given.get("body")
    if action.operation is Operation.CREATE_MANY and isinstance(body, list) and not any(each.get("id") for each in body):
        ids = [str(uuid5(seed, str(at))) for at in range(len(body))]
        return {**given, "body": [{**each, "id": id_} for each, id_ in zip(body, ids, strict=True)]}, ids
    return given, []


def _uuid(token: str) -> UUID | None:
    try:
        return UUID(token)
    except ValueError:
        return None


def _made_before(crm: icosa.Client, action: Action, ids: list[str]) -> ActionRun:
    """The records that the same form made when it was sent before."""
    assert action.object is not None
    records = tuple(crm[action.object.plural].find_one(each, depth=0) for each in ids)
    made = next((each.id for each in runs(workspace=crm.address)[:_LAST] if any(one.id == ids[0] for one in _touched(each.id))), "")
    return ActionRun(action, (records,), len(records), None, made, repeated=True)
