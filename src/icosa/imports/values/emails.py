"""E-mail addresses: "Ada Lovelace <Ada@Example.com>" is ada@example.com."""

import re
from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from icosa.catalogue.characters import visible
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.imports.values.lists import read_items

_ADDRESS = re.compile(r"[^\s@,;<>()\[\]\"]+@[^\s@,;<>()\[\]\".]+(\.[^\s@,;<>()\[\]\".]+)+")

_PLAIN = re.compile(r"[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+")
"""An address with nothing around it that may have to be taken off."""


def read_email(value: Any, path: str) -> str:
    """One address, in lower case."""
    if value.__class__ is str and _PLAIN.fullmatch(value):
        return str(value.lower())
    text = visible(str(value)).strip()
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    address = (parseaddr(text)[1] if "<" in text else text).lower()
    if not _ADDRESS.fullmatch(address):
        raise InvalidValue(path, f"{shown(value)} is not an e-mail address; write one such as ada@example.com")
    return address


def lower_case(values: Sequence[str]) -> Sequence[str] | None:
    """Addresses with nothing around them that may have to be taken off, in lower case; None where one is not so."""
    return [*map(str.lower, values)] if all(map(_PLAIN.fullmatch, values)) else None


def read_emails(value: Any, path: str, separator: str) -> list[str]:
    """Several addresses, each once; a comma may stand between them too."""
    split = value.replace(",", separator) if isinstance(value, str) and not value.strip().startswith("[") else value
    return list(dict.fromkeys(read_email(each, path) for each in read_items(split, path, separator)))


def read_primary_and_more(value: Any, path: str, separator: str) -> dict[str, Any]:
    """A first address, and more of them where there are."""
    first, *more = read_emails(value, path, separator) or [""]
    return {"primaryEmail": first, **({"additionalEmails": more} if more else {})}
