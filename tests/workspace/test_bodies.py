"""What a body says: each line of the policy on values."""

from typing import Any

import pytest

from tests.workspace.conftest import Caller

ALL_SENT: dict[str, Any] = {
    "name": "Acme",
    "employees": 12,
    "annualRecurringRevenue": {"amountMicros": 5_000_000, "currencyCode": "EUR"},
    "domainName": {
        "primaryLinkUrl": "https://acme.example.com",
        "primaryLinkLabel": "Home",
        "secondaryLinks": [{"url": "https://b.example.com", "label": "B"}],
    },
}


@pytest.fixture
def company(crm: Caller) -> dict[str, Any]:
    made: dict[str, Any] = crm.good("POST", "/rest/companies", ALL_SENT)
    return made


def test_an_empty_form_changes_nothing(crm: Caller, company: dict[str, Any]) -> None:
    blank = {
        "employees": "",
        "accountOwnerId": "",
        "createdBy": {},
        "address": {},
        "annualRecurringRevenue": {},
        "domainName": {"secondaryLinks": [{}]},
    }
    assert crm.good("PATCH", f"/rest/companies/{company['id']}", blank) == company
    account = crm.good("POST", "/rest/connectedAccounts", {"scopes": ["mail.read"], "authFailedAt": ""})
    assert crm.good("PATCH", f"/rest/connectedAccounts/{account['id']}", {"scopes": [None], "authFailedAt": ""})["scopes"] == ["mail.read"]


def test_an_empty_form_makes_a_record_of_defaults(crm: Caller) -> None:
    made = crm.good("POST", "/rest/tasks", {"title": "", "dueAt": "", "status": "", "assigneeId": "", "createdBy": {}, "bodyV2": {}})
    assert (made["status"], made["dueAt"], made["assigneeId"], made["bodyV2"]) == ("TODO", None, None, {"blocknote": "", "markdown": ""})


def test_lenient_and_an_empty_list_is_a_value(crm: Caller, company: dict[str, Any]) -> None:
    cleared = crm.good(
        "PATCH",
        f"/rest/companies/{company['id']}",
        {"employees": None, "annualRecurringRevenue": None, "domainName": {"secondaryLinks": []}},
    )
    assert cleared["employees"] is None
    assert cleared["annualRecurringRevenue"] == {"amountMicros": None, "currencyCode": ""}
    assert cleared["domainName"] == {"primaryLinkLabel": "Home", "primaryLinkUrl": "https://acme.example.com", "secondaryLinks": []}


def test_parts_that_are_not_sent_stay(crm: Caller, company: dict[str, Any]) -> None:
    changed = crm.good("PATCH", f"/rest/companies/{company['id']}", {"domainName": {"primaryLinkUrl": "https://New.example.com/"}})
    assert changed["domainName"] == {**ALL_SENT["domainName"], "primaryLinkUrl": "https://new.example.com"}
    person = crm.good("POST", "/rest/people", {"emails": {"primaryEmail": "Ada@Example.com", "additionalEmails": ["B@example.com"]}})
    changed = crm.good("PATCH", f"/rest/people/{person['id']}", {"emails": {"additionalEmails": ["c@example.com"]}})
    assert changed["emails"] == {"primaryEmail": "ada@example.com", "additionalEmails": ["c@example.com"]}


def test_updated_at_moves_only_when_something_changed(crm: Caller, company: dict[str, Any]) -> None:
    path = f"/rest/companies/{company['id']}"
    crm.good("PATCH", path, {"updatedAt": "2020-01-01"})
    assert crm.good("PATCH", path, ALL_SENT)["updatedAt"] == "2020-01-01T00:00:00.000Z"
    assert crm.good("PATCH", path, {"employees": 13})["updatedAt"] > "2026"


def test_a_relation_can_be_sent_as_an_object_with_an_id(crm: Caller, company: dict[str, Any]) -> None:
    person = crm.good("POST", "/rest/people", {"company": {"id": company["id"]}})
    assert person["companyId"] == company["id"]
    assert crm.good("PATCH", f"/rest/people/{person['id']}", {"company": None})["companyId"] is None


def test_the_writer_is_named_unless_the_body_names_another(crm: Caller) -> None:
    assert crm.good("POST", "/rest/notes", {})["createdBy"] == {"source": "API", "workspaceMemberId": None, "name": "Icosa", "context": {}}
    assert crm.good("POST", "/rest/notes", {"createdBy": {"source": "IMPORT"}})["createdBy"]["name"] == "Icosa"
    named = crm.good("POST", "/rest/notes", {"createdBy": {"name": "Ada"}})["createdBy"]
    assert (named["name"], named["source"]) == ("Ada", "MANUAL")


def test_positions_are_computed_and_can_be_named(crm: Caller) -> None:
    first, second = (crm.good("POST", "/rest/notes", {})["position"] for _ in range(2))
    assert second < first
    batch = [each["position"] for each in crm.good("POST", "/rest/batch/notes", [{}, {}, {"position": "last"}])]
    assert batch[0] < batch[1] < second < first < batch[2]
    assert crm.good("POST", "/rest/notes", {"position": 2.5})["position"] == 2.5


@pytest.mark.parametrize("far", [2**53 - 1, 2**53, 1e19, 1.7976931348623157e308])
def test_there_is_room_beside_the_farthest_position(crm: Caller, far: float) -> None:
    for end, position in (("first", -far), ("last", far)):
        crm.good("POST", "/rest/notes", {"position": position})
        beside = crm.good("POST", "/rest/notes", {"position": end})["position"]
        assert abs(beside) >= far
        assert (beside < 0) == (end == "first")
    new = [each["position"] for each in crm.good("POST", "/rest/batch/notes", [{}, {"position": "last"}, {}])]
    assert new[0] <= new[2] <= -far < far <= new[1]


@pytest.mark.parametrize(
    ("plural", "sent", "held"),
    [
        ("people", {"emails": {"additionalEmails": '["ADA@example.com", null, ""]'}}, {"additionalEmails": ["ada@example.com"]}),
        ("people", {"emails": {"additionalEmails": " [] "}}, {"additionalEmails": []}),
        ("people", {"emails": {"primaryEmail": "a@example.com", "additionalEmails": "[{}]"}}, {"additionalEmails": None}),
        (
            "people",
            {"phones": {"additionalPhones": '["+33612345678"]'}},
            {"additionalPhones": [{"number": "612345678", "countryCode": "FR", "callingCode": "+33"}]},
        ),
        (
            "companies",
            {"domainName": {"primaryLinkUrl": "a.example", "secondaryLinks": '[{"url": "https://b.example/", "label": "B"}, {}]'}},
            {"secondaryLinks": [{"url": "https://b.example", "label": "B"}]},
        ),
    ],
)
def test_a_list_may_be_sent_as_json_text_as_forms_do(crm: Caller, plural: str, sent: dict[str, Any], held: dict[str, Any]) -> None:
    made = crm.good("POST", f"/rest/{plural}", sent)
    field = next(iter(sent))
    assert {part: made[field][part] for part in held} == held
    changed = crm.good("PATCH", f"/rest/{plural}/{made['id']}", sent)
    assert {part: changed[field][part] for part in held} == held


def test_a_list_of_texts_or_options_may_be_sent_as_json_text_too(crm: Caller) -> None:
    made = crm.good("POST", "/rest/webhooks", {"targetUrl": "https://example.com", "operations": '["person.created"]'})
    assert made["operations"] == ["person.created"]


@pytest.mark.parametrize("text", ['["a@example.com"', "a@example.com", '{"0": "a@example.com"}', '[["a@example.com"]]'])
def test_a_text_that_is_no_list_is_refused_where_a_list_belongs(shared: Caller, text: str) -> None:
    assert "emails.additionalEmails" in shared.refused("POST", "/rest/people", {"emails": {"additionalEmails": text}})


@pytest.mark.parametrize(
    ("body", "where", "expected"),
    [
        ({"employees": "many"}, "employees", "not a number"),
        ({"employees": True}, "employees", "not a number"),
        ({"idealCustomerProfile": "perhaps"}, "idealCustomerProfile", "not a boolean"),
        ({"accountOwnerId": "nope"}, "accountOwnerId", "not a UUID"),
        ({"createdAt": "yesterday"}, "createdAt", "not a date"),
        ({"createdAt": "2026-02-30"}, "createdAt", "not a date"),
        ({"name": None}, "name", "cannot be null"),
        ({"address": "Paris"}, "address", "send one with any of addressStreet1"),
        ({"address": {"city": "Paris"}}, "address.city", "no part of ADDRESS"),
        ({"domainName": {"primaryLinkUrl": "not a url"}}, "domainName.primaryLinkUrl", "not a web address"),
        ({"createdBy": {"source": "NOBODY"}}, "createdBy.source", "EMAIL, CALENDAR"),
        ({"people": []}, "people", "set companyId on people"),
        ({"nmae": "x"}, "nmae", "did you mean 'name'"),
        ({"deletedAt": "2026-01-01"}, "deletedAt", "use DELETE"),
        ({"name": "a\u0000b"}, "name", "NUL"),
        ({"id": "00000000-0000-0000-0000-000000000000"}, "id", "no path accepts"),
    ],
)
def test_a_bad_value_is_refused_by_name_and_nothing_is_written(shared: Caller, body: dict[str, Any], where: str, expected: str) -> None:
    message = shared.refused("POST", "/rest/batch/companies", [{"name": "good"}, body])
    assert where in message
    assert expected in message
    assert "[1]" in message
    assert shared.send("GET", "/rest/companies")[1]["totalCount"] == 0


def test_a_bad_depth_is_refused_before_anything_is_written(shared: Caller) -> None:
    assert "'depth=3' parameter invalid" in shared.refused("POST", "/rest/companies", {"name": "x"}, depth=3)
    assert shared.ids("companies") == []


@pytest.mark.parametrize("body", [b'{"name": ', b'"text"', b"null", b"{'name': 'x'}", b'{"name": "\\ud800"}', b"[" * 100_000])
def test_what_is_no_json_object_is_refused_with_its_place(shared: Caller, body: bytes) -> None:
    status, answer = shared.send("POST", "/rest/companies", body)
    assert status == 400
    assert "messages" not in answer
    assert answer["message"].startswith("body: ")


def test_batches_hold_one_to_sixty_records(crm: Caller) -> None:
    assert crm.good("POST", "/rest/batch/notes", {"title": "alone"})[0]["title"] == "alone"
    assert len(crm.good("POST", "/rest/batch/notes", [{}] * 60)) == 60
    assert "at most 60" in crm.refused("POST", "/rest/batch/notes", [{}] * 61)
    assert "must not be empty" in crm.refused("POST", "/rest/batch/notes", [])
    assert "must be an array" in crm.refused("POST", "/rest/batch/notes")


def test_duplicates_need_something_to_compare_by(crm: Caller) -> None:
    ada = {"name": {"firstName": "Ada", "lastName": "Lovelace"}}
    first, second = (crm.good("POST", "/rest/people", ada)["id"] for _ in range(2))

    def found(body: Any) -> list[list[str]]:
        return [[record["id"] for record in group["personDuplicates"]] for group in crm.good("POST", "/rest/people/duplicates", body)]

    assert found({"ids": [first]}) == [[second]]
    assert found({"data": [ada], "ids": [None]}) == [[first, second]]
    assert found({"data": [{"name": {"firstName": "Ada"}}, {}]}) == [[], []]
    assert found({"data": [{"name": {"firstName": "Al", "lastName": "Lovelace"}}]}) == [[]]
    assert "both" in crm.refused("POST", "/rest/people/duplicates", {"data": [ada], "ids": [first]})
