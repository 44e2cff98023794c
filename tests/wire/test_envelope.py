"""Records come in the envelopes of Twenty 1.0.3, and are taken out of them again."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.standard import STANDARD
from icosa.errors import UnreadableAnswer
from icosa.wire.actions import Operation
from icosa.wire.rest.envelope import PageInfo, ReadPage, deleted, duplicates, many, one, read, several

PERSON = STANDARD.by_singular["person"]
API_KEY = STANDARD.by_singular["apiKey"]

values = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.text(max_size=5), max_size=2)
records = st.lists(st.dictionaries(st.text(max_size=5), values, max_size=3), max_size=3)
cursors = st.none() | st.from_regex(r"[A-Za-z0-9+/]+={0,2}", fullmatch=True)


def joined(found: list[dict[str, Any]]) -> list[bytes]:
    return [",".join(json.dumps(each) for each in found).encode()]


page_infos = st.builds(PageInfo, st.booleans(), st.booleans(), cursors, cursors)


@pytest.mark.parametrize(
    ("operation", "key"),
    [
        (Operation.FIND_ONE, "apiKey"),
        (Operation.CREATE_ONE, "createApiKey"),
        (Operation.UPDATE_ONE, "updateApiKey"),
        (Operation.RESTORE, "restoreApiKey"),
    ],
)
def test_one_record_lies_under_the_name_of_what_was_done(operation: Operation, key: str) -> None:
    assert one(operation, API_KEY, (b'{"name":"Ada"}',)) == f'{{"data":{{"{key}":{{"name":"Ada"}}}}}}'.encode()


def test_a_delete_answers_with_the_id() -> None:
    assert deleted(PERSON, "some-id") == b'{"data":{"deletePerson":{"id":"some-id"}}}'


def test_a_create_many_answers_with_a_list() -> None:
    assert several(Operation.CREATE_MANY, PERSON, (b'{"city":"Paris"}',)) == b'{"data":{"createPeople":[{"city":"Paris"}]}}'


def test_a_page_lies_beside_its_cursors_and_its_count() -> None:
    expected = '{"data":{"people":[{}]},"pageInfo":{"hasNextPage":true,"startCursor":"YQ==","endCursor":"Yg=="},"totalCount":9}'
    assert many(PERSON, (b"{}",), PageInfo(True, False, "YQ==", "Yg=="), 9).decode() == expected


def test_only_a_page_back_says_that_there_is_a_previous_one() -> None:
    expected = '"pageInfo":{"hasNextPage":false,"hasPreviousPage":true,"startCursor":null,"endCursor":null}'
    assert expected in many(PERSON, (), PageInfo(has_previous_page=True), 0).decode()


def test_duplicates_are_one_page_for_each_record_asked_about() -> None:
    page = '{"personDuplicates":[],"pageInfo":{"hasNextPage":false,"startCursor":null,"endCursor":null},"totalCount":0}'
    assert duplicates(PERSON, [((), PageInfo(), 0)] * 2).decode() == f'{{"data":[{page},{page}]}}'
    assert duplicates(PERSON, []) == b'{"data":[]}'


@given(records, page_infos, st.integers(0, 2**53))
def test_reading_a_page_undoes_writing_it(found: list[dict[str, Any]], info: PageInfo, total: int) -> None:
    answer = many(PERSON, joined(found), info, total)
    assert read(Operation.FIND_MANY, PERSON, json.loads(answer)) == ReadPage(found, info, total)


@given(st.lists(st.tuples(records, page_infos, st.integers(0, 2**53)), max_size=3))
def test_reading_duplicates_undoes_writing_them(groups: list[tuple[list[dict[str, Any]], PageInfo, int]]) -> None:
    answer = duplicates(PERSON, ((joined(found), info, total) for found, info, total in groups))
    assert read(Operation.FIND_DUPLICATES, PERSON, json.loads(answer)) == [ReadPage(*group) for group in groups]


@given(records)
def test_reading_records_undoes_writing_them(found: list[dict[str, Any]]) -> None:
    assert read(Operation.CREATE_MANY, PERSON, json.loads(several(Operation.CREATE_MANY, PERSON, joined(found)))) == found
    for each in found:
        for operation in (Operation.FIND_ONE, Operation.CREATE_ONE, Operation.UPDATE_ONE, Operation.RESTORE):
            assert read(operation, PERSON, json.loads(one(operation, PERSON, joined([each])))) == each


@pytest.mark.parametrize(
    ("operation", "payload", "message"),
    [
        (Operation.FIND_ONE, None, "the answer should be an object, and is null"),
        (Operation.FIND_ONE, [], "the answer should be an object, and is a list"),
        (Operation.FIND_ONE, {"ok": True}, 'the answer has no "data"; it holds "ok"'),
        (Operation.FIND_ONE, {}, 'the answer has no "data"; it holds nothing'),
        (Operation.FIND_ONE, {"data": "<html>"}, "data should be an object, and is a text"),
        (Operation.FIND_ONE, {"data": {"company": {}}}, 'data has no "person"; it holds "company"'),
        (Operation.UPDATE_ONE, {"data": {"updatePerson": 5}}, "data.updatePerson should be an object, and is a number"),
        (Operation.FIND_MANY, {"data": {"people": {}}}, "data.people should be a list, and is an object"),
        (Operation.FIND_MANY, {"data": {"people": [1]}}, r"data.people\[0\] should be an object"),
        (Operation.FIND_MANY, {"data": {"people": []}}, 'the answer has no "pageInfo"'),
        (Operation.FIND_MANY, {"data": {"people": []}, "pageInfo": {}, "totalCount": 3}, 'pageInfo has no "hasNextPage"; it holds nothing'),
        (Operation.FIND_DUPLICATES, {"data": {}}, "data should be a list, and is an object"),
        (Operation.FIND_DUPLICATES, {"data": [{}]}, r'data\[0\] has no "personDuplicates"; it holds nothing'),
        (Operation.FIND_DUPLICATES, {"data": [{"personDuplicates": [], "pageInfo": None}]}, r"data\[0\].pageInfo should be an object"),
    ],
)
def test_another_envelope_is_told_from_the_one_asked_for(operation: Operation, payload: Any, message: str) -> None:
    with pytest.raises(UnreadableAnswer, match=message):
        read(operation, PERSON, payload)


def test_what_an_unreadable_answer_holds_is_not_repeated() -> None:
    with pytest.raises(UnreadableAnswer) as refused:
        read(Operation.FIND_ONE, PERSON, {"data": "sk-secret-token"})
    assert "sk-secret-token" not in str(refused.value)
