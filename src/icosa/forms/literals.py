"""The values in a Python script, read off its text and not run."""

import ast
import math
import operator
from collections.abc import Callable
from typing import Any, Final

from icosa.call.where import F, FieldPath, Fields, Where
from icosa.errors import InvalidInput
from icosa.forms.text import variable


def literal(node: ast.expr) -> Any:
    """The JSON value that an expression is; what cannot be known without running it is `variable("")`, and
    a variable of the environment stands by its name."""
    match node:
        case ast.Constant(value=str() | bool() | None | int() as value):
            return value
        case ast.Constant(value=float() as value) if math.isfinite(value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)) if not isinstance(value, bool):
            return -value
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [literal(each) for each in items]
        case ast.Dict(keys=keys, values=values):
            return {_key(key): literal(value) for key, value in zip(keys, values, strict=True)}
        case ast.Subscript(value=ast.Attribute(attr="environ"), slice=ast.Constant(value=str(name))):
            return variable(name)
        case ast.Call(func=ast.Attribute(attr="getenv"), args=[ast.Constant(value=str(name)), *_]):
            return variable(name)
        case ast.Call(func=ast.Attribute(attr="get", value=ast.Attribute(attr="environ")), args=[ast.Constant(value=str(name)), *_]):
            return variable(name)
        case ast.Call(func=ast.Name(id="Secret" | "UUID") | ast.Attribute(attr="Secret" | "UUID"), args=[held], keywords=[]):
            return literal(held)
        case _:
            return variable("")


def _key(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def filter_text(node: ast.expr) -> str:
    """The text of a filter that is written with `F`; `variable("")` where it cannot be known without running it."""
    try:
        return str(_filter(node))
    except (InvalidInput, _NotRead, AttributeError, TypeError):
        return variable("")


class _NotRead(Exception):
    """An expression that is no filter of literals."""


_COMPARISONS: Final[dict[type[ast.cmpop], Callable[[Any, Any], Where]]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
_METHODS: Final = ("in_", "contains_any", "is_null", "is_not_null", "starts_with", "ends_with", "like", "ilike")
_WHERE: Final = ("Where", "icosa.Where")


def _filter(node: ast.expr) -> Where:
    match node:
        case ast.Compare(left=left, ops=[comparison], comparators=[value]) if type(comparison) in _COMPARISONS:
            return _COMPARISONS[type(comparison)](_field(left), literal(value))
        case ast.BinOp(left=left, op=ast.BitAnd(), right=right):
            return _filter(left) & _filter(right)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _filter(left) | _filter(right)
        case ast.UnaryOp(op=ast.Invert(), operand=operand):
            return ~_filter(operand)
        case ast.Call(func=ast.Attribute(attr="of", value=held), args=[ast.Constant(value=str(text))]) if ast.unparse(held) in _WHERE:
            return Where.of(text)
        case ast.Call(func=ast.Attribute(attr=method, value=held), args=args, keywords=[]) if method in _METHODS:
            values = [literal(each) for each in args]
            if method in ("in_", "contains_any"):
                values = [each if isinstance(each, list) else [each] for each in values]
            found: Where = getattr(_field(held), method)(*values)
            return found
        case _:
            raise _NotRead


def _field(node: ast.expr) -> FieldPath:
    found: FieldPath | Fields
    match node:
        case ast.Attribute(attr=name, value=held):
            found = _fields(held)
            return getattr(found, name)  # type: ignore[no-any-return]
        case ast.Subscript(slice=ast.Constant(value=str(name)), value=held):
            return _fields(held)[name]
        case _:
            raise _NotRead


def _fields(node: ast.expr) -> FieldPath | Fields:
    match node:
        case ast.Name(id="F") | ast.Attribute(attr="F", value=ast.Name(id="icosa")):
            return F
        case _:
            return _field(node)
