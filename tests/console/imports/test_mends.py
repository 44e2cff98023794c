"""What a reason leads to on the page of the columns, so that the rows go in as they are."""

from pathlib import Path

from icosa.imports.reasons import Reason
from icosa.surfaces.console.imports.looking_in import Contents
from icosa.surfaces.console.imports.mends import mends
from icosa.surfaces.console.imports.upload import Upload

THERE = Upload(Path("/nowhere/0123"), "people.csv", 1, "2026-11-28T00:00:00.000Z", resource="people")
CONTENTS = Contents(columns=("email", "since"))


def led(reason: Reason, upload: Upload = THERE) -> list[tuple[str, str]]:
    return [(each.text, each.href.partition("#")[2]) for each in mends(upload, CONTENTS, reason)]


def test_an_option_that_settles_it_is_a_choice_of_the_page() -> None:
    reason = Reason("since", "3.4.2024 can be two days; say which (--date-order dmy)", 4, ())
    assert led(reason) == [("Choose: Order of dates", "date_order")]
    assert led(Reason("email", "two records have it; say by what they are matched (--key name)", 1, ())) == [
        ("Choose what rows are matched by", "key")
    ]


def test_a_value_that_stands_for_nothing_can_be_taken_so_and_a_column_be_left_out() -> None:
    unknown, elsewhere = ("Take “unbekannt” for not known", "unknown"), ("Send since elsewhere, or leave it out", "c1")
    assert led(Reason("since", "is no day", 9, (), repeated=("2", "unbekannt"))) == [unknown, elsewhere]
    assert led(Reason("since", "is no day", 9, (), repeated=("2024-13-01",))) == [elsewhere]


def test_a_row_that_is_wrong_as_a_whole_leads_nowhere_and_a_recipe_to_itself() -> None:
    assert led(Reason("", "says nothing", 1, ())) == []
    by_recipe = Upload(Path("/nowhere/0123"), "people.csv", 1, "", recipe="version = 1")
    assert led(Reason("since", "is no day", 1, ()), by_recipe) == [("Say it in the recipe", "recipe")]
