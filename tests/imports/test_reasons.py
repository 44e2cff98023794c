"""What is wrong with many rows is told once for each reason, and every row is in one of them."""

from hypothesis import given
from hypothesis import strategies as some

from icosa.catalogue.kinds import shown
from icosa.imports.problems import Problem
from icosa.imports.reasons import SHOWN, Example, reasons

ORDER = "tell the order of dates (date_order, --date-order, or locale, --locale)"
problems = some.builds(
    Problem,
    some.none() | some.integers(1, 10**6),
    some.sampled_from(["", "Email", "Born"]),
    some.builds("{} {}".format, some.text().map(shown), some.sampled_from(["is none", "is 3 long; write one", 'is "so"'])) | some.text(),
)


@given(some.lists(problems))
def test_every_problem_is_counted_once_and_the_most_frequent_come_first(given: list[Problem]) -> None:
    found = reasons(given)
    assert sum(each.count for each in found) == len(given)
    assert sorted(found, key=lambda each: -each.count) == found
    assert all(1 <= len(each.examples) <= SHOWN for each in found)


@given(some.lists(some.text(), min_size=1))
def test_values_make_no_difference_however_they_are_written(values: list[str]) -> None:
    (found,) = reasons(Problem(at, "Email", f"{shown(value)} is not an e-mail address") for at, value in enumerate(values, 2))
    assert (found.column, found.text, found.count) == ("Email", "is not an e-mail address", len(values))
    assert found.examples[0].row == 2


def test_what_differs_from_row_to_row_is_left_out_and_options_are_named() -> None:
    problems = [
        Problem(2, "Born", f'"01.02.2024" could be 2024-02-01 (dmy) or 2024-01-02 (mdy); {ORDER}'),
        Problem(3, "Born", f'"03/04/2024" could be 2024-04-03 (dmy) or 2024-03-04 (mdy); {ORDER}'),
        Problem(9, "Born", f'"03/04/2024" could be 2024-04-03 (dmy) or 2024-03-04 (mdy); {ORDER}'),
    ]
    (found,) = reasons(problems)
    assert found.cause == "could be … (dmy) or … (mdy)"
    assert found.options == ("--date-order", "--locale")
    assert found.examples == (Example(2, "01.02.2024"), Example(3, "03/04/2024"))
    assert found.repeated == ("03/04/2024",)


def test_quotes_that_are_somebodys_own_are_taken_as_they_stand() -> None:
    for reason, value in (('"a\x1fb" is none', "a\x1fb"), (r'"C:\new\q" is none', r"C:\new\q")):
        (found,) = reasons([Problem(2, "Path", reason)])
        assert (found.text, found.examples) == ("is none", (Example(2, value),))


def test_a_reason_without_a_value_has_its_rows() -> None:
    problems = [
        Problem(at, "", f"row {at - 7} has the same emails.primaryEmail and goes first; leave one of the two") for at in range(10, 20)
    ]
    (found,) = reasons(problems)
    assert found.text == "row … has the same emails.primaryEmail and goes first; leave one of the two"
    assert [each.row for each in found.examples] == [10, 11, 12]


def test_more_reasons_than_anybody_reads_are_counted_together() -> None:
    found = reasons(Problem(at, "", "so " * at) for at in range(1, 3000))
    assert found[0].count > 1900
    assert sum(each.count for each in found) == 2999
