"""The body of a merge, made a plan: {"ids": ["…", "…"], "conflictPriorityIndex": 0, "dryRun": true}."""

from typing import Any

from icosa.catalogue.kinds import Kind, coerce_each, shown
from icosa.catalogue.model import Object
from icosa.errors import InvalidBody, UnknownAction
from icosa.workspace.store.write_plan import Merge

FEWEST, MOST = 2, 9


def plan_merge(of: Object, body: Any, depth: int) -> Merge:
    """Raises UnknownAction where records of the object cannot be duplicates of each other, InvalidBody, and InvalidId for an
    id that is none."""
    if not of.duplicate_criteria:
        raise UnknownAction(
            f"{of.plural} cannot be merged; nothing says when two of them are the same",
            legacy=f"Merge is only available for objects with duplicate criteria. "
            f"Object '{of.singular}' does not have duplicate criteria defined.",
        )
    if not isinstance(body, dict):
        raise InvalidBody(f'the body is {shown(body)}; send {{"ids": […], "conflictPriorityIndex": 0}}')
    ids = _ids(body.get("ids"))
    priority, dry_run = body.get("conflictPriorityIndex"), body.get("dryRun", False)
    if type(priority) is not int or not 0 <= priority < len(ids):
        raise InvalidBody(
            f"conflictPriorityIndex: {shown(priority)} is no place in ids; send one from 0 to {len(ids) - 1}, that of the record "
            "whose values go before those of the others",
            legacy=f"Invalid conflict priority '{shown(priority)}'. Valid options for {len(ids)} records: 0-{len(ids) - 1}",
        )
    if dry_run not in (True, False, None):
        raise InvalidBody(f"dryRun: {shown(dry_run)} is neither true nor false; true shows what would be, and changes nothing")
    return Merge(of, ids, priority, bool(dry_run), depth)


def _ids(found: Any) -> tuple[str, ...]:
    if found is None:
        found = []
    if not isinstance(found, list):
        raise InvalidBody(f"ids: {shown(found)} is no list; send the ids of the records that are to be one")
    if len(found) < FEWEST:
        raise InvalidBody(f"ids: send at least {FEWEST}", legacy="At least 2 record IDs are required for merge")
    if len(found) > MOST:
        raise InvalidBody(f"ids: {len(found)} are too many; send at most {MOST}", legacy=f"Maximum {MOST} records can be merged at once")
    ids = tuple(coerce_each(Kind.UUID, found, "ids"))
    doubled = next((each for at, each in enumerate(ids) if each in ids[:at]), None)
    if doubled:
        raise InvalidBody(f"ids: {doubled} stands there twice; a record cannot be merged with itself")
    return ids
