"""What a value looks like, for documentation: forms, help texts and the OpenAPI document show these."""

import json
from typing import Any

from icosa.catalogue import naming
from icosa.catalogue.model import Field

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
MOMENT = "2026-02-03T04:05:06.000Z"

_BY_TYPE: dict[str, Any] = {
    "UUID": ID,
    "NUMBER": 12,
    "NUMERIC": 12.5,
    "BOOLEAN": True,
    "DATE_TIME": MOMENT,
    "DATE": "2026-02-03",
    "POSITION": 1,
    "ARRAY": ["first", "second"],
    "RAW_JSON": {"key": "value"},
    "RICH_TEXT": None,
    "RICH_TEXT_V2": {"markdown": "Ask for the **contract**."},
    "FULL_NAME": {"firstName": "Ada", "lastName": "Lovelace"},
    "EMAILS": {"primaryEmail": "ada@example.com", "additionalEmails": ["ada@example.org"]},
    "PHONES": {
        "primaryPhoneNumber": "612345678",
        "primaryPhoneCountryCode": "FR",
        "primaryPhoneCallingCode": "+33",
        "additionalPhones": [],
    },
    "LINKS": {
        "primaryLinkLabel": "Site",
        "primaryLinkUrl": "https://example.com",
        "secondaryLinks": [{"url": "https://docs.example.com", "label": "Docs"}],
    },
    "ADDRESS": {"addressStreet1": "1 Example Street", "addressCity": "Paris", "addressPostcode": "75001", "addressCountry": "France"},
    "CURRENCY": {"amountMicros": 5000000000, "currencyCode": "EUR"},
    "ACTOR": {"source": "IMPORT"},
}
_BY_NAME: dict[str, Any] = {
    "name": "Analytical Engines",
    "title": "Call Ada about the contract",
    "subject": "Your contract",
    "handle": "ada@example.com",
    "displayName": "Ada Lovelace",
    "jobTitle": "Engineer",
    "city": "London",
    "provider": "google",
    "targetUrl": "https://hooks.example.com/crm",
    "operations": ["company.created", "person.updated"],
    "scopes": ["mail.read"],
}


def example(field: Field) -> Any:
    """A value that the field accepts, as JSON; None where it accepts none (a retired type)."""
    if field.type.name in ("SELECT", "RATING"):
        return field.options[0] if field.options else None
    if field.type.name == "MULTI_SELECT":
        return list(field.options[:2])
    if field.name in _BY_NAME and field.type.name in ("TEXT", "ARRAY"):
        return _BY_NAME[field.name]
    return _BY_TYPE.get(field.type.name, naming.label(field.name))


def example_text(field: Field) -> str:
    """The example as JSON text on one line."""
    return json.dumps(example(field), ensure_ascii=False)
