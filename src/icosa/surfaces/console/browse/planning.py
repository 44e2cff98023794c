"""Plans of the console: many records to be changed or deleted, kept as files beside the journals, each for whoever made it."""

import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import icosa
from icosa.call.page import Record
from icosa.call.paths import differing, nested, values, wanted, writable
from icosa.catalogue import naming
from icosa.catalogue.columns import together
from icosa.catalogue.kinds import wire_moment
from icosa.catalogue.model import Object
from icosa.journal.journal_file import journal_folder
from icosa.plans.checkpoint import checkpoint_path
from icosa.plans.plan import Header, PlanFile, PlanWriter, read_plan, shape_digests
from icosa.plans.step import Change, Deletion, Skip, Step
from icosa.surfaces.console.browse.jobs import PlanJob
from icosa.surfaces.console.problems import NotThere
from icosa.surfaces.console.site import Visitor

_NAME: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_KEPT_SECONDS: Final = 7 * 24 * 3600
"""How long a plan is kept that nobody began; one that was run is what its run says of itself, and stays with the journal."""


def new_plan() -> str:
    """The name of a plan to be made, which nobody guesses."""
    return secrets.token_urlsafe(16)


def plan_path(name: str) -> Path:
    """Where a plan lies.  Raises NotThere for what can be the name of none."""
    if not _NAME.fullmatch(name):
        raise _missing()
    return journal_folder() / "console" / f"{name}.plan.jsonl"


def is_being_made(name: str) -> bool:
    """Whether a process is writing it, this one or another."""
    path = plan_path(name)
    return any(path.parent.glob(f".{path.name}.*"))


def plan_of(name: str, crm: icosa.Client, visitor: Visitor) -> PlanFile:
    """A visitor's own plan.  Raises NotThere for any other."""
    path = plan_path(name)
    if not path.exists():
        raise _missing()
    plan = read_plan(path)
    if plan.header.settings.get("key_id") != visitor.key_id or plan.header.workspace != crm.address:
        raise _missing()
    return plan


@dataclass(frozen=True, slots=True)
class Making:
    """A plan that is to be made: under which name, for whom, of the records that a filter finds, and where its page leads back to."""

    of: Object
    name: str
    visitor: Visitor
    where: str
    back: str


def write_change(crm: icosa.Client, making: Making, sent: Mapping[str, Any], job: PlanJob) -> None:
    """Writes the plan that gives the records the values of `sent`, which is a record of the wire."""
    of = making.of
    after = wanted(crm.catalogue, of, dict(sent))
    _write(crm, making, f"change {naming.in_a_sentence(of.resource)}", (_change(of, each, after) for each in _records(crm, making, job)))


def write_deletion(crm: icosa.Client, making: Making, job: PlanJob) -> None:
    """Writes the plan that deletes the records."""
    of = making.of
    found = (Deletion(of.plural, each["id"], _known(of, each), each.get("updatedAt")) for each in _records(crm, making, job))
    _write(crm, making, f"delete {naming.in_a_sentence(of.resource)}", found)


def _write(crm: icosa.Client, making: Making, title: str, steps: Iterator[Step]) -> None:
    _clear_old()
    settings = {"key_id": making.visitor.key_id, "back": making.back}
    shapes = shape_digests(crm.catalogue, making.of.plural)
    header = Header(crm.address, shapes, wire_moment(datetime.now(UTC)), title, settings=settings)
    with PlanWriter(plan_path(making.name), header, crm.catalogue) as plan:
        for each in steps:
            plan.write(each)


def _records(crm: icosa.Client, making: Making, job: PlanJob) -> Iterator[Record]:
    yield from crm[making.of.plural].iterate(where=making.where or None, depth=0, progress=job.progress)


def _change(of: Object, record: Record, after: Mapping[str, Any]) -> Step:
    now = values(of, record)
    paths = [path for path in together(of, differing(now, dict(after))) if path in after]
    if not paths:
        return Skip(of.plural, record["id"])
    before = nested({path: now[path] for path in paths if path in now})
    return Change(of.plural, record["id"], before, nested({path: after[path] for path in paths}), record.get("updatedAt"))


def _known(of: Object, record: Record) -> Record:
    return nested(writable(of, values(of, record)))


def _missing() -> NotThere:
    return NotThere("plan", "It was made by somebody else, or so long ago that it was cleared. Make it again.")


def _clear_old() -> None:
    folder = journal_folder() / "console"
    for each in folder.glob("*.plan.jsonl"):
        with suppress(OSError):
            if not checkpoint_path(each).exists() and time.time() - each.stat().st_mtime > _KEPT_SECONDS:
                each.unlink()
