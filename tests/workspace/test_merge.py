"""Records that are one after a merge: nothing that they said is lost, and nothing that hung on them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.version import TWENTY_2_19
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller

ALL = "or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)"
NOBODY = "20202020-0000-4000-8000-000000000000"


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD, TWENTY_2_19)


def person(crm: Caller, **values: Any) -> str:
    id_: str = crm.good("POST", "/rest/people", values)["id"]
    return id_


def merged(crm: Caller, ids: list[str], priority: int = 0, **more: Any) -> Any:
    return crm.good("PATCH", "/rest/people/merge", {"ids": ids, "conflictPriorityIndex": priority, **more})


def test_a_field_keeps_its_value_or_takes_the_first_of_the_others(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {"name": "Mill"})["id"]
    first = person(crm, jobTitle="", name={"firstName": "Ada", "lastName": ""})
    second = person(crm, jobTitle="Analyst", name={"firstName": "A.", "lastName": "Lovelace"}, companyId=company)
    third = person(crm, jobTitle="Countess", city="London")
    found = merged(crm, [first, second, third])
    assert (found["id"], found["jobTitle"], found["city"], found["companyId"]) == (first, "Analyst", "London", company)
    assert found["name"] == {"firstName": "Ada", "lastName": ""}
    assert crm.ids("people", filter=ALL) == [first]


def test_a_field_of_several_values_has_them_all_once(crm: Caller) -> None:
    emails = [("ada@example.com", ["work@example.com"]), ("lovelace@example.com", ["ada@example.com", "work@example.com"])]
    links = [("https://one.example.com", []), ("https://two.example.com", [{"url": "https://one.example.com", "label": "one"}])]
    ids = [
        person(
            crm,
            emails={"primaryEmail": primary, "additionalEmails": more},
            linkedinLink={"primaryLinkUrl": link, "secondaryLinks": further},
            phones={"primaryPhoneNumber": number, "primaryPhoneCallingCode": "+33", "primaryPhoneCountryCode": "FR"},
        )
        for (primary, more), (link, further), number in zip(emails, links, ("612345600", "612345601"), strict=True)
    ]
    found = merged(crm, ids, 1)
    assert found["emails"] == {"primaryEmail": "lovelace@example.com", "additionalEmails": ["ada@example.com", "work@example.com"]}
    assert found["linkedinLink"]["primaryLinkUrl"] == "https://two.example.com"
    assert [each["url"] for each in found["linkedinLink"]["secondaryLinks"]] == ["https://one.example.com"]
    assert found["phones"]["primaryPhoneNumber"] == "612345601"
    assert found["phones"]["additionalPhones"] == [{"number": "612345600", "countryCode": "FR", "callingCode": "+33"}]


def test_a_unique_value_can_be_taken_over(crm: Caller) -> None:
    first, second = person(crm, jobTitle="Analyst"), person(crm, emails={"primaryEmail": "ada@example.com"})
    assert merged(crm, [first, second])["emails"]["primaryEmail"] == "ada@example.com"


def test_a_dry_run_shows_it_and_changes_nothing(crm: Caller) -> None:
    first, second = person(crm, jobTitle="Analyst"), person(crm, emails={"primaryEmail": "ada@example.com"})
    target = crm.good("POST", "/rest/noteTargets", {"personId": second})["id"]
    before = crm.good("GET", "/rest/people", depth=1)
    found = crm.good("PATCH", "/rest/people/merge", {"ids": [first, second], "conflictPriorityIndex": 0, "dryRun": True}, depth=1)
    assert (found["jobTitle"], found["emails"]["primaryEmail"]) == ("Analyst", "ada@example.com")
    assert [each["id"] for each in found["noteTargets"]] == [target]
    assert found["id"] not in (first, second)
    assert found["deletedAt"] is not None
    assert crm.good("GET", "/rest/people", depth=1) == before


@pytest.mark.parametrize(
    ("ids", "index", "words"),
    [
        (1, 0, "At least 2 record IDs are required"),
        (0, 0, "At least 2 record IDs are required"),
        (2, 2, "Invalid conflict priority '2'. Valid options for 2 records: 0-1"),
        (2, -1, "Invalid conflict priority '-1'"),
        (2, None, "is no place in ids"),
        (2, True, "is no place in ids"),
        (10, 0, "Maximum 9 records can be merged at once"),
    ],
)
def test_a_merge_says_what_it_needs(ids: int, index: Any, words: str, crm: Caller) -> None:
    people = [person(crm) for _ in range(ids)]
    assert words in crm.refused("PATCH", "/rest/people/merge", {"ids": people, "conflictPriorityIndex": index})
    assert len(crm.ids("people")) == ids


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], "send {"),
        ({"conflictPriorityIndex": 0}, "At least 2 record IDs are required"),
        ({"ids": NOBODY, "conflictPriorityIndex": 0}, "is no list; send the ids of the records that are to be one"),
        ({"ids": [NOBODY, NOBODY], "conflictPriorityIndex": 0}, "a record cannot be merged with itself"),
        ({"ids": [NOBODY, NOBODY[:-1] + "1"], "conflictPriorityIndex": 0, "dryRun": "no"}, "is neither true nor false"),
    ],
)
def test_a_body_that_is_none_of_a_merge_is_refused(body: Any, words: str, crm: Caller) -> None:
    assert words in crm.refused("PATCH", "/rest/people/merge", body)


def test_what_is_not_there_or_not_alike_is_not_merged(crm: Caller) -> None:
    first, gone = person(crm), person(crm)
    crm.good("DELETE", f"/rest/people/{gone}", soft_delete="true")
    for other in (NOBODY, gone):
        status, answer = crm.send("PATCH", "/rest/people/merge", {"ids": [first, other], "conflictPriorityIndex": 0})
        assert (status, f"no person has the id {other}" in answer["messages"][0]) == (404, True)
    assert "twice" in crm.refused("PATCH", "/rest/people/merge", {"ids": [first, first], "conflictPriorityIndex": 0})
    assert "ids[1]" in crm.refused("PATCH", "/rest/people/merge", {"ids": [first, "x"], "conflictPriorityIndex": 0})
    notes = [crm.good("POST", "/rest/notes", {})["id"] for _ in range(2)]
    refusal = crm.refused("PATCH", "/rest/notes/merge", {"ids": notes, "conflictPriorityIndex": 0})
    assert "Object 'note' does not have duplicate criteria" in refusal
    assert len(crm.ids("notes")) == 2


HANGS = {
    "noteTargets": "personId",
    "taskTargets": "personId",
    "attachments": "personId",
    "favorites": "personId",
    "opportunities": "pointOfContactId",
    "messageParticipants": "personId",
    "timelineActivities": "personId",
}


def test_nothing_that_hung_on_a_merged_record_is_lost(crm: Caller) -> None:
    """Whatever hangs on whom, deleted or not, and whoever stays."""

    @given(st.lists(st.lists(st.tuples(st.sampled_from(list(HANGS)), st.booleans()), max_size=4), min_size=2, max_size=4), st.data())
    @ON_A_STORE
    def check(hanging: list[list[tuple[str, bool]]], data: st.DataObject) -> None:
        mark = uuid4().hex
        ids = [person(crm, emails={"primaryEmail": f"{at}@{mark}.example.com"}, jobTitle=mark) for at in range(len(hanging))]
        here: dict[str, dict[str, bool]] = {plural: {} for plural in HANGS}
        for id_, things in zip(ids, hanging, strict=True):
            for plural, deleted in things:
                made = crm.good("POST", f"/rest/{plural}", {HANGS[plural]: id_, **({"position": 1} if plural == "favorites" else {})})["id"]
                here[plural][made] = deleted
                if deleted:
                    crm.good("DELETE", f"/rest/{plural}/{made}", soft_delete="true")
        at = data.draw(st.integers(0, len(ids) - 1))
        found = merged(crm, ids, at)
        assert found["id"] == ids[at]
        addresses = {found["emails"]["primaryEmail"], *found["emails"]["additionalEmails"]}
        assert addresses == {f"{each}@{mark}.example.com" for each in range(len(ids))}
        assert crm.ids("people", filter=f"and({ALL},jobTitle[eq]:{mark})") == [ids[at]]
        for plural, key in HANGS.items():
            still = crm.good("GET", f"/rest/{plural}", filter=f"and({ALL},{key}[eq]:{ids[at]})", limit=100)
            assert {each["id"]: each["deletedAt"] is not None for each in still} == here[plural]

    check()


def test_of_two_places_in_one_list_one_stays(open_caller: Callable[..., Caller]) -> None:
    crm = open_caller(STANDARD_2_19, TWENTY_2_19)
    both, one = (crm.good("POST", "/rest/messageLists", {"name": name})["id"] for name in ("both", "one"))
    first, second = person(crm), person(crm)
    for list_, members in ((both, (first, second)), (one, (second,))):
        for member in members:
            crm.good("POST", "/rest/messageListMembers", {"listId": list_, "personId": member})
    merged(crm, [first, second])
    places = crm.good("GET", "/rest/messageListMembers", filter=f"personId[eq]:{first}")
    assert sorted(each["listId"] for each in places) == sorted([both, one])
    assert crm.send("GET", "/rest/messageListMembers", filter=ALL)[1]["totalCount"] == 2
