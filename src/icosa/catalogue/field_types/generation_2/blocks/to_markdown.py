"""Blocks as Markdown, as far as Markdown has what they hold: colours and widths are lost."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_DEEPEST = 50  # blocks in blocks: what lies deeper is left out
_SIGNS = {"bold": "**", "italic": "*", "strike": "~~"}
_SPECIAL = re.compile(r"([\\`*_\[\]<~])")
_BEGINS = re.compile(r"(?P<sign>[#>+=|-])|(?P<number>\d{1,9})(?=[.)])")
"""What would make a line another block than a paragraph."""
_LISTS = frozenset({"bulletListItem", "numberedListItem", "checkListItem"})


def markdown(blocks: Sequence[Any]) -> str:
    """The text of blocks, with a line break at its end; "" where they hold none."""
    text = "\n".join(_lines(blocks, 0)).strip("\n")
    return f"{text}\n" if text else ""


def _lines(blocks: Sequence[Any], depth: int) -> Iterator[str]:
    number, before = 0, ""
    for block in blocks if depth < _DEEPEST else ():
        if not isinstance(block, Mapping):
            continue
        kind = str(block.get("type") or "")
        number = number + 1 if kind == before == "numberedListItem" else 1
        if before and not (kind == before and kind in _LISTS):
            yield ""
        mark = _mark(kind, _mapping(block.get("props")), number)
        own = list(_own(block, kind))
        yield mark + (own[0] if own else "")
        yield from (_indented(line, "> " if kind == "quote" else " " * len(mark) if kind in _LISTS else "") for line in own[1:])
        yield from (_indented(line, " " * (len(mark) if kind in _LISTS else 2)) for line in _lines(_list(block.get("children")), depth + 1))
        before = kind


def _mark(kind: str, props: Mapping[str, Any], number: int) -> str:
    match kind:
        case "heading":
            level = props.get("level")
            return "#" * (level if isinstance(level, int) and 0 < level < 7 else 1) + " "
        case "bulletListItem":
            return "* "
        case "numberedListItem":
            return f"{number}. "
        case "checkListItem":
            return "* [x] " if props.get("checked") is True else "* [ ] "
        case "quote":
            return "> "
    return ""


def _own(block: Mapping[str, Any], kind: str) -> Iterator[str]:
    content, props = block.get("content"), _mapping(block.get("props"))
    if kind == "codeBlock":
        yield f"```{props.get('language') or ''}"
        yield from _plain(content).split("\n")
        yield "```"
    elif isinstance(content, Mapping):
        yield from _table(content)
    elif kind in ("image", "video", "audio", "file"):
        name = _escaped(str(props.get("caption") or props.get("name") or ""))
        yield f"{'!' if kind == 'image' else ''}[{name}]({props.get('url') or ''})"
    else:
        yield from (_plainly(line) for line in _inline(content).split("\n"))


def _plainly(line: str) -> str:
    found = _BEGINS.match(line)
    if found is None:
        return line
    return f"\\{line}" if found["sign"] else f"{found[0]}\\{line[found.end() :]}"


def _table(content: Mapping[str, Any]) -> Iterator[str]:
    rows = [_list(row.get("cells")) for row in _list(content.get("rows")) if isinstance(row, Mapping)]
    for at, row in enumerate(rows):
        cells = [_inline(cell.get("content") if isinstance(cell, Mapping) else cell).replace("|", "\\|").replace("\n", " ") for cell in row]
        yield f"| {' | '.join(cells)} |"
        if at == 0:
            yield f"| {' | '.join('---' for _ in cells)} |"


def _inline(content: Any) -> str:
    if isinstance(content, str):
        return _escaped(content)
    return "".join(map(_span, _list(content)))


def _span(span: Any) -> str:
    if not isinstance(span, Mapping):
        return _escaped(span) if isinstance(span, str) else ""
    if span.get("type") == "link":
        return f"[{''.join(_span(each) for each in _list(span.get('content')) if _is_text(each))}]({span.get('href') or ''})"
    text, styles = str(span.get("text") or ""), _mapping(span.get("styles"))
    if styles.get("code"):
        return f"`{text}`"
    signs = [sign for name, sign in _SIGNS.items() if styles.get(name)]
    inner = text.strip()
    if not signs or not inner:
        return _escaped(text)
    before, behind = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return before + "".join(signs) + _escaped(inner) + "".join(signs[::-1]) + behind


def _is_text(span: Any) -> bool:
    return isinstance(span, Mapping) and span.get("type") != "link"


def _plain(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(str(span.get("text") or "") for span in _list(content) if isinstance(span, Mapping))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _indented(line: str, by: str) -> str:
    return by + line if line else line


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
