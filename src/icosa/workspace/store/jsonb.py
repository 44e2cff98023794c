"""JSON as PostgreSQL writes what it keeps as `jsonb`, which is what a pattern is compared with in Twenty 2.19."""

import json
from decimal import Decimal
from typing import Any

import orjson


def jsonb_text(text: str) -> str:
    """A JSON text with a blank behind each comma and colon, the keys of an object by their length and then by their bytes,
    and numbers written out ("8.14.4. jsonb", "9.4. Number Types" in PostgreSQL's manual)."""
    return _written(orjson.loads(text))


def _written(value: Any) -> str:
    match value:
        case dict():
            members = sorted(value.items(), key=lambda each: (len(key := each[0].encode()), key))
            return "{" + ", ".join(f"{_quoted(key)}: {_written(each)}" for key, each in members) + "}"
        case list():
            return "[" + ", ".join(map(_written, value)) + "]"
        case str():
            return _quoted(value)
        case float():
            return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
        case _:
            return json.dumps(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
