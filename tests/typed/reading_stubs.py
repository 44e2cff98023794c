"""A stub as data: its typed dicts, its other types, and the parameters of its methods; and whether a value is of a type."""

import ast
from dataclasses import dataclass
from typing import Any

PLAIN: dict[str, tuple[type, ...]] = {"str": (str,), "bool": (bool,), "float": (int, float)}
"""The types of a stub that JSON has, too."""

Signature = list[tuple[str, str]]
"""Names of parameters, each with how it is given."""


@dataclass(frozen=True)
class Stub:
    classes: dict[str, ast.ClassDef]
    aliases: dict[str, ast.expr]

    @classmethod
    def of(cls, text: str) -> "Stub":
        body = ast.parse(text).body
        classes = {each.name: each for each in body if isinstance(each, ast.ClassDef)}
        return cls(classes, {each.targets[0].id: each.value for each in body if isinstance(each, ast.Assign)})  # type: ignore[attr-defined]

    def keys(self, name: str) -> dict[str, ast.expr]:
        """The keys of a typed dict and the types of their values, with those of the one that it extends."""
        found: dict[str, ast.expr] = {}
        for base in self.classes[name].bases:
            if isinstance(base, ast.Name) and base.id in self.classes:
                found |= self.keys(base.id)
        own = (each for each in self.classes[name].body if isinstance(each, ast.AnnAssign))
        return found | {each.target.id: each.annotation for each in own}  # type: ignore[union-attr]

    def methods(self, name: str) -> dict[str, Signature]:
        functions = (each for each in self.classes[name].body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
        return {each.name: _signature(each.args) for each in functions}

    def fits(self, value: Any, type_: ast.expr) -> bool:
        """Whether a value that came as JSON is of a type."""
        match type_:
            case ast.BinOp(left=left, right=right):
                return self.fits(value, left) or self.fits(value, right)
            case ast.Constant(value=None):
                return value is None
            case ast.Name(id=name) if name in self.aliases:
                return self.fits(value, self.aliases[name])
            case ast.Name(id=name) if name in self.classes:
                return isinstance(value, dict) and not self.misfits(value, name)
            case ast.Name(id=name):
                return name == "Any" or isinstance(value, PLAIN[name])
            case ast.Subscript(value=ast.Name(id="list"), slice=item):
                return isinstance(value, list) and all(self.fits(each, item) for each in value)
            case ast.Subscript(value=ast.Name(id="dict")):
                return isinstance(value, dict)
            case ast.Subscript(value=ast.Name(id="Literal"), slice=options):
                return value in ast.literal_eval(options) if isinstance(options, ast.Tuple) else value == ast.literal_eval(options)
        raise AssertionError(ast.dump(type_))

    def misfits(self, value: dict[str, Any], name: str) -> list[str]:
        """What of a dict does not fit a typed dict: keys too few, too many, or with a value of another type.

        The context of an actor is told to nobody, as in the OpenAPI document.
        """
        keys = self.keys(name)
        strange = keys.keys() ^ (value.keys() - {"context"} if name == "Actor" else value.keys())
        wrong = [key for key, type_ in keys.items() if key in value and not self.fits(value[key], type_)]
        return [f"{name}.{key}" for key in (*sorted(strange), *wrong)]


def _signature(given: ast.arguments) -> Signature:
    found = [(each.arg, "positional only") for each in given.posonlyargs] + [(each.arg, "either") for each in given.args]
    found += [(each.arg, "keyword only") for each in given.kwonlyargs]
    return found + ([(given.kwarg.arg, "any keywords")] if given.kwarg else [])
