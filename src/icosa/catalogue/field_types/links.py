"""LINKS: a web address with a label, and more of them."""

import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from icosa.catalogue.characters import visible
from icosa.catalogue.field_types.about import About, Look
from icosa.catalogue.field_types.type import PARTS_HINT, Part, Values, composite
from icosa.catalogue.kinds import Kind, coerce, shown
from icosa.errors import InvalidValue

_HOST = re.compile(r"(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_TIDY = re.compile(rf"(https?://)?(?:{_LABEL}[.])*{_LABEL}(?:/[a-zA-Z0-9._~%/+-]*)?")
"""An address with nothing about it that has to be taken apart to be seen: nearly all that people have."""

_BLANK = re.compile(r"\s")


_LONGEST = 32_768  # characters: longer than any server takes, and looked through several times over


def tidy_url(url: str, path: str) -> str:
    """An address as it is stored: scheme and host in lower case, one trailing slash removed; an
    address without a scheme stays as it was written.  Raises InvalidValue where it has no host."""
    if len(url) > _LONGEST:
        raise _refused(url, path)
    if tidy := _TIDY.fullmatch(url):
        return url.removesuffix("/") if tidy[1] else url
    bare = not _SCHEME.match(url)
    try:
        parts = urlsplit(f"https://{url}" if bare else url)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        raise _refused(url, path) from None
    if not _HOST.fullmatch(f"[{host}]" if ":" in host else host) or _BLANK.search(url):
        raise _refused(url, path)
    if bare:
        return url
    credentials, at, _ = parts.netloc.rpartition("@")
    default_port = {"http": 80, "https": 443}.get(parts.scheme)
    folder = parts.path or ("/" if parts.query or parts.fragment else "")
    netloc = credentials + at + (f"[{host}]" if ":" in host else host) + (f":{port}" if port not in (None, default_port) else "")
    return urlunsplit((parts.scheme, netloc, folder, parts.query, parts.fragment)).removesuffix("/")


def _refused(url: str, path: str) -> InvalidValue:
    return InvalidValue(
        path,
        f"{shown(url)} is not a web address; send one such as https://example.com",
        legacy="The URL of the link is not valid",
        fault="INVALID_URL",
    )


def _read(values: Values, path: str) -> Values:
    if "primaryLinkUrl" in values:
        url = visible(values["primaryLinkUrl"] or "").strip()
        values["primaryLinkUrl"] = tidy_url(url, f"{path}.primaryLinkUrl") if url else None
        if not url:
            values["primaryLinkLabel"] = None
    if "secondaryLinks" in values:
        values["secondaryLinks"] = _secondary(values["secondaryLinks"], f"{path}.secondaryLinks")
    return values


def _secondary(links: Any, path: str) -> list[dict[str, Any]]:
    if links is None:
        return []
    if not isinstance(links, list):
        raise InvalidValue(path, f'{shown(links)} is not a list; send one such as [{{"url": "https://example.com", "label": "Site"}}]')
    tidied = []
    for at, link in enumerate(links):
        if isinstance(link, str):
            link = {"url": link, "label": None}
        if not isinstance(link, dict):
            raise InvalidValue(f"{path}[{at}]", f"{shown(link)} is not a link; send an object with url and label")
        url = visible(coerce(Kind.TEXT, link.get("url") or "", f"{path}[{at}].url")).strip()
        label = link.get("label")
        if url:
            label = None if label is None else coerce(Kind.TEXT, label, f"{path}[{at}].label")
            tidied.append({"url": tidy_url(url, f"{path}[{at}].url"), "label": label})
    return tidied


def _promote(values: Values) -> Values:
    """A record made with further links but no first one gets the first of them as its own."""
    if not values["primaryLinkUrl"] and values["secondaryLinks"]:
        first, *rest = values["secondaryLinks"]
        return {"primaryLinkLabel": first["label"], "primaryLinkUrl": first["url"], "secondaryLinks": rest}
    return values


LINKS = composite(
    "LINKS",
    Part("primaryLinkLabel", Kind.TEXT, default="", omitted=None, short=("label",), label="linklabel"),
    Part("primaryLinkUrl", Kind.TEXT, default="", omitted=None, unique=True, short=("url", "primary"), label="linkurl"),
    Part(
        "secondaryLinks",
        Kind.JSON,
        default=[],
        schema={
            "type": "array",
            "items": {
                "type": "object",
                "description": "One more address.",
                "properties": {"url": {"type": "string", "format": "uri"}, "label": {"type": "string"}},
            },
        },
        schema_out={
            "type": "array",
            "items": {"type": "object", "properties": {"url": {"type": "string"}, "label": {"type": ["string", "null"]}}},
        },
        short=("secondary",),
    ),
    read=_read,
    promote=_promote,
    aliases={"additionalLinks": "secondaryLinks"},
    together=("primaryLinkLabel", "primaryLinkUrl"),
    about=About(
        example={
            "primaryLinkLabel": "Site",
            "primaryLinkUrl": "https://example.com",
            "secondaryLinks": [{"url": "https://docs.example.com", "label": "Docs"}],
        },
        hint=PARTS_HINT,
        primary="primaryLinkUrl",
        further="secondaryLinks",
        searched=("primaryLinkUrl",),
        written_whole=("primaryLinkLabel", "primaryLinkUrl", "secondaryLinks"),
        look=Look(worth="seldom", wide=True),
    ),
)
