"""The stand-in answers what 2.19 was seen to answer."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.newer_server import NewerServer, newer_server


@pytest.fixture
def server() -> Iterator[NewerServer]:
    with newer_server() as server:
        yield server


def ask(server: NewerServer, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, Any]:
    target = f"{server.url}/rest/{path}?{urllib.parse.urlencode(query)}"
    request = urllib.request.Request(target, None if body is None else json.dumps(body).encode(), method=method)
    request.add_header("Authorization", f"Bearer {server.token}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def make(server: NewerServer, plural: str, *records: dict[str, Any]) -> list[dict[str, Any]]:
    status, answer = ask(server, "POST", f"batch/{plural}", list(records))
    assert status == 201, answer
    return next(iter(answer["data"].values()))


def test_deleting_destroys_unless_told_not_to_and_the_trash_keeps_values_taken(server: NewerServer) -> None:
    kept, gone = make(server, "people", {"emails": {"primaryEmail": "a@example.com"}}, {})
    assert ask(server, "DELETE", f"people/{gone['id']}") == (200, {"data": {"deletePerson": {"id": gone["id"]}}})
    status, answer = ask(server, "DELETE", f"people/{kept['id']}", soft_delete="true")
    assert (status, answer["data"]["deletePerson"]["deletedAt"] is None) == (200, False)
    assert ask(server, "GET", f"people/{kept['id']}")[0] == 404
    again = ask(server, "POST", "people", {"emails": {"primaryEmail": "A@example.com"}})
    assert again == (400, {"statusCode": 400, "error": "BadRequestException", "messages": ["A duplicate entry was detected"]})
    status, answer = ask(server, "PATCH", f"restore/people/{kept['id']}")
    assert (status, "invalid. Valid examples" in answer["messages"][0]) == (400, True)
    status, answer = ask(server, "PATCH", "restore/people", filter=f"id[eq]:{kept['id']}")
    assert [each["deletedAt"] for each in answer["data"]["restorePeople"]] == [None]


def test_a_composite_that_is_null_stays(server: NewerServer) -> None:
    (made,) = make(server, "companies", {"address": {"addressCity": "Rome"}})
    status, answer = ask(server, "PATCH", f"companies/{made['id']}", {"address": None})
    assert (status, answer["data"]["updateCompany"]["address"]["addressCity"]) == (200, "Rome")


def test_values_with_commas_are_split_and_nulls_lie_behind_no_cursor(server: NewerServer) -> None:
    make(server, "companies", {"name": "Smith, Sons", "employees": 1}, {"name": "b"}, {"name": "c"})
    found = ask(server, "GET", "companies", filter='name[in]:["Smith, Sons"]')[1]
    assert found["data"]["companies"] == []
    assert ask(server, "GET", "companies", filter='name[eq]:"Smith, Sons"')[1]["totalCount"] == 1
    order = {"order_by": "employees[AscNullsLast]", "limit": 1}
    first = ask(server, "GET", "companies", **order)[1]
    second = ask(server, "GET", "companies", starting_after=first["pageInfo"]["endCursor"], **order)[1]
    assert (first["pageInfo"]["hasNextPage"], second["data"]["companies"], second["totalCount"]) == (True, [], 3)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"jobTitle": 5}, 'Invalid string value 5 for text field "jobTitle"'),
        ({"company": {"id": "x"}}, 'Relation "company" requires connect or disconnect operation'),
        ({"linkedinLink": {"additionalLinks": []}}, 'Invalid subfield additionalLinks for links field "linkedinLink"'),
        ({"phones": {"primaryPhoneNumber": "+49301234567", "primaryPhoneCountryCode": "FR"}}, "Provided and inferred"),
    ],
)
def test_what_does_not_fit_is_refused(server: NewerServer, given: dict[str, Any], message: str) -> None:
    status, answer = ask(server, "POST", "people", given)
    assert (status, answer["messages"][0].startswith(message)) == (400, True), answer


def test_what_the_key_may_not_and_what_is_too_much(server: NewerServer) -> None:
    server.forbidden.add("notes")
    assert ask(server, "GET", "notes")[1]["code"] == "PERMISSION_DENIED"
    server.refusals = 1
    assert [ask(server, "GET", "tasks")[0] for _ in range(2)] == [429, 200]


def test_file_links_are_signed_anew_with_each_answer(server: NewerServer) -> None:
    (made,) = make(server, "attachments", {"file": [{"fileId": "20202020-0000-4000-8000-000000000001", "label": "a.pdf"}]})
    links = [ask(server, "GET", f"attachments/{made['id']}")[1]["data"]["attachment"]["file"][0]["url"] for _ in range(2)]
    assert links[0] != links[1]
