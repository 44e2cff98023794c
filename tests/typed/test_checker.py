"""What a strict type checker makes of scripts: nothing of right ones, and every mistake is found where it is."""

import ast

from icosa.catalogue.naming import snake_case
from icosa.catalogue.standard import STANDARD
from tests.docs.pages import blocks
from tests.typed.conftest import PAGE, Checked
from tests.typed.mistakes import MISTAKES, RIGHT, lines_of_mistakes


def test_the_right_file_uses_all_36_objects() -> None:
    used = {node.attr for node in ast.walk(ast.parse(RIGHT.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
    assert {snake_case(each.plural) for each in STANDARD} <= used


def test_the_right_file_has_no_errors(checked: Checked) -> None:
    assert checked.errors.get("right.py", []) == []


def test_ten_mistakes_are_ten_errors_each_on_its_line(checked: Checked) -> None:
    lines = lines_of_mistakes()
    assert len(lines) == len(MISTAKES) == 10
    found = checked.errors["wrong.py"]
    assert [line for line, _ in found] == sorted(lines)
    for line, said in found:
        assert lines[line].says in said, lines[line].what


def test_a_stub_of_objects_that_are_called_as_they_should_not_be_is_sound(checked: Checked) -> None:
    assert checked.errors.get("my_crm.pyi", []) == []


def test_a_script_of_a_workspace_with_objects_of_its_own_has_no_errors(checked: Checked) -> None:
    assert checked.errors.get("own.py", []) == []


def test_the_page_shows_what_a_checker_says(checked: Checked) -> None:
    said = [f"{line}: error: {text.rpartition('  [')[0]}" for line, text in checked.errors["page.py"]]
    assert blocks(PAGE, "text")[0].text.splitlines() == said


def test_nothing_else_was_found_fault_with(checked: Checked) -> None:
    assert set(checked.errors) == {"wrong.py", "page.py"}
