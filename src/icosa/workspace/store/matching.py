"""LIKE, in time that grows with the text alone: whatever the pattern, no part of a text is looked at again and again.

`%` stands for any characters, `_` for one, `\\` makes the next literal.  Between `%` and `%` lie pieces, and each is
taken where it is first found, which is right because what follows can only gain by it.  A piece without `_` is found
by Python's own search, one with `_` by keeping, character by character, which of its beginnings end here.

Without regard to case, two characters are the same where they are the same in lower case, each taken by itself: Σ, σ
and ς are one letter, ß is not ss, and a letter beyond ASCII is never one of ASCII (İ is not i).
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from icosa.wire.language.pattern import pieces

_AT_ONCE = 1 << 15
"""Characters that are folded in one go: other threads wait for so long, and not for a whole text of megabytes."""

_ALONE = {0x130: "\ufdd0", 0x212A: "\ufdd1"}
"""İ and the sign for Kelvin, whose lower case is ASCII or begins so, are taken out of it: to code points that are no
characters."""


def fold(text: str) -> str:
    """A text as it is compared without regard to case; as long as before."""
    if text.isascii():
        return text.lower()
    parts = (text[at : at + _AT_ONCE] for at in range(0, len(text), _AT_ONCE))
    return "".join(_alone(part).lower().replace("ς", "σ") for part in parts)


def _alone(text: str) -> str:
    return text.translate(_ALONE) if "\u0130" in text or "\u212a" in text else text


class _Plain:
    """A piece without `_` in it."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __len__(self) -> int:
        return len(self.text)

    def stands(self, text: str, at: int) -> bool:
        return text.startswith(self.text, at)

    def find(self, text: str, start: int, end: int) -> int:
        """Where the piece begins first, or -1."""
        return text.find(self.text, start, end)


class _Gapped:
    """A piece with `_` in it, each a None.  Bit i of a mask says that character i of the piece may be this one; of a
    character without a mask `gaps` says it."""

    __slots__ = ("characters", "gaps", "masks")

    def __init__(self, characters: tuple[str | None, ...], masks: dict[str, int], gaps: int) -> None:
        self.characters = characters
        self.masks = masks
        self.gaps = gaps

    def __len__(self) -> int:
        return len(self.characters)

    def stands(self, text: str, at: int) -> bool:
        return all(each in (None, text[at + beside]) for beside, each in enumerate(self.characters))

    def find(self, text: str, start: int, end: int) -> int:
        """Where the piece begins first, or -1."""
        masks, gaps, whole, begun = self.masks, self.gaps, 1 << (len(self) - 1), 0
        for at in range(start, end):
            begun = (begun << 1 | 1) & masks.get(text[at], gaps)
            if begun & whole:
                return at - len(self) + 1
        return -1


class _Pattern(NamedTuple):
    """`pieces` are what stands before the first `%`, between, and behind the last; one alone where there is no `%`."""

    pieces: tuple[_Plain | _Gapped, ...]

    def matches(self, text: str) -> bool:
        first, *between = self.pieces
        if not between:
            return len(text) == len(first) and first.stands(text, 0)
        last = between.pop()
        at, end = len(first), len(text) - len(last)
        if at > end or not first.stands(text, 0) or not last.stands(text, end):
            return False
        for piece in between:
            found = piece.find(text, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True


def like(text: str, pattern: str) -> bool:
    """Whether a text is LIKE a pattern."""
    return _plain(pattern).matches(text)


def ilike(text: str, pattern: str) -> bool:
    """The same without regard to case."""
    return _folded_pattern(pattern).matches(fold(text))


@lru_cache(maxsize=256)
def _plain(pattern: str) -> _Pattern:
    return _made(pattern, str)


@lru_cache(maxsize=256)
def _folded_pattern(pattern: str) -> _Pattern:
    return _made(pattern, fold)


def _made(pattern: str, change: Callable[[str], str]) -> _Pattern:
    found = [[each and change(each) for each in piece] for piece in pieces(pattern)]
    return _Pattern(tuple(_piece(piece, searched=0 < at < len(found) - 1) for at, piece in enumerate(found)))


def _piece(characters: list[str | None], *, searched: bool) -> _Plain | _Gapped:
    """`searched`: it may stand anywhere, and not at one end alone."""
    if None not in characters:
        return _Plain("".join(each or "" for each in characters))
    gaps = sum(1 << at for at, each in enumerate(characters) if each is None) if searched else 0
    masks = {each: gaps for each in characters if each is not None} if searched else {}
    for at, each in enumerate(characters):
        if each in masks:
            masks[each] |= 1 << at
    return _Gapped(tuple(characters), masks, gaps)
