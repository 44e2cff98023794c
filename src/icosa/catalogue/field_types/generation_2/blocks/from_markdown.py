"""Markdown as blocks: headings, paragraphs, lists, quotations, code and tables.

It takes time as the text is long.  Blocks of a text that is all signs are fifty times as long as it is, and so have a limit.
What it does not know stays a paragraph, so that no word is lost.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

import orjson

from icosa.catalogue.field_types.generation_2.blocks.styled import Span, spans

Block = dict[str, Any]

LONGEST = 200_000
"""Characters of a text that is made blocks; a longer one is one paragraph."""

ROOM = 500_000
"""Characters that blocks may have beside eight for each of their text; where they have more, it is one paragraph."""

_DEEPEST = 20  # lists in lists: what lies deeper is text
_SPACE = UUID("b6bf1c0e-1c7e-5f0a-9c53-0d8f2a6f4f1b")  # of the ids of blocks
_SEED = 24  # characters of an id that all blocks of a text share
_LOOK = {"backgroundColor": "default", "textColor": "default", "textAlignment": "left"}
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)(.*)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_ITEM = re.compile(r"( {0,3})([-*+]|(\d{1,9})[.)])([ \t]+|$)(.*)")
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_QUOTE = re.compile(r" {0,3}> ?")
_CELL = re.compile(r":?-+:?")


def blocks(markdown: str) -> str:
    """The blocks of a text as JSON text, the same for the same text."""
    if len(markdown) <= LONGEST:
        text = _written(_blocks(markdown.expandtabs(4).splitlines(), 0), markdown)
        if len(text) <= ROOM + 8 * len(markdown):
            return text
    return _written([_block("paragraph", _LOOK, [{"type": "text", "text": markdown, "styles": {}}])], markdown)


def _written(made: list[Block], markdown: str) -> str:
    """Blocks as JSON text, each with an id."""
    seed, number = str(uuid5(_SPACE, markdown))[:_SEED], 0
    waiting = made[::-1]
    while waiting:
        block = waiting.pop()
        block["id"], number = f"{seed}{number:012x}", number + 1
        waiting.extend(block["children"][::-1])
    return orjson.dumps(made).decode()


def _blocks(lines: Sequence[str], depth: int) -> list[Block]:
    found: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip() or _RULE.fullmatch(lines[at]):
            at += 1
            continue
        made, at = _one(lines, at, depth)
        found += made
    return found


def _one(lines: Sequence[str], at: int, depth: int) -> tuple[list[Block], int]:
    """What begins at a line that is not blank, and the line behind it."""
    line = lines[at]
    if found := _HEADING.fullmatch(line):
        text = found[2].strip()
        bare = text.rstrip("#")
        return [_heading(len(found[1]), text if bare and not bare[-1].isspace() else bare)], at + 1
    if found := _FENCE.fullmatch(line):
        return _code(lines, at, found)
    if depth < _DEEPEST and _QUOTE.match(line):
        return _quote(lines, at, depth)
    if depth < _DEEPEST and _ITEM.fullmatch(line):
        return _item(lines, at, depth)
    if "|" in line and at + 1 < len(lines) and "|" in lines[at + 1] and all(map(_CELL.fullmatch, _cells(lines[at + 1]))):
        return _table(lines, at)
    return _paragraph(lines, at)


def _paragraph(lines: Sequence[str], at: int) -> tuple[list[Block], int]:
    end = at + 1
    while end < len(lines) and lines[end].strip():
        if found := _UNDERLINE.fullmatch(lines[end]):
            return [_heading(1 if found[1][0] == "=" else 2, _text(lines[at:end]))], end + 1
        if _begins(lines[end]):
            break
        end += 1
    return [_block("paragraph", _LOOK, spans(_text(lines[at:end])))], end


def _begins(line: str) -> bool:
    """Whether a line ends the paragraph before it."""
    return any(each.match(line) for each in (_QUOTE, _ITEM)) or any(each.fullmatch(line) for each in (_HEADING, _FENCE, _RULE))


def _text(lines: Sequence[str]) -> str:
    """The lines of a paragraph: those that end in two blanks or a backslash are lines of it, others go on."""
    text = ""
    for line in lines:
        broken = line.endswith(("  ", "\\"))
        text += line.strip().removesuffix("\\" if broken else "") + ("\n" if broken else " ")
    return text.rstrip()


def _heading(level: int, text: str) -> Block:
    return _block("heading", {**_LOOK, "level": level, "isToggleable": False}, spans(text.strip()))


def _code(lines: Sequence[str], at: int, fence: re.Match[str]) -> tuple[list[Block], int]:
    closed = re.compile(rf" {{0,3}}{re.escape(fence[1][0])}{{{len(fence[1])},}}[ \t]*")
    end = next((each for each in range(at + 1, len(lines)) if closed.fullmatch(lines[each])), len(lines))
    text = "\n".join(lines[at + 1 : end])
    content = [{"type": "text", "text": text, "styles": {}}] if text else []
    return [_block("codeBlock", {"language": (fence[2].split() or ["text"])[0]}, content)], end + 1


def _quote(lines: Sequence[str], at: int, depth: int) -> tuple[list[Block], int]:
    end = at
    while end < len(lines) and (_QUOTE.match(lines[end]) or (lines[end].strip() and not _begins(lines[end]))):
        end += 1
    inner = _blocks([_QUOTE.sub("", line, count=1) for line in lines[at:end]], depth + 1)
    look = {"backgroundColor": "default", "textColor": "default"}
    return [{**each, "type": "quote", "props": look} if each["type"] == "paragraph" else each for each in inner], end


def _item(lines: Sequence[str], at: int, depth: int) -> tuple[list[Block], int]:
    found = _ITEM.fullmatch(lines[at])
    assert found is not None
    width = len(found[1]) + len(found[2]) + min(len(found[4]) or 1, 4)
    own, end = [found[5]], at + 1
    while end < len(lines):
        line = lines[end]
        indented = line[:width].isspace() and len(line) > width
        if line.strip() and not indented and (not own[-1].strip() or _begins(line)):
            break
        own.append(line[width:] if indented else line)
        end += 1
    task = _TASK.match(own[0])
    inner = _blocks([own[0][task.end() :] if task else own[0], *own[1:]], depth + 1)
    plain = bool(inner) and inner[0]["type"] == "paragraph"
    content, children = (inner[0]["content"], inner[1:]) if plain else ([], inner)
    kind = "checkListItem" if task else "numberedListItem" if found[3] else "bulletListItem"
    look = {**_LOOK, "checked": task[1] != " "} if task else _LOOK
    return [{**_block(kind, look, content), "children": children}], end


def _table(lines: Sequence[str], at: int) -> tuple[list[Block], int]:
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = [_cells(line) for line in (lines[at], *lines[at + 2 : end])]
    width = len(rows[0])
    look = {"colspan": 1, "rowspan": 1, **_LOOK}
    made = [[{"type": "tableCell", "content": spans(cell), "props": look} for cell in (row + [""] * width)[:width]] for row in rows]
    content = {"type": "tableContent", "columnWidths": [None] * width, "headerRows": 1, "rows": [{"cells": row} for row in made]}
    return [{**_block("table", {"textColor": "default"}, []), "content": content}], end


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", re.sub(r"^\s*\||(?<!\\)\|\s*$", "", line))]


def _block(kind: str, props: dict[str, Any], content: list[Span]) -> Block:
    return {"id": "", "type": kind, "props": props, "content": content, "children": []}
