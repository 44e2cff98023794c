"""Bodies of the metadata API: which properties they need, and of which form."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from icosa.catalogue.kinds import shown
from icosa.errors import InvalidBody
from icosa.wire.json_text import read_json
from icosa.workspace.metadata.kept import Json
from icosa.workspace.metadata.refusal import Flaw, bad_request

_NAME = re.compile(r"[a-z][a-zA-Z0-9]*")
_MOST_LETTERS = 63

RESERVED = frozenset(
    (
        "apiKey", "apiKeys", "batch", "core", "duplicates", "field", "fields", "graphql",
        "groupBy", "mcp", "merge", "metadata", "object", "objects", "rest", "restore",
        "search", "type", "user", "users", "webhook", "webhooks", "workspace", "workspaces",
    )
)  # fmt: skip
"""Names that paths and answers have for something else."""


def read_body(body: bytes) -> Json:
    """The body of a request, an object.  Raises InvalidBody and MalformedJson."""
    read = read_json(body, empty={})
    if not isinstance(read, dict):
        raise InvalidBody(f"the body must be an object in braces, and is {shown(read)}")
    return read


def check_texts(body: Json, needed: Sequence[str], others: Sequence[str] = ()) -> None:
    """Raises MetadataRefusal where one that is needed is missing or blank, or any is no text; null is nothing for the others."""
    wrong = []
    for name in needed:
        value = body.get(name)
        if not value:
            wrong.append(f"{name} should not be empty")
        if not isinstance(value, str):
            wrong.append(f"{name} must be a string")
    wrong += [f"{name} must be a string" for name in others if body.get(name) is not None and not isinstance(body[name], str)]
    if wrong:
        raise bad_request(*wrong)


def check_flags(body: Json, *names: str) -> None:
    """Raises MetadataRefusal where one is there and is not true or false."""
    wrong = [f"{name} must be a boolean value" for name in names if name in body and not isinstance(body[name], bool)]
    if wrong:
        raise bad_request(*wrong)


def is_id(value: Any) -> bool:
    """Whether it is the text of a UUID."""
    try:
        return isinstance(value, str) and len(value) == 36 and bool(UUID(value))
    except ValueError:
        return False


def name_problems(name: str, code: str) -> list[Flaw]:
    """What is wrong with the name of an object or a field."""
    if not _NAME.fullmatch(name):
        text = "Name is not valid: it must start with lowercase letter and contain only alphanumeric letters"
        return [Flaw(code, text, name)]
    if len(name) > _MOST_LETTERS:
        return [Flaw(code, f"Name is too long: {len(name)} letters; at most {_MOST_LETTERS} are kept", name)]
    if name in RESERVED:
        return [Flaw(code, "This name is reserved. Use a different name, such as the same with Custom behind it", name)]
    return []
