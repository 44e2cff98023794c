"""The body of a request, which is JSON, or, in versions that read them, what a web form sends.

name=Acme&address[addressCity]=Paris     {"name": "Acme", "address": {"addressCity": "Paris"}}
tags[]=A&tags[]=B, or tags=A&tags=B      {"tags": ["A", "B"]}
"""

import re
from typing import Any
from urllib.parse import parse_qsl

from icosa.errors import MalformedJson
from icosa.wire.json_text import read_json
from icosa.wire.message import Answer, Request
from icosa.wire.rest.faults import write_fault
from icosa.wire.version import Version

MEDIA_TYPE = "application/x-www-form-urlencoded"
MOST_VALUES = 1000
_DEEPEST = 5
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_INSIDE = re.compile(r"\[([^\[\]]*)\]")


def read_body(request: Request, version: Version, empty: Any = None) -> Any:
    """The value of a body; `empty` where there is none.  Raises MalformedJson where it cannot be read."""
    if request.form and version.requests.reads_forms:
        return read_form(request.body) if request.body.strip() else empty
    return read_json(request.body, empty)


def refusal_of_json(body: bytes, version: Version) -> Answer | None:
    """The answer to a body that is no JSON; None to any other."""
    try:
        read_json(body)
    except MalformedJson as error:
        return write_fault(error, version)
    return None


def read_form(body: bytes) -> dict[str, Any]:
    """The values of a form, texts all of them.  Raises MalformedJson where it is none."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_VALUES, errors="strict")
    except (UnicodeDecodeError, ValueError):
        raise MalformedJson("body", f"is no form of at most {MOST_VALUES} values in UTF-8; send JSON") from None
    made: dict[str, Any] = {}
    for name, value in pairs:
        found = _NAME.fullmatch(name)
        inside = _INSIDE.findall(found[2]) if found else []
        if found and len(inside) <= _DEEPEST:
            _put(made, [found[1], *inside], value)
        else:
            made[name] = value
    return made


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    """Sets a value where its name says; one that is named twice is a list."""
    name, *inside = path
    if inside == [""] or (not inside and name in into):
        held = into.setdefault(name, [])
        into[name] = [*(held if isinstance(held, list) else [held]), value]
    elif inside:
        held = into.get(name)
        if not isinstance(held, dict):
            held = into[name] = {}
        _put(held, inside, value)
    else:
        into[name] = value
