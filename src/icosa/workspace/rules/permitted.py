"""Whether a version lets an API key write this, as its data say (wire/refusals.py)."""

from icosa.errors import IcosaError, NotFound
from icosa.wire.refusals import Deed, Restriction
from icosa.wire.version import Version
from icosa.workspace.store.write_plan import Create, Delete, DeleteMany, Merge, Restore, RestoreMany, Update, UpdateMany, Write

_NOTHING = Restriction()


def check(plan: Write, version: Version) -> None:
    """Raises the error with which the version refuses it."""
    restriction = version.refusals.get(plan.of.singular)
    if restriction is None:
        return
    deeds, sent = [_deed(plan)], plan.sent if isinstance(plan, Update | UpdateMany) else {}
    if "deletedAt" in sent:
        deeds.append("restore" if sent["deletedAt"][""] is None else "keep")
    refusals = (*map(restriction.deeds.get, deeds), *map(restriction.fields.get, sent))
    refusal = next((each for each in refusals if each is not None), None)
    if refusal is not None:
        raise refusal.error()


def missing(error: NotFound, plan: Write, version: Version) -> IcosaError:
    """How the version tells that there is no record to write to."""
    refusal = version.refusals.get(plan.of.singular, _NOTHING).missing
    return refusal.error() if refusal is not None and _deed(plan) in ("update", "keep") else error


def _deed(plan: Write) -> Deed:
    match plan:
        case Create():
            return "create"
        case Update():
            return "update"
        case UpdateMany() | Merge():
            return "update_many"
        case Delete(permanent=permanent):
            return "destroy" if permanent else "keep"
        case DeleteMany(permanent=permanent):
            return "destroy_many" if permanent else "keep_many"
        case Restore():
            return "restore"
        case RestoreMany():
            return "restore_many"
