"""Reads what every module of `src/icosa` imports, without importing it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
PACKAGE = SOURCE / "icosa"


@dataclass(frozen=True)
class Import:
    """`module` imports `target`.  `when` is "top" of the file, "lazy" in a function, or "typing" for a type
    checker only."""

    module: str
    target: str
    when: str
    line: int

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target} ({self.when})"


@cache
def files() -> dict[str, Path]:
    """Every module's dotted name, and its file."""
    return {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def imports() -> tuple[Import, ...]:
    """Every import of every module.  `from a import b` counts as an import of a.b where that is a module."""
    return tuple(found for module, path in files().items() for found in _of(module, ast.parse(path.read_text("utf-8"))))


def _name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _of(module: str, tree: ast.Module) -> Iterator[Import]:
    def walk(nodes: list[ast.stmt], when: str) -> Iterator[Import]:
        for node in nodes:
            match node:
                case ast.Import(names=names):
                    yield from (Import(module, alias.name, when, node.lineno) for alias in names)
                case ast.ImportFrom(module=str(source), names=names):
                    for alias in names:
                        inner = f"{source}.{alias.name}"
                        yield Import(module, inner if inner in files() else source, when, node.lineno)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    yield from walk(node.body, "lazy")
                case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                    yield from walk(node.body, "typing")
                    yield from walk(node.orelse, when)
                case _:
                    for block in ("body", "orelse", "finalbody"):
                        yield from walk(getattr(node, block, []), when)
                    for handler in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
                        yield from walk(handler.body, when)

    yield from walk(tree.body, "top")
