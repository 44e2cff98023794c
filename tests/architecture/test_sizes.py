"""What is read at one time is short: a file, and a function."""

import ast

import pytest

from tests.architecture.imports import files

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NINE_OF_TEN = 20
"""Lines, heads and docstrings counted, that nine functions of ten do not exceed."""


def functions() -> dict[str, int]:
    """The length of every function, by where it is."""
    return {
        f"{module}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for module, path in files().items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@pytest.mark.parametrize("module", files())
def test_a_file_is_short_enough_to_be_read(module: str) -> None:
    assert len(files()[module].read_text("utf-8").splitlines()) <= LONGEST_FILE


def test_functions_are_short() -> None:
    lengths = functions()
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}
    assert sorted(lengths.values())[len(lengths) * 9 // 10] <= NINE_OF_TEN
