"""Tables and maps in the documentation name what is there: all of it, and nothing else."""

import re

from icosa.catalogue.field_types import FIELD_TYPES
from icosa.catalogue.standard import STANDARD
from icosa.errors import Forbidden, IcosaError, InvalidInput, InvalidKey, InvalidValue
from icosa.wire.actions import actions_of
from icosa.wire.language.filter_tree import Comparator
from icosa.wire.language.order import DIRECTIONS
from icosa.wire.rest.faults import write_fault
from tests.docs.pages import ROOT, table

DOCS = ROOT / "docs"

ALSO_RAISED = (InvalidInput, InvalidValue, InvalidKey, Forbidden)
"""Errors that are raised themselves, although they have narrower kinds."""


def every_error() -> list[type[IcosaError]]:
    found, pending = [], [IcosaError]
    while pending:
        found.append(pending.pop())
        pending += found[-1].__subclasses__()
    return found


def test_the_table_of_errors_holds_every_error_with_its_code_status_and_exit_code() -> None:
    rows = {row[0].strip("`"): row[1:4] for row in table(DOCS / "compatibility.md", "Exception")}
    expected = {}
    for kind in every_error():
        if kind.__subclasses__() and kind not in ALSO_RAISED:
            continue
        error = kind("path", "problem") if issubclass(kind, InvalidValue) else kind("problem")
        expected[kind.__name__] = [f"`{kind.code}`", str(write_fault(error).status), str(kind.exit_code)]
    sent = {name for name, cells in rows.items() if cells[1] != "none"}
    assert set(rows) == set(expected)
    assert {name: rows[name] for name in sent} == {name: expected[name] for name in sent}
    assert all([rows[name][0], rows[name][2]] == [expected[name][0], expected[name][2]] for name in set(rows) - sent)


def test_the_table_of_errors_says_which_are_worth_another_try() -> None:
    rows = {row[0].strip("`"): row[4] for row in table(DOCS / "compatibility.md", "Exception")}
    kinds = {each.__name__: each for each in every_error()}
    for name, again in rows.items():
        error = kinds[name]("path", "problem") if issubclass(kinds[name], InvalidValue) else kinds[name]("problem")  # type: ignore[call-arg]
        by_case = {"Unreachable": "unless `lasting`", "UnreadableAnswer": "where it broke off"}
        assert again == by_case.get(name, "yes" if error.retryable else "no")


def test_the_table_of_operations_holds_all_seven() -> None:
    rows = [[cell.strip("`") for cell in row[:3]] for row in table(DOCS / "actions.md", "Operation")]
    person = STANDARD.by_singular["person"]
    assert rows == [[each.label, str(each.operation), f"{each.method} {each.path}"] for each in actions_of(person)]


def test_the_table_of_comparators_holds_all_twelve() -> None:
    rows = [row[0].strip("`") for row in table(DOCS / "filter-language.md", "Comparator")]
    assert rows == [str(each) for each in Comparator]


def test_the_table_of_directions_holds_all_four() -> None:
    rows = [row[0].strip("`") for row in table(DOCS / "filter-language.md", "Direction")]
    assert rows == list(DIRECTIONS)


def test_the_table_of_values_holds_every_field_type() -> None:
    rows = [name for row in table(DOCS / "actions.md", "Field type") for name in re.findall(r"`([A-Z0-9_]+)`", row[0])]
    assert sorted(rows) == sorted(FIELD_TYPES)


def test_the_map_of_folders_is_that_of_the_source() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    found = re.search(r"```text\nsrc/icosa/\n(.*?)```", text, re.DOTALL)
    assert found
    drawn: set[str] = set()
    stack: list[str] = []
    for line in found[1].splitlines():
        entry = re.match(r"((?:  )+)([\w/.]+)", line)
        if not entry:
            continue
        depth, name = len(entry[1]) // 2, entry[2]
        stack[depth - 1 :] = [name.rstrip("/")]
        if name.endswith("/"):
            drawn.add("/".join(stack))
        else:
            assert (ROOT / "src/icosa" / "/".join(stack)).is_file(), line
    there = {str(path.parent.relative_to(ROOT / "src/icosa")) for path in (ROOT / "src/icosa").rglob("*.py")} - {"."}
    of_pages = {"surfaces/console/static", "surfaces/console/templates"}  # no code, and what pages are made of all the same
    assert drawn == there | of_pages


def test_the_patterns_cite_files_that_are_there_and_hold_what_is_named() -> None:
    rows = table(DOCS / "patterns.md", "Do")
    assert 12 <= len(rows) <= 16
    for do, do_not, see in rows:
        cited = re.findall(r"`([\w./]+/[\w./]+)`(?:: `([^`]+)`)?", see)
        assert all((do, do_not, cited))
        assert [path for path, _ in cited if not (ROOT / path).is_file()] == []
        assert [name for path, name in cited if name not in (ROOT / path).read_text("utf-8")] == []
        assert len(cited) == see.count("; ") + 1, f"a file that is cited in another form: {see}"


def test_the_ten_changes_name_rooms_that_are_there() -> None:
    rows = table(DOCS / "architecture.md", "You are asked for")
    assert len(rows) == 10
    for _, goes, touches in rows:
        paths = re.findall(r"`([^`]+)`", f"{goes} {touches}")
        assert paths
        assert [each for each in paths if not any((top / each).exists() for top in (ROOT / "src" / "icosa", ROOT))] == []
        assert [each for each in paths if each.endswith("/") == any((top / each).is_file() for top in (ROOT / "src" / "icosa", ROOT))] == []
