"""Web addresses."""

import re
from typing import Any

from icosa.catalogue.characters import visible
from icosa.catalogue.field_types.links import tidy_url
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.imports.values.lists import read_items
from icosa.imports.values.texts import read_text

_MAILBOX = re.compile(r"(mailto:)?[^\s/?#:@]+@[^\s/?#:@]+", re.IGNORECASE)


def read_link(value: Any, path: str) -> str:
    """An address as it is stored, without the blanks or the <> around it.  Raises InvalidValue for what is none, an e-mail address too."""
    text = visible(read_text(value, path)).strip("<> ")
    if _MAILBOX.fullmatch(text):
        raise InvalidValue(path, f"{shown(value)} is an e-mail address, and no web address; write one such as https://example.com")
    return tidy_url(text, path) if text else ""


def read_more(value: Any, path: str, separator: str) -> list[dict[str, Any]]:
    """Further addresses, with their labels where JSON gives them."""
    return [
        each if isinstance(each, dict) else {"url": read_link(each, path), "label": None} for each in read_items(value, path, separator)
    ]
