"""When the parts of a composite value that a server shows are those that were meant, though it puts them its own way."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final
from urllib.parse import unquote

from icosa.catalogue.field_types import Values

Compared = Callable[[Values, Mapping[str, Any]], Iterator[str]]
"""Gives the names of the parts that are otherwise, of those that were meant."""

_DEFAULT_PORT: Final = r"(?<=[\w.\]]):(80|443)(?=/|$)"
_SAYS_TEXT: Final = r'"text"\s*:\s*"[^"]'


def _links(expected: Values, there: Mapping[str, Any]) -> Iterator[str]:
    """The first of several links is made the main one where none was given, and a label without a link is dropped."""
    first = (expected.get("primaryLinkUrl"), expected.get("primaryLinkLabel"))
    shown = (there.get("primaryLinkUrl"), there.get("primaryLinkLabel"))
    more = [each for each in map(_link, there.get("secondaryLinks") or []) if each[0]]
    wanted = [each for each in map(_link, expected.get("secondaryLinks") or []) if each[0]]
    promoted = bool(wanted) and not first[0] and _are_links(wanted, [shown, *more])
    if promoted:
        return
    if "primaryLinkUrl" in expected and _url(first[0]) != _url(shown[0]):
        yield "primaryLinkUrl"
    elif first[0] and first[1] and first[1].strip() != (shown[1] or "").strip():
        yield "primaryLinkLabel"
    if "secondaryLinks" in expected and not _are_links(wanted, more):
        yield "secondaryLinks"


def _link(link: Any) -> tuple[Any, Any]:
    return (link.get("url"), link.get("label")) if isinstance(link, Mapping) else (link, None)


def _are_links(expected: list[tuple[Any, Any]], there: list[tuple[Any, Any]]) -> bool:
    return len(expected) == len(there) and all(
        _url(one[0]) == _url(other[0]) and (not one[1] or one[1].strip() == (other[1] or "").strip())
        for one, other in zip(expected, there, strict=True)
    )


def _url(url: Any) -> str:
    """An address without what servers add, drop and write otherwise."""
    text = unquote(str(url or "")).strip().casefold()
    scheme, mark, rest = text.rpartition("://")
    host, slash, path = rest.partition("/")
    if "xn--" in host:
        with suppress(UnicodeError):
            host = host.encode("ascii").decode("idna")
    host = re.sub(_DEFAULT_PORT, "", host)
    return f"{scheme if scheme not in ('', 'http', 'https') else ''}{mark and '//'}{host}{slash}{path}".removeprefix("//").rstrip("/")


def _emails(expected: Values, there: Mapping[str, Any]) -> Iterator[str]:
    if "primaryEmail" in expected and _email(expected["primaryEmail"]) != _email(there.get("primaryEmail")):
        yield "primaryEmail"
    if "additionalEmails" in expected:
        both = (expected["additionalEmails"], there.get("additionalEmails"))
        one, other = (sorted(filter(None, map(_email, each or []))) for each in both)
        if one != other:
            yield "additionalEmails"


def _email(text: Any) -> str:
    return str(text or "").strip().casefold()


_NUMBER, _COUNTRY, _CALLING = "primaryPhoneNumber", "primaryPhoneCountryCode", "primaryPhoneCallingCode"


def _phones(expected: Values, there: Mapping[str, Any]) -> Iterator[str]:
    """A server finds country and calling code by the number, and keeps it without its leading zero."""
    parts = {name: str(expected.get(name) or "") for name in (_NUMBER, _COUNTRY, _CALLING)}
    shown = {name: str(there.get(name) or "") for name in parts}
    is_number = bool(parts[_NUMBER])
    if _NUMBER in expected and not _is_number(parts[_NUMBER], parts[_CALLING], shown[_NUMBER], shown[_CALLING]):
        yield _NUMBER
    if _COUNTRY in expected and (parts[_COUNTRY] or not is_number) and parts[_COUNTRY].casefold() != shown[_COUNTRY].casefold():
        yield _COUNTRY
    if _CALLING in expected and (parts[_CALLING] or not is_number) and _digits(parts[_CALLING]) != _digits(shown[_CALLING]):
        yield _CALLING
    if "additionalPhones" in expected:
        one, other = ([_parts(each) for each in held or []] for held in (expected["additionalPhones"], there.get("additionalPhones")))
        if len(one) != len(other) or not all(_is_number(*a, *b) for a, b in zip(one, other, strict=True)):
            yield "additionalPhones"


def _parts(phone: Any) -> tuple[str, str]:
    if not isinstance(phone, Mapping):
        return str(phone or ""), ""
    return str(phone.get("number") or ""), str(phone.get("callingCode") or "")


def _is_number(expected: str, expected_calling: str, there: str, there_calling: str) -> bool:
    """Whether two numbers are one, each with or without its calling code before it."""
    one, other = _digits(expected).lstrip("0"), _digits(there).lstrip("0")
    return one == other or (bool(one and other) and _digits(expected_calling) + one in (other, _digits(there_calling) + other))


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())


def _rich_text(expected: Values, there: Mapping[str, Any]) -> Iterator[str]:
    """A server makes the one part of the other, in its own words: that there is something is all that can be said.
    Blocks without a text, such as pictures, say nothing about the other part."""
    filled = [name for name, value in expected.items() if _says(name, value)]
    if filled and not any(_says(name, value) for name, value in there.items()):
        yield filled[0]
    if not filled:
        yield from (name for name, value in expected.items() if not value and _says(name, there.get(name)))


def _says(part: str, value: Any) -> bool:
    return bool(re.search(_SAYS_TEXT, str(value or ""))) if part == "blocknote" else bool(str(value or "").strip())


COMPARED: Final[dict[str, Compared]] = {"LINKS": _links, "EMAILS": _emails, "PHONES": _phones, "RICH_TEXT_V2": _rich_text}
"""By the name of the field type; other composites are compared part by part."""
