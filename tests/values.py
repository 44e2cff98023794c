"""Valid values for any field of any catalogue, so that a test can speak about every object."""

import uuid
from typing import Any

from icosa.catalogue.model import Field, Object


def value_of(field: Field, serial: int) -> Any:
    """A JSON value that the field takes; those of unique fields differ from serial to serial."""
    match field.type_name:
        case "TEXT":
            return f"{field.name} {serial} é漢"
        case "UUID":
            return str(uuid.UUID(int=0xABCD_0000_0000_4000_8000_0000_0000_0000 + serial))
        case "NUMBER" | "POSITION":
            return serial
        case "NUMERIC":
            return f"{serial}.25"
        case "BOOLEAN":
            return serial % 2 == 0
        case "DATE_TIME":
            return f"2031-02-03T04:05:{serial % 60:02d}.678Z"
        case "DATE":
            return f"2031-02-{serial % 28 + 1:02d}"
        case "SELECT" | "RATING":
            return field.options[serial % len(field.options)]
        case "MULTI_SELECT":
            return [field.options[serial % len(field.options)]]
        case "ARRAY":
            return [f"item {serial}", "second"]
        case "RAW_JSON":
            return {"serial": serial, "nested": [1, None, {"deep": "yes"}]}
        case "FULL_NAME":
            return {"firstName": "Ada", "lastName": f"Lovelace {serial}"}
        case "EMAILS":
            return {"primaryEmail": f"{field.name.lower()}{serial}@example.com", "additionalEmails": ["more@example.com"]}
        case "PHONES":
            return {"primaryPhoneNumber": f"6123456{serial % 90 + 10}", "primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "+33"}
        case "LINKS":
            url = f"https://{field.name.lower()}{serial}.example.com"
            return {"primaryLinkLabel": "Site", "primaryLinkUrl": url, "secondaryLinks": [{"url": f"{url}/more", "label": "More"}]}
        case "ADDRESS":
            return {"addressStreet1": f"{serial} rue Haute", "addressCity": "Lyon", "addressLat": "45.75"}
        case "CURRENCY":
            return {"amountMicros": str(serial * 1_000_000), "currencyCode": "EUR"}
        case "ACTOR":
            return {"source": "IMPORT", "name": f"Importer {serial}"}
        case "RICH_TEXT_V2":
            return {"blocknote": None, "markdown": f"**{serial}**"}
        case _:
            raise AssertionError(f"no value for {field.type_name}")


def body_of(of: Object, serial: int) -> dict[str, Any]:
    """A value for every field that may be written, links left out."""
    return {field.name: value_of(field, serial) for field in of.fields if not field.type.retired}


def smallest(of: Object, serial: int = 1) -> dict[str, Any]:
    """Values for those fields alone that a new record must have."""
    return {field.name: value_of(field, serial) for field in of.fields if field.required}
