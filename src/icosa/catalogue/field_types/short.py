"""Short names of the parts of composite values, as people say them: `name.first`, `emails.primary`, `address.city`."""

from collections.abc import Mapping
from typing import Final

from icosa.catalogue.field_types.type import FieldType

SHORT: Final[Mapping[str, Mapping[str, str]]] = {
    "FULL_NAME": {"first": "firstName", "last": "lastName"},
    "EMAILS": {"primary": "primaryEmail", "additional": "additionalEmails"},
    "PHONES": {
        "number": "primaryPhoneNumber",
        "primary": "primaryPhoneNumber",
        "country": "primaryPhoneCountryCode",
        "calling": "primaryPhoneCallingCode",
        "additional": "additionalPhones",
    },
    "LINKS": {"url": "primaryLinkUrl", "primary": "primaryLinkUrl", "label": "primaryLinkLabel", "secondary": "secondaryLinks"},
    "ADDRESS": {
        "street1": "addressStreet1",
        "street": "addressStreet1",
        "street2": "addressStreet2",
        "city": "addressCity",
        "postcode": "addressPostcode",
        "state": "addressState",
        "country": "addressCountry",
        "lat": "addressLat",
        "lng": "addressLng",
    },
    "CURRENCY": {"micros": "amountMicros", "currency": "currencyCode"},
}
"""By type: short name to part.  Of several for one part the first is the one that is shown."""


def short(of: FieldType, part: str) -> str:
    """The short name of a part; the part's own name where it has none."""
    return next((name for name, meant in SHORT.get(of.name, {}).items() if meant == part), part)


def part_named(of: FieldType, name: str) -> str | None:
    """The part of a type that a name means: its own, in any spelling, or a short one.  None where it means none."""
    wanted = _folded(name)
    shorts = SHORT.get(of.name, {})
    return next((each.name for each in of.parts if each.name and _folded(each.name) == wanted and not each.hidden), shorts.get(wanted))


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()
