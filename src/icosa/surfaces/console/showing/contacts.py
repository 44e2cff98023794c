"""Names, addresses and numbers by which somebody is reached: links to what can be opened, and no others."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote

from icosa.catalogue.model import Field
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.shown import ShownPiece

_ADDRESS: Final = ("addressStreet1", "addressStreet2", "addressPostcode", "addressCity", "addressState", "addressCountry")
_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_WEB: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_HOST: Final = re.compile(r"[\w-]+(\.[\w-]+)+([/?#:]\S*)?")
_NOT_DIALLED: Final = re.compile(r"[^0-9+]+")
is_plain_email: Final = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII).fullmatch
"""Whether a text is an address of letters, figures and the marks that nothing takes for markup."""

_EMAIL: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def full_name(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    name = " ".join(filter(None, (_text(value, "firstName"), _text(value, "lastName"))))
    if name:
        yield ShownPiece(name)


def emails(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    for each in (_text(value, "primaryEmail"), *_list(value, "additionalEmails")):
        if each:
            yield ShownPiece(str(each), "link", mailto(str(each)))


def mailto(text: str) -> str:
    """The address that writes to one; "" for what is none."""
    if is_plain_email(text):
        return f"mailto:{text}"
    return f"mailto:{quote(text, safe='@+')}" if _EMAIL.fullmatch(text) else ""


def phones(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    first = (_text(value, "primaryPhoneCallingCode"), _text(value, "primaryPhoneNumber"))
    more = ((_text(each, "callingCode"), _text(each, "number")) for each in _list(value, "additionalPhones"))
    for code, number in (first, *more):
        if number:
            digits = dialled(code, number)
            yield ShownPiece(f"{code} {number}".strip(), "link", f"tel:{digits}" if digits else "")


def dialled(code: str, number: str) -> str:
    """A number as a telephone dials it."""
    return _NOT_DIALLED.sub("", f"{code}{number}")


def links(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    first = (_text(value, "primaryLinkUrl"), _text(value, "primaryLinkLabel"))
    more = ((_text(each, "url"), _text(each, "label")) for each in _list(value, "secondaryLinks"))
    for url, label in (first, *more):
        if url or label:
            yield ShownPiece(label or re.sub(r"^https?://(www\.)?", "", url).rstrip("/"), "link", web(url))


def address(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    wanted = ("addressCity", "addressCountry") if look.brief else _ADDRESS
    parts = [_text(value, part) for part in wanted]
    if look.brief and not any(parts):
        parts = [_text(value, part) for part in _ADDRESS]
    if any(parts):
        yield ShownPiece(", ".join(filter(None, parts)))
    if not look.brief and _text(value, "addressLat") and _text(value, "addressLng"):
        yield ShownPiece(f"{_text(value, 'addressLat')}, {_text(value, 'addressLng')}", "faint")


def web(url: str) -> str:
    """The address that a text leads to; "" for a text that is no web address, such as one that begins with "javascript:"."""
    if _WEB.match(url):
        return url
    return "" if (_SCHEME.match(url) and not _HOST.fullmatch(url)) or not _HOST.fullmatch(url) else f"https://{url}"


def _text(value: Any, part: str) -> str:
    found = value.get(part) if isinstance(value, dict) else None
    return str(found) if found is not None else ""


def _list(value: Any, part: str) -> Iterator[Any]:
    found = value.get(part) if isinstance(value, dict) else None
    return iter(found if isinstance(found, list) else [])
