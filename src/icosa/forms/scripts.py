"""The calls in a Python script, read off its text.  Nothing of it is run: values are literals, or stand for what is not known."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from icosa.call.where import DELETED, both
from icosa.errors import InvalidInput
from icosa.forms.literals import filter_text, literal
from icosa.forms.text import variable

CONNECTS: Final = ("connect", "aconnect")
UNNAMED: Final[dict[str, tuple[str, ...]]] = {
    "find_many": (),
    "iterate": (),
    "changed": ("since",),
    "find_one": ("id",),
    "create_one": ("record",),
    "create_many": ("records",),
    "update_one": ("id", "record"),
    "upsert": ("record",),
    "delete_one": ("id",),
    "restore_one": ("id",),
    "find_duplicates": (),
    "update_many": (),
    "delete_many": (),
    "restore_many": (),
}
"""The methods of a resource, and the parameters of each that need no name."""


@dataclass(frozen=True, slots=True)
class CallSite:
    """A place in a text where an action is called: its line, from 1, and the action by names as they are
    written there.  In `given` the value that is not in the text stands as `icosa.forms.text.variable` writes it,
    and "" is the name of values of which not even the names are known.  `on` is what stands
    before the resource, and `problem` says why no method takes what it is given."""

    line: int
    resource: str
    operation: str
    given: Mapping[str, Any] = field(repr=False)
    on: str = ""
    problem: str = ""


def parsed_script(text: str) -> ast.Module:
    """Raises InvalidInput, with the line, for what is no Python."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        where = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        reason = error.msg if isinstance(error, SyntaxError) else str(error) or "it is nested too deeply"
        raise InvalidInput(f"this is no Python: {where}{reason}") from None


def sites(tree: ast.Module) -> Iterator[CallSite]:
    """Everything that may be a call of an action, in the order of the text: `crm.people.find_one(…)`,
    `crm["people"].find_one(…)`, `crm.run("People", "Find One Person", {…})`."""
    found = [each for node in ast.walk(tree) if isinstance(node, ast.Call) and (each := _site(node))]
    yield from sorted(found, key=lambda each: each.line)


def addresses(tree: ast.Module) -> list[str]:
    """The addresses that a script connects to, as far as they stand in it."""
    return [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute | ast.Name)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id) in CONNECTS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]


def _site(node: ast.Call) -> CallSite | None:
    if not isinstance(node.func, ast.Attribute):
        return None
    method, args = node.func.attr, node.args
    if method == "run" and len(args) >= 2 and _is_text(args[0]) and _is_text(args[1]):
        given = next((each.value for each in node.keywords if each.arg == "properties"), args[2] if len(args) > 2 else None)
        held = {} if given is None else literal(given)
        return CallSite(node.lineno, literal(args[0]), literal(args[1]), _named(held), ast.unparse(node.func.value))
    match node.func.value:
        case ast.Attribute(attr=resource, value=on) | ast.Subscript(slice=ast.Constant(value=str(resource)), value=on):
            if method == "call" and args and _is_text(args[0]):
                given_ = {} if len(args) == 1 else _named(literal(args[1]))
                more = {each.arg or "": literal(each.value) for each in node.keywords}
                return CallSite(node.lineno, resource, literal(args[0]), {**given_, **more}, ast.unparse(on))
            if method in UNNAMED:
                too_many = f"{ast.unparse(node.func)} does not take so many values without a name"
                problem = too_many if len(args) > len(UNNAMED[method]) else ""
                return CallSite(node.lineno, resource, method, _given(node, method), ast.unparse(on), problem)
    return None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _named(held: Any) -> dict[str, Any]:
    """Values by name; of what is no literal not even the names are known."""
    return held if isinstance(held, dict) else {"": variable("")}


def _given(node: ast.Call, method: str) -> dict[str, Any]:
    """The properties that the arguments of a method give."""
    given: dict[str, Any] = {}
    for name, value in zip(UNNAMED[method], node.args, strict=False):
        if isinstance(value, ast.Starred):
            given[""] = variable("")
            break
        _take(given, name, value)
    for each in node.keywords:
        if each.arg is None:
            given[""] = variable("")
        else:
            _take(given, each.arg, each.value)
    if method in ("find_many", "iterate") and given.get("deleted") in (True, False):
        joined = given.pop("deleted") and "\0" not in given.get("filter", "")
        given |= {"filter": str(both(given.get("filter"), DELETED))} if joined else {}
    return given


def _take(given: dict[str, Any], name: str, value: ast.expr) -> None:
    match name:
        case "record":
            given |= _named(literal(value))
        case "where":
            given["filter"] = literal(value) if _is_text(value) else filter_text(value)
        case "records":
            given["body"] = literal(value)
        case _:
            given[name] = literal(value)
