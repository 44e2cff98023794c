"""Putting back what a run did: a plan made from its journal, which is then run like any other.

So an undo has all that a plan has: it can be looked at first, it leaves alone what somebody changed since, it can
be broken off and taken up again, and it has a journal of its own, by which it can be undone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from icosa.call.paths import Values, differing, nested, values, writable
from icosa.catalogue import naming
from icosa.catalogue.columns import columns_of_field, together
from icosa.catalogue.kinds import shown, wire_moment
from icosa.catalogue.model import Catalogue, Object
from icosa.client.blocking import Client
from icosa.client.credentials.text_address import without_password
from icosa.errors import InvalidValue, UnknownObject
from icosa.journal.journal_file import Json, Run
from icosa.journal.reading import Touched, find_run, runs, touched
from icosa.plans.apply import CONCURRENCY, Applied, Progress, apply
from icosa.plans.checkpoint import counts_so_far
from icosa.plans.plan import Header, PlanFile, PlanWriter, read_plan, shape_digests
from icosa.plans.run_state import PLANS, left_of, redone_by, undone_by
from icosa.plans.staleness import unchecked
from icosa.plans.step import Change, Conflict, Deletion, Restoration, Step
from icosa.plans.undo_order import absent, in_order, led_to


def undo(
    client: Client,
    run: str,
    *,
    record: str | None = None,
    force: bool = False,
    concurrency: int = CONCURRENCY,
    progress: Progress = lambda done, total: None,
) -> Applied:
    """Put back what a run did: what it created is destroyed, what it changed gets the values it had, what it deleted
    comes back; the last write first.

    What somebody changed since stays as it is and is counted as `moved`, and so is a creation that other records
    point at by now; with `force` it is put back all the same.  An undo that was broken off is gone on with.  With the
    id of a `record`, that one alone is put back.

    "last" is the last run of this workspace.  Raises InvalidValue where there is no such run, where it was of another
    workspace, or where it was put back already.
    """
    name = find_run(run, workspace=client.address)[0].id
    plan = plan_undo(client, name, record=record, force=force)
    return apply(client, plan, concurrency=concurrency, undoes=name, record=record, progress=progress)


def plan_undo(client: Client, run: str, *, record: str | None = None, force: bool = False) -> PlanFile:
    """The plan that puts a run back, or one record of it; or the one that was begun before."""
    header, journal = find_run(run, workspace=client.address)
    if header.workspace != client.address:
        there, here = without_password(header.workspace), without_password(client.address)
        raise InvalidValue("run", f"{header.id} was on {there}, and this is {here}; connect to that one")
    if record is not None and all(each.id != record for each in touched(journal)):
        raise InvalidValue("record", f"{header.id} wrote none with the id {shown(record)}")
    _refuse_what_was_undone(header.id, force)
    path = undo_path(journal, record=record, force=force)
    if path.exists():
        begun = read_plan(path)
        if counts_so_far(begun).total() < begun.writes:
            return begun
    return write_undo(client, header, journal, path, record=record, force=force)


def undo_path(journal: Path, *, record: str | None = None, force: bool = False) -> Path:
    """Where the plan lies that puts back the run of a journal."""
    of = f"{journal.stem}.{record}" if record else journal.stem
    return journal.with_name(PLANS) / f"{of}{'.forced' if force else ''}.plan.jsonl"


def _refuse_what_was_undone(run: str, force: bool) -> None:
    known = runs()
    undo = undone_by(run, known)
    if undo and left_of(undo) == 0:
        raise InvalidValue("run", f"{run} was put back already, by {undo.id}; to have it again, put that one back: icosa undo {undo.id}")
    redo = None if undo or force else redone_by(run, known)
    if redo:
        raise InvalidValue(
            "run", f"{run} was put back, and what it wrote is there again by {redo.id}; put back that one: icosa undo {redo.id}"
        )


def write_undo(client: Client, run: Run, journal: Path, path: Path, *, record: str | None = None, force: bool = False) -> PlanFile:
    """Writes the plan that puts back the run of a journal, or one record of it."""
    names: set[str] = set()
    before: set[str] = set()
    for each in touched(journal):
        names.add(each.object)
        if each.again and record is None:
            before |= led_to(client.catalogue, each)
    gone = absent(touched(journal), before) if before else set()
    known = [name for name in sorted(names) if name in client.catalogue.by_plural]
    header = Header(client.address, shape_digests(client.catalogue, *known), wire_moment(datetime.now(UTC)), f"undo {run.id} ({run.title})")
    with PlanWriter(path, header, client.catalogue) as plan:
        putting = ((each, step) for each in touched(journal) if record in (None, each.id) for step in steps(client.catalogue, each))
        for step in in_order(client.catalogue, putting, gone):
            plan.write(unchecked(step) if force and isinstance(step, Change | Deletion | Restoration) else step)
    return read_plan(path)


def steps(catalogue: Catalogue, of_record: Touched) -> Iterator[Step]:
    """What puts one record back, and what cannot be."""
    try:
        of = catalogue.named(of_record.object)
    except UnknownObject:
        yield Conflict(of_record.object, "the workspace has no such object any more", (of_record.id,))
        return
    if of_record.secrets and of_record.first != "create":
        labels = ", ".join(map(naming.label, of_record.secrets))
        yield Conflict(of.plural, f"{labels}: a secret, which no journal holds; set it again by hand", (of_record.id,))
    step = _back(of, of_record)
    if step is not None:
        yield step


def _back(of: Object, record: Touched) -> Step | None:
    match record:
        case Touched(before=None, first="change"):
            return Conflict(of.plural, "the server itself found the record to change, and how it was before is not known", (record.id,))
        case Touched(before=None, after=dict() as after):
            return Deletion(of.plural, record.id, _known(of, after), _since(record), permanent=record.first == "create")
        case Touched(before=dict() as before, after=None):
            return Restoration(of.plural, record.id, before)
        case Touched(before=dict() as before, after=dict() as after):
            return _changed(of, record, before, after)
        case _:
            return None  # it came and went


def _changed(of: Object, record: Touched, before: Json, after: Json) -> Step | None:
    was, now = _values(of, before), _values(of, after)
    sent = was if record.settled else {path: was[path] for path in now if path in was}  # else no more is known of it
    paths = [path for path in together(of, differing(now, sent)) if path in was]
    if not paths:
        return None
    there, wanted = ({path: held[path] for path in paths if path in held} for held in (now, was))
    # by these values alone: what else somebody changed of the record stays, and keeps nothing from being put back
    return Change(of.plural, record.id, nested(there), _cleared(of, was, nested(wanted)))


def _cleared(of: Object, was: Values, record: Json) -> Json:
    """The same, but null for a composite that was as a new record has it: for some parts that is the only way to say
    so, since a web address that is sent as "" becomes null."""
    parts = {name: columns_of_field(of, name) for name, value in record.items() if isinstance(value, dict) and value}
    new = {name for name, each in parts.items() if each[0].part and all(was.get(part.path) == part.default for part in each)}
    return {name: None if name in new else value for name, value in record.items()}


def _known(of: Object, record: Json) -> Json:
    """What is known of a record that was created, without what names its own moments."""
    return nested({path: value for path, value in _values(of, record).items() if path != "createdAt"})


def _values(of: Object, record: Json) -> Values:
    return writable(of, values(of, record))


def _since(record: Touched) -> str | None:
    """When the run last wrote the record, as far as its journal knows."""
    return record.after.get("updatedAt") if record.settled and record.after else None
