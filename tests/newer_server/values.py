"""What the stand-in takes as a value, refuses, and makes of it, as 2.19 does."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import phonenumbers

from tests.newer_server.refusing import Refused
from tests.newer_server.schema import LIST, PARTS, TEXT, Json, Thing, empty

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and UUID(value).int != 0 and len(value) == 36
    except ValueError:
        return False


def change(of: Thing, record: Json, given: Json) -> Json:
    """The record with the given fields, each checked.  A composite field that is null is left as it was."""
    changed = dict(record)
    for name, value in given.items():
        if name in of.points:
            raise Refused(f'Relation "{name}" requires connect or disconnect operation')
        kind = of.all_fields.get(name)
        if kind is None:
            raise Refused(f'Object {of.singular} doesn\'t have any "{name}" field.')
        if isinstance(kind, str) and kind in PARTS:
            changed[name] = _composite(name, kind, record[name], value)
        else:
            changed[name] = _plain(name, kind, value)
    return changed


def _plain(name: str, kind: str | tuple[str, ...], value: Any) -> Any:
    if value is None:
        return empty(kind)
    if isinstance(kind, tuple):
        if value not in kind:
            raise Refused(f'Invalid value "{value}" for field "{name}". Valid values are: {", ".join(kind)}')
        return value
    if kind in _CHECKED:
        fits, words = _CHECKED[kind]
        if not fits(value):
            raise Refused(
                f'Invalid {words} {value!r} for field "{name}"' if kind != TEXT else f'Invalid {words} {value!r} for text field "{name}"'
            )
    if kind == "DATE_TIME":
        return _moment(name, value)
    if kind == "POSITION" and value in ("first", "last"):
        return 0
    if kind == "BARE_TEXT":
        return value or None
    if kind == "FILES":
        return [{"fileId": each["fileId"], "label": each.get("label", "")} for each in value]
    return [value] if kind == "ARRAY" and isinstance(value, str) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_CHECKED = {
    TEXT: (lambda each: isinstance(each, str), "string value"),
    "BARE_TEXT": (lambda each: isinstance(each, str), "string value"),
    "NUMBER": (_is_number, "number value"),
    "POSITION": (lambda each: _is_number(each) or each in ("first", "last"), "position value"),
    "BOOLEAN": (lambda each: isinstance(each, bool), "boolean value"),
    "UUID": (is_uuid, "UUID value"),
    "RAW_JSON": (lambda each: isinstance(each, dict | list), "object value"),
    "ARRAY": (lambda each: isinstance(each, str | list), "array value"),
    "FILES": (lambda each: isinstance(each, list), "file value"),
    LIST: (lambda each: isinstance(each, list), "array value"),
}


def _moment(name: str, value: Any) -> str:
    try:
        read = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refused(f"Invalid value {value!r} for date-time field \"{name}\". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'") from None
    read = read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC)
    return read.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _composite(name: str, kind: str, held: Json, value: Any) -> Json:
    if value is None:
        if kind == "RICH_TEXT":
            raise Refused("Cannot read properties of null (reading 'blocknote')", error="TypeError")
        return held
    if not isinstance(value, dict):
        raise Refused(f'Invalid object value {value!r} for field "{name}"')
    for part in value:
        if part not in PARTS[kind]:
            raise Refused(f'Invalid subfield {part} for {kind.lower()} field "{name}"')
    given = {part: _plain(f"{name}.{part}", PARTS[kind][part], each) for part, each in value.items()}
    blank = {part: empty(each) for part, each in PARTS[kind].items()}
    match kind:
        case "LINKS":
            return _links({**blank, **given})
        case "EMAILS":
            return _emails(name, {**held, **({"primaryEmail": ""} if "additionalEmails" in given else {}), **given})
        case "PHONES":
            return _phones({**held, **given})
        case "RICH_TEXT":
            return {**blank, **given} if len(given) > 1 else _rich(given)
        case "CURRENCY" if given.get("amountMicros") is not None:
            given["amountMicros"] = int(given["amountMicros"])
    return {**held, **given}


def _rich(given: Json) -> Json:
    if given.get("markdown") is not None:
        content = [{"type": "text", "text": given["markdown"], "styles": {}}] if given["markdown"] else []
        return {"blocknote": json.dumps([{"type": "paragraph", "content": content}]), "markdown": given["markdown"]}
    return {"blocknote": given.get("blocknote"), "markdown": ""}


def _links(given: Json) -> Json:
    links = [(given["primaryLinkUrl"], given["primaryLinkLabel"])]
    links += [(each.get("url"), each.get("label")) for each in given["secondaryLinks"]]
    kept = [(_url(url), label or "") for url, label in links if url]
    first = kept[0] if kept else ("", "")
    return {
        "primaryLinkLabel": first[1],
        "primaryLinkUrl": first[0],
        "secondaryLinks": [{"url": url, "label": label} for url, label in kept[1:]],
    }


def _url(text: str) -> str:
    if re.search(r"\s", text) or "." not in text:
        raise Refused("The URL of the link is not valid")
    scheme, mark, rest = text.rpartition("://")
    host, slash, path = rest.partition("/")
    return (scheme + mark + host.lower() + slash + path).removesuffix("/")


def _emails(name: str, merged: Json) -> Json:
    for part, each in [("primaryEmail", merged["primaryEmail"]), *(("additionalEmails", each) for each in merged["additionalEmails"])]:
        if each and not _EMAIL.fullmatch(each):
            raise Refused(f"Invalid string value '{each}' for email field \"{name}.{part}\"")
    return {"primaryEmail": merged["primaryEmail"].lower(), "additionalEmails": [each.lower() for each in merged["additionalEmails"]]}


def _phones(merged: Json) -> Json:
    number, country, calling = _phone(merged["primaryPhoneNumber"], merged["primaryPhoneCountryCode"], merged["primaryPhoneCallingCode"])
    more: list[Json] = []
    for each in merged["additionalPhones"]:
        if not isinstance(each, dict):
            more.append({})  # a text is lost
            continue
        parts = _phone(each.get("number", ""), each.get("countryCode", ""), each.get("callingCode", ""))
        more.append(dict(zip(("number", "countryCode", "callingCode"), parts, strict=True)))
    return {
        "primaryPhoneNumber": number,
        "primaryPhoneCountryCode": country,
        "primaryPhoneCallingCode": calling,
        "additionalPhones": more,
    }


def _phone(number: str, country: str, calling: str) -> tuple[str, str, str]:
    if country and country not in phonenumbers.SUPPORTED_REGIONS:
        raise Refused(f"Invalid country code {country}")
    if number.startswith("+"):
        read = phonenumbers.parse(number)
        found = phonenumbers.region_code_for_number(read) or ""
        if country and found and country != found:
            raise Refused("Provided and inferred country code are conflicting")
        if calling and calling != f"+{read.country_code}":
            raise Refused("Provided and inferred calling code are conflicting")
        return phonenumbers.national_significant_number(read), found or country, f"+{read.country_code}"
    wanted = f"+{phonenumbers.country_code_for_region(country)}" if country else calling
    if calling and calling != wanted:
        raise Refused("Provided and inferred calling code are conflicting")
    return number, country, wanted
