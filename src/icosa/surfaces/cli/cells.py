"""Values as a person reads them: "Ada Lovelace" rather than a first and a last name."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from icosa.call.paths import says
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Catalogue, Object

_MICROS = 1_000_000
_MOMENT: Final = r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)(\.\d+)?Z"
_NAMED = 3
_ADDRESS = ("addressStreet1", "addressStreet2", "addressPostcode", "addressCity", "addressState", "addressCountry")

Record = Mapping[str, Any]


def cell(catalogue: Catalogue, of: Object, name: str, record: Record, *, brief: bool) -> str:
    """A property of a record; a relation is told by what its record is called, a collection by its first
    records.  `brief` is for one cell among others: only what comes first."""
    value = record.get(name)
    relation, field = of.relation_by_name.get(name), of.field_by_name.get(name)
    if relation is not None and isinstance(value, dict):
        return called(catalogue.by_singular[relation.target], value)
    if field is not None and field.type.parts[0].kind is Kind.JSON:
        return json.dumps(value, ensure_ascii=False) if says(value) else ""
    source = next((each.source for each in catalogue.has_many(of) if each.name == name), None)
    if source is not None and isinstance(value, list):
        return _collection(catalogue.by_singular[source], value)
    return in_words(value, brief=brief)


def called(of: Object, record: Record) -> str:
    """What a record is called; its id where it has no name."""
    return in_words(record.get(of.label_identifier), brief=True) or str(record.get("id", ""))


def in_words(value: Any, *, brief: bool = False) -> str:
    """A value in words.  Composite values are known by their parts, so that those of objects that the
    catalogue does not have are told as well."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return _text(value, brief)
        case list():
            return ", ".join(filter(None, (in_words(each, brief=brief) for each in value)))
        case dict():
            parts = _parts(value, brief)
            return ", ".join(filter(None, parts[:1] if brief else parts))
        case _:
            return str(value)


def _text(value: str, brief: bool) -> str:
    moment = re.fullmatch(_MOMENT, value)
    if moment is None:
        return value
    return f"{moment[1]} {moment[2]}" if brief else f"{moment[1]} {moment[2]}{moment[3]} UTC"


def _parts(value: Record, brief: bool) -> list[str]:
    """What a composite value holds, the most telling first."""
    match value:
        case {"firstName": first, "lastName": last}:
            return [" ".join(filter(None, (first, last)))]
        case {"amountMicros": amount, "currencyCode": code}:
            return [f"{Decimal(str(amount)) / _MICROS:,.2f} {code or ''}".rstrip()] if says(amount) else []
        case {"primaryLinkUrl": url, "primaryLinkLabel": label}:
            if brief:
                return [re.sub(r"^https?://(www\.)?", "", url or label or "")]
            return [_link(url, label), *(_link(each.get("url"), each.get("label")) for each in _objects(value, "secondaryLinks"))]
        case {"primaryEmail": primary}:
            return [primary or "", *map(in_words, value.get("additionalEmails") or ())]
        case {"primaryPhoneNumber": number, "primaryPhoneCallingCode": code}:
            more = _objects(value, "additionalPhones")
            return [_phone(code, number), *(_phone(each.get("callingCode"), each.get("number")) for each in more)]
        case {"addressCity": city, "addressCountry": country}:
            return [", ".join(filter(None, (city, country) if brief else (value.get(part) for part in _ADDRESS)))]
        case {"source": source, "name": name}:
            return [str(name or source or "")]
        case {"markdown": markdown}:
            return [markdown or ""]
        case _:
            return [" ".join(filter(None, map(in_words, value.values())))]


def _link(url: str | None, label: str | None) -> str:
    return f"{url or ''} ({label})".lstrip() if label and label not in (url or "") else url or ""


def _phone(code: str | None, number: str | None) -> str:
    return " ".join(filter(None, (code, number))) if number else ""


def _objects(value: Record, name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _collection(of: Object, records: list[Any]) -> str:
    named = [called(of, each) for each in records[:_NAMED]] if of.label_identifier != "id" else []
    left = len(records) - len(named)
    if not named:
        return f"{left} record{'s' if left > 1 else ''}" if left else ""
    return ", ".join(named) + (f" and {left} more" if left else "")
