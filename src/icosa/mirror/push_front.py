"""`plan_push`: what was changed in a mirror, in one call a plan for the workspace that it was pulled from."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from icosa.catalogue.kinds import wire_moment
from icosa.client.blocking import Client, connect
from icosa.client.credentials.text_address import without_password
from icosa.errors import InvalidInput
from icosa.mirror.pull import Counts, Pull, Remark
from icosa.mirror.pull import Progress as PullProgress
from icosa.mirror.push import Progress, steps_to_push
from icosa.mirror.target import open_mirror, origin_of
from icosa.mirror.walking import remote
from icosa.plans.plan import Header, PlanWriter, shape_digests
from icosa.plans.step import Conflict, name_of

if TYPE_CHECKING:
    from icosa.mirror.target import Mirror


def push_address(database: str, to: str | None = None) -> str:
    """The address of the workspace that a mirror (sqlite:///crm.db) can be pushed to: the one it was pulled from.

    Raises InvalidInput where it was never pulled, where it is masked, and where `to` names another workspace.
    """
    with closing(open_mirror(database)) as mirror:
        return _goal(mirror, to)


def plan_push(
    database: str,
    crm: Client,
    plan: Path | None = None,
    *,
    progress: Progress = lambda name, done: None,
    conflict: Callable[[Conflict], None] = lambda step: None,
) -> Counter[str]:
    """Write what was changed in a mirror since it was pulled as a plan for the workspace that it was pulled from.

    Gives how many steps of each kind it has, by their names ("create", "change", "conflict" …); without `plan` they
    are counted, and nothing is written.  `conflict` is called with each record that was changed on both sides, for
    which nothing is planned.  Apply the plan with `icosa.bulk.apply`, then `pull_back`.

    Raises InvalidInput where the mirror was never pulled, is masked, or was pulled from another workspace than `crm`
    is; and what reading from the workspace raises.
    """
    counts: Counter[str] = Counter()
    with closing(open_mirror(database)) as mirror:
        address = _goal(mirror, crm.address)
        header = Header(address, shape_digests(crm.catalogue, *(each.plural for each in crm.catalogue)), _now(), f"push {mirror.name}")
        with connect(database, token="") as here, PlanWriter(plan, header, crm.catalogue) if plan else nullcontext() as writer:
            for step in steps_to_push(mirror, remote(here), remote(crm), progress):
                counts[name_of(step)] += 1
                if isinstance(step, Conflict):
                    conflict(step)
                if writer:
                    writer.write(step)
    return counts


def pull_back(
    database: str,
    crm: Client,
    *,
    progress: PullProgress = lambda name, done, total: None,
    remark: Remark = lambda text: None,
) -> Mapping[str, Counts]:
    """Bring a mirror up to date with what became of its plan, as it was pulled before.  Gives what was done, by the plural
    of each object.  Raises as `plan_push` does."""
    with closing(open_mirror(database)) as mirror:
        _goal(mirror, crm.address)
        return Pull(remote(crm), mirror, progress, remark).run()


def _goal(mirror: "Mirror", to: str | None) -> str:
    origin = origin_of(mirror)
    if origin is None:
        raise InvalidInput(f"{mirror.name} was never pulled, so nobody knows what was changed in it; icosa pull makes a mirror")
    if origin.masked:
        raise InvalidInput(f"{mirror.name} is masked: its made-up values would replace the true ones of {without_password(origin.address)}")
    if to is not None and to.rstrip("/") != origin.address:
        known_as = without_password(origin.address)
        raise InvalidInput(
            f"{mirror.name} was pulled from {known_as}, and can be pushed to that alone; for another, icosa copy or icosa import"
        )
    return origin.address


def _now() -> str:
    return wire_moment(datetime.now(UTC))
