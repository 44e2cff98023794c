"""Pages of objects and fields, which are all there at once: cursors are ids."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

from icosa.catalogue.kinds import shown
from icosa.workspace.metadata.kept import Json
from icosa.workspace.metadata.refusal import bad_request

MOST = 1000
"""How many a page has where no limit is asked for; who asks for more gets them."""


def parameters(query: str) -> dict[str, str]:
    """The parameters of a query string; of one that is there twice, the last."""
    return {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}


def page(listed: Sequence[Json], asked: dict[str, str]) -> tuple[list[Json], Json]:
    """The part of a list that is asked for, and its `pageInfo`.  Raises MetadataRefusal."""
    text = asked.get("limit", "")
    limit = int(text) if text.isascii() and text.isdecimal() else None if text else MOST
    if limit is None:
        raise bad_request(f"limit must be a number from 0, and is {shown(text)}")
    ids = [each["id"] for each in listed]
    begin, end = 0, len(ids)
    if asked.get("starting_after"):
        begin = _place(ids, "starting_after", asked) + 1
    if asked.get("ending_before"):
        end = _place(ids, "ending_before", asked)
        begin = max(begin, end - limit)
    found = list(listed[begin:end][:limit])
    last = begin + len(found)
    info: dict[str, Any] = {
        "hasNextPage": last < len(ids),
        "hasPreviousPage": begin > 0,
        "startCursor": found[0]["id"] if found else None,
        "endCursor": found[-1]["id"] if found else None,
    }
    return found, info


def _place(ids: Sequence[str], name: str, asked: dict[str, str]) -> int:
    try:
        return ids.index(asked[name])
    except ValueError:
        raise bad_request(f"{name} must be the id of one of them, and is {shown(asked[name])}") from None
