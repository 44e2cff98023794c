"""What stands in the place of a composite value, for each type of several parts; a simple value goes by its kind."""

from collections.abc import Callable
from typing import Any, Final

import orjson

from icosa.mirror.masking.made_up import MadeUp

Parts = dict[str, Any]
Masked = Callable[[Parts, MadeUp], Parts]
"""From all parts of a value to made-up ones."""


def _full_name(held: Parts, made_up: MadeUp) -> Parts:
    return {"firstName": _made(held["firstName"], made_up.first_name), "lastName": _made(held["lastName"], made_up.last_name)}


def _emails(held: Parts, made_up: MadeUp) -> Parts:
    more = held["additionalEmails"]
    if isinstance(more, list):
        more = [made_up.email(each) if isinstance(each, str) else made_up.json(each) for each in more]
    return {"primaryEmail": _made(held["primaryEmail"], made_up.email), "additionalEmails": more}


def _phones(held: Parts, made_up: MadeUp) -> Parts:
    def codes(number: str, country: str | None, calling: str | None) -> tuple[str, str, str]:
        made = made_up.phone(number, whole=number.lstrip().startswith("+"))
        return made, "US" if country else "", "+1" if calling else ""

    if held["primaryPhoneNumber"]:
        names = ("primaryPhoneNumber", "primaryPhoneCountryCode", "primaryPhoneCallingCode")
        held |= zip(names, codes(*(held[name] for name in names)), strict=True)
    if isinstance(held["additionalPhones"], list):
        held["additionalPhones"] = [
            dict(zip(_PHONE, codes(str(each.get("number") or ""), each.get("countryCode"), each.get("callingCode")), strict=True))
            if isinstance(each, dict)
            else made_up.phone(str(each), whole=True)
            for each in held["additionalPhones"]
        ]
    return held


def _links(held: Parts, made_up: MadeUp) -> Parts:
    held["primaryLinkLabel"] = _made(held["primaryLinkLabel"], made_up.text)
    held["primaryLinkUrl"] = _made(held["primaryLinkUrl"], made_up.url)
    if isinstance(held["secondaryLinks"], list):
        held["secondaryLinks"] = [
            {
                **made_up.json(each),
                "url": made_up.url(str(each.get("url") or "")),
                "label": made_up.text(str(each.get("label") or "")),
            }
            if isinstance(each, dict)
            else made_up.url(str(each))
            for each in held["secondaryLinks"]
        ]
    return held


def _address(held: Parts, made_up: MadeUp) -> Parts:
    return made_up.address(held)


def _actor(held: Parts, made_up: MadeUp) -> Parts:
    return held | {"name": _made(held["name"], made_up.full_name), "context": made_up.json(held["context"])}


def _rich_text(held: Parts, made_up: MadeUp) -> Parts:
    return {"markdown": _made(held["markdown"], made_up.filler), "blocknote": _blocks(held["blocknote"], made_up)}


def _blocks(text: str | None, made_up: MadeUp) -> str | None:
    """The blocks of an editor, which are JSON in a text."""
    if not text:
        return text
    try:
        return orjson.dumps(made_up.json(orjson.loads(text))).decode()
    except ValueError:
        return made_up.filler(text)


def _not_personal(held: Parts, made_up: MadeUp) -> Parts:
    return held


_PHONE = ("number", "countryCode", "callingCode")


def _made(value: str | None, make: Callable[[str], str]) -> str | None:
    """What stands in the place of a value; nothing in the place of nothing."""
    return make(value) if value else value


MASKED: Final[dict[str, Masked]] = {
    "FULL_NAME": _full_name,
    "EMAILS": _emails,
    "PHONES": _phones,
    "LINKS": _links,
    "ADDRESS": _address,
    "ACTOR": _actor,
    "CURRENCY": _not_personal,
    "RICH_TEXT_V2": _rich_text,
}
"""By the name of the field type, for each that has several parts."""
