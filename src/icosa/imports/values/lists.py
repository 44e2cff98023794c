"""Lists in one cell: items with a separator between them, or JSON."""

import json
from typing import Any, Final

from icosa.call.json_text import parsed
from icosa.imports.values.texts import read_text

BETWEEN: Final = ":::"
"""What stands between the values of one cell in contacts that Google exports, whatever separator is told."""


def read_items(value: Any, path: str, separator: str) -> list[Any]:
    """What a list holds, without blanks."""
    if isinstance(value, str):
        text = value.strip()
        if text.startswith("["):
            value = parsed(text, path, '["first", "second"]')
        else:
            value = [each.strip() for each in text.replace("\n", separator).replace(BETWEEN, separator).split(separator)]
    if not isinstance(value, list | tuple):
        value = [value]
    return [each for each in value if each is not None and each != ""]


def read_texts(value: Any, path: str, separator: str) -> list[str]:
    """A list of texts."""
    return [read_text(each, path) for each in read_items(value, path, separator)]


def read_json(value: Any, path: str) -> Any:
    """Anything JSON can say; a text is JSON itself."""
    return parsed(value, path, '{"key": "value"}') if isinstance(value, str) else value


def is_object(value: Any) -> bool:
    """Whether a value is a JSON object, or the text of one."""
    if not isinstance(value, str):
        return isinstance(value, dict)
    text = value.strip()
    if not (text.startswith("{") and text.endswith("}")):
        return False
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
