"""A chain as TOML: the same text for the same chain, which is read back as that chain."""

import re
from collections.abc import Mapping
from typing import Any, Final

from icosa.catalogue.kinds import shown
from icosa.chains.chain import Chain, Step
from icosa.chains.reading import VERSION
from icosa.errors import InvalidValue

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_ODD: Final = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
_LITERAL: Final = re.compile(r"[^'\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*")


def chain_text(chain: Chain) -> str:
    """The chain as TOML, with a line break at its end.  Raises InvalidValue for a value that TOML cannot say."""
    head = [f"version = {VERSION}", f"name = {_text(chain.name)}"]
    if chain.description:
        head.append(f"description = {_text(chain.description, over_lines=True)}")
    return "\n\n".join(["\n".join(head), *map(_step, chain.steps)]) + "\n"


def _step(step: Step) -> str:
    lines = [f"[step.{_key(step.name)}]", f"run = {_text(step.run)}"]
    if step.over is not None:
        lines.append(f"for = {_text(step.over)}")
    if step.all:
        lines.append("all = true")
    if step.on_error != "keep":
        lines.append(f"on-error = {_text(step.on_error)}")
    if step.properties:
        lines.append(f"[step.{_key(step.name)}.with]")
        lines += [f"{_key(name)} = {_value(value, f'{step.name}.{name}', over_lines=True)}" for name, value in step.properties.items()]
    return "\n".join(lines)


def _value(value: Any, path: str, *, over_lines: bool = False) -> str:
    match value:
        case None:
            return '"{{null}}"'
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value, over_lines=over_lines)
        case int():
            return str(value)
        case float() if value == value and abs(value) != float("inf"):
            return repr(value)
        case Mapping():
            held = ", ".join(f"{_key(name)} = {_value(each, f'{path}.{name}')}" for name, each in value.items())
            return f"{{ {held} }}" if held else "{}"
        case list() | tuple():
            return f"[{', '.join(_value(each, f'{path}[{at}]') for at, each in enumerate(value))}]"
        case _:
            raise InvalidValue(path, f"{shown(value)} is nothing a chain can hold; give texts, numbers, booleans, lists, dicts or None")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str, *, over_lines: bool = False) -> str:
    """A text in its quotes: in those that need no escapes where it can be, and over several lines where it has them."""
    if over_lines and "\n" in value:
        return '"""\n' + _ODD.sub(lambda odd: "\n" if odd[0] == "\n" else _escape(odd), value) + '"""'
    if ('"' in value or "\\" in value) and _LITERAL.fullmatch(value):
        return f"'{value}'"
    return '"' + _ODD.sub(_escape, value) + '"'


def _escape(odd: re.Match[str]) -> str:
    if "\ud800" <= odd[0] <= "\udfff":
        raise InvalidValue("text", "holds half of a character (a lone surrogate), which no file in UTF-8 can; leave it out")
    return _ESCAPES.get(odd[0], f"\\u{ord(odd[0]):04x}")
