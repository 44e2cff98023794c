"""What a server says beside an answer that is as it should be: codes in the header `Icosa-Notice`, each in words here.

A Twenty server sends none, and who does not know the header misses nothing.
"""

from collections.abc import Iterable, Sequence
from typing import Final

NOTICE_HEADER: Final = "Icosa-Notice"

NOT_DELIVERED: Final = "webhooks_not_delivered"

NULL_IGNORED: Final = "null_ignored"

_MOST_NAMED: Final = 20

_WORDS: Final = {
    NOT_DELIVERED: "the webhook is kept, and nothing is delivered to it yet: this version of Icosa calls no webhooks",
    NULL_IGNORED: 'a null was ignored, as it says nothing of a field of several parts; to clear one, send null or "" for each part',
}


def null_ignored(names: Sequence[str]) -> str:
    """The notice that null was sent for these fields and said nothing: the code, the first of the fields, and what clears one."""
    listed = ", ".join([*names[:_MOST_NAMED], *(["..."] if len(names) > _MOST_NAMED else [])])
    return f'{NULL_IGNORED}; {listed}; to clear one, send null or "" for each of its parts'


def read_notice(headers: Iterable[tuple[str, str]]) -> str | None:
    """What the headers of an answer give notice of, in words; None where they do not, or in a code that is not known:
    nothing that a server sends is repeated."""
    return next((_WORDS.get(value.partition(";")[0]) for name, value in headers if name.lower() == NOTICE_HEADER.lower()), None)
