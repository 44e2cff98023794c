"""JSON as somebody types it, and what is wrong with it."""

import json
from typing import Any, NoReturn

from icosa.errors import MalformedJson

_WRONG = (
    ("Expecting value", "no JSON value begins here; a text stands in double quotes"),
    ("Expecting property name", "a name in double quotes is missing here"),
    ("Expecting ':'", "a colon is missing here"),
    ("Expecting ','", "a comma or a closing bracket is missing here"),
    ("Unexpected UTF-8 BOM", "a byte order mark stands before the JSON; leave it out"),
    ("Extra data", "the JSON is over before this"),
    ("Unterminated string", "the text that begins here has no closing quote"),
    ("Invalid control character", "a line break or another control character stands in a text; write it as \\n or \\u000a"),
    ("Invalid \\", "a backslash stands before what cannot follow one; write it twice"),
)
"""How Python's reader begins its complaints, which differ between its versions, and how they are told."""


def parsed(text: str, path: str, example: str) -> Any:
    """What a JSON text says.  Raises MalformedJson with line and column; the text itself is not shown,
    because it may hold secrets."""
    try:
        return json.loads(text, parse_constant=_refused)
    except json.JSONDecodeError as error:
        at, wrong = _wrong(text, error)
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        raise MalformedJson(path, f"not JSON: line {line}, column {column}: {wrong}. Send JSON such as {example}") from None
    except RecursionError:
        raise MalformedJson(path, f"not JSON that can be read: it is nested too deeply. Send JSON such as {example}") from None
    except _NoNumber as error:
        raise MalformedJson(path, f"not JSON: {error}. Send JSON such as {example}") from None
    except ValueError:  # Python reads no number of thousands of digits
        raise MalformedJson(path, f"not JSON that can be read: a number has too many digits. Send JSON such as {example}") from None


def _wrong(text: str, error: json.JSONDecodeError) -> tuple[int, str]:
    """Where a text stops being JSON, and why."""
    before = text[: error.pos].rstrip(" \t\r\n")
    if error.msg.startswith("Illegal trailing comma"):
        return error.pos, "there is a comma too many"
    if before.endswith(",") and text[error.pos : error.pos + 1] in ("]", "}"):
        return len(before) - 1, "there is a comma too many"
    if error.pos >= len(text.rstrip()) and not error.msg.startswith("Unterminated"):
        return error.pos, "the text ends before the JSON does"
    return error.pos, next((words for beginning, words in _WRONG if error.msg.startswith(beginning)), "this cannot be read")


class _NoNumber(ValueError):
    """NaN and its like, which Python's reader takes and JSON does not know."""


def _refused(constant: str) -> NoReturn:
    raise _NoNumber(f"{constant} is no JSON number")
