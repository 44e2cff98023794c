"""A value as a person reads it: pieces of text with what each is, and the markup of them.

Here and in the files beside it Python makes markup; all text in it is escaped by `text` and `escaped`.  Templates write {{ shown }}.
"""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from icosa.surfaces.console.showing.unseen import parted

CUT: Final = 400
"""Characters of a text that stand in sight of a record's page; behind "more" is the rest."""
CUT_RICH: Final = 1_200
"""The same of one with headings and lists, which is of use as a whole."""
CUT_BRIEF: Final = 120
"""The same in a cell of a table, where the rest is not shown."""
LONGEST: Final = 100_000
"""Characters of a text that a page holds at all: the rest is in the JSON."""


class ShownPiece(NamedTuple):
    """A part of what is shown.  `look` is what it is: "" is text, and the others are the keys of `_LOOKS`.  `href` makes it a link;
    `hue` is the number of a choice's colour; `more` is what a look says beside the text: a moment's ISO form, or of "rich" the markup."""

    text: str
    look: str = ""
    href: str = ""
    hue: int = 0
    more: str = ""


class Shown(NamedTuple):
    """What is shown of one value.  `brief` where it is one cell among others; `lines` where each piece is on a line of its own.

    As a text it is what somebody would read aloud; in a template it is markup.  False where there is no value.
    """

    pieces: tuple[ShownPiece, ...] = ()
    brief: bool = False
    lines: bool = False

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __str__(self) -> str:
        return (", " if self.lines else " ").join(each.text for each in self.pieces) or "empty"

    def __html__(self) -> str:
        if not self.pieces:
            return _NIL_BRIEF if self.brief else _NIL
        if self.lines and not self.brief and len(self.pieces) > 1:
            return f'<div class="lines">{"".join(f"<div>{_marked(each, self.brief)}</div>" for each in self.pieces)}</div>'
        if len(self.pieces) == 1:
            return _marked(self.pieces[0], self.brief)
        return " ".join(_marked(each, self.brief) for each in self.pieces)


_MARKS: Final = re.compile("[&<>\"']").search
_NIL: Final = '<span class="v-nil">empty</span>'
_NIL_BRIEF: Final = '<span class="v-nil" aria-hidden="true">–</span><span class="sr">empty</span>'


def escaped(value: str) -> str:
    """A text as it stands in markup, in an attribute too.  Most texts hold nothing that means something there."""
    return html.escape(value) if _MARKS(value) else value


def are_plain(texts: Sequence[str], longest: int) -> bool:
    """Whether `text` of each of them would be itself, and none is longer: asked of all at once."""
    joined = " ".join(texts)
    if "&" in joined or "<" in joined or ">" in joined or '"' in joined or "'" in joined or not joined.isprintable():
        return False
    return len(joined) <= longest or max(map(len, texts)) <= longest


def text(value: str) -> str:
    """A text as markup, with the characters that nobody sees made visible: none of these is printable."""
    if value.isprintable():
        return escaped(value)
    return "".join(_ghost(each) if unseen else escaped(each) for each, unseen in parted(value))


def _ghost(character: str) -> str:
    return f'<span class="v-ghost">U+{ord(character):04X}</span>'


def _marked(piece: ShownPiece, brief: bool) -> str:
    inside = _LOOKS[piece.look](piece, brief)
    if not piece.href:
        return inside
    kind = ' class="v-rel"' if piece.look == "relation" else ' rel="noreferrer"' if piece.href.startswith("http") else ""
    return f'<a href="{escaped(piece.href)}"{kind}>{inside}</a>'


def _plain(piece: ShownPiece, brief: bool) -> str:
    return text(f"{piece.text[:CUT_BRIEF]}…" if brief and len(piece.text) > CUT_BRIEF else piece.text)


def _text(piece: ShownPiece, brief: bool) -> str:
    """A text of somebody's: its lines stay lines, and a long one is cut with "more"; in a cell it is one line."""
    if brief:
        return f"<bdi>{_plain(piece, True)}</bdi>"
    if len(piece.text) <= CUT:
        return f'<bdi class="v-text">{text(piece.text)}</bdi>'
    left = len(piece.text) - LONGEST
    end = f'<p class="faint">… and {left:,} characters more, in the JSON</p>' if left > 0 else ""
    return _folded(piece.text, f"{text(piece.text[:LONGEST])}{end}")


def _rich(piece: ShownPiece, brief: bool) -> str:
    """A text whose markup is in `more`."""
    if brief:
        return _text(piece, True)
    return piece.more if len(piece.text) <= CUT_RICH else _folded(piece.text, piece.more)


def _folded(whole: str, markup: str) -> str:
    """The beginning of a long text, and behind "more" its markup."""
    return (
        f'<details class="v-long"><summary><span>{text(whole[:CUT])}… </span><b>more</b><b>less</b></summary><div>{markup}</div></details>'
    )


def _classed(name: str) -> Callable[[ShownPiece, bool], str]:
    return lambda piece, brief: f'<span class="{name}">{_plain(piece, brief)}</span>'


def _tag(piece: ShownPiece, brief: bool) -> str:
    hue = f" hue-{piece.hue}" if piece.hue >= 0 else ""
    return f'<span class="v-tag{hue}"><bdi>{_plain(piece, brief)}</bdi></span>'


def _time(piece: ShownPiece, brief: bool) -> str:
    return f'<time datetime="{escaped(piece.more)}">{escaped(piece.text)}</time>'


def _stars(piece: ShownPiece, brief: bool) -> str:
    return f'<span class="v-stars" aria-hidden="true">{escaped(piece.more)}</span><span class="sr">{escaped(piece.text)}</span>'


def _secret(piece: ShownPiece, brief: bool) -> str:
    return f'<span class="v-secret" aria-hidden="true">••••</span><span class="sr">{escaped(piece.text)}</span>'


def _bdi(piece: ShownPiece, brief: bool) -> str:
    return f"<bdi>{_plain(piece, brief)}</bdi>"


_LOOKS: Final[dict[str, Callable[[ShownPiece, bool], str]]] = {
    "": _text,
    "faint": _classed("faint"),
    "id": _classed("v-id"),
    "json": _classed("v-json"),
    "link": _bdi,
    "no": _classed("v-no"),
    "number": _plain,
    "relation": _bdi,
    "rich": _rich,
    "secret": _secret,
    "stars": _stars,
    "tag": _tag,
    "time": _time,
    "yes": _classed("v-yes"),
}


def tags(texts: Iterable[tuple[str, int]]) -> Sequence[ShownPiece]:
    """Choices as tags, each with the number of its colour; -1 for none."""
    return [ShownPiece(each, "tag", hue=hue) for each, hue in texts]
