"""Null for a field of several parts says nothing in 2.19: the field stays, and the answer gives notice of it."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.message import Request
from icosa.wire.rest.notices import null_ignored, read_notice
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19
from icosa.workspace import IN_PROCESS
from tests.workspace.conftest import Caller

FILLED: dict[str, Any] = {
    "annualRevenue": {"amountMicros": 5, "currencyCode": "EUR"},
    "address": {"addressCity": "Paris", "addressLat": 48.9},
    "domainName": {"primaryLinkUrl": "https://engines.example.com", "secondaryLinks": [{"url": "https://b.example.com", "label": "b"}]},
}
NULLS = dict.fromkeys(FILLED)
NOTICE = 'null_ignored; annualRevenue, address, domainName; to clear one, send null or "" for each of its parts'


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD_2_19, TWENTY_2_19)


@pytest.fixture
def company(crm: Caller) -> str:
    made: str = crm.good("POST", "/rest/companies", FILLED)["id"]
    return made


def noticed(crm: Caller, method: str, path: str, body: Any, query: str = "") -> tuple[Any, list[str]]:
    """The records of a good answer, and its notices."""
    answer = crm.workspace.answer(Request(method, path, query, orjson.dumps(body)), IN_PROCESS)
    assert answer.status in (200, 201), answer.body
    return next(iter(orjson.loads(answer.body)["data"].values())), [value for name, value in answer.headers if name == "Icosa-Notice"]


def test_null_leaves_a_field_of_several_parts_and_the_answer_says_so(crm: Caller, company: str) -> None:
    before = crm.good("GET", f"/rest/companies/{company}")
    after, notices = noticed(crm, "PATCH", f"/rest/companies/{company}", {**NULLS, "name": "Engines"})
    assert notices == [NOTICE]
    assert {name: after[name] for name in FILLED} == {name: before[name] for name in FILLED}
    assert after["name"] == "Engines"


def test_so_it_is_in_an_update_of_several_and_in_an_upsert(crm: Caller, company: str) -> None:
    ((changed,), notices) = noticed(crm, "PATCH", "/rest/companies", NULLS, f"filter=id[eq]:{company}")
    assert (changed["address"]["addressCity"], notices) == ("Paris", [NOTICE])
    again = {"id": company, **NULLS}
    (found, notices) = noticed(crm, "POST", "/rest/companies", again, "upsert=true")
    assert (found["address"]["addressCity"], notices) == ("Paris", [NOTICE])
    ((found, _), notices) = noticed(crm, "POST", "/rest/batch/companies", [again, {"name": "Another"}], "upsert=true")
    assert (found["address"]["addressCity"], notices) == ("Paris", [NOTICE])


def test_nobody_is_told_where_nothing_was_there_to_be_cleared(crm: Caller, company: str) -> None:
    assert noticed(crm, "POST", "/rest/companies", NULLS)[1] == []
    assert noticed(crm, "PATCH", f"/rest/companies/{company}", {"name": None, "accountOwnerId": None})[1] == []


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_the_notice_says_clears_a_field(nothing: str | None, crm: Caller, company: str) -> None:
    texts = {"currencyCode": nothing, "addressCity": nothing, "primaryLinkUrl": nothing}
    parts = {name: {part: texts.get(part) for part in value} for name, value in FILLED.items()}
    cleared, notices = noticed(crm, "PATCH", f"/rest/companies/{company}", parts)
    assert notices == []
    assert cleared["annualRevenue"] == {"amountMicros": None, "currencyCode": None}
    assert (cleared["address"]["addressCity"], cleared["address"]["addressLat"]) == ("", None)
    assert (cleared["domainName"]["primaryLinkUrl"], cleared["domainName"]["secondaryLinks"]) == ("", [])


def test_a_rich_text_is_refused_as_on_a_real_one_and_nothing_is_written(crm: Caller) -> None:
    note = crm.good("POST", "/rest/notes", {"title": "A", "bodyV2": {"markdown": "Hello"}})
    path = f"/rest/notes/{note['id']}"
    assert crm.refused("PATCH", path, {"title": "B", "bodyV2": None}) == 'bodyV2: cannot be null; send {"markdown": ""} to clear it'
    assert crm.refused("POST", "/rest/notes", {"bodyV2": None}).startswith("bodyV2: cannot be null")
    assert crm.good("GET", path) == note
    assert crm.good("PATCH", path, {"bodyV2": {"markdown": ""}})["bodyV2"] == {"blocknote": None, "markdown": ""}


def test_in_1_0_3_null_clears_and_nothing_is_said(open_caller: Callable[..., Caller]) -> None:
    crm = open_caller(STANDARD, TWENTY_1_0_3)
    id_ = crm.good("POST", "/rest/companies", {"address": {"addressCity": "Paris"}})["id"]
    cleared, notices = noticed(crm, "PATCH", f"/rest/companies/{id_}", {"address": None})
    assert (cleared["address"]["addressCity"], notices) == ("", [])


def test_many_fields_make_no_long_header() -> None:
    notice = null_ignored([f"field{each}" for each in range(500)])
    assert len(notice) < 300
    assert ", ...; to clear one" in notice
    assert "a null was ignored" in (read_notice([("icosa-notice", notice)]) or "")
