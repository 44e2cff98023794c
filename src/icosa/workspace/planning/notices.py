"""What an answer says beside its records about what the write did not do, or set off."""

from collections.abc import Iterable
from typing import Any, Final

from icosa.catalogue.model import Object
from icosa.wire.message import Answer
from icosa.wire.rest.notices import NOT_DELIVERED, NOTICE_HEADER, null_ignored
from icosa.wire.version import Version
from icosa.workspace.store.write_plan import Create, Update, UpdateMany

_WEBHOOK: Final = "webhook"
_ADDRESS: Final = "targetUrl"


def ignored_nulls(of: Object, body: Any, version: Version) -> tuple[str, ...]:
    """The fields that the body of a change, or of several upserts, would clear where null cleared a field of several parts."""
    if version.writes.null_clears_parts:
        return ()
    bodies: Iterable[Any] = body if isinstance(body, list) else (body,)
    named = (name for each in bodies for name, value in each.items() if value is None)
    return tuple(dict.fromkeys(name for name in named if name in of.field_by_name and of.field_by_name[name].type.composite))


def with_notice(answer: Answer, plan: Create | Update | UpdateMany) -> Answer:
    """The answer; it says so where null was ignored, and of a webhook that is made, or gets an address, that nothing is delivered."""
    notices = [null_ignored(plan.ignored)] if plan.ignored else []
    if plan.of.singular == _WEBHOOK and (isinstance(plan, Create) or _ADDRESS in plan.sent):
        notices.append(NOT_DELIVERED)
    return answer._replace(headers=(*answer.headers, *((NOTICE_HEADER, each) for each in notices))) if notices else answer
