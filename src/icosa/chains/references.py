"""References in the texts of a chain, read and filled: `{{item.company.id}}`, `Call {{companies.name}}`.

    {{item.path}}        a value of the item that the step runs for
    {{companies.path}}   a value of the item of an earlier step that this one descends from; "input" is what the chain began with
    {{env.ICOSA_NAME}}   a variable of the environment, for secret properties alone
    {{null}}             no value, which TOML has no word for
    {{"{{"}}             a text as it stands, for braces that begin no reference

A path goes through objects by name and through lists by place, from 0; a name with dots, blanks or braces stands in double
quotes: {{item."First name"}}.  A text that is one reference has the value itself, whatever its type; in a longer text
values stand as text, and nothing for null.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from icosa.catalogue.kinds import shown
from icosa.chains.chain import ENV, NULL
from icosa.errors import InvalidValue, NoValue

_QUOTED: Final = r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"'
_PLAIN: Final = r'[^\s.{}"]+'
_NAME: Final = rf"(?:{_QUOTED}|{_PLAIN})"
_REFERENCE: Final = re.compile(rf"\{{\{{\s*(?:(?P<text>{_QUOTED})|(?P<path>{_NAME}(?:\.{_NAME})*))\s*\}}\}}")
_SEGMENT: Final = re.compile(_NAME)
_BRACES: Final = re.compile(r"\{{2,}|\{\Z")
HOW: Final = 'write one such as {{item.company.id}}, or {{"{{"}} for the braces themselves'


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a value is: in the item of `source` (a step's name, "item", "input", "env"), at `path`, nothing for all of it."""

    source: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "{{" + ".".join(map(_spelt, (self.source, *self.path))) + "}}"


Piece = str | Reference
Find = Callable[[Reference], Any]


def pieces(text: str) -> tuple[Piece, ...]:
    """A text, taken apart at its references.  Raises InvalidValue for braces that begin no reference."""
    found: list[Piece] = []
    at = 0
    while (opened := text.find("{{", at)) >= 0:
        match = _REFERENCE.match(text, opened)
        if match is None:
            raise InvalidValue("reference", f"{shown(text[opened : opened + 60])} is none; {HOW}")
        if opened > at:
            found.append(text[at:opened])
        found.append(json.loads(match["text"]) if match["text"] is not None else _reference(match["path"]))
        at = match.end()
    if at < len(text):
        found.append(text[at:])
    return tuple(found)


def escaped(text: str) -> str:
    """A text that stands for itself: what is to be read as braces, and as no reference."""
    return _BRACES.sub(lambda braces: '{{"' + braces[0] + '"}}', text) if "{" in text else text


def references(value: Any) -> Iterator[Reference]:
    """Every reference in a value, however deep.  Raises InvalidValue as `pieces` does."""
    match value:
        case str():
            yield from (each for each in pieces(value) if isinstance(each, Reference)) if "{{" in value else ()
        case Mapping():
            for each in value.values():
                yield from references(each)
        case list() | tuple():
            for each in value:
                yield from references(each)


def filled(value: Any, find: Find) -> Any:
    """A value with what its references stand for; `find` gives that, or raises.  Raises InvalidValue as `pieces` does."""
    match value:
        case str() if "{{" in value:
            return _filled(pieces(value), find)
        case Mapping():
            return {name: filled(each, find) for name, each in value.items()}
        case list() | tuple():
            return [filled(each, find) for each in value]
        case _:
            return value


def at_path(value: Any, reference: Reference) -> Any:
    """What is at the path of a reference in a value.  What lies beyond null is null.  Raises NoValue where there is nothing."""
    for at, name in enumerate(reference.path):
        match value:
            case None:
                return None
            case Mapping() if name in value:
                value = value[name]
            case list() if name.isascii() and name.isdigit() and int(name) < len(value):
                value = value[int(name)]
            case _:
                raise NoValue(str(reference), f"there is no {name!r} {_held(value, Reference(reference.source, reference.path[:at]))}")
    return value


def as_text(value: Any) -> str:
    """A value within a longer text: nothing for null, JSON for objects and lists."""
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _filled(parts: tuple[Piece, ...], find: Find) -> Any:
    def value(of: Reference) -> Any:
        return None if of.source == NULL else find(of)

    if len(parts) == 1 and isinstance(parts[0], Reference):
        return value(parts[0])
    return "".join(each if isinstance(each, str) else as_text(value(each)) for each in parts)


def _reference(path: str) -> Reference:
    source, *rest = (json.loads(each) if each[0] == '"' else each for each in _SEGMENT.findall(path))
    if source == NULL and rest:
        raise InvalidValue("reference", f"{{{{{path}}}}} goes on behind null, which holds nothing")
    if source == ENV and len(rest) != 1:
        raise InvalidValue("reference", f"{{{{{path}}}}} names no variable; write one such as {{{{env.ICOSA_WEBHOOK_SECRET}}}}")
    return Reference(source, tuple(rest))


def _spelt(name: str) -> str:
    return name if re.fullmatch(_PLAIN, name) else json.dumps(name, ensure_ascii=False)


def _held(value: Any, where: Reference) -> str:
    match value:
        case Mapping():
            names = ", ".join(list(value)[:12]) + (" and more" if len(value) > 12 else "")
            return f"in {where}, which has {names or 'nothing'}"
        case list():
            return f"in {where}, a list of {len(value)}, whose items go by their place, from 0"
        case _:
            return f"in {where}, which is a single value"
