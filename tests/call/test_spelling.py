"""Every documented spelling of a value is sent to a server that is not Icosa in the one that all of them take."""

from datetime import date
from typing import Any

import orjson
import pytest

from icosa.call.extensions import offered
from icosa.call.request import build
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidValue
from icosa.wire.openapi.reading import ICOSA, Offers

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
NUMBER, COUNTRY, CALLING = "primaryPhoneNumber", "primaryPhoneCountryCode", "primaryPhoneCallingCode"
PHONE = {"number": "612345679", "countryCode": "FR", "callingCode": "+33"}
NO_ADDRESS = {f"address{each}": "" for each in ("Street1", "Street2", "City", "Postcode", "State", "Country")}


def sent(plural: str, given: dict[str, Any], offers: Offers = Offers(soft_delete=True)) -> dict[str, Any]:  # noqa: B008
    action = offered(STANDARD.named(plural), offers)["update_one"]
    body: dict[str, Any] = orjson.loads(build(STANDARD, action, {"id": ID}, given).body)
    return body


SPELT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("people", {"jobTitle": 5}, {"jobTitle": "5"}),
    ("people", {"jobTitle": True}, {"jobTitle": "true"}),
    ("people", {"jobTitle": " as it is "}, {"jobTitle": " as it is "}),
    ("companies", {"idealCustomerProfile": 1}, {"idealCustomerProfile": True}),
    ("companies", {"employees": "12"}, {"employees": 12}),
    ("companies", {"address": {"addressPostcode": 75001}}, {"address": {"addressPostcode": "75001"}}),
    ("opportunities", {"amount": {"amountMicros": 5_000_000}}, {"amount": {"amountMicros": 5000000}}),
    (
        "opportunities",
        {"amount": {"amountMicros": 5_000_000, "currencyCode": "EUR"}},
        {"amount": {"amountMicros": 5000000, "currencyCode": "EUR"}},
    ),
    ("companies", {"linkedinLink": {"primaryLinkUrl": "https://a.example"}}, {"linkedinLink": {"primaryLinkUrl": "https://a.example"}}),
    ("people", {"company": {"id": ID}}, {"companyId": ID}),
    ("people", {"company": {"connect": {"where": {"id": ID}}}}, {"companyId": ID}),
    ("people", {"company": {"disconnect": True}}, {"companyId": None}),
    ("people", {"company": None}, {"companyId": None}),
    ("people", {"phones": {"additionalPhones": ["+33612345679"]}}, {"phones": {"additionalPhones": [PHONE]}}),
    ("people", {"phones": {"additionalPhones": [PHONE, ""]}}, {"phones": {"additionalPhones": [PHONE]}}),
    ("people", {"phones": {NUMBER: "+33612345678"}}, {"phones": {NUMBER: "612345678", COUNTRY: "FR", CALLING: "+33"}}),
    ("people", {"phones": {NUMBER: "0612345678", COUNTRY: "FR"}}, {"phones": {NUMBER: "612345678", COUNTRY: "FR", CALLING: "+33"}}),
    ("people", {"phones": {NUMBER: "+80012345678"}}, {"phones": {NUMBER: "+80012345678", COUNTRY: "", CALLING: "+800"}}),
    ("people", {"phones": {NUMBER: ""}}, {"phones": {NUMBER: ""}}),
    ("people", {"emails": {"primaryEmail": " Ada@example.com "}}, {"emails": {"primaryEmail": "Ada@example.com"}}),
    (
        "people",
        {"linkedinLink": {"primaryLinkUrl": "https://a.example.com", "additionalLinks": ["https://b.example.com"]}},
        {"linkedinLink": {"primaryLinkUrl": "https://a.example.com", "secondaryLinks": [{"url": "https://b.example.com", "label": None}]}},
    ),
    ("tasks", {"dueAt": "2026-02-03 04:05"}, {"dueAt": "2026-02-03T04:05:00.000Z"}),
    ("tasks", {"dueAt": date(2026, 2, 3)}, {"dueAt": "2026-02-03"}),
    ("people", {"city": None}, {"city": ""}),
    ("companies", {"idealCustomerProfile": None, "employees": None}, {"idealCustomerProfile": False, "employees": None}),
    ("companies", {"address": None}, {"address": {**NO_ADDRESS, "addressLat": None, "addressLng": None}}),
    ("people", {"emails": None}, {"emails": {"primaryEmail": "", "additionalEmails": []}}),
    ("people", {"phones": None}, {"phones": {NUMBER: "", COUNTRY: "", CALLING: "", "additionalPhones": []}}),
    ("tasks", {"bodyV2": None}, {"bodyV2": {"blocknote": None, "markdown": ""}}),
]


@pytest.mark.parametrize(("plural", "given", "expected"), SPELT)
def test_one_meaning_is_one_spelling(plural: str, given: dict[str, Any], expected: dict[str, Any]) -> None:
    assert sent(plural, given) == expected


def test_icosa_reads_them_all_and_gets_them_as_they_were_given() -> None:
    given = {"jobTitle": 5, "company": {"id": ID}, "name": None, "phones": {"additionalPhones": ["+33612345679"]}}
    assert sent("people", given, ICOSA) == given
    assert sent("people", {"city": None}, ICOSA) == {"city": ""}


def test_a_relation_is_told_once() -> None:
    with pytest.raises(InvalidValue, match="Company Id: is given twice"):
        sent("people", {"company": {"id": ID}, "companyId": ID})
