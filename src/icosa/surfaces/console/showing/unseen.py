"""Characters that nobody sees, found in a text, so that a page can show that they are there.

Marks of direction can make a text read as another one, and zero-width ones make two of what looks the same.  Joiners between letters
of scripts that need them, and within an emoji, are left alone.
"""

import re
from collections.abc import Iterator
from typing import Final

_FORMAT: Final = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_LETTER: Final = f"[^\x00-\xff\u200c\u200d{_FORMAT}]"
_UNSEEN: Final = re.compile(f"([{_CONTROL}{_FORMAT}]|(?<!{_LETTER})[\u200c\u200d]|[\u200c\u200d](?!{_LETTER}))")


def parted(text: str) -> Iterator[tuple[str, bool]]:
    """A text in its order: what is seen, and each single character that is not, which comes with True."""
    for at, each in enumerate(_UNSEEN.split(text)):
        if each:
            yield each, at % 2 == 1
