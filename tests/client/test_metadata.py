"""Objects and fields of a server, asked for page by page, and its refusals of a change, as a real one words them."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import icosa
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.client.metadata import ChangeRefused, Wrong, change, make, take_away, written_objects
from icosa.errors import Forbidden, ServerFailure, UnreadableAnswer
from tests.client.scripted import KEY, Asked, Reply, Scripted, scripted

TAKEN = {"code": "NOT_AVAILABLE", "message": "for engineers", "userFriendlyMessage": "That is taken", "value": "name"}


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted(Reply({})) as found:
        yield found


@pytest.fixture
def crm(server: Scripted) -> Iterator[icosa.Client]:
    with icosa.connect(server.url, KEY, catalogue=STANDARD_2_19, retries=0) as found:
        yield found


def page(names: list[str], more: bool) -> Reply:
    data = [{"nameSingular": each, "fields": []} for each in names]
    return Reply({"data": data, "pageInfo": {"hasNextPage": more, "endCursor": f"after-{names[-1]}"}, "totalCount": 3})


def test_objects_are_read_to_the_last_page(server: Scripted, crm: icosa.Client) -> None:
    def reply(asked: Asked) -> Reply:
        after = parse_qs(urlsplit(asked.target).query).get("starting_after")
        if after is None:
            return page(["person", "company"], True)
        return page(["rocket"], False) if after == ["after-company"] else Reply({}, 400)

    server.reply = reply
    assert [each["nameSingular"] for each in written_objects(crm)] == ["person", "company", "rocket"]
    assert {urlsplit(each.target).path for each in server.asked} == {"/rest/metadata/objects"}


@pytest.mark.parametrize("body", [{"data": {"objects": []}}, [], {"data": [{"nameSingular": "person"}]}])
def test_what_is_no_list_of_objects_is_refused(server: Scripted, crm: icosa.Client, body: Any) -> None:
    server.reply = lambda _: Reply(body)
    with pytest.raises(UnreadableAnswer, match="no list of objects"):
        written_objects(crm)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"message": ["name should not be empty", "label must be a string"], "error": "Bad Request"},
         [("name should not be empty", None), ("label must be a string", None)]),
        ({"message": "Bad", "error": "Error"}, [("Bad", None)]),
        (
            {
                "error": "METADATA_VALIDATION_ERROR", "message": "Multiple validation errors occurred while creating field",
                "errors": {"fieldMetadata": [{"errors": [TAKEN]}], "objectMetadata": []},
            },
            [("That is taken", "name")],
        ),
    ],
)  # fmt: skip
def test_a_refusal_lists_what_is_wrong(server: Scripted, crm: icosa.Client, body: Any, wrong: list[tuple[str, Any]]) -> None:
    server.reply = lambda _: Reply({"statusCode": 400, **body}, 400)
    for sent in (make(crm, "fields", {"name": "x"}), change(crm, "objects", "some-id", {}), take_away(crm, "fields", "some-id")):
        assert sent == ChangeRefused(tuple(Wrong(*each) for each in wrong))
    assert [(each.method, each.target) for each in server.asked] == [
        ("POST", "/rest/metadata/fields"), ("PATCH", "/rest/metadata/objects/some-id"), ("DELETE", "/rest/metadata/fields/some-id"),
    ]  # fmt: skip
    assert json.loads(server.asked[0].body) == {"name": "x"}


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply({"statusCode": 403, "messages": ["no"], "code": "PERMISSION_DENIED"}, 403), Forbidden),
        (Reply({"statusCode": 500, "messages": ["broken"]}, 500), ServerFailure),
        (Reply(b"<html>", 400, "text/html"), icosa.errors.IcosaError),
        (Reply([], 400), icosa.errors.IcosaError),
        (Reply([], 200), UnreadableAnswer),
    ],
)
def test_what_is_no_refusal_of_the_change_is_an_error_and_nothing_is_sent_twice(
    server: Scripted, crm: icosa.Client, reply: Reply, error: type[Exception]
) -> None:
    server.reply = lambda _: reply
    with pytest.raises(error) as raised:
        make(crm, "fields", {"name": "x"})
    assert KEY not in str(raised.value)
    assert len(server.asked) == 1
