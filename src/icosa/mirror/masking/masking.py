"""Which fields are personal, and what stands in their place.

By type: names, e-mail addresses, phone numbers, addresses, links, rich texts, actors, JSON and lists.  By name:
job titles, cities, names of companies and people.  Every other text becomes filler of the same length,
but for those of `HARMLESS`.  Ids, links between records, choices, numbers, amounts and moments stay, but for
days of birth.  Secrets are left out.
"""

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from icosa.catalogue import naming
from icosa.catalogue.columns import Column, columns, columns_of_field
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import UnknownField
from icosa.mirror.content import Columns
from icosa.mirror.masking.made_up import MadeUp

HARMLESS = {
    "attachment": ("type",),
    "calendarEvent": ("conferenceSolution",),
    "connectedAccount": ("provider", "scopes"),
    "timelineActivity": ("name",),
    "view": ("type", "icon"),
    "viewFilter": ("operand", "subFieldName"),
    "viewSort": ("direction",),
    "webhook": ("operations",),
    "workspaceMember": ("timeZone", "colorScheme", "locale"),
}
"""Texts of the standard objects that say nothing about anybody."""

_BY_NAME = {"jobTitle": MadeUp.job_title, "city": MadeUp.city, "displayName": MadeUp.full_name}


class Masking:
    """Masks the records of a catalogue.  `keep` are fields that stay: "jobTitle", or "people.jobTitle" of one
    object alone.  Raises UnknownField for one that does not exist."""

    def __init__(self, catalogue: Catalogue, salt: bytes, keep: Sequence[str] = ()) -> None:
        self._made_up = MadeUp(salt)
        self._kept = {(of.singular, field) for each in keep for of, field in _fields(catalogue, each)}

    def masked(self, of: Object, values: Columns) -> Columns:
        """The same record with made-up values."""
        made = {name: value for name, value in values.items() if not self._secret(of, name)}
        for field in of.fields:
            if (of.singular, field.name) in self._kept or field.name in HARMLESS.get(of.singular, ()) or field.secret:
                continue
            held = columns_of_field(of, field.name)
            made |= self._of_field(of, field.type_name, held, {each.name: values.get(each.name) for each in held})
        return made

    def _secret(self, of: Object, name: str) -> bool:
        return any(column.secret for column in columns(of) if column.name == name)

    def _of_field(self, of: Object, type_name: str, held: tuple[Column, ...], values: Columns) -> Columns:
        made_up = self._made_up
        by_part = {column.part: values[column.name] for column in held}
        match type_name:
            case "FULL_NAME":
                by_part |= {"firstName": _made(by_part["firstName"], made_up.first_name)}
                by_part |= {"lastName": _made(by_part["lastName"], made_up.last_name)}
            case "EMAILS":
                by_part["primaryEmail"] = _made(by_part["primaryEmail"], made_up.email)
                by_part["additionalEmails"] = _each(by_part["additionalEmails"], made_up.email, made_up)
            case "PHONES":
                by_part = self._phones(by_part)
            case "LINKS":
                by_part = self._links(by_part)
            case "ADDRESS":
                by_part = made_up.address(by_part)
            case "ACTOR":
                by_part["name"] = _made(by_part["name"], made_up.full_name)
                by_part["context"] = made_up.json(by_part["context"])
            case "CURRENCY":
                pass
            case "RICH_TEXT_V2":
                by_part["markdown"] = _made(by_part["markdown"], made_up.filler)
                by_part["blocknote"] = self._blocks(by_part["blocknote"])
            case _:
                return {column.name: self._value(of, column, values[column.name]) for column in held}
        return {column.name: by_part[column.part] for column in held}

    def _value(self, of: Object, column: Column, value: Any) -> Any:
        if value is None:
            return None
        match column.kind:
            case Kind.TEXT if not value:
                return value
            case Kind.TEXT if (of.singular, column.name) == ("company", "name"):
                return self._made_up.company(value)
            case Kind.TEXT:
                by_name = _BY_NAME.get(column.name) if "@" not in value else None
                return by_name(self._made_up, value) if by_name else self._made_up.text(value)
            case Kind.TEXTS:
                return [self._made_up.text(each) for each in value]
            case Kind.JSON:
                return self._made_up.json(value)
            case Kind.DATE | Kind.DATE_TIME if "birth" in column.name.lower():
                return value[:5] + "01-01" + value[10:]
            case _:
                return value

    def _phones(self, held: dict[str, Any]) -> dict[str, Any]:
        def codes(number: str, country: str | None, calling: str | None) -> tuple[str, str, str]:
            made = self._made_up.phone(number, whole=number.lstrip().startswith("+"))
            return made, "US" if country else "", "+1" if calling else ""

        if held["primaryPhoneNumber"]:
            names = ("primaryPhoneNumber", "primaryPhoneCountryCode", "primaryPhoneCallingCode")
            held |= zip(names, codes(*(held[name] for name in names)), strict=True)
        if isinstance(held["additionalPhones"], list):
            held["additionalPhones"] = [
                dict(zip(_PHONE, codes(str(each.get("number") or ""), each.get("countryCode"), each.get("callingCode")), strict=True))
                if isinstance(each, dict)
                else self._made_up.phone(str(each), whole=True)
                for each in held["additionalPhones"]
            ]
        return held

    def _links(self, held: dict[str, Any]) -> dict[str, Any]:
        made_up = self._made_up
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

    def _blocks(self, text: str | None) -> str | None:
        """The blocks of an editor, which are JSON in a text."""
        if not text:
            return text
        try:
            return orjson.dumps(self._made_up.json(orjson.loads(text))).decode()
        except ValueError:
            return self._made_up.filler(text)


_PHONE = ("number", "countryCode", "callingCode")


def _made(value: str | None, make: Callable[[str], str]) -> str | None:
    """What stands in the place of a value; nothing in the place of nothing."""
    return make(value) if value else value


def _each(values: Any, make: Any, made_up: MadeUp) -> Any:
    return [make(each) if isinstance(each, str) else made_up.json(each) for each in values] if isinstance(values, list) else values


def _fields(catalogue: Catalogue, named: str) -> list[tuple[Object, str]]:
    """The fields that somebody means by a name, with or without its object."""
    resource, _, name = named.rpartition(".")
    found = [
        (of, field.name)
        for of in catalogue
        for field in of.fields
        if name in (field.name, naming.snake_case(field.name), naming.kebab_case(field.name))
        and (not resource or resource in (of.plural, of.singular, naming.kebab_case(of.plural)))
    ]
    if not found:
        raise UnknownField(f"--keep {named}: no object has such a field; name one such as jobTitle, or people.jobTitle")
    return found
