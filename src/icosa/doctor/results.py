"""Which values of records a Python script reads: person["jobTitle"], where person came from crm.people.find_one(…)."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

_ONE = frozenset({"find_one", "look_up", "create_one", "update_one", "upsert", "restore_one", "merge"})
_MANY = frozenset({"find_many", "iterate", "changed", "create_many", "attached_to", "update_many", "delete_many", "restore_many"})


class Held(NamedTuple):
    """What a name or an expression holds: records of an object, one or many, or by `path` a part of one."""

    object: str
    many: bool
    path: str = ""


class Read(NamedTuple):
    line: int
    object: str
    path: str


def reads(tree: ast.Module) -> Iterator[Read]:
    """Every value that is read from a record by its name, as far as the script shows which object's it is.

    Names are taken to hold the same wherever they stand in the file; one that holds records of different
    objects is passed over.
    """
    names = _names(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Subscript | ast.Call):
            continue
        held = _held(node, names)
        if held is not None and held.path and not held.many:
            yield Read(node.lineno, held.object, held.path)


def _names(tree: ast.Module) -> dict[str, Held]:
    found: dict[str, set[Held]] = {}
    for _ in range(3):  # a name may come from a name that comes from a name
        known = {name: next(iter(held)) for name, held in found.items() if len(held) == 1}
        for node in ast.walk(tree):
            for target, value, each in _bindings(node):
                held = _held(value, known)
                if isinstance(target, ast.Name) and held is not None and (held.many or not each):
                    found.setdefault(target.id, set()).add(held._replace(many=False) if each else held)
    return {name: next(iter(held)) for name, held in found.items() if len(held) == 1}


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr, bool]]:
    """What is bound to what, and whether it is to each of several."""
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target, value, False) for target in targets)
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
            yield target, value, False
        case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield target, value, True


def _held(node: ast.expr, names: dict[str, Held]) -> Held | None:
    match node:
        case ast.Await(value=value):
            return _held(value, names)
        case ast.Name(id=name):
            return names.get(name)
        case ast.Call(func=ast.Attribute(attr=method, value=ast.Attribute(attr=resource))) if method in _ONE | _MANY:
            return Held(resource, method in _MANY)
        case ast.Call(func=ast.Attribute(attr=method, value=ast.Subscript(slice=ast.Constant(value=str(resource))))) if (
            method in _ONE | _MANY
        ):
            return Held(resource, method in _MANY)
        case ast.Call(func=ast.Name(id="list" | "sorted" | "reversed" | "tuple"), args=[value, *_]):
            return _held(value, names)
        case ast.Call(func=ast.Attribute(attr="get", value=value), args=[ast.Constant(value=str(name)), *_]):
            return _part(_held(value, names), name)
        case ast.Subscript(value=value, slice=ast.Constant(value=str(name))):
            return _part(_held(value, names), name)
        case ast.Subscript(value=value):
            held = _held(value, names)
            return held if held is None or isinstance(node.slice, ast.Slice) else held._replace(many=False)
        case _:
            return None


def _part(held: Held | None, name: str) -> Held | None:
    if held is None or held.many:
        return None
    return held._replace(path=f"{held.path}.{name}" if held.path else name)
