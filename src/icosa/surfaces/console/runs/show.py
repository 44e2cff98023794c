"""GET /runs/{id}: what a run did to each record, sixty at a time, what was written last coming first."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

import icosa
from icosa.catalogue import naming
from icosa.catalogue.model import Object
from icosa.journal.journal_file import Run
from icosa.journal.reading import DONE, Touched, runs, tally, touched
from icosa.plans.run_state import undone_by
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.runs.accounts import account
from icosa.surfaces.console.runs.differences import FieldDifference, Record, changed_names, current, differences, with_names
from icosa.surfaces.console.runs.own import is_seen, run_of
from icosa.surfaces.console.runs.titles import title_of
from icosa.surfaces.console.showing import Looking, address, called, label, looking
from icosa.surfaces.console.showing.moments import ago, read_moment

SIZE = 60


@dataclass(frozen=True, slots=True)
class Written:
    """A record as a page of its run tells it.  `href` is "" where it is not there any more, `since` says that somebody changed
    it since, `back` is the run that put it back alone."""

    id: str
    of: str
    name: str
    href: str
    did: str
    differences: Sequence[FieldDifference]
    secrets: Sequence[str]
    settled: bool
    since: bool
    back: Run | None


def show(request: Request) -> Response:
    """The page of a run; `from` is the place of the first record, from 0."""
    visitor = request.state.visitor
    with request.app.state.site.client(visitor) as crm:
        run, journal = run_of(request, crm.address)
        known = runs(workspace=crm.address)
        start = _number(request.query_params.get("from", ""))
        there = list(islice(touched(journal), start, start + SIZE + 1))
        written = _written(crm, there[:SIZE], run, known, looking(request))
        described = account(run, known, crm.catalogue)
        by_name = {each.id: each for each in known}
        undone = undone_by(run.id, known)
    return page(
        request, "runs/run.html", run=run, account=described, title=title_of(run, by_name), written=written, start=start,
        more=len(there) > SIZE, total=tally(journal).total(), of=by_name.get(run.undoes or ""), undone=undone,
        when=when(run, looking(request)), undone_seen=undone is not None and is_seen(undone, visitor), size=SIZE,
    )  # fmt: skip


def when(run: Run, look: Looking) -> str:
    """How long ago a run began."""
    at = read_moment(run.made_at)
    return ago(at, look.now) if at else run.made_at


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _written(crm: icosa.Client, there: Sequence[Touched], run: Run, known: Sequence[Run], look: Looking) -> list[Written]:
    now = current(crm, [(each.object, each.id) for each in there])
    back = {each.record: each for each in known if each.undoes == run.id and each.record and undone_by(each.id, known) is None}
    return [_described(crm, each, now.get(each.id), back.get(each.id), look) for each in there]


def _described(crm: icosa.Client, record: Touched, now: Record | None, back: Run | None, look: Looking) -> Written:
    of = crm.catalogue.by_plural.get(record.object)
    if of is None:
        return Written(
            record.id, naming.label(record.object), record.id[:8], "", DONE[record.first], (), record.secrets, record.settled, False, back
        )
    before, after = with_names(crm, of, (record.before, record.after))
    known = (now or {}) if record.after is None else record.after
    since = bool(now and record.after and changed_names(of, record.after, now)) or (record.after is None) != (now is None)
    return Written(
        record.id,
        singular(of),
        called(of, now or record.after or record.before or {"id": record.id}) if known or record.before else record.id[:8],
        address(of, record.id) if now else "",
        _did(record),
        differences(crm.catalogue, of, _as_far_as_known(record, before), after, look),
        [label(of, each) for each in record.secrets],
        record.settled,
        since and back is None,
        back,
    )


def _did(record: Touched) -> str:
    if record.first == "create" and record.after is None:
        return "created and deleted"
    return DONE[record.last] if record.last == "delete" else DONE[record.first]


def _as_far_as_known(record: Touched, before: dict[str, Any] | None) -> Record | None:
    """The record as it was; where no answer came, the fields alone that were sent."""
    if record.settled or before is None or record.after is None:
        return before
    return {name: each for name, each in before.items() if name in record.after or name in ("id",)}


def singular(of: Object) -> str:
    """What one record of an object is called."""
    return of.label or naming.label(of.singular)
