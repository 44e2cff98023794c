"""When two natural keys mean the same."""

import json
import re
from collections.abc import Hashable
from itertools import product
from typing import Any

from icosa.catalogue.columns import column_by_path
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Object

_WEB = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]+)(.*)", re.IGNORECASE | re.DOTALL)
_SCHEMES = ("", "https://", "http://")
_HOSTS = ("", "www.")
_SLASHES = ("", "/")


def comparable(of: Object, path: str, value: Any) -> Hashable:
    """The form in which two values at a path of an object are equal where they mean the same, None where the
    value says nothing: web addresses without scheme, www. and the slash at the end, e-mails in lower case,
    phone numbers as their digits, texts without blanks around them.  `value` may be a dict of parts where
    the path is a composite field, and is then equal where all of them are."""
    if isinstance(value, dict):
        parts = {name: comparable(of, f"{path}.{name}", each) for name, each in value.items()}
        said = tuple(sorted((name, each) for name, each in parts.items() if each is not None))
        return said or None
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    match part_of(of, path):
        case "LINKS", "primaryLinkUrl":
            return web_key(str(value))
        case "EMAILS", "primaryEmail":
            return str(value).strip().lower()
        case "PHONES", "primaryPhoneNumber":
            return "".join(filter(str.isdecimal, str(value))) or None
        case _:
            return _plain(of, path, value)


def spellings(of: Object, path: str, value: Any) -> tuple[str, ...]:
    """How a workspace may have stored what is the same by `comparable`: the texts to look for with `[in]`.
    An address that was stored without a scheme and in capitals is among them only where `value` has them too."""
    written = str(value).strip()
    match part_of(of, path):
        case "LINKS", "primaryLinkUrl":
            key = web_key(written)
            known = ("".join(each) for each in product(_SCHEMES, _HOSTS, (key,), _SLASHES))
            return tuple(dict.fromkeys((*known, written)))
        case "PHONES", "primaryPhoneNumber":
            return tuple(dict.fromkeys((str(comparable(of, path, value)), written)))
        case _:
            return (str(comparable(of, path, value)),)


def web_key(address: str) -> str:
    """A web address by what is behind it: "https://www.Acme.example.com/" and "acme.example.com" are the same."""
    found = _WEB.fullmatch(address.strip())
    if found is None:
        return address.strip()
    return found[1].lower() + found[2].removesuffix("/")


def part_of(of: Object, path: str) -> tuple[str, str]:
    """The type of the field that a path is of, and the part that it names; a foreign key is a UUID."""
    name, _, part = path.partition(".")
    field = of.field_by_name.get(name)
    return (field.type_name if field else "UUID", part)


def _plain(of: Object, path: str, value: Any) -> Hashable:
    if isinstance(value, list):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    column = column_by_path(of).get(path)
    if column is not None and column.kind is Kind.UUID:
        return str(value).strip().lower()
    if isinstance(value, bool | int | float):
        return value
    return str(value).strip()
