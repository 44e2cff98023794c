"""An answer held against what was sent: what servers rightly do to a value is no difference, and nothing else is none."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.client.sending.verifying import unmet
from icosa.wire.openapi.reading import read_document
from tests.shared import SHARED, needs_shared, reference

RIGHTLY: list[tuple[str, str, Any, Any]] = [
    ("people", "city", " Rome ", "Rome"),
    ("people", "city", "Cafe\u0301", "Caf\u00e9"),
    ("people", "city", "", None),
    ("people", "position", "first", -3),
    ("people", "avatarUrl", "person-picture/a.png", "https://crm.example.com/files/person-picture/a.png?token=abc"),
    ("people", "avatarUrl", "Ada at work, 2.png", "https://crm.example.com/files/Ada%20at%20work%2C%202.png?token=abc"),
    ("people", "createdBy", {"source": "IMPORT"}, {"source": "API", "name": "Key"}),
    ("people", "emails", {"primaryEmail": " Ada@Example.com"}, {"primaryEmail": "ada@example.com", "additionalEmails": []}),
    ("people", "emails", {"additionalEmails": ["B@example.com"]}, {"additionalEmails": ["b@example.com"]}),
    (
        "people", "phones", {"primaryPhoneNumber": "+33 6 12 34 56 78"},
        {"primaryPhoneNumber": "612345678", "primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "+33"},
    ),
    (
        "people", "phones", {"primaryPhoneNumber": "0612345678", "primaryPhoneCountryCode": "FR"},
        {"primaryPhoneNumber": "0612345678", "primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "33"},
    ),
    ("people", "phones", {"additionalPhones": ["+33612345679"]}, {"additionalPhones": [{"number": "612345679", "callingCode": "+33"}]}),
    ("people", "linkedinLink", {"primaryLinkUrl": "https://A.example.com/X/"}, {"primaryLinkUrl": "https://a.example.com/X"}),
    ("people", "linkedinLink", {"primaryLinkUrl": "https://münchen.example/ä"}, {"primaryLinkUrl": "https://xn--mnchen-3ya.example/%C3%A4"}),
    ("people", "linkedinLink", {"primaryLinkUrl": "", "primaryLinkLabel": "of no link"}, {"primaryLinkUrl": None, "primaryLinkLabel": ""}),
    (
        "people", "linkedinLink", {"secondaryLinks": [{"url": "https://b.example.com", "label": "b"}]},
        {"primaryLinkUrl": "https://b.example.com", "primaryLinkLabel": "b", "secondaryLinks": []},
    ),
    ("companies", "employees", 12, 12.0),
    ("companies", "annualRecurringRevenue", {"amountMicros": 12.5}, {"amountMicros": 12, "currencyCode": "EUR"}),
    ("companies", "annualRecurringRevenue", {"amountMicros": "5000000"}, {"amountMicros": 5000000}),
    ("companies", "address", {"addressLat": "48.85"}, {"addressLat": 48.85, "addressCity": "Paris"}),
    ("companies", "address", None, {"addressLat": None, "addressCity": ""}),
    ("companies", "accountOwnerId", "20202020-1C25-4D02-BF25-6AECCF7EA419", "20202020-1c25-4d02-bf25-6aeccf7ea419"),
    ("tasks", "dueAt", "2026-02-03T05:05:06.7891+01:00", "2026-02-03T04:05:06.789Z"),
    ("tasks", "bodyV2", {"markdown": "*hi*"}, {"markdown": "**hi**", "blocknote": '[{"content":[{"text":"hi"}]}]'}),
    ("tasks", "bodyV2", {"markdown": ""}, {"markdown": "", "blocknote": '[{"type":"paragraph","content":[]}]'}),
    ("workflowVersions", "trigger", {"a": [1, {"b": None}]}, {"a": [1.0, {}], "more": True}),
    ("workflowVersions", "trigger", {}, None),
    ("connectedAccounts", "accessToken", "a secret", "••••"),
]  # fmt: skip

WRONGLY: list[tuple[str, str, Any, Any, str]] = [
    ("people", "city", "Rome", "Roma", "city"),
    ("people", "city", "ada", "Ada", "city"),
    ("people", "city", "", "Rome", "city"),
    ("people", "companyId", None, "20202020-1c25-4d02-bf25-6aeccf7ea419", "companyId"),
    ("people", "emails", {"primaryEmail": "a@example.com"}, {"primaryEmail": "b@example.com"}, "emails.primaryEmail"),
    ("people", "emails", {"additionalEmails": ["a@example.com"]}, {"additionalEmails": []}, "emails.additionalEmails"),
    ("people", "phones", {"primaryPhoneNumber": "+33612345678"}, {"primaryPhoneNumber": "612345679"}, "phones.primaryPhoneNumber"),
    (
        "people", "phones", {"primaryPhoneNumber": "+33612345678"},
        {"primaryPhoneNumber": "612345678", "primaryPhoneCallingCode": "+49"}, "phones.primaryPhoneCallingCode",
    ),
    ("people", "phones", {"additionalPhones": ["+33612345679"]}, {"additionalPhones": [{}]}, "phones.additionalPhones"),
    ("people", "linkedinLink", {"primaryLinkUrl": "https://a.example.com"}, {"primaryLinkUrl": ""}, "linkedinLink.primaryLinkUrl"),
    (
        "people", "linkedinLink", {"primaryLinkUrl": "https://a.example.com", "secondaryLinks": [{"url": "https://b.example.com"}]},
        {"primaryLinkUrl": "https://a.example.com", "secondaryLinks": []}, "linkedinLink.secondaryLinks",
    ),
    ("companies", "employees", 12, 13, "employees"),
    ("companies", "annualRecurringRevenue", {"amountMicros": 12}, {"amountMicros": 13}, "annualRecurringRevenue.amountMicros"),
    ("companies", "address", None, {"addressCity": "Rome"}, "address.addressCity"),
    ("companies", "idealCustomerProfile", True, False, "idealCustomerProfile"),
    ("tasks", "dueAt", "2026-02-03T04:05:06Z", "2026-02-03T05:05:06.000Z", "dueAt"),
    ("tasks", "status", "DONE", "TODO", "status"),
    ("tasks", "bodyV2", {"markdown": "hi"}, {"markdown": "", "blocknote": None}, "bodyV2.markdown"),
    ("tasks", "bodyV2", {"markdown": "", "blocknote": None}, {"markdown": "hi"}, "bodyV2.markdown"),
    ("workflowVersions", "trigger", {"a": [1]}, {"a": [1, 2]}, "trigger"),
]  # fmt: skip


@pytest.mark.parametrize(("plural", "name", "sent", "found"), RIGHTLY)
def test_what_servers_rightly_do_is_no_difference(plural: str, name: str, sent: Any, found: Any) -> None:
    assert unmet(STANDARD, STANDARD.named(plural), {name: sent}, {name: found}) == []


@pytest.mark.parametrize(("plural", "name", "sent", "found", "path"), WRONGLY)
def test_anything_else_is_one(plural: str, name: str, sent: Any, found: Any, path: str) -> None:
    assert path in [each[0] for each in unmet(STANDARD, STANDARD.named(plural), {name: sent}, {name: found})]


@given(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
def test_what_is_there_as_it_was_sent_never_differs(text: str, number: float, flag: bool) -> None:
    record = {"name": text, "employees": number, "idealCustomerProfile": flag}
    assert unmet(STANDARD, STANDARD.named("companies"), record, {**record, "more": 1}) == []


def test_what_an_answer_does_not_show_is_not_looked_at() -> None:
    assert unmet(STANDARD, STANDARD.named("companies"), {"name": "x"}, {"id": "…"}) == []


@needs_shared
@pytest.mark.parametrize("version", ["1.0.3", "2.19"])
def test_no_write_of_a_real_server_raises_a_false_alarm(version: str) -> None:
    """Hundreds of recorded writes; those that differ are nulls that the server took and ignored."""
    catalogue = read_document(reference("openapi-2.19.json"))[0] if version == "2.19" else STANDARD
    name = "recording-2.19.jsonl" if version == "2.19" else "recording.jsonl"
    lines = (SHARED / "conformance" / name).read_text(encoding="utf-8").splitlines()
    looked_at, wrong = 0, []
    for step in map(json.loads, lines):
        for of, sent, found in _writes(catalogue, step):
            looked_at += 1
            other = [each for each in unmet(catalogue, of, sent, found) if not str(each[2]).startswith("<")]
            if other and not all(sent[path.partition(".")[0]] is None for path, _, _ in other):
                wrong.append((step["group"], step["name"], other))
    assert looked_at > 300
    assert wrong == []


def _writes(catalogue: Catalogue, step: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any], dict[str, Any]]]:
    """The records that a recorded step wrote, each as it was sent and as it was answered."""
    data = step["answer"].get("data") if isinstance(step.get("answer"), dict) else None
    if step.get("method") not in ("POST", "PATCH", "PUT") or step["status"] >= 300 or not isinstance(data, dict):
        return
    key, held = next(iter(data.items()))
    parts = [each for each in step["path"].partition("?")[0].split("/") if each not in ("", "rest", "batch")]
    of = catalogue.by_plural.get(parts[0])
    if of is None or not key.startswith(("create", "update")):
        return
    sent, found = (each if isinstance(each, list) else [each] for each in (step.get("body"), held))
    if len(sent) > 1 and "upsert" in (step.get("query") or {}):
        return  # answered in another order
    for one, other in zip(sent, found, strict=False):
        if isinstance(one, dict):
            known = {*of.field_by_name, *of.relation_by_key, *of.relation_by_name}
            yield of, {name: value for name, value in one.items() if name in known}, other
