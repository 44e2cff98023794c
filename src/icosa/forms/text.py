"""What stands in a call's text for a value that is not in it: a variable of the environment.

While a text is read or written such a value is its variable's name between two NUL characters, which
stand in no value that any field takes.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from icosa.catalogue import naming
from icosa.catalogue.folding import folded
from icosa.catalogue.model import Object
from icosa.errors import InvalidInput, InvalidValue

STANDS_FOR: Final = re.compile("\0(\\w*)\0")
_ESCAPED: Final = re.compile(r"\\u0000(\w+)\\u0000")
PREFIX: Final = "ICOSA_"


def variable(name: str) -> str:
    """What stands for the value of a variable; "" for a value that is known only when a script runs."""
    return f"\0{name}\0"


def unread(value: Any) -> bool:
    """Whether a value, or a part of it, is not in the text of a call but in a variable: "$TOKEN" in a command line, os.environ
    in Python."""
    match value:
        case str():
            return "\0" in value
        case Mapping():
            return any(map(unread, value.values()))
        case list():
            return any(map(unread, value))
        case _:
            return False


def json_text(value: Any) -> str:
    """JSON on one line, with letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def json_pieces(text: str) -> list[str]:
    """JSON text, taken apart at its variables: each piece is text, or a variable as `variable` writes it."""
    return [variable(each) if at % 2 else each for at, each in enumerate(_ESCAPED.split(text))]


def veiled(of: Object | None, value: Any, named: str = "") -> Any:
    """Properties, or a record, or a list of them, with a variable for each value that is secret.

    Their names are those of the record and its field: ICOSA_WEBHOOK_SECRET; in a list they are counted
    from 1, so that each has its own.
    """
    if of is None:
        return value
    secret = {each.name for each in of.fields if each.secret}
    if isinstance(value, list):
        return [veiled(of, each, f"{named}_{at}") for at, each in enumerate(value, 1)]
    if not secret or not isinstance(value, Mapping):
        return value
    return {
        name: variable(f"{PREFIX}{naming.snake_case(of.singular)}_{naming.snake_case(name)}{named}".upper())
        if name in secret and each
        else veiled(of, each)
        if name in ("body", "data")
        else each
        for name, each in value.items()
    }


def filled(of: Object | None, value: Any, environ: Mapping[str, str], name: str = "") -> Any:
    """The same with the variables' values.  Only a secret value may stand in a variable, and only in one of
    ICOSA_…, so that a text from anywhere cannot carry other things out of the environment.

    Raises InvalidInput for any other, InvalidValue for a variable that is not set.
    """
    match value:
        case str() if "\0" in value:
            return STANDS_FOR.sub(lambda found: _value(of, found[1], environ, name), value)
        case Mapping():
            return {key: filled(of, each, environ, key) for key, each in value.items()}
        case list():
            return [filled(of, each, environ, name) for each in value]
        case _:
            return value


def is_secret(of: Object | None, name: str) -> bool:
    """Whether a property, by any of its names, is secret."""
    wanted = folded(name)
    return of is not None and any(each.secret and folded(each.name) == wanted for each in of.fields)


def _value(of: Object | None, called: str, environ: Mapping[str, str], name: str) -> str:
    label = naming.label(name) or "a value"
    if not called:
        raise InvalidInput(f"{label} is worked out when the script runs; write the value itself into the call")
    if not is_secret(of, name) or not called.startswith(PREFIX):
        raise InvalidInput(
            f"{label} stands in the variable {called}. Only a secret property may stand in one, and in one of {PREFIX}…; "
            "write the value itself into the call"
        )
    if called not in environ:
        raise InvalidValue(label, f"stands in the variable {called}, which is not set; set it, or write the value itself")
    return environ[called]
