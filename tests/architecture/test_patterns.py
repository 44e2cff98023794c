"""Patterns mean the same in every Python that Icosa runs on."""

import ast
import re

import pytest

from tests.architecture.imports import files

_OF_A_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")


@pytest.mark.parametrize("module", files())
def test_no_group_is_repeated_possessively(module: str) -> None:
    """Python before 3.11.5 takes `(a|b)*+` wrongly (python/cpython#106052): of a JSON list it lost nine rows of ten."""
    tree = ast.parse(files()[module].read_text("utf-8"))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    assert [each for each in texts if _OF_A_GROUP.search(each)] == []
