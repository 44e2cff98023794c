"""What a server says beside an answer that is as it should be: codes in the header `Icosa-Notice`, each in words here.

A Twenty server sends none, and who does not know the header misses nothing.
"""

from collections.abc import Iterable
from typing import Final

NOTICE_HEADER: Final = "Icosa-Notice"

NOT_DELIVERED: Final = "webhooks_not_delivered"

_WORDS: Final = {
    NOT_DELIVERED: "the webhook is kept, and nothing is delivered to it yet: this version of Icosa calls no webhooks",
}


def read_notice(headers: Iterable[tuple[str, str]]) -> str | None:
    """What the headers of an answer give notice of, in words; None where they do not, or in a code that is not known:
    nothing that a server sends is repeated."""
    return next((_WORDS.get(value) for name, value in headers if name.lower() == NOTICE_HEADER.lower()), None)
