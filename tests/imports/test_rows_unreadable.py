"""Nothing of a text file is lost: each line that holds something is in a count, and what did not go in comes back as
it stood."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

import icosa
from icosa import bulk
from icosa.imports.rows import BadRow, Row, open_rows


def imported(crm: icosa.Client, file: Path, **how: object) -> tuple[int, int, Path | None]:
    done = bulk.import_rows(crm, "people", file, journal=False, **how)  # type: ignore[arg-type]
    return done.applied.counts.get("create", 0), done.applied.planned["bad"], done.bad_rows


def test_a_row_whose_quote_is_lost_comes_back_as_it_stood(crm: icosa.Client, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text('Name,Email\n"Ann" Bo,a@example.com\nCy Do,c@example.com\n')
    created, bad, path = imported(crm, file)
    assert (created, bad) == (1, 1)
    assert path is not None
    assert path.read_text().splitlines() == [
        "Name,Email,icosa_reason",
        '"Ann" Bo,a@example.com,"text stands behind a closing quote; write a quote inside a quoted cell twice"',
    ]
    created, bad, again = imported(crm, path)
    assert again is not None
    assert again.read_text() == path.read_text()  # with one reason, not with two
    path.write_text(path.read_text().replace('"Ann" Bo,', '"""Ann"" Bo",'))
    assert imported(crm, path)[:2] == (1, 0)


def test_the_lines_behind_a_quote_that_is_never_closed_come_back_one_by_one(crm: icosa.Client, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text('Name;Email\nAda Bo;ada@example.com\n"Cy Do;c@example.com\nEd Fo;e@example.com\n\nGa Ho;g@example.com\n')
    created, bad, path = imported(crm, file)
    assert (created, bad) == (1, 4)
    assert path is not None
    lines = path.read_text().splitlines()
    assert [each.rpartition(';"')[0] for each in lines[1:]] == ['"Cy Do;c@example.com', "Ed Fo;e@example.com", "", "Ga Ho;g@example.com"]
    assert "it belongs to what begins on line 3, where a quote that is opened in it is never closed" in lines[2]
    path.write_text(path.read_text().replace('"Cy Do;', '"Cy Do";'))
    assert imported(crm, path)[0] == 3


def test_a_row_with_too_many_cells_comes_back_whole(crm: icosa.Client, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text('Name|Email\nAda|ada@example.com|"more\nof it"|and more\n')
    path = imported(crm, file)[2]
    assert path is not None
    assert path.read_text().startswith('Name|Email|icosa_reason\nAda|ada@example.com|"more\nof it"|and more|"it has 4 cells')


def test_bad_rows_are_written_as_the_source_is(crm: icosa.Client, tmp_path: Path) -> None:
    """The same command reads them."""
    file = tmp_path / "people.tsv"
    file.write_bytes("Name\tEmail\nŁukasz Ż\tnobody\n".encode("cp1250"))
    path = imported(crm, file, encoding="cp1250")[2]
    assert path == tmp_path / "people.bad.tsv"
    assert path.read_bytes().decode("cp1250").splitlines()[1].startswith("Łukasz Ż\tnobody\t")
    assert imported(crm, path, encoding="cp1250")[1] == 1


def test_bad_rows_of_a_file_with_safe_cells_are_safe_too(crm: icosa.Client, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Job title,Email,icosa_safe_cells\n'=1+1,nobody,\n")
    path = imported(crm, file)[2]
    assert path is not None
    assert path.read_text().splitlines()[1].startswith("'=1+1,nobody,'"[:-1])
    assert open_rows(path).columns == ("Job title", "Email", "icosa_reason")
    assert next(each.values["Job title"] for each in open_rows(path).rows if isinstance(each, Row)) == "=1+1"


def test_bad_rows_are_their_owners_alone(crm: icosa.Client, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Email\nnobody\n")
    path = imported(crm, tmp_path / "people.csv")[2]
    assert path is not None
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_error_that_a_spreadsheet_wrote_to_text_is_no_value(crm: icosa.Client, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("City,Email,Note\n#REF!,ada@example.com,\nRome,bo@example.com,#NAME?\n")
    created, bad, path = imported(crm, file)
    assert (created, bad) == (1, 1)  # a column that goes nowhere may hold what it likes
    assert path is not None
    assert "City: is the error #REF! of a spreadsheet" in path.read_text()
    assert imported(crm, path, errors_as_empty=True)[:2] == (1, 0)
    path.write_text("City,Email\n#REF!,cy@example.com\n")
    assert imported(crm, path, conventions=bulk.Conventions(exact=True))[:2] == (1, 0)
    assert "#REF!" in {each["city"] for each in crm.people.find_many(depth=0)}


def test_a_return_alone_stays_in_the_bad_rows(crm: icosa.Client, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(b'Job title,Email\n"a\rb",nobody\n')
    path = imported(crm, tmp_path / "people.csv")[2]
    assert path is not None
    assert path.read_bytes().startswith(b'Job title,Email,icosa_reason\n"a\rb",nobody,')


def test_a_heading_that_cannot_be_read_is_no_reason_to_take_another_line_for_it(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text('"Name" x,Email\nAda,ada@example.com\nBo,bo@example.com\n')
    with pytest.raises(
        icosa.InvalidValue, match=r"people\.csv: line 1 cannot be read, and the heading is there or below: text stands behind"
    ):
        open_rows(tmp_path / "people.csv")


def test_a_title_above_the_heading_is_left_out_and_said(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("All our people\n\nName;Email\nAda;ada@example.com\n")
    opened = open_rows(tmp_path / "people.csv")
    assert (opened.columns, opened.count) == (("Name", "Email"), 1)
    assert opened.found["heading"] == "the rows above the heading are left out: 'All our people'"
    assert [each.number for each in opened.rows if isinstance(each, Row)] == [4]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Name;Amount\nA;1,5\nB;2,5\n", ";"),
        ("Name;City\nA;Paris, France\nB;Rome, Italy\n", ";"),
        ("Name,City\nA,Rome\nB,Paris; and more\n", ","),
        ("a\tb\n1,5\t2\n", "tab"),
        ("sep=|\na|b\n1|2\n", "|"),
        ("sep=\t\na\tb\n1\t2\n", "tab"),
        ('"sep=;"\na;b\n1;2\n', ";"),
        ("Name\nAda\n", ","),
    ],
)
def test_the_delimiter_is_what_splits_the_rows_alike(tmp_path: Path, text: str, delimiter: str) -> None:
    (tmp_path / "people.csv").write_text(text)
    assert open_rows(tmp_path / "people.csv").found["delimiter"] == delimiter


@pytest.mark.parametrize("told", [";;", '"', "\n", ""])
def test_what_cannot_stand_between_cells_is_refused(tmp_path: Path, told: str) -> None:
    (tmp_path / "people.csv").write_text("a;b\n1;2\n")
    with pytest.raises(icosa.InvalidValue, match="is not one character that can stand between cells"):
        open_rows(tmp_path / "people.csv", delimiter=told)


def test_a_cell_that_is_longer_than_any_is_told_and_stops_none_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("a,b\n" + "x" * 5_000_000 + ",2\n3,4\n" + "y" * 17_000_000 + "\n5,6\n")
    found = list(open_rows(tmp_path / "people.csv").rows)
    assert [type(each) for each in found] == [BadRow, Row, BadRow, Row]
    assert all("a cell is longer than 4,194,304 characters" in each.reason for each in found if isinstance(each, BadRow))


TEXT = some.text(some.sampled_from('ab,;"\n\r '), max_size=60)


@given(TEXT)
def test_every_line_is_in_one_of_the_counts(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("lines") / "people.csv"
    file.write_bytes(f"a,b\n{text}".encode())
    try:
        opened = open_rows(file, delimiter=",")
    except icosa.InvalidValue:
        return  # its heading is not found for sure
    found = list(opened.rows)
    assert len(found) == opened.count
    given_back = [each.text for each in found if isinstance(each, BadRow) and each.text is not None]
    kept = "".join(each for row in found if isinstance(row, Row) for each in row.values.values()) + "".join(given_back)
    for letter in "ab":
        assert kept.count(letter) == text.count(letter) or opened.columns != ("a", "b")
