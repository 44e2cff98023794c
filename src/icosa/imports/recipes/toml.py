"""Texts and values as TOML writes them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson

from icosa.catalogue.characters import visible

_UNSAID: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def text(value: str) -> str:
    """A text in its quotes; JSON's are TOML's, but for one character."""
    return orjson.dumps(value).decode().replace("\x7f", "\\u007f")


def value(of: Any) -> str:
    """A text, a number, true or false, or a list of texts."""
    if isinstance(of, bool):
        return "true" if of else "false"
    if isinstance(of, str):
        return text(of)
    return f"[{', '.join(map(value, of))}]" if isinstance(of, list | tuple) else str(of)


def table(name: str, of: Mapping[str, Any]) -> list[str]:
    """A table of values whose names need no quotes."""
    return [f"[{name}]", *(f"{key} = {value(each)}" for key, each in of.items())]


def pairs(of: Iterable[tuple[str, str, str]]) -> list[str]:
    """Lines of a heading, what it goes to, and a comment, one below the other."""
    lines = [(f"{text(name)} = {text(to)}", comment) for name, to, comment in of]
    width = max((len(line) for line, _ in lines), default=0)
    return [f"{line:<{width}}  # {remark(comment)}" if comment else line for line, comment in lines]


def remark(text: str) -> str:
    """A text that can stand in a comment: on one line, and with nothing that is not seen."""
    return _UNSAID.sub(" ", visible(text)).strip()


def commented(lines: Iterable[str]) -> list[str]:
    return [f"# {line}".rstrip() for line in lines]
