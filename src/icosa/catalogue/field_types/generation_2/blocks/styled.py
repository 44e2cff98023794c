"""What stands in a line of Markdown: texts with their styles, and links."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

Span = dict[str, Any]
"""A text with its styles, or a link, as the editor has them."""

_STYLES = {"**": "bold", "__": "bold", "*": "italic", "_": "italic", "~~": "strike"}
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<ticks>`+)|(?P<run>\*{1,3}|_{1,3}|~~)|(?P<open>!?\[)|(?P<address><[a-z][a-z+.-]*:[^\s<>]*>)"
)
_PLAIN = re.compile(r"[^\\`*_~\[<]*")  # most lines are
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_TICKS = re.compile("`+")
_TARGET = re.compile(r"\(\s*<?(?P<href>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")


class _Mark(NamedTuple):
    """A sign that may begin or end a style; it is text where nothing answers it."""

    sign: str
    opens: bool
    closes: bool


def spans(text: str) -> list[Span]:
    """The spans of a line, or of several that are one."""
    if _PLAIN.fullmatch(text):
        return [_span(text)] if text else []
    return _merged(_styled(list(_pieces(text, links=True))))


def _pieces(text: str, *, links: bool) -> Iterator[str | _Mark | Span]:
    """Texts, marks, and what is whole already: code and links."""
    at, closing, ticks = 0, _closing(text) if links else {}, _ticks(text)
    while found := _TOKEN.search(text, at):
        yield text[at : found.start()]
        at = found.end()
        if found["escaped"]:
            yield found["escaped"]
        elif found["run"]:
            yield from _marks(text, found)
        elif found["address"]:
            yield _link(found["address"][1:-1], [_span(found["address"][1:-1])]) if links else found[0]
        elif found["ticks"]:
            end = _next(ticks, found["ticks"], found.end())
            if end is None:
                yield found[0]
            else:
                yield _span(" ".join(text[at:end].split("\n")).strip(" ") or text[at:end], code=True)
                at = end + len(found["ticks"])
        else:
            end = closing.get(found.end() - 1)
            target = _TARGET.match(text, end + 1) if end is not None else None
            if target is None:
                yield found[0]
            else:
                yield _link(target["href"], _merged(_styled(list(_pieces(text[at:end], links=False)))))
                at = target.end()
    yield text[at:]


def _closing(text: str) -> dict[int, int]:
    """Where the bracket that opens at a place is closed."""
    open_: list[int] = []
    found: dict[int, int] = {}
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "[":
            open_.append(bracket.start())
        elif bracket[0] == "]" and open_:
            found[open_.pop()] = bracket.start()
    return found


def _ticks(text: str) -> dict[str, list[int]]:
    """Where rows of backticks stand, by the row, the last first."""
    found: dict[str, list[int]] = {}
    for row in _TICKS.finditer(text):
        found.setdefault(row[0], []).append(row.start())
    return {row: places[::-1] for row, places in found.items()}


def _next(ticks: dict[str, list[int]], row: str, after: int) -> int | None:
    places = ticks[row]
    while places and places[-1] < after:
        places.pop()
    return places.pop() if places else None


def _marks(text: str, found: re.Match[str]) -> Iterator[_Mark]:
    before, behind = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    opens, closes = bool(behind) and not behind.isspace(), bool(before) and not before.isspace()
    if found[0][0] == "_":
        opens, closes = opens and not before.isalnum(), closes and not behind.isalnum()
    sign = found[0]
    signs = [sign] if len(sign) < 3 else [sign[:2], sign[0]] if opens and not closes else [sign[0], sign[:2]]
    return (_Mark(each, opens, closes) for each in signs)


def _styled(pieces: list[str | _Mark | Span]) -> Iterator[Span]:
    """The pieces with the styles of the marks around them."""
    ends = _answered(pieces)
    styles: dict[str, int] = {}
    for at, piece in enumerate(pieces):
        if isinstance(piece, _Mark):
            if at in ends:
                styles[_STYLES[piece.sign]] = styles.get(_STYLES[piece.sign], 0) + ends[at]
            else:
                yield _span(piece.sign, **{name: True for name, depth in styles.items() if depth})
            continue
        active = {name: True for name, depth in styles.items() if depth}
        if isinstance(piece, str):
            if piece:
                yield _span(piece, **active)
        else:
            yield _with_styles(piece, active)


def _answered(pieces: list[str | _Mark | Span]) -> dict[int, int]:
    """1 for each mark that begins a style, -1 for the one that ends it; those that nothing answers are not there."""
    open_: list[int] = []
    waiting: dict[str, int] = {}
    found: dict[int, int] = {}
    for at, piece in enumerate(pieces):
        if not isinstance(piece, _Mark):
            continue
        if piece.closes and waiting.get(piece.sign):
            while True:
                first = open_.pop()
                sign = pieces[first].sign  # type: ignore[union-attr]
                waiting[sign] -= 1
                if sign == piece.sign:
                    break
            found[first], found[at] = 1, -1
        elif piece.opens:
            open_.append(at)
            waiting[piece.sign] = waiting.get(piece.sign, 0) + 1
    return found


def _span(text: str, **styles: bool) -> Span:
    return {"type": "text", "text": text, "styles": styles}


def _link(href: str, content: list[Span]) -> Span:
    return {"type": "link", "href": href, "content": content or [_span(href)]}


def _with_styles(span: Span, styles: dict[str, bool]) -> Span:
    if span["type"] == "link":
        return {**span, "content": [_with_styles(each, styles) for each in span["content"]]}
    return {**span, "styles": {**styles, **span["styles"]}}


def _merged(spans_: Iterator[Span]) -> list[Span]:
    """Neighbours of the same styles as one."""
    found: list[list[Span]] = []
    for span in spans_:
        last = found[-1][-1] if found else None
        if last is not None and last["type"] == span["type"] == "text" and last["styles"] == span["styles"]:
            found[-1].append(span)
        else:
            found.append([span])
    return [{**group[0], "text": "".join(each["text"] for each in group)} if group[0]["type"] == "text" else group[0] for group in found]
