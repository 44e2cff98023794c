"""LINKS: a web address with a label, and more of them; all of it is written anew each time."""

from typing import Any

from icosa.catalogue.characters import visible
from icosa.catalogue.field_types import links as first
from icosa.catalogue.field_types.generation_2.checking import refused, second_composite, strict
from icosa.catalogue.field_types.type import Values
from icosa.catalogue.kinds import Kind, shown
from icosa.errors import InvalidValue


def _read(values: Values, path: str) -> Values:
    """All three parts: what was not sent is gone, and the first further link moves up where there is no other."""
    links = _secondary(values.get("secondaryLinks"), f"{path}.secondaryLinks")
    url = _url(values.get("primaryLinkUrl"), f"{path}.primaryLinkUrl")
    if url:
        links.insert(0, {"url": url, "label": values.get("primaryLinkLabel")})
    if not links:
        return {"primaryLinkLabel": None, "primaryLinkUrl": None, "secondaryLinks": None}
    one, *more = links
    return {"primaryLinkLabel": one["label"], "primaryLinkUrl": one["url"], "secondaryLinks": more}


def _secondary(links: Any, path: str) -> list[dict[str, Any]]:
    if links is None:
        return []
    if not isinstance(links, list):
        raise refused(Kind.JSON, links, path, 'is not a list; send one such as [{"url": "https://example.com", "label": "Site"}]')
    tidied = []
    for at, link in enumerate(links):
        where = f"{path}[{at}]"
        if isinstance(link, str):
            link = {"url": link, "label": None}
        if not isinstance(link, dict):
            raise InvalidValue(where, f"{shown(link)} is not a link; send an object with url and label")
        url, label = _url(link.get("url"), f"{where}.url"), link.get("label")
        if url:
            tidied.append({"url": url, "label": None if label is None else strict(Kind.TEXT, label, f"{where}.label")})
    return tidied


def _url(value: Any, path: str) -> str:
    """An address as it is stored, "" where there is none."""
    if value is None:
        return ""
    text = visible(strict(Kind.TEXT, value, path)).strip()
    return first.tidy_url(text, path) if text else ""


LINKS = second_composite(first.LINKS, read=_read)
