"""JSON is read however records come in it: line by line, one after another, in a list, or as a saved answer."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa import bulk
from icosa.imports.rows import BadRow, Row, open_rows

PEOPLE = [{"name": {"firstName": "Ada"}, "emails": {"primaryEmail": "ada@example.com"}}, {"name": {"firstName": "Bo"}, "city": '}]\\"'}]


def rows(path: Path) -> list[dict[str, Any]]:
    found = list(open_rows(path).rows)
    assert all(isinstance(each, Row) for each in found), found
    return [dict(each.values) for each in found if isinstance(each, Row)]


ANSWERS: dict[str, Any] = {
    "find many": {"data": {"people": PEOPLE}, "totalCount": 2, "pageInfo": {"hasNextPage": False}},
    "create many": {"data": {"createPeople": PEOPLE}},
    "an old order of keys": {"totalCount": 2, "data": {"people": PEOPLE}},
    "GraphQL": {"data": {"people": {"edges": [{"node": each, "cursor": "x"} for each in PEOPLE], "pageInfo": {}, "totalCount": 2}}},
    "duplicates": {"data": [{"personDuplicates": PEOPLE[:1], "totalCount": 1}, {"personDuplicates": PEOPLE[1:], "totalCount": 1}]},
    "a bare list": {"data": PEOPLE, "pageInfo": {}},
    "another program's": {"results": PEOPLE, "paging": {"next": {"after": "2"}}},
    "a name alone": {"people": PEOPLE},
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("answer", ANSWERS)
def test_a_saved_answer_is_read_as_its_records(tmp_path: Path, answer: str, indent: int | None) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(ANSWERS[answer], indent=indent))
    assert rows(file) == PEOPLE
    assert open_rows(file).found["records"] == "those of a saved answer"
    assert [each.number for each in open_rows(file).rows if isinstance(each, Row)] == [1, 2]


def test_answers_that_were_saved_one_after_another_are_read_as_all_their_records(tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    file.write_text("".join(json.dumps({"data": {"people": [each]}, "totalCount": 2}) + "\n" for each in PEOPLE))
    assert rows(file) == PEOPLE


def test_one_record_is_one_row(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    for text in ({"data": {"person": PEOPLE[1]}}, {"data": PEOPLE[1]}, PEOPLE[1]):
        file.write_text(json.dumps(text, indent=1))
        assert rows(file) == PEOPLE[1:]


@pytest.mark.parametrize(
    "record",
    [{"name": "Ada", "tags": [{"a": 1}]}, {"people": [{"a": 1}], "companies": [{"b": 1}]}, {"data": None, "name": "x"}, {"a": [1]}],
)
def test_what_may_be_a_record_is_one(tmp_path: Path, record: dict[str, Any]) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(record))
    assert rows(file) == [record]


def test_an_answer_without_records_says_so(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text('{"data": {"people": []}, "totalCount": 0}')
    with pytest.raises(icosa.InvalidValue, match=r"people\.json: is a saved answer that holds no records"):
        open_rows(file)


@pytest.mark.parametrize("between", ["\n", "", " ", "\n\n", ",\n"])
@pytest.mark.parametrize("indent", [None, 2])
def test_values_may_stand_one_after_another(tmp_path: Path, between: str, indent: int | None) -> None:
    file = tmp_path / "people.json"
    texts = [json.dumps(each, indent=indent) for each in PEOPLE]
    if indent is None and between not in ("\n", "\n\n"):
        texts = [json.dumps(each, indent=1) for each in PEOPLE]
    file.write_text(between.join(texts))
    assert rows(file) == PEOPLE


def test_whole_numbers_of_any_length_keep_their_digits(tmp_path: Path) -> None:
    for name, text in (("a.jsonl", '{"n": 123456789012345678901234567890}\n'), ("a.json", '[{"n": 123456789012345678901234567890}]')):
        (tmp_path / name).write_text(text)
        assert rows(tmp_path / name) == [{"n": 123456789012345678901234567890}]


def test_no_number_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"n": NaN, "name": "x"}\n')
    assert rows(tmp_path / "a.jsonl") == [{"n": None, "name": "x"}]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' + "[" * 100_000, "]", '"', '{"a": ' + "9" * 5_000 + "}", "\\", "[,]", "nul"])
def test_no_text_brings_the_reader_down(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(f'{{"ok": 1}}\n{text}\n')
    (tmp_path / "b.json").write_text(text)
    opened = open_rows(tmp_path / "a.json")
    first, *others = opened.rows
    assert first == Row(1, {"ok": 1})
    assert all(isinstance(each, BadRow) for each in others)
    with pytest.raises(icosa.InvalidValue, match="holds no JSON object"):
        open_rows(tmp_path / "b.json")


def test_marks_in_the_middle_are_passed_over(tmp_path: Path) -> None:
    """As they stand in files that were put together from several."""
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"a":1}\n\xef\xbb\xbf{"a":2}\n')
    assert rows(tmp_path / "a.jsonl") == [{"a": 1}, {"a": 2}]


def test_packed_files_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "people.jsonl.gz").write_bytes(gzip.compress(b'{"a":1}\n'))
    (tmp_path / "people.CSV.gz").write_bytes(gzip.compress(b"a\n1\n"))
    assert rows(tmp_path / "people.jsonl.gz") == [{"a": 1}]
    assert rows(tmp_path / "people.CSV.gz") == [{"a": "1"}]
    for data in (b"a\n1\n", gzip.compress(b"a\n1\n" * 1000)[:-12], b""):
        (tmp_path / "people.csv.gz").write_bytes(data)
        with pytest.raises(icosa.InvalidValue, match=r"people\.csv\.gz: (cannot be unpacked|has no rows)"):
            list(open_rows(tmp_path / "people.csv.gz").rows)
    (tmp_path / "people.xlsx.gz").write_bytes(b"x")
    with pytest.raises(icosa.InvalidValue, match="does not say by its suffix"):
        open_rows(tmp_path / "people.xlsx.gz")


def test_a_line_that_is_no_json_is_given_back_and_is_a_row_once_it_is_mended(crm: icosa.Client, tmp_path: Path) -> None:
    file = tmp_path / "companies.jsonl"
    file.write_text('{"name": "Acme"}\n{"name": "Be\\"ta", \n["x"]\n{"name": "Gamma", "employees": "many", "n": 1}\n')
    done = bulk.import_rows(crm, "companies", file, key="name", journal=False)
    assert (done.applied.counts["create"], done.applied.planned["bad"]) == (1, 3)
    bad = tmp_path / "companies.bad.jsonl"
    assert done.bad_rows == bad
    first, second, third = map(json.loads, bad.read_text().splitlines())
    assert first["icosa_row"] == '{"name": "Be\\"ta",'
    assert second["icosa_row"] == '["x"]'
    assert {**third, "icosa_reason": ""} == {"name": "Gamma", "employees": "many", "n": 1, "icosa_reason": ""}
    bad.write_text(json.dumps({**first, "icosa_row": '{"name": "Be\\"ta"}'}) + "\n" + json.dumps(second) + "\n")
    again = bulk.import_rows(crm, "companies", bad, key="name", journal=False)
    assert (again.applied.counts["create"], again.applied.planned["bad"]) == (1, 1)
    assert sorted(each["name"] for each in crm.companies.find_many(depth=0)) == ["Acme", 'Be"ta']


def test_what_is_read_twice_takes_time_that_grows_with_the_text(tmp_path: Path) -> None:
    """A list of one long item is looked through once, not again for each block that it grows by."""
    from icosa.imports.rows.json_values import _Scan

    def tokens(size: int) -> int:
        taken = 0
        original = _Scan.take

        def counted(self: Any, token: str) -> Any:
            nonlocal taken
            taken += 1
            return original(self, token)

        (tmp_path / "a.json").write_text(json.dumps([{"notes": ["x" * 10] * size}], indent=1))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_Scan, "take", counted)
            assert open_rows(tmp_path / "a.json").count == 1
        return taken

    assert tokens(40_000) < 4.5 * tokens(10_000)
