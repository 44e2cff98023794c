"""E-mail addresses: "Ada Lovelace <Ada@Example.com>" is ada@example.com."""

import re
from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote

from icosa.catalogue.characters import visible
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.imports.values.lists import read_items

_ADDRESS = re.compile(r"[^\s@,;<>()\[\]\"]+@[^\s@,;<>()\[\]\".]+(?:\.[^\s@,;<>()\[\]\".]+)+")
_SCHEME = re.compile(r"mailto:|smtp:", re.IGNORECASE)
_REMARK = re.compile(r"(?<=\S)\s*\([^()@]*\)$")
_IN_BRACKETS = re.compile(r"<\s*([^<>]*@[^<>]*?)\s*>")
_BETWEEN = re.compile(r"[,;\n]")
_NONE = "is not an e-mail address; write one such as ada@example.com"

_PLAIN = re.compile(r"[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+")
"""An address with nothing around it that may have to be taken off."""


def read_email(value: Any, path: str) -> str:
    """One address, in lower case."""
    if value.__class__ is str and _PLAIN.fullmatch(value):
        return str(value.lower())
    text = _REMARK.sub("", _bare(visible(str(value)).strip()))
    address = (_bracketed(text) if "<" in text else text).lower()
    if not _ADDRESS.fullmatch(address) or ("<" in text and _are_several(text.lower())):
        many = len(set(_ADDRESS.findall(text.lower())))
        problem = f"holds {many} addresses; keep one here, and put the others beside it" if many > 1 else _NONE
        raise InvalidValue(path, f"{shown(value)} {problem}")
    return address


def lower_case(values: Sequence[str]) -> Sequence[str] | None:
    """Addresses with nothing around them that may have to be taken off, in lower case; None where one is not so."""
    return [*map(str.lower, values)] if all(map(_PLAIN.fullmatch, values)) else None


def _bracketed(text: str) -> str:
    """The address that stands behind a name, which can be an address too."""
    found = _IN_BRACKETS.search(text)
    return found[1] if found and _ADDRESS.fullmatch(found[1]) else parseaddr(text)[1]


def _are_several(text: str) -> bool:
    """Whether a text with a name and an address has another address too, which is no part of the name: in brackets of its own, or
    behind a comma."""
    addresses = [found[1] if (found := _IN_BRACKETS.search(each)) else each.strip() for each in _BETWEEN.split(text) if "@" in each]
    return len({*_IN_BRACKETS.findall(text)}) > 1 or len({each for each in addresses if _ADDRESS.fullmatch(each)}) > 1


def _bare(text: str) -> str:
    """What programs write around an address taken off: Outlook its quotes, Exchange and links their scheme."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    scheme = _SCHEME.match(text)
    if scheme is None:
        return text
    return unquote(text[scheme.end() :].partition("?")[0]) if scheme[0].lower() == "mailto:" else text[scheme.end() :]


def read_emails(value: Any, path: str, separator: str) -> list[str]:
    """Several addresses, each once; a comma may stand between them too."""
    split = value.replace(",", separator) if isinstance(value, str) and not value.strip().startswith("[") else value
    return list(dict.fromkeys(read_email(each, path) for each in read_items(split, path, separator)))


def read_primary_and_more(value: Any, path: str, separator: str) -> dict[str, Any]:
    """A first address, and more of them where there are."""
    first, *more = read_emails(value, path, separator) or [""]
    return {"primaryEmail": first, **({"additionalEmails": more} if more else {})}
