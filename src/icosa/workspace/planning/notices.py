"""What an answer says beside its record about what the write did not set off."""

from typing import Final

from icosa.wire.message import Answer
from icosa.wire.rest.notices import NOT_DELIVERED, NOTICE_HEADER
from icosa.workspace.store.plan import Create, Update

_WEBHOOK: Final = "webhook"
_ADDRESS: Final = "targetUrl"


def with_notice(answer: Answer, plan: Create | Update) -> Answer:
    """The answer; of a webhook that is made, or gets an address, it says that nothing is delivered."""
    if plan.of.singular != _WEBHOOK or (isinstance(plan, Update) and _ADDRESS not in plan.sent):
        return answer
    return answer._replace(headers=(*answer.headers, (NOTICE_HEADER, NOT_DELIVERED)))
